import { haversineDistanceMeters } from '../../geometry/index.ts';
import { type AtomLookup, NO_ATOM } from '../atom-lookup.ts';
import type { AtomSet } from '../atom-set.ts';
import { meanAtomKm2 } from '../mean-atom-km2.ts';

/** Samples per width of a mean atom: what lies between two of them is a corner. */
const SAMPLES_PER_ATOM = 3;

/**
 * The atoms that a pointer passes on its straight way from one place to the next, in the order of the way: a fast drag reports few
 * places and must leave no gaps. Degrees. O(length of the way in atoms).
 */
export function atomsAlong(request: {
  atoms: Pick<AtomSet, 'count' | 'areaKm2'>;
  lookup: Pick<AtomLookup, 'atomsOfPoints'>;
  from: readonly [lon: number, lat: number];
  to: readonly [lon: number, lat: number];
}): Uint32Array {
  const { atoms, lookup, from, to } = request;
  const stepMeters = Math.max(1, (Math.sqrt(meanAtomKm2(atoms)) * 1000) / SAMPLES_PER_ATOM);
  const steps = Math.ceil(haversineDistanceMeters(from[0], from[1], to[0], to[1]) / stepMeters);
  const lon = new Float64Array(steps + 1);
  const lat = new Float64Array(steps + 1);
  for (let i = 0; i <= steps; i++) {
    const share = steps === 0 ? 1 : i / steps;
    lon[i] = from[0] + share * (to[0] - from[0]);
    lat[i] = from[1] + share * (to[1] - from[1]);
  }
  const passed = new Set(lookup.atomsOfPoints(lon, lat));
  passed.delete(NO_ATOM);
  return Uint32Array.from(passed);
}
