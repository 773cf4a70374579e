/**
 * H3 cells as two 32-bit columns. An H3 index is 64 bits: from the top 1 reserved, 4 mode, 3 reserved, 4 resolution,
 * 7 base cell, then 15 digits of 3 bits, unused ones set to 7. `hi` holds the upper and `lo` the lower 32 bits.
 */
export interface CellColumns {
  hi: Uint32Array;
  lo: Uint32Array;
}

export const MAX_RESOLUTION = 15;

/** Resolution of a cell, from its upper word. */
export function resolutionOf(hi: number): number {
  return (hi >>> 20) & 0xf;
}

/** Upper word of the parent at a coarser (or the same) resolution. */
export function parentHi(hi: number, resolution: number): number {
  const freedBits = (MAX_RESOLUTION - resolution) * 3 - 32;
  const digits = freedBits > 0 ? 2 ** freedBits - 1 : 0;
  return ((hi & ~(0xf << 20)) | (resolution << 20) | digits) >>> 0;
}

/** Lower word of the parent at a coarser (or the same) resolution. */
export function parentLo(lo: number, resolution: number): number {
  const freedBits = (MAX_RESOLUTION - resolution) * 3;
  return freedBits >= 32 ? 0xffffffff : (lo | (2 ** freedBits - 1)) >>> 0;
}

/** Parents of cells at a coarser resolution, by bit arithmetic; equal to h3's cellToParent. O(n), no strings. */
export function parentCells(cells: CellColumns, resolution: number): CellColumns {
  const count = cells.hi.length;
  const hi = new Uint32Array(count);
  const lo = new Uint32Array(count);
  for (let row = 0; row < count; row++) {
    if (resolutionOf(cells.hi[row]) < resolution) {
      throw new Error(
        `A parent at resolution ${resolution} was asked of a cell at resolution ${resolutionOf(cells.hi[row])} in row ${row}.`,
      );
    }
    hi[row] = parentHi(cells.hi[row], resolution);
    lo[row] = parentLo(cells.lo[row], resolution);
  }
  return { hi, lo };
}

export function cellToHex(hi: number, lo: number): string {
  return (hi >>> 0).toString(16) + (lo >>> 0).toString(16).padStart(8, '0');
}

export function hexToHi(hex: string): number {
  return Number.parseInt(hex.slice(0, -8), 16);
}

export function hexToLo(hex: string): number {
  return Number.parseInt(hex.slice(-8), 16);
}

/** The signed 64-bit value a database keeps; H3 indexes never have the top bit, so it is positive. */
export function cellToBigInt(hi: number, lo: number): bigint {
  return (BigInt(hi >>> 0) << 32n) | BigInt(lo >>> 0);
}

export function bigIntToHi(cell: bigint): number {
  return Number(cell >> 32n);
}

export function bigIntToLo(cell: bigint): number {
  return Number(cell & 0xffffffffn);
}

/** Hexadecimal strings, as h3-js and deck.gl take them. */
export function cellsToHex(cells: CellColumns): string[] {
  return Array.from(cells.hi, (hi, row) => cellToHex(hi, cells.lo[row]));
}

export function hexToCells(hexes: readonly string[]): CellColumns {
  return { hi: Uint32Array.from(hexes, hexToHi), lo: Uint32Array.from(hexes, hexToLo) };
}

export function cellsToBigInts(cells: CellColumns): BigInt64Array {
  return BigInt64Array.from(cells.hi, () => 0n).map((_, row) => cellToBigInt(cells.hi[row], cells.lo[row]));
}

export function bigIntsToCells(values: ArrayLike<bigint>): CellColumns {
  const hi = new Uint32Array(values.length);
  const lo = new Uint32Array(values.length);
  for (let row = 0; row < values.length; row++) {
    hi[row] = bigIntToHi(values[row]);
    lo[row] = bigIntToLo(values[row]);
  }
  return { hi, lo };
}
