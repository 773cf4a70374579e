import type { Unit } from '@xunfang/geo-data/contract';
import { FORCE_LAYERS, POSITION_LIMITS, UNIT_STATUSES } from '@xunfang/geo-data/units';
import { useMemo, useState } from 'react';
import { useMessages } from '../i18n/index.ts';
import {
  compareNames,
  EmptyState,
  ErrorState,
  Panel,
  type SearchProvider,
  SkeletonRows,
  select,
  useSearchProvider,
  useSelectedId,
  VirtualList,
} from '../ui/index.ts';
import { ageClass, ageSeconds, PLANNED } from './live-units.ts';
import { unitMessages } from './messages.ts';
import { ageThresholds, liveUnits, unitsBySlot, useRoster, useUnitsVersion } from './unit-feed.ts';
import { UnitMark } from './unit-mark.tsx';
import { openUnitStack } from './unit-stack.tsx';
import { ageText, unitLine } from './unit-words.ts';
import styles from './units.module.css';
import { badgeOf } from './units-layers.ts';
import { showUnit, unitText } from './units-on-map.tsx';

/** Everyone on the roster: on a call first, then by call sign; the age of every position in sight. */
export function UnitList() {
  const t = useMessages(unitMessages);
  const { data, error, isPending, refetch } = useRoster();
  const selectedId = useSelectedId('unit');
  const [filter, setFilter] = useState('');
  useUnitsVersion();
  useSearchProvider('units', unitSearch);
  const units = useMemo(() => {
    const wanted = filter.trim().toLowerCase();
    return (data?.units ?? []).filter((unit) => unit.callSign.toLowerCase().includes(wanted));
  }, [data, filter]);
  // Sorted with every frame: a few thousand rows at once a second.
  const sorted = [...units].sort((a, b) => rank(b) - rank(a) || compareNames(a.callSign, b.callSign));
  return (
    <Panel
      title={t('units')}
      count={data?.units.length}
      actions={
        <input
          className={styles.filter}
          type="search"
          aria-label={t('filter')}
          placeholder={t('filter')}
          value={filter}
          onChange={(event) => setFilter(event.target.value)}
        />
      }
    >
      {error ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : isPending ? (
        <SkeletonRows rows={10} />
      ) : data.units.length === 0 ? (
        <EmptyState title={t('noUnits')}>{t('noUnitsHint')}</EmptyState>
      ) : sorted.length === 0 ? (
        <EmptyState title={t('noneMatch')} />
      ) : (
        <VirtualList
          label={t('units')}
          items={sorted}
          keyOf={(unit) => unit.id}
          rowHeight={30}
          selectedKey={selectedId}
          onSelect={(unit) => {
            select('unit', unit.id);
            showUnit(unit.id);
          }}
          onOpen={(unit) => openUnitStack(unit.id)}
          renderRow={(unit) => <UnitRow unit={unit} />}
        />
      )}
    </Panel>
  );
}

function UnitRow({ unit }: { unit: Unit }) {
  const t = useMessages(unitMessages);
  const seconds = ageSeconds(liveUnits, unit.slot, performance.now());
  const age = ageClass(seconds, ageThresholds(unit.kind));
  const status = UNIT_STATUSES[liveUnits.status[unit.slot]] ?? 'off_duty';
  const never = !Number.isFinite(seconds);
  return (
    <div className={styles.row} data-age={age}>
      <UnitMark forceLayer={unit.forceLayer} age={age} />
      <span className={styles.callSign}>{unit.callSign}</span>
      <span className={styles.status} data-busy={badgeOf(status) === 'called' || badgeOf(status) === 'on_scene'}>
        {never ? t('never') : t(status)}
      </span>
      <span className={styles.beat}>
        {unit.beatNumber === null ? '—' : t('beatNumber', { number: unit.beatNumber })}
      </span>
      <span className={styles.age}>{ageText(seconds)}</span>
    </div>
  );
}

/** Shapes of the force layers and lines of the ages, as they are drawn on the map. */
export function UnitLegend() {
  const t = useMessages(unitMessages);
  // From the roster itself: what is drawn by it is set a moment later.
  const { data } = useRoster();
  const bounds = data?.ageThresholdsSeconds.car ?? POSITION_LIMITS.car.ageThresholdsSeconds;
  return (
    <div className={styles.legend}>
      <span className={styles.legendTitle}>{t('legendLayer')}</span>
      {FORCE_LAYERS.map((layer) => (
        <span key={layer} className={styles.legendItem}>
          <UnitMark forceLayer={layer} age={0} />
          {t(layer)}
        </span>
      ))}
      <span className={styles.legendTitle}>{t('legendAge')}</span>
      {(['fresh', 'ageing', 'stale', 'lost'] as const).map((name, age) => (
        <span key={name} className={styles.legendItem}>
          <UnitMark forceLayer="station_patrol" age={age} />
          {t(name)}
          <span className={styles.legendBound}>{age < 3 ? `< ${ageText(bounds[age])}` : t('atLastPlace')}</span>
        </span>
      ))}
      <span className={styles.legendItem}>
        <UnitMark forceLayer="station_patrol" age={PLANNED} />
        {t('never')}
        <span className={styles.legendBound}>{t('atPlannedPlace')}</span>
      </span>
    </div>
  );
}

function rank(unit: Unit): number {
  const badge = badgeOf(UNIT_STATUSES[liveUnits.status[unit.slot]]);
  return badge === 'called' ? 2 : badge === 'on_scene' ? 1 : 0;
}

const unitSearch: SearchProvider = {
  title: () => unitText()('units'),
  search: (text) =>
    unitsBySlot().flatMap((unit, slot) =>
      unit?.callSign.toLowerCase().includes(text.toLowerCase())
        ? [
            {
              key: `unit-${unit.id}`,
              label: unit.callSign,
              detail: unitLine(slot),
              run: () => {
                select('unit', unit.id);
                showUnit(unit.id);
              },
            },
          ]
        : [],
    ),
};
