/** A factor over the atoms in classes, for the map. */
export interface FactorClasses {
  /** 0xff: nothing there. */
  classOfAtom: Uint8Array;
  /** Lower bound of each class, per km². */
  from: number[];
}

const CLASSES = 6;

/** Which step of the ramp a class has: few classes spread over all of it, a single one takes the upper end, for what is there must be seen. */
export function rampStep(index: number, classes: number): number {
  return classes === 1 ? CLASSES - 1 : Math.round((index * (CLASSES - 1)) / (classes - 1));
}

/** Density per km² in classes of equal number (quantiles of the atoms that have any). O(n log n). */
export function factorClasses(column: Float64Array, areaKm2: Float64Array): FactorClasses {
  const density = column.map((value, atom) => (areaKm2[atom] > 0 ? value / areaKm2[atom] : 0));
  const some = density.filter((value) => value > 0).sort();
  const from: number[] = [];
  for (let i = 0; i < CLASSES && some.length > 0; i++) {
    const bound = some[Math.floor((i * some.length) / CLASSES)];
    if (bound !== from.at(-1)) from.push(bound);
  }
  const classOfAtom = Uint8Array.from(density, (value) => {
    if (value <= 0) return 0xff;
    let index = 0;
    while (index + 1 < from.length && value >= from[index + 1]) index++;
    return rampStep(index, from.length);
  });
  return { classOfAtom, from };
}
