import type { CellColumns } from '../geometry/index.ts';

/** What a cell that is not in the table answers. */
export const ABSENT = 0xffffffff;

/** From H3 cells to the row they stand in: an open-addressing hash table in typed arrays. */
export interface CellTable {
  mask: number;
  hi: Uint32Array;
  lo: Uint32Array;
  /** Row of the cell in a slot, `ABSENT` where the slot is empty. */
  row: Uint32Array;
}

/** Builds the table; O(n), 12 bytes × 2-4 n. Throws a RangeError when a cell appears twice. */
export function createCellTable(cells: CellColumns): CellTable {
  const count = cells.hi.length;
  const size = 2 ** Math.ceil(Math.log2(Math.max(2, count * 2)));
  const table: CellTable = {
    mask: size - 1,
    hi: new Uint32Array(size),
    lo: new Uint32Array(size),
    row: new Uint32Array(size).fill(ABSENT),
  };
  for (let row = 0; row < count; row++) {
    const slot = slotOf(table, cells.hi[row], cells.lo[row]);
    if (table.row[slot] !== ABSENT)
      throw new RangeError(`The cell of row ${row} is that of row ${table.row[slot]} again.`);
    table.hi[slot] = cells.hi[row];
    table.lo[slot] = cells.lo[row];
    table.row[slot] = row;
  }
  return table;
}

/** Row of a cell, or `ABSENT`. O(1). */
export function rowOfCell(table: CellTable, hi: number, lo: number): number {
  return table.row[slotOf(table, hi, lo)];
}

function slotOf(table: CellTable, hi: number, lo: number): number {
  // Neighbouring cells differ in few bits in the middle of the index: two rounds of multiplication spread them.
  let hash = Math.imul(lo ^ (hi >>> 5), 0x9e3779b1) ^ Math.imul(hi, 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  let slot = (hash ^ (hash >>> 13)) & table.mask;
  while (table.row[slot] !== ABSENT && (table.lo[slot] !== lo || table.hi[slot] !== hi)) slot = (slot + 1) & table.mask;
  return slot;
}
