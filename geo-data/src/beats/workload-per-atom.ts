import { addBaseWorkload } from './add-base-workload.ts';
import { createAtomLookup, NO_ATOM } from './atom-lookup.ts';
import type { AtomSet } from './atom-set.ts';

export interface WorkloadRequest {
  atoms: AtomSet;
  /** Where incidents happened, degrees WGS 84; equal lengths. */
  lon: Float64Array;
  lat: Float64Array;
  /** What each incident weighs, 1 when absent: for instance its expected minutes of work, or more for higher priority. */
  weight?: Float64Array;
  /** The base as a share of all incidents' weight; by default that of `addBaseWorkload`. */
  baseShare?: number;
}

export interface AtomWorkload {
  workload: Float64Array;
  /** Incidents per atom. */
  incidents: Uint32Array;
  /** Incidents in no atom, which count nowhere. */
  outside: number;
}

/**
 * The workload of every atom: the weights of its incidents, plus a base for patrolling it at all, so that an atom where nothing
 * happened still counts a little and beats do not sprawl over empty land: see `addBaseWorkload`. O(incidents + atoms).
 */
export function workloadPerAtom({ atoms, lon, lat, weight, baseShare }: WorkloadRequest): AtomWorkload {
  if (lon.length !== lat.length) throw new RangeError(`There are ${lat.length} latitudes, expected ${lon.length}.`);
  if (weight !== undefined && weight.length !== lon.length) {
    throw new RangeError(`There are ${weight.length} weights, expected ${lon.length}.`);
  }
  const workload = new Float64Array(atoms.count);
  const incidents = new Uint32Array(atoms.count);
  let outside = 0;
  for (const [i, atom] of createAtomLookup(atoms).atomsOfPoints(lon, lat).entries()) {
    if (atom === NO_ATOM) {
      outside++;
      continue;
    }
    const worth = weight === undefined ? 1 : weight[i];
    if (!(worth >= 0)) throw new RangeError(`Incident ${i} weighs ${worth}, expected 0 or more.`);
    workload[atom] += worth;
    incidents[atom]++;
  }
  addBaseWorkload({ atoms, workload, baseShare });
  return { workload, incidents, outside };
}
