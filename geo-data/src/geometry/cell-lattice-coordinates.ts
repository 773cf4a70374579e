import { type CellColumns, MAX_RESOLUTION, resolutionOf } from './h3-cells.ts';
import { STEP_A_OF_DIGIT, STEP_B_OF_DIGIT } from './h3-digits.ts';

export interface CellLattice {
  baseCells: Uint8Array;
  /** Axial coordinates on the base cell's hexagonal lattice, axes 120° apart. */
  a: Int32Array;
  b: Int32Array;
}

/**
 * Lattice coordinates of cells within their base cell: two cells of one resolution and one hexagonal base cell are
 * neighbours exactly when they differ by one of ±(1,0), ±(0,1), ±(1,1). O(n · resolution), no strings.
 */
export function cellLatticeCoordinates(cells: CellColumns): CellLattice {
  const count = cells.hi.length;
  const baseCells = new Uint8Array(count);
  const a = new Int32Array(count);
  const b = new Int32Array(count);
  for (let row = 0; row < count; row++) {
    const hi = cells.hi[row];
    const lo = cells.lo[row];
    baseCells[row] = (hi >>> 13) & 0x7f;
    const resolution = resolutionOf(hi);
    let x = 0;
    let y = 0;
    for (let r = 1; r <= resolution; r++) {
      const shift = (MAX_RESOLUTION - r) * 3;
      const digit =
        shift > 32 ? (hi >>> (shift - 32)) & 7 : shift === 30 ? ((hi & 1) << 2) | (lo >>> 30) : (lo >>> shift) & 7;
      const isOdd = (r & 1) === 1;
      const nextX = isOdd ? 2 * x + y : 3 * x - y;
      y = (isOdd ? 3 * y - x : x + 2 * y) + STEP_B_OF_DIGIT[digit];
      x = nextX + STEP_A_OF_DIGIT[digit];
    }
    a[row] = x;
    b[row] = y;
  }
  return { baseCells, a, b };
}
