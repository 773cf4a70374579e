import { createAtomLookup, NO_ATOM } from '@xunfang/geo-data/beats';
import type { Place } from '@xunfang/geo-data/contract';
import { RESPONSE_ASSUMPTIONS } from '@xunfang/geo-data/response';
import type { DraftGround } from '../draft/draft-columns.ts';

/** What makes work. Each is a column over the atoms, in the unit its weight is minutes a day for. */
export const FACTORS = ['incidents', 'roads', 'keyPlaces', 'posts', 'cameras', 'area'] as const;
export type Factor = (typeof FACTORS)[number];
export type FactorColumns = Record<Factor, Float64Array>;
/** Minutes a day per unit of the factor. */
export type FactorWeights = Record<Factor, number>;

const POSTS: ReadonlySet<string> = new Set(['mandatory_point', 'standing_point', 'school_post']);
/** Of the minutes of incidents, for streets and for land: what `workloadPerAtom` adds so that empty land counts a little. */
const BASE_SHARE = 0.05;

/**
 * `incidents`: calls a day, those of higher priority weighing more; `roads`: km of streets; `keyPlaces`, `posts` (standing and mandatory
 * points, school posts), `cameras`: how many; `area`: km². O(atoms + places).
 */
export function factorColumns({ atoms, calls, meta }: DraftGround, places: readonly Place[]): FactorColumns {
  const column = () => new Float64Array(atoms.count);
  const columns: FactorColumns = {
    incidents: column(),
    roads: atoms.streetMeters.map((meters) => meters / 1000),
    keyPlaces: column(),
    posts: column(),
    cameras: column(),
    area: atoms.areaKm2,
  };
  for (const [priority, column_] of calls.entries()) {
    const perDay = meta.weightOfPriority[priority] / Math.max(1e-9, meta.basisDays);
    for (let atom = 0; atom < atoms.count; atom++) columns.incidents[atom] += column_[atom] * perDay;
  }
  for (const [i, atom] of atomsOfPlaces(atoms, places).entries()) {
    const place = places[i];
    if (atom === NO_ATOM) continue;
    if (place.tier !== null) columns.keyPlaces[atom]++;
    if (POSTS.has(place.kind)) columns.posts[atom]++;
    if (place.kind === 'camera_gate') columns.cameras[atom]++;
  }
  return columns;
}

export function atomsOfPlaces(atoms: DraftGround['atoms'], places: readonly Place[]): Uint32Array {
  return createAtomLookup(atoms).atomsOfPoints(
    Float64Array.from(places, ({ lon }) => lon),
    Float64Array.from(places, ({ lat }) => lat),
  );
}

/** Calls as they come, streets and land a little: the balance that the automatic design works with. */
export function defaultWeights(columns: FactorColumns): FactorWeights {
  const base = BASE_SHARE * RESPONSE_ASSUMPTIONS.sceneMinutes * total(columns.incidents);
  const perUnit = (column: Float64Array) => (total(column) > 0 ? base / total(column) : 0);
  return {
    incidents: RESPONSE_ASSUMPTIONS.sceneMinutes,
    roads: perUnit(columns.roads),
    keyPlaces: 0,
    posts: 0,
    cameras: 0,
    area: perUnit(columns.area),
  };
}

/** Minutes of work a day per atom. O(atoms). */
export function workloadOfFactors(columns: FactorColumns, weights: FactorWeights): Float64Array {
  const workload = new Float64Array(columns.area.length);
  for (const factor of FACTORS) {
    const weight = weights[factor];
    if (weight === 0) continue;
    const column = columns[factor];
    for (let atom = 0; atom < workload.length; atom++) workload[atom] += weight * column[atom];
  }
  return workload;
}

export function total(column: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < column.length; i++) sum += column[i];
  return sum;
}
