import { useFormat } from '../clock/index.ts';
import { useMessages } from '../i18n/index.ts';
import { Figure, Skeleton } from '../ui/index.ts';
import styles from './incidents.module.css';
import { incidentMessages } from './messages.ts';
import { useIncidentSummary } from './open-incidents.ts';

interface DispatchCountersProps {
  /** Counted by units/: incidents does not know positions. */
  units: { total: number; busy: number; available: number; old: number };
}

/** Six figures a room looks at. Red only for a waiting priority 1, amber for what grows old. */
export function DispatchCounters({ units }: DispatchCountersProps) {
  const t = useMessages(incidentMessages);
  const format = useFormat();
  const { data } = useIncidentSummary();
  if (!data) return <Skeleton width="28rem" height="3.4rem" />;
  const change = data.previous7Days > 0 ? (data.last7Days - data.previous7Days) / data.previous7Days : null;
  return (
    <div className={styles.counters}>
      <Figure
        label={t('open')}
        value={format.number(data.open)}
        base={`${t('legendP1')} ${data.openByPriority[0]} · ${t('legendP2')} ${data.openByPriority[1]}`}
        tone={data.openByPriority[0] > 0 ? 'act' : 'plain'}
        large
      />
      <Figure
        label={t('today')}
        value={format.number(data.today)}
        base={t('yesterday', { count: data.sameTimeYesterday })}
        large
      />
      <Figure
        label={t('last7')}
        value={format.number(data.last7Days)}
        base={t('against', { percent: format.percent(change, 1, true) })}
        large
      />
      <Figure
        label={t('available')}
        value={format.number(units.available)}
        base={t('ofUnits', { total: units.total })}
        large
      />
      <Figure
        label={t('unitsOnCall')}
        value={format.number(units.busy)}
        base={t('ofUnits', { total: units.total })}
        large
      />
      <Figure
        label={t('oldPositions')}
        value={format.number(units.old)}
        tone={units.old > 0 ? 'warn' : 'plain'}
        base={t('ofUnits', { total: units.total })}
        large
      />
    </div>
  );
}
