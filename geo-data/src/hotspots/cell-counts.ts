import type { CellIndex } from '../geometry/index.ts';

/** Incidents per H3 cell, one row per cell that has any, ascending by cell so that equal counts are equal columns. */
export interface CellCounts {
  resolution: number;
  cellHi: Uint32Array;
  cellLo: Uint32Array;
  counts: Uint32Array;
}

const LOW_WORD = 2 ** 32;
/** Below mode and resolution, which all cells of a set share: 20 bits of the upper word. */
const VARYING_HI = 0xfffff;

/**
 * Sorts the cells of an index and their counts (by the index's numbers) by cell. What varies of a cell is 52 bits, so it
 * is exact in a double and sorts without a comparator. O(n log n).
 */
export function sortedCellCounts(resolution: number, index: CellIndex, counts: ArrayLike<number>): CellCounts {
  const { hi, lo } = index.keys();
  const common = hi.length > 0 ? (hi[0] & ~VARYING_HI) >>> 0 : 0;
  const keys = Float64Array.from(hi, (high, row) => (high & VARYING_HI) * LOW_WORD + lo[row]).sort();
  const cellHi = Uint32Array.from(keys, (key) => common + Math.floor(key / LOW_WORD));
  const cellLo = Uint32Array.from(keys, (key) => key % LOW_WORD);
  return {
    resolution,
    cellHi,
    cellLo,
    counts: Uint32Array.from(cellHi, (high, row) => counts[index.indexOf(high, cellLo[row])]),
  };
}
