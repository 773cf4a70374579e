import { getPentagons, gridDisk } from 'h3-js';
import {
  type CellColumns,
  CellIndex,
  cellLatticeCoordinates,
  hexToHi,
  hexToLo,
  indexCells,
  resolutionOf,
} from '../geometry/index.ts';

/** Neighbours in compressed sparse rows: those of row i are neighbours[offsets[i]] until neighbours[offsets[i + 1]]. */
export interface Adjacency {
  /** n + 1 elements. */
  offsets: Uint32Array;
  /** Row numbers, ascending within a row; never the row itself. */
  neighbours: Uint32Array;
}

/** Steps of the hexagonal lattice at distances 1 to ringSize. */
function stepsWithin(ringSize: number): { a: Int32Array; b: Int32Array } {
  const a: number[] = [];
  const b: number[] = [];
  for (let da = -ringSize; da <= ringSize; da++) {
    for (let db = -ringSize; db <= ringSize; db++) {
      if (Math.abs(da - db) <= ringSize && (da !== 0 || db !== 0)) {
        a.push(da);
        b.push(db);
      }
    }
  }
  return { a: Int32Array.from(a), b: Int32Array.from(b) };
}

/**
 * Which cells of a set lie within `ringSize` steps of each other. Cells of one H3 base cell are points of one lattice, so
 * neighbours are found by integer arithmetic; only cells at the seam of two base cells, and those of pentagonal ones,
 * ask h3's gridDisk. O(n · ringSize²), about 0.4 µs a cell for ringSize 1.
 * @throws when cells repeat or differ in resolution, or ringSize is not an integer in [1, 20].
 */
export function cellNeighbours(cells: CellColumns, ringSize = 1): Adjacency {
  if (!Number.isInteger(ringSize) || ringSize < 1 || ringSize > 20) {
    throw new Error(`Ring size must be an integer in [1, 20], got ${ringSize}.`);
  }
  const count = cells.hi.length;
  const byCell = indexCells(cells);
  const { baseCells, a, b } = cellLatticeCoordinates(cells);
  const pentagonal = new Uint8Array(128);
  for (const pentagon of getPentagons(0)) pentagonal[(hexToHi(pentagon) >>> 13) & 0x7f] = 1;
  const byLattice = new CellIndex(count);
  let hasSeams = false;
  for (let row = 0; row < count; row++) {
    if (resolutionOf(cells.hi[row]) !== resolutionOf(cells.hi[0])) {
      throw new Error(
        `Row ${row} has resolution ${resolutionOf(cells.hi[row])} when expected ${resolutionOf(cells.hi[0])}.`,
      );
    }
    byLattice.add(a[row], (b[row] << 7) | baseCells[row]);
    hasSeams ||= baseCells[row] !== baseCells[0];
  }

  const steps = stepsWithin(ringSize);
  const offsets = new Uint32Array(count + 1);
  const neighbours = new Uint32Array(count * steps.a.length);
  let written = 0;
  for (let row = 0; row < count; row++) {
    const start = written;
    const baseCell = baseCells[row];
    let isWhole = pentagonal[baseCell] === 0;
    for (let step = 0; step < steps.a.length && isWhole; step++) {
      const other = byLattice.indexOf(a[row] + steps.a[step], ((b[row] + steps.b[step]) << 7) | baseCell);
      if (other >= 0) neighbours[written++] = other;
      else isWhole = !hasSeams;
    }
    if (!isWhole) {
      written = start;
      for (const hex of gridDisk([cells.lo[row], cells.hi[row]], ringSize)) {
        const other = byCell.indexOf(hexToHi(hex), hexToLo(hex));
        if (other >= 0 && other !== row) neighbours[written++] = other;
      }
    }
    neighbours.subarray(start, written).sort();
    offsets[row + 1] = written;
  }
  return { offsets, neighbours: neighbours.slice(0, written) };
}
