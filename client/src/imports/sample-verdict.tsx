import type { ImportPreview, RejectionReason } from '@xunfang/geo-data/contract';
import { useFormat } from '../clock/index.ts';
import { useMessages } from '../i18n/index.ts';
import { Button, Figure, PanelSection } from '../ui/index.ts';
import styles from './imports.module.css';
import { COLUMN_TARGETS } from './mapping-edits.ts';
import { importMessages } from './messages.ts';
import { ReasonCounts } from './reason-counts.tsx';
import { showPoints } from './show-points.ts';

interface SampleVerdictProps {
  preview: ImportPreview;
  /** The required columns are chosen, so that rows can be judged at all. */
  judged: boolean;
  /** What is shown answers an earlier mapping. */
  behind: boolean;
}

/** What would become of the first rows: how many, and which not, and why. */
export function SampleVerdict({ preview, judged, behind }: SampleVerdictProps) {
  const t = useMessages(importMessages);
  const format = useFormat();
  const { sampled, accepted, rejected, rejectedByReason, points } = preview;
  const refused = sampled - accepted;
  return (
    <PanelSection title={t('sample')} actions={<span role="status">{behind && judged ? t('previewing') : ''}</span>}>
      {judged ? (
        <div className={behind ? styles.behind : undefined}>
          <div className={styles.figures}>
            <Figure
              label={t('accepted')}
              value={format.number(accepted)}
              unit={t('rowsUnit')}
              base={t('ofSample', { share: format.percent(sampled > 0 ? accepted / sampled : null, 1) })}
            />
            <Figure
              label={t('refusedRows')}
              value={format.number(refused)}
              unit={t('rowsUnit')}
              base={t('sampled', { count: format.number(sampled) })}
              tone={refused > sampled / 10 ? 'warn' : 'plain'}
            />
            {refused > 0 ? (
              <ReasonCounts counts={rejectedByReason} />
            ) : (
              <p className={styles.hint}>{t('allAccepted')}</p>
            )}
          </div>
          {refused > 0 ? <RejectedRows rejected={rejected} total={refused} /> : null}
          {points.length > 0 ? (
            <p className={styles.hint}>
              {t('pointsOnMap')}{' '}
              <Button small tone="quiet" icon="fit" onClick={() => showPoints(points)}>
                {t('showPoints')}
              </Button>
            </p>
          ) : null}
        </div>
      ) : (
        <p className={styles.missing}>{t('notJudged')}</p>
      )}
    </PanelSection>
  );
}

function RejectedRows({ rejected, total }: { rejected: ImportPreview['rejected']; total: number }) {
  const t = useMessages(importMessages);
  const format = useFormat();
  /** The server names fields as its interface does; here they have the names of the form. */
  const inWords = (reason: RejectionReason, field: string | null) => {
    const target = COLUMN_TARGETS.find((candidate) => candidate === field);
    return target ? `${t(reason)} · ${t(target)}` : null;
  };
  return (
    <details className={styles.rejected}>
      <summary>{t('rejectedRows', { count: format.number(total) })}</summary>
      <ol>
        {rejected.map(({ row, reason, field, message }) => (
          <li key={row}>
            <span className={styles.rowNumber}>{t('row', { row: format.number(row) })}</span>
            <span>{inWords(reason, field) ?? message}</span>
          </li>
        ))}
      </ol>
      {rejected.length < total ? <p className={styles.hint}>{t('moreRejected', { count: rejected.length })}</p> : null}
    </details>
  );
}
