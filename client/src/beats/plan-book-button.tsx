import { useMutation } from '@tanstack/react-query';
import type { PlanSummary } from '@xunfang/geo-data/contract';
import { useEffect, useRef } from 'react';
import { api, isAbort } from '../connection/index.ts';
import { useLanguage, useMessages } from '../i18n/index.ts';
import { Button, ErrorState } from '../ui/index.ts';
import { planFileMessages } from './messages-files.ts';

/** The plan as a book to print, in the language of the console. It takes a few seconds; leaving ends it. */
export function PlanBookButton({ plan }: { plan: Pick<PlanSummary, 'id' | 'name' | 'version'> }) {
  const t = useMessages(planFileMessages);
  const language = useLanguage();
  const abort = useRef<AbortController>(undefined);
  useEffect(() => () => abort.current?.abort(), []);
  const book = useMutation({
    mutationFn: async () => {
      abort.current = new AbortController();
      const { signal } = abort.current;
      return api.binary(`/api/plans/${plan.id}/book`, { query: { language }, signal });
    },
    onSuccess: (bytes) => saveFile(bytes, `${plan.name} v${plan.version}.pdf`),
  });
  return (
    <>
      <Button small icon="print" disabled={book.isPending} title={t('bookHint')} onClick={() => book.mutate()}>
        {book.isPending ? <span role="status">{t('bookMaking')}</span> : t('book')}
      </Button>
      {book.isPending ? (
        <Button small tone="quiet" onClick={() => abort.current?.abort()}>
          {t('bookCancel')}
        </Button>
      ) : null}
      {book.error && !isAbort(book.error) ? <ErrorState error={book.error} onRetry={() => book.mutate()} /> : null}
    </>
  );
}

function saveFile(bytes: ArrayBuffer, name: string): void {
  const url = URL.createObjectURL(new Blob([bytes], { type: 'application/pdf' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // Not at once: the browser still reads it.
  window.setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
