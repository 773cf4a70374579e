import type { Device } from '@xunfang/geo-data/contract';
import { useFormat } from '../clock/index.ts';
import { useMessages } from '../i18n/index.ts';
import { DataTable, Figure } from '../ui/index.ts';
import { commonestFirst, useReasonName } from './device-words.ts';
import styles from './devices.module.css';
import { deviceMessages } from './messages.ts';

/** How much it sent, how much of it was believed, and why the rest was not. */
export function DeviceCounts({ device }: { device: Device }) {
  const t = useMessages(deviceMessages);
  const format = useFormat();
  const reasonName = useReasonName();
  const reasons = commonestFirst(Object.entries(device.refusedByReason));
  return (
    <section className={styles.card} aria-label={t('counts')}>
      <h3>{t('counts')}</h3>
      <div className={styles.figures}>
        <Figure label={t('messages')} value={format.number(device.messages)} />
        <Figure label={t('accepted')} value={format.number(device.accepted)} />
        <Figure
          label={t('refused')}
          value={format.number(device.refused)}
          tone={device.refused > 0 ? 'warn' : 'plain'}
        />
      </div>
      {reasons.length === 0 ? (
        <p className={styles.note}>{t('noRefusals')}</p>
      ) : (
        <DataTable
          rows={reasons}
          keyOf={([reason]) => reason}
          columns={[
            { key: 'reason', title: t('reason'), cell: ([reason]) => reasonName(reason) },
            { key: 'count', title: t('count'), numeric: true, cell: ([, count]) => format.number(count) },
            {
              key: 'share',
              title: t('share'),
              numeric: true,
              cell: ([, count]) => format.percent(device.refused > 0 ? count / device.refused : null),
            },
          ]}
        />
      )}
    </section>
  );
}
