import { REJECTION_REASONS } from '@xunfang/geo-data/contract';
import { useFormat } from '../clock/index.ts';
import { useMessages } from '../i18n/index.ts';
import styles from './imports.module.css';
import { importMessages } from './messages.ts';

/** Rejected rows by reason, most first. */
export function ReasonCounts({ counts }: { counts: Readonly<Record<string, number>> }) {
  const t = useMessages(importMessages);
  const format = useFormat();
  const present = REJECTION_REASONS.filter((reason) => counts[reason] > 0).sort((a, b) => counts[b] - counts[a]);
  return (
    <dl className={styles.reasons}>
      {present.map((reason) => (
        <div key={reason}>
          <dt>{t(reason)}</dt>
          <dd>{format.number(counts[reason])}</dd>
        </div>
      ))}
    </dl>
  );
}
