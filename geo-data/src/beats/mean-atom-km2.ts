import type { AtomSet } from './atom-set.ts';

const known = new WeakMap<Float64Array, number>();

/** Mean area of the atoms, km²; 0 of none. Areas never change: added up once per column, O(atoms). */
export function meanAtomKm2({ count, areaKm2 }: Pick<AtomSet, 'count' | 'areaKm2'>): number {
  let mean = known.get(areaKm2);
  if (mean === undefined) {
    mean = areaKm2.reduce((sum, area) => sum + area, 0) / Math.max(1, count);
    known.set(areaKm2, mean);
  }
  return mean;
}
