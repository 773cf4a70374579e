import type { CellColumns } from './h3-cells.ts';

const EMPTY = 0;

function hash(hi: number, lo: number): number {
  let h = Math.imul(hi, 0x9e3779b1) ^ lo;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return h ^ (h >>> 16);
}

/**
 * From 64-bit keys (cells) to consecutive numbers in order of arrival: open addressing with linear probing in typed
 * arrays, at most half full, about 15 ns a look-up and no object per key.
 */
export class CellIndex {
  #size = 0;
  #mask: number;
  #slots: Int32Array;
  #hi: Uint32Array;
  #lo: Uint32Array;

  constructor(expected = 1024) {
    let capacity = 16;
    while (capacity < expected * 2) capacity *= 2;
    this.#mask = capacity - 1;
    this.#slots = new Int32Array(capacity);
    this.#hi = new Uint32Array(capacity >> 1);
    this.#lo = new Uint32Array(capacity >> 1);
  }

  get size(): number {
    return this.#size;
  }

  /** Number of a key, -1 when it was never added. */
  indexOf(hi: number, lo: number): number {
    const high = hi >>> 0;
    const low = lo >>> 0;
    for (let slot = hash(high, low) & this.#mask; ; slot = (slot + 1) & this.#mask) {
      const entry = this.#slots[slot];
      if (entry === EMPTY) return -1;
      if (this.#lo[entry - 1] === low && this.#hi[entry - 1] === high) return entry - 1;
    }
  }

  /** Number of a key, a new one (equal to the size before) when it was not there. */
  add(hi: number, lo: number): number {
    const high = hi >>> 0;
    const low = lo >>> 0;
    let slot = hash(high, low) & this.#mask;
    for (; ; slot = (slot + 1) & this.#mask) {
      const entry = this.#slots[slot];
      if (entry === EMPTY) break;
      if (this.#lo[entry - 1] === low && this.#hi[entry - 1] === high) return entry - 1;
    }
    if (this.#size === this.#hi.length) {
      this.#grow();
      return this.add(hi, lo);
    }
    this.#hi[this.#size] = high;
    this.#lo[this.#size] = low;
    this.#slots[slot] = ++this.#size;
    return this.#size - 1;
  }

  /** Copies of the keys, by number. */
  keys(): CellColumns {
    return { hi: this.#hi.slice(0, this.#size), lo: this.#lo.slice(0, this.#size) };
  }

  #grow(): void {
    const { hi, lo } = this.keys();
    const capacity = (this.#mask + 1) * 2;
    this.#mask = capacity - 1;
    this.#slots = new Int32Array(capacity);
    this.#hi = new Uint32Array(capacity >> 1);
    this.#lo = new Uint32Array(capacity >> 1);
    this.#size = 0;
    for (let entry = 0; entry < hi.length; entry++) this.add(hi[entry], lo[entry]);
  }
}

/**
 * Index of distinct cells: indexOf(hi, lo) is the row. O(n).
 * @throws when a cell occurs twice.
 */
export function indexCells(cells: CellColumns): CellIndex {
  const index = new CellIndex(cells.hi.length);
  for (let row = 0; row < cells.hi.length; row++) {
    if (index.add(cells.hi[row], cells.lo[row]) !== row) {
      throw new Error(`Cells must be distinct: row ${row} repeats row ${index.indexOf(cells.hi[row], cells.lo[row])}.`);
    }
  }
  return index;
}
