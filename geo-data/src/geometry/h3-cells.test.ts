import fc from 'fast-check';
import { cellToParent, getResolution, latLngToCell } from 'h3-js';
import { describe, expect, it } from 'vitest';
import {
  bigIntsToCells,
  cellsToBigInts,
  cellsToHex,
  cellToHex,
  hexToCells,
  hexToHi,
  hexToLo,
  parentCells,
  parentHi,
  parentLo,
  resolutionOf,
} from './h3-cells.ts';

const lat = fc.double({ min: -90, max: 90, noNaN: true });
const lng = fc.double({ min: -180, max: 180, noNaN: true });
const resolution = fc.integer({ min: 0, max: 15 });
const cell = fc.tuple(lat, lng, resolution).map(([y, x, r]) => latLngToCell(y, x, r));

describe('cells as columns', () => {
  it('finds the parents h3 finds', () => {
    fc.assert(
      fc.property(cell, resolution, (child, coarser) => {
        const hi = hexToHi(child);
        expect(resolutionOf(hi)).toBe(getResolution(child));
        fc.pre(coarser <= resolutionOf(hi));
        expect(cellToHex(parentHi(hi, coarser), parentLo(hexToLo(child), coarser))).toBe(cellToParent(child, coarser));
      }),
      { numRuns: 1000 },
    );
  });

  it('converts to strings and 64-bit integers and back', () => {
    fc.assert(
      fc.property(fc.array(cell), (hexes) => {
        const cells = hexToCells(hexes);
        expect(cellsToHex(cells)).toEqual(hexes);
        const bigInts = cellsToBigInts(cells);
        expect([...bigInts]).toEqual(hexes.map((hex) => BigInt(`0x${hex}`)));
        expect(bigIntsToCells(bigInts)).toEqual(cells);
      }),
    );
  });

  it('refuses a parent finer than its cell, naming both', () => {
    const cells = hexToCells([latLngToCell(30.6, 104, 9)]);
    expect(cellsToHex(parentCells(cells, 8))).toEqual([latLngToCell(30.6, 104, 8)]);
    expect(() => parentCells(cells, 10)).toThrow('resolution 10 was asked of a cell at resolution 9 in row 0');
  });
});
