import type { AtomGraph } from './atom-set.ts';

/** The base as a share of all calls' weight. */
const BASE_SHARE = 0.1;

/**
 * Adds to the weight of each atom's calls, in place, what patrolling it at all asks for. The base amounts to `baseShare` of all weight and is
 * spread half by street length and half by area (all by area where there are no streets). Without calls the base alone remains, 1 in
 * total. O(atoms). Throws a RangeError for a negative share or a column of another length.
 */
export function addBaseWorkload(request: {
  atoms: Pick<AtomGraph, 'count' | 'areaKm2' | 'streetMeters'>;
  workload: Float64Array;
  /** 0.1 by default. */
  baseShare?: number;
}): void {
  const { atoms, workload, baseShare = BASE_SHARE } = request;
  if (!(baseShare >= 0)) throw new RangeError(`The base share is ${baseShare}, expected 0 or more.`);
  if (workload.length !== atoms.count) {
    throw new RangeError(`There are ${workload.length} workloads, expected ${atoms.count}.`);
  }
  const total = sum(workload);
  const base = total > 0 ? baseShare * total : 1;
  const totalKm2 = sum(atoms.areaKm2);
  const totalMeters = sum(atoms.streetMeters);
  for (let atom = 0; atom < atoms.count; atom++) {
    const byArea = atoms.areaKm2[atom] / totalKm2;
    const byStreet = totalMeters > 0 ? atoms.streetMeters[atom] / totalMeters : byArea;
    workload[atom] += (base * (byArea + byStreet)) / 2;
  }
}

function sum(values: Float64Array): number {
  return values.reduce((total, value) => total + value, 0);
}
