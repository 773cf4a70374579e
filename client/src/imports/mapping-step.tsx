import { useMessages } from '../i18n/index.ts';
import { Button, ErrorState, SkeletonRows, toast } from '../ui/index.ts';
import { ColumnFields } from './column-fields.tsx';
import { CoordinateAdvice } from './coordinate-advice.tsx';
import { FileShapeFields } from './file-shape-fields.tsx';
import { useCancelImport, useImports, usePreview, useStartImport } from './import-queries.ts';
import type { ImportDraft } from './import-store.ts';
import styles from './imports.module.css';
import { REQUIRED_TARGETS, whatIsMissing } from './mapping-edits.ts';
import { importMessages } from './messages.ts';
import { PlaceTimeFields } from './place-time-fields.tsx';
import { PreviewOnMap } from './preview-on-map.tsx';
import { SampleTable } from './sample-table.tsx';
import { SampleVerdict } from './sample-verdict.tsx';

/** The file is on the server: how it is read, and what would become of its rows. */
export function MappingStep({ draft }: { draft: ImportDraft }) {
  const { preview, error, isBehind, refetch } = usePreview(draft.importId, draft.mapping);
  const judged = REQUIRED_TARGETS.every((target) => draft.mapping.columns[target] !== '');
  if (!preview) return error ? <ErrorState error={error} onRetry={() => void refetch()} /> : <SkeletonRows rows={8} />;
  return (
    <div className={styles.step}>
      <div className={styles.scroll}>
        <PreviewOnMap points={judged ? preview.points : []} />
        {judged ? <CoordinateAdvice mapping={draft.mapping} advice={preview.advice} /> : null}
        <SampleVerdict preview={preview} judged={judged} behind={isBehind} />
        <ColumnFields draft={draft} columns={preview.columns} personalColumns={preview.personalColumns} />
        <PlaceTimeFields mapping={draft.mapping} advice={preview.advice} />
        <SampleTable mapping={draft.mapping} preview={preview} />
        <FileShapeFields draft={draft} columns={preview.columns} />
      </div>
      <StartBar draft={draft} error={error} ready={!error && !isBehind} accepted={preview.accepted} />
    </div>
  );
}

interface StartBarProps {
  draft: ImportDraft;
  /** Why there is no preview of this mapping. */
  error: Error | null;
  /** The preview shown is the answer to this very mapping. */
  ready: boolean;
  accepted: number;
}

function StartBar({ draft, error, ready, accepted }: StartBarProps) {
  const t = useMessages(importMessages);
  const { data = [] } = useImports();
  const start = useStartImport(draft.importId);
  const cancel = useCancelImport();
  const busy = data.find(({ state }) => state === 'running');
  const missing = whatIsMissing(draft.mapping);
  const problem = start.error ?? cancel.error ?? (missing.length === 0 ? error : null);
  // The answer takes this bar off the page, and with it what `mutate` would still call: the toast waits for the answer itself.
  const discard = () => {
    void cancel.mutateAsync(draft.importId).then(
      () => toast(t('discarded', { name: draft.fileName })),
      () => {
        // Said above, by ErrorState.
      },
    );
  };
  return (
    <footer className={styles.startBar}>
      {problem ? <ErrorState error={problem} /> : null}
      {busy ? <p className={styles.busy}>{t('busy', { name: busy.fileName })}</p> : null}
      {missing.length > 0 ? (
        <p className={styles.busy}>{t('stillMissing', { fields: missing.map((field) => t(field)).join(' · ') })}</p>
      ) : ready && accepted === 0 ? (
        <p className={styles.busy}>{t('noneAccepted')}</p>
      ) : null}
      <div className={styles.buttons}>
        <Button
          tone="primary"
          icon="upload"
          disabled={missing.length > 0 || !ready || accepted === 0 || start.isPending || busy !== undefined}
          onClick={() => start.mutate(draft.mapping)}
        >
          {start.isPending ? t('starting') : t('start')}
        </Button>
        <Button disabled={start.isPending || cancel.isPending} onClick={discard}>
          {t('discard')}
        </Button>
        <span className={styles.fileName} title={draft.fileName}>
          {draft.fileName}
        </span>
      </div>
    </footer>
  );
}
