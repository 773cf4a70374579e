import type { DispatchTimes } from './response-quantile.ts';

export interface DispatchSums {
  /** Calls per hour, lost ones included. */
  calls: number;
  /** Share of all calls of the city that are answered here. */
  share: number;
  /** Minutes of travel, times share. */
  travel: number;
  /** Share that is answered by another unit than the atom's own; all of it where an atom has none. */
  cross: number;
}

/** Adds up the dispatches to some atoms. O(atoms · units). */
export function sumDispatches(
  { unitCount, minutes, share }: DispatchTimes,
  atoms: Uint32Array,
  callsPerHour: Float64Array,
  unitOfAtom: (atom: number) => number,
): DispatchSums {
  const sums: DispatchSums = { calls: 0, share: 0, travel: 0, cross: 0 };
  for (const atom of atoms) {
    const row = atom * unitCount;
    const own = unitOfAtom(atom);
    sums.calls += callsPerHour[atom];
    for (let unit = 0; unit < unitCount; unit++) {
      const weight = share[row + unit];
      sums.share += weight;
      sums.travel += weight * minutes[row + unit];
      if (unit !== own) sums.cross += weight;
    }
  }
  return sums;
}

/** Per unit, over the calls it is sent to: mean service minutes; `otherwise` where it is sent to none. */
export function meanOfDispatches(
  share: Float64Array,
  serviceMinutes: Float64Array,
  unitCount: number,
  otherwise: Float64Array,
): Float64Array {
  const total = new Float64Array(unitCount);
  const weight = new Float64Array(unitCount);
  for (let i = 0, unit = 0; i < share.length; i++) {
    total[unit] += share[i] * serviceMinutes[i];
    weight[unit] += share[i];
    if (++unit === unitCount) unit = 0;
  }
  return total.map((sum, unit) => (weight[unit] > 1e-12 ? sum / weight[unit] : otherwise[unit]));
}

/** Per unit, over the calls of all atoms: mean service minutes. */
export function meanOverAtoms(
  serviceMinutes: Float64Array,
  callsPerHour: Float64Array,
  unitCount: number,
): Float64Array {
  const total = new Float64Array(unitCount);
  let calls = 0;
  for (const [atom, rate] of callsPerHour.entries()) {
    calls += rate;
    for (let unit = 0; unit < unitCount; unit++) total[unit] += rate * serviceMinutes[atom * unitCount + unit];
  }
  return total.map((sum) => sum / calls);
}

/** How likely each unit is the next to become free when all are busy. */
export function shareOfEnds(serviceMinutes: Float64Array): Float64Array {
  const ends = serviceMinutes.map((minutes) => 1 / minutes);
  const all = ends.reduce((sum, rate) => sum + rate, 0);
  return ends.map((rate) => rate / all);
}
