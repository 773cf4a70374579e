import { useFormat } from '../clock/index.ts';
import { useMessages } from '../i18n/index.ts';
import { Figure, Skeleton, useMedia } from '../ui/index.ts';
import styles from './incidents.module.css';
import { incidentMessages } from './messages.ts';
import { useIncidentSummary, useOpenIncidents } from './open-incidents.ts';
import { isWaiting } from './urgency-order.ts';

interface DispatchCountersProps {
  /** Counted by units/: incidents does not know positions. */
  units: { total: number; busy: number; available: number; old: number };
}

/** Six figures a room looks at. Red only for a waiting priority 1, amber for what grows old. */
export function DispatchCounters({ units }: DispatchCountersProps) {
  const t = useMessages(incidentMessages);
  const format = useFormat();
  const { data } = useIncidentSummary();
  const { data: open } = useOpenIncidents();
  const roomy = useMedia('(min-width: 1500px)');
  if (!data) return <Skeleton width="28rem" height="3.4rem" />;
  const change = data.previous7Days > 0 ? (data.last7Days - data.previous7Days) / data.previous7Days : null;
  const mustAct = open?.some((incident) => incident.priority === 1 && isWaiting(incident));
  return (
    <div className={styles.counters}>
      <Figure
        label={t('open')}
        value={format.number(data.open)}
        base={roomy ? t('openUrgent', { p1: data.openByPriority[0], p2: data.openByPriority[1] }) : undefined}
        tone={mustAct ? 'act' : 'plain'}
        large={roomy}
      />
      <Figure
        label={t('today')}
        value={format.number(data.today)}
        base={roomy ? t('yesterday', { count: data.sameTimeYesterday }) : undefined}
        large={roomy}
      />
      <Figure
        label={t('last7')}
        value={format.number(data.last7Days)}
        base={roomy ? t('against', { percent: format.percent(change, 1, true) }) : undefined}
        large={roomy}
      />
      <Figure
        label={t('available')}
        value={format.number(units.available)}
        base={roomy ? t('ofUnits', { total: units.total }) : undefined}
        large={roomy}
      />
      <Figure
        label={t('unitsOnCall')}
        value={format.number(units.busy)}
        base={roomy ? t('ofUnits', { total: units.total }) : undefined}
        large={roomy}
      />
      <Figure
        label={t('oldPositions')}
        value={format.number(units.old)}
        tone={units.old > 0 ? 'warn' : 'plain'}
        base={roomy ? t('ofUnits', { total: units.total }) : undefined}
        large={roomy}
      />
    </div>
  );
}
