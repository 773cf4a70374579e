import type { ImportView } from '@xunfang/geo-data/contract';
import { useFormat } from '../clock/index.ts';
import { useMessages } from '../i18n/index.ts';
import { Button, ErrorState, Figure, PanelSection, Progress } from '../ui/index.ts';
import { useCancelImport } from './import-queries.ts';
import { importShare } from './import-share.ts';
import styles from './imports.module.css';
import { importMessages } from './messages.ts';
import { ReasonCounts } from './reason-counts.tsx';

/** Rows, rate, time left, phase, and the way out. */
export function RunningImport({ view }: { view: ImportView }) {
  const t = useMessages(importMessages);
  const format = useFormat();
  const cancel = useCancelImport();
  const timeLeft = useTimeLeft(view);
  return (
    <PanelSection title={`${t('running')} · ${view.fileName}`}>
      <Progress share={importShare(view)} label={t('progressLabel')} />
      <div className={styles.under} role="status">
        <span>
          {view.phase === 'inserting'
            ? t('phaseInserting')
            : view.phase === 'waiting'
              ? t('waiting')
              : t('phaseReading')}
        </span>
        <span>{format.percent(importShare(view), 0)}</span>
      </div>
      <div className={styles.figures}>
        <Figure label={t('rowsRead')} value={format.number(view.rowsRead)} unit={t('rowsUnit')} />
        <Figure label={t('rate')} value={format.number(view.rowsPerSecond)} unit={t('perSecond')} />
        <Figure label={t('timeLeft')} value={timeLeft} />
        <Figure label={t('rejected')} value={format.number(view.rejected)} unit={t('rowsUnit')} />
        {view.rejected > 0 ? <ReasonCounts counts={view.rejectedByReason} /> : null}
      </div>
      <p className={styles.hint}>{t('goesOn')}</p>
      {cancel.error ? <ErrorState error={cancel.error} /> : null}
      <div className={styles.buttons}>
        <Button tone="danger" disabled={cancel.isPending || cancel.isSuccess} onClick={() => cancel.mutate(view.id)}>
          {cancel.isPending || cancel.isSuccess ? t('cancelling') : t('cancelImport')}
        </Button>
      </div>
    </PanelSection>
  );
}

function useTimeLeft({ secondsLeft, phase }: ImportView): string {
  const t = useMessages(importMessages);
  // At the end of the reading nobody knows how long the database needs.
  if (secondsLeft === null || phase === 'inserting') return t('unknownTime');
  return secondsLeft < 90
    ? t('secondsLeft', { count: secondsLeft })
    : t('minutesLeft', { count: Math.round(secondsLeft / 60) });
}
