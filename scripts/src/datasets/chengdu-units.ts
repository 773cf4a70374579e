import type { DatasetPlace } from './chengdu-places.ts';

/** A row of `units.json`; `kind` and `forceLayer` are those of the contract. */
export interface DatasetUnit {
  id: number;
  callSign: string;
  kind: string;
  forceLayer: string;
  /** Police officers and auxiliaries aboard. */
  crew: number;
  /** Place where the unit starts its shift. */
  basePlaceId: number;
}

/** Call sign prefix, first number, how many, kind, force layer, crew, kind of place they start from. */
const FORCE: readonly (readonly [string, number, number, string, string, number, string])[] = [
  ['巡-', 1, 9, 'car', 'armed_patrol', 4, 'outpost'],
  ['武侯-', 101, 12, 'car', 'station_patrol', 2, 'police_station'],
  ['铁骑-', 1, 6, 'motorcycle', 'station_patrol', 2, 'police_station'],
  ['步巡-', 1, 5, 'foot', 'station_patrol', 2, 'standing_point'],
  ['机关-', 1, 3, 'car', 'office_overlay', 3, 'standing_point'],
  ['联防-', 1, 3, 'bicycle', 'community_joint', 2, 'standing_point'],
  ['义警-', 1, 2, 'foot', 'community_joint', 3, 'standing_point'],
];

export function unitsOfChengdu(places: readonly DatasetPlace[]): DatasetUnit[] {
  const units: DatasetUnit[] = [];
  for (const [prefix, first, count, kind, forceLayer, crew, base] of FORCE) {
    const bases = places.filter((place) => place.kind === base);
    for (let i = 0; i < count; i++) {
      const number = String(first + i).padStart(2, '0');
      const basePlaceId = bases[i % bases.length].id;
      units.push({ id: units.length + 1, callSign: `${prefix}${number}`, kind, forceLayer, crew, basePlaceId });
    }
  }
  return units;
}
