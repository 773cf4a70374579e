import type { ImportView } from '@xunfang/geo-data/contract';
import { useFormat } from '../clock/index.ts';
import { useMessages } from '../i18n/index.ts';
import { Button, EmptyState, ErrorState, Progress, RelativeTime, SkeletonRows, toast } from '../ui/index.ts';
import { formatBytes } from './format-bytes.ts';
import { useCancelImport, useImports } from './import-queries.ts';
import { importShare } from './import-share.ts';
import { followImport, openImports, useImportStore } from './import-store.ts';
import styles from './imports.module.css';
import { importMessages } from './messages.ts';
import { ReasonCounts } from './reason-counts.tsx';
import { RejectionsLink } from './rejections-link.tsx';

/** Every import of this bureau, newest first: who, when, what came of it. */
export function ImportRecords() {
  const t = useMessages(importMessages);
  const { data, error, isPending, refetch } = useImports();
  if (error && !data) return <ErrorState error={error} onRetry={() => void refetch()} />;
  if (isPending) return <SkeletonRows rows={6} />;
  if (data.length === 0)
    return (
      <EmptyState
        title={t('noRecords')}
        action={
          <Button icon="upload" onClick={() => openImports('new')}>
            {t('importCsv')}
          </Button>
        }
      >
        {t('noRecordsHint')}
      </EmptyState>
    );
  return (
    <ol className={styles.records} aria-label={t('records')}>
      {data.map((view) => (
        <li key={view.id} className={styles.record} data-state={view.state}>
          <Record view={view} />
        </li>
      ))}
    </ol>
  );
}

function Record({ view }: { view: ImportView }) {
  const t = useMessages(importMessages);
  const format = useFormat();
  return (
    <>
      <div className={styles.recordHead}>
        <strong className={styles.recordName} title={view.fileName}>
          {view.fileName}
        </strong>
        <span className={styles.recordState}>{t(view.state)}</span>
      </div>
      <div className={styles.recordMeta}>
        {format.instant(view.createdAt)} · <RelativeTime at={view.createdAt} /> · {view.startedBy} ·{' '}
        {formatBytes(view.bytesTotal, format.number)}
      </div>
      {view.state === 'running' ? (
        <>
          <Progress share={importShare(view)} label={t('progressLabel')} />
          <div className={styles.recordMeta} role="status">
            {format.percent(importShare(view), 0)} · {t('rowsRead')} {format.number(view.rowsRead)} {t('rowsUnit')} ·{' '}
            {format.number(view.rowsPerSecond)} {t('perSecond')}
          </div>
        </>
      ) : null}
      {view.state === 'done' ? (
        <div className={styles.recordMeta}>
          {t('inserted')} <b>{format.number(view.inserted)}</b> · {t('rejected')} <b>{format.number(view.rejected)}</b>
          {view.rejected > 0 ? (
            <>
              {' · '}
              <RejectionsLink view={view} />
            </>
          ) : null}
        </div>
      ) : null}
      {view.state === 'done' && view.rejected > 0 ? <ReasonCounts counts={view.rejectedByReason} /> : null}
      {view.error ? <p className={styles.resultError}>{view.error}</p> : null}
      <RecordActions view={view} />
    </>
  );
}

function RecordActions({ view }: { view: ImportView }) {
  const t = useMessages(importMessages);
  const cancel = useCancelImport();
  const draftId = useImportStore((state) => state.draft?.importId);
  if (view.state !== 'running' && view.state !== 'uploaded') return null;
  const isDraft = view.id === draftId;
  const stop = () => cancel.mutate(view.id, { onError: (error) => toast(error.message, { tone: 'error' }) });
  return (
    <div className={styles.buttons}>
      {isDraft ? (
        <Button small onClick={() => openImports('new')}>
          {t('continueDraft')}
        </Button>
      ) : (
        <>
          {view.state === 'running' ? (
            <Button
              small
              onClick={() => {
                followImport(view.id);
                openImports('new');
              }}
            >
              {t('showProgress')}
            </Button>
          ) : (
            <span className={styles.hint}>{t('unmapped')}</span>
          )}
          <Button small disabled={cancel.isPending} onClick={stop}>
            {view.state === 'running' ? t('cancelImport') : t('discard')}
          </Button>
        </>
      )}
    </div>
  );
}
