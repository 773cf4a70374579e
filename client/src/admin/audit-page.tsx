import { useInfiniteQuery } from '@tanstack/react-query';
import type { AuditEntry } from '@xunfang/geo-data/contract';
import { useState } from 'react';
import { useFormat } from '../clock/index.ts';
import { api } from '../connection/index.ts';
import { useBilingual, useMessages } from '../i18n/index.ts';
import { useBureauSlug, useSession } from '../session/index.ts';
import { usePurposeName } from '../track-purpose/index.ts';
import { Button, TextField } from '../ui/index.ts';
import styles from './admin.module.css';
import { AdminTable } from './admin-table.tsx';
import { useActionName } from './audit-action.ts';
import { adminMessages } from './messages.ts';

const PAGE_SIZE = 100;

export function AuditPage() {
  const t = useMessages(adminMessages);
  const format = useFormat();
  const name = useBilingual();
  const actionName = useActionName();
  const purposeName = usePurposeName();
  const bureau = useBureauSlug();
  const { bureaus } = useSession();
  const [text, setText] = useState('');
  const query = useInfiniteQuery({
    queryKey: ['audit', bureau],
    queryFn: ({ pageParam, signal }) =>
      api.get<{ entries: AuditEntry[] }>('/api/audit', {
        query: { bureau, limit: PAGE_SIZE, before: pageParam },
        signal,
      }),
    initialPageParam: undefined as number | undefined,
    getNextPageParam: ({ entries }) => (entries.length < PAGE_SIZE ? undefined : entries.at(-1)?.id),
  });
  const bureauName = (slug: string | null) => {
    const found = bureaus.find((option) => option.id === slug);
    return slug === null ? t('installation') : found ? name(found.name) : slug;
  };
  const entries = query.data?.pages
    .flatMap((page) => page.entries)
    .map((entry) => ({ ...entry, detail: withPurpose(entry.detail, purposeName) }))
    .filter((entry) => matches(entry, actionName(entry.action), text));
  return (
    <>
      <div className={styles.heading}>
        <h2>{t('audit')}</h2>
        <div className={styles.filter}>
          <TextField
            label={<span className="visually-hidden">{t('auditFilter')}</span>}
            type="search"
            placeholder={t('auditFilter')}
            value={text}
            onChange={(event) => setText(event.target.value)}
          />
        </div>
      </div>
      <AdminTable
        query={query}
        rows={entries}
        keyOf={(entry) => entry.id}
        empty={text ? t('auditNoMatch', { text }) : t('auditEnd')}
        columns={[
          { key: 'at', title: t('at'), cell: (entry) => format.instant(entry.at, 'dateSeconds') },
          { key: 'actor', title: t('actor'), cell: (entry) => entry.actor },
          {
            key: 'action',
            title: t('action'),
            cell: ({ action }) => <span title={action}>{actionName(action)}</span>,
          },
          { key: 'subject', title: t('subject'), cell: (entry) => entry.subject },
          {
            key: 'detail',
            title: t('detail'),
            cell: (entry) => <code className={styles.detail}>{written(entry.detail)}</code>,
          },
          { key: 'bureau', title: t('bureau'), cell: (entry) => bureauName(entry.bureau) },
          { key: 'address', title: t('address'), cell: (entry) => entry.address },
        ]}
      />
      {query.isPending ? null : (
        <div className={styles.older}>
          {query.hasNextPage ? (
            <Button onClick={() => void query.fetchNextPage()}>{t('older')}</Button>
          ) : (
            <span className={styles.muted}>{t('auditEnd')}</span>
          )}
        </div>
      )}
      <p className={styles.note}>{t('auditNote')}</p>
    </>
  );
}

/** What a track was opened for, in the reader's language. */
function withPurpose(detail: unknown, nameOf: (purpose: string) => string): unknown {
  if (detail === null || typeof detail !== 'object' || !('purpose' in detail)) return detail;
  const { purpose, ...rest } = detail;
  return typeof purpose === 'string' ? { purpose: nameOf(purpose), ...rest } : detail;
}

function matches(entry: AuditEntry, action: string, text: string): boolean {
  const haystack = [entry.actor, entry.action, action, entry.subject, entry.address, written(entry.detail)].join(' ');
  return haystack.toLowerCase().includes(text.trim().toLowerCase());
}

function written(detail: unknown): string {
  if (detail === null || typeof detail !== 'object') return detail ? JSON.stringify(detail) : '';
  return Object.entries(detail)
    .map(([key, value]) => `${key}: ${typeof value === 'string' ? value : JSON.stringify(value)}`)
    .join(', ');
}
