import type { Unit } from '@xunfang/geo-data/contract';
import { UNIT_STATUSES } from '@xunfang/geo-data/units';
import { useMessages } from '../i18n/index.ts';
import { type MapPick, mapCamera, openStack, pointsNear, type StackItem } from '../map/index.ts';
import { compareNames, select, useDisplay } from '../ui/index.ts';
import { AGE_CLASSES, ageClass, ageSeconds } from './live-units.ts';
import { unitMessages } from './messages.ts';
import { ageThresholds, liveUnits, unitsBySlot, useUnitsVersion } from './unit-feed.ts';
import { UnitMark } from './unit-mark.tsx';
import { placeOf, plannedPlace } from './unit-places.ts';
import { ageText } from './unit-words.ts';
import styles from './units.module.css';
import { STACK_RADIUS_PX, UNIT_MARK_LAYER } from './units-layers.ts';

/** The units under a click: those with the one that was hit, or those around the pointer. */
export function unitsAt(pick: MapPick): readonly StackItem[] {
  const hit = pick.layer?.id === UNIT_MARK_LAYER ? placeOf(pick.index) : null;
  const at = hit ?? pick.coordinate;
  return at ? slotsNear(at[0], at[1]).map(itemOf) : [];
}

/** How many units hide one another where this one is drawn, itself included. */
export function countAt(slot: number): number {
  const place = placeOf(slot);
  return place === null ? 0 : slotsNear(place[0], place[1]).length;
}

/** Opens the list of the units where this one is drawn; does nothing for one that stands alone. */
export function openUnitStack(unitId: number): void {
  const place = placeOf(unitsBySlot().findIndex((unit) => unit?.id === unitId));
  if (place === null) return;
  const slots = slotsNear(place[0], place[1]);
  if (slots.length > 1) openStack(place[0], place[1], slots.map(itemOf));
}

function slotsNear(lon: number, lat: number): number[] {
  const units = unitsBySlot();
  const points = {
    count: units.length,
    lon: (slot: number) => (units[slot] ? (placeOf(slot)?.[0] ?? Number.NaN) : Number.NaN),
    lat: (slot: number) => placeOf(slot)?.[1] ?? Number.NaN,
  };
  const radiusPx = STACK_RADIUS_PX * useDisplay.getState().scale;
  const callSign = (slot: number) => units[slot]?.callSign ?? '';
  return pointsNear(points, lon, lat, mapCamera.view()?.zoom ?? 12, radiusPx).sort((a, b) =>
    compareNames(callSign(a), callSign(b)),
  );
}

function itemOf(slot: number): StackItem {
  const unit = unitsBySlot()[slot] as Unit;
  return { key: `unit-${unit.id}`, label: <StackRow unit={unit} />, choose: () => select('unit', unit.id) };
}

/** A unit of a stack: mark, call sign, what it does, how old its place is. */
function StackRow({ unit }: { unit: Unit }) {
  const t = useMessages(unitMessages);
  useUnitsVersion();
  const seconds = ageSeconds(liveUnits, unit.slot, performance.now());
  const age = ageClass(seconds, ageThresholds(unit.kind));
  const heard = Number.isFinite(seconds);
  return (
    <span className={styles.stackRow} data-age={age}>
      <UnitMark forceLayer={unit.forceLayer} age={age} />
      <span className={styles.callSign}>{unit.callSign}</span>
      <span className={styles.status}>
        {heard ? t(UNIT_STATUSES[liveUnits.status[unit.slot]] ?? 'off_duty') : t('never')}
      </span>
      <span className={styles.age}>
        {heard ? `${t(AGE_CLASSES[age])} ${ageText(seconds)}` : plannedPlace(unit) ? t('planned') : '—'}
      </span>
    </span>
  );
}
