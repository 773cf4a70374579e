import type { AtomGraph } from '../atom-set.ts';

/** The largest brush. */
export const MOST_BRUSH_RINGS = 5;

/**
 * The atoms under a brush of 1-5 rings: the atom in its middle is the first ring, its neighbours the second, and so on, whatever
 * shape atoms have. Barriers do not stop a brush: what is painted is what lies under it. Ascending by ring.
 * O(atoms under the brush). Throws a RangeError for a brush that does not exist.
 */
export function brushAtoms(
  atoms: Pick<AtomGraph, 'count' | 'neighbour' | 'neighbourOffset'>,
  centre: number,
  rings: number,
): Uint32Array {
  if (!Number.isInteger(rings) || rings < 1 || rings > MOST_BRUSH_RINGS) {
    throw new RangeError(`The brush has ${rings} rings, expected 1 to ${MOST_BRUSH_RINGS}.`);
  }
  if (!(centre >= 0 && centre < atoms.count)) {
    throw new RangeError(`The brush is at atom ${centre}, expected less than ${atoms.count}.`);
  }
  const covered = [centre];
  const seen = new Set(covered);
  let ringStart = 0;
  for (let ring = 1; ring < rings; ring++) {
    const ringEnd = covered.length;
    for (let i = ringStart; i < ringEnd; i++) {
      for (let e = atoms.neighbourOffset[covered[i]]; e < atoms.neighbourOffset[covered[i] + 1]; e++) {
        const other = atoms.neighbour[e];
        if (seen.has(other)) continue;
        seen.add(other);
        covered.push(other);
      }
    }
    ringStart = ringEnd;
  }
  return Uint32Array.from(covered);
}
