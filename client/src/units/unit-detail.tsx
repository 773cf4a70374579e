import { UNIT_STATUSES } from '@xunfang/geo-data/units';
import { type ReactNode, useEffect, useState } from 'react';
import { useFormat } from '../clock/index.ts';
import { useMessages } from '../i18n/index.ts';
import { mapCamera } from '../map/index.ts';
import { Button, EmptyState, FigureRows, Panel, PanelSection, SimulationTag } from '../ui/index.ts';
import { AGE_CLASSES, ageClass, ageSeconds } from './live-units.ts';
import { unitMessages } from './messages.ts';
import { TrailSection } from './trail-section.tsx';
import { ageThresholds, liveUnits, onUnitsChanged, useRoster, useUnitsVersion } from './unit-feed.ts';
import { plannedPlace } from './unit-places.ts';
import { countAt, openUnitStack } from './unit-stack.tsx';
import { ageText } from './unit-words.ts';
import styles from './units.module.css';
import { showUnit } from './units-on-map.tsx';

/** The selected unit: what it is, what it does, where it was last and how old that is. */
export function UnitDetail({ unitId, children }: { unitId: number; children?: ReactNode }) {
  const t = useMessages(unitMessages);
  const format = useFormat();
  const { data } = useRoster();
  const [following, setFollowing] = useState(false);
  useUnitsVersion();
  useEffect(() => {
    if (!following) return;
    return onUnitsChanged(() => {
      const slot = data?.units.find((unit) => unit.id === unitId)?.slot;
      if (slot !== undefined && !Number.isNaN(liveUnits.lon[slot]))
        mapCamera.flyTo({ lon: liveUnits.lon[slot], lat: liveUnits.lat[slot] }, 900);
    });
  }, [following, data, unitId]);
  const unit = data?.units.find((candidate) => candidate.id === unitId);
  if (!unit) return <EmptyState title={t('unknown')} />;
  const seconds = ageSeconds(liveUnits, unit.slot, performance.now());
  const age = ageClass(seconds, ageThresholds(unit.kind));
  const reported = Number.isFinite(seconds);
  const planned = plannedPlace(unit);
  const together = countAt(unit.slot);
  const number = (value: number, decimals = 0) => (Number.isNaN(value) ? t('unknown') : format.number(value, decimals));
  return (
    <Panel title={unit.callSign} actions={unit.simulated ? <SimulationTag /> : null}>
      <PanelSection>
        <FigureRows
          rows={[
            { label: t('status'), value: reported ? t(UNIT_STATUSES[liveUnits.status[unit.slot]]) : t('never') },
            {
              label: t('beat'),
              value: unit.beatNumber === null ? t('noBeat') : t('beatNumber', { number: unit.beatNumber }),
            },
            { label: t('kind'), value: t(unit.kind) },
            { label: t('forceLayer'), value: t(unit.forceLayer) },
            { label: t('crew'), value: unit.crew, unit: t('crewUnit') },
          ]}
        />
      </PanelSection>
      {reported ? (
        <PanelSection>
          <FigureRows
            rows={[
              { label: t('age'), value: `${t(AGE_CLASSES[age])} · ${ageText(seconds)}` },
              { label: t('fixedAt'), value: format.instant(liveUnits.fixedAtMs[unit.slot], 'seconds') },
              { label: t('speed'), value: number(liveUnits.speedKmh[unit.slot]), unit: t('kmh') },
              { label: t('heading'), value: number(liveUnits.headingDegrees[unit.slot]), unit: '°' },
              { label: t('accuracy'), value: number(liveUnits.accuracyMeters[unit.slot]), unit: t('metres') },
              {
                label: t('place'),
                value: `${liveUnits.lon[unit.slot].toFixed(5)}, ${liveUnits.lat[unit.slot].toFixed(5)}`,
              },
            ]}
          />
          {age === 3 ? <p className={styles.warning}>{t('lastPlaceShown')}</p> : null}
        </PanelSection>
      ) : (
        <PanelSection>
          <p className={styles.warning}>
            {planned && unit.beatNumber !== null
              ? t('plannedPlaceShown', { beat: t('beatNumber', { number: unit.beatNumber }) })
              : t('notOnMap')}
          </p>
        </PanelSection>
      )}
      {children}
      <PanelSection>
        <div className={styles.actions}>
          <Button icon="fit" disabled={!reported && !planned} onClick={() => showUnit(unit.id)}>
            {t('zoomTo')}
          </Button>
          <Button icon="pin" disabled={!reported} aria-pressed={following} onClick={() => setFollowing(!following)}>
            {following ? t('followStop') : t('follow')}
          </Button>
          {together > 1 ? (
            <Button icon="list" onClick={() => openUnitStack(unit.id)}>
              {t('together', { count: together })}
            </Button>
          ) : null}
        </div>
      </PanelSection>
      <TrailSection unitId={unit.id} callSign={unit.callSign} />
    </Panel>
  );
}
