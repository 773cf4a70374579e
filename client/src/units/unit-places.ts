import type { Unit } from '@xunfang/geo-data/contract';
import { liveUnits, unitsBySlot } from './unit-feed.ts';

let beatPlaces: ReadonlyMap<number, readonly [number, number]> = new Map();

/** Where the beats of the plan in force have their labels. */
export function setBeatPlaces(places: ReadonlyMap<number, readonly [number, number]>): void {
  beatPlaces = places;
}

/** Where a unit is to be by the plan in force: at the label of its beat, until plans hold posts. */
export function plannedPlace(unit: Unit | undefined): readonly [number, number] | undefined {
  return unit === undefined || unit.beatNumber === null ? undefined : beatPlaces.get(unit.beatNumber);
}

/** Where a unit is drawn: its newest place however old, else its planned one; null: not on the map. */
export function placeOf(slot: number): readonly [number, number] | null {
  if (!(slot >= 0)) return null;
  if (slot < liveUnits.capacity && !Number.isNaN(liveUnits.lon[slot]))
    return [liveUnits.lon[slot], liveUnits.lat[slot]];
  return plannedPlace(unitsBySlot()[slot]) ?? null;
}
