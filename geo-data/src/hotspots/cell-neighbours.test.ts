import fc from 'fast-check';
import { getPentagons, gridDisk, latLngToCell } from 'h3-js';
import { describe, expect, it } from 'vitest';
import { hexToCells } from '../geometry/index.ts';
import { createSeededRandom } from '../numeric/index.ts';
import { type Adjacency, cellNeighbours } from './cell-neighbours.ts';

function byGridDisk(hexes: readonly string[], ringSize: number): number[][] {
  const rowOf = new Map(hexes.map((hex, row) => [hex, row]));
  return hexes.map((hex, row) =>
    gridDisk(hex, ringSize)
      .map((other) => rowOf.get(other) ?? -1)
      .filter((other) => other >= 0 && other !== row)
      .sort((a, b) => a - b),
  );
}

function toLists({ offsets, neighbours }: Adjacency): number[][] {
  return Array.from({ length: offsets.length - 1 }, (_, row) => [
    ...neighbours.subarray(offsets[row], offsets[row + 1]),
  ]);
}

describe('cellNeighbours', () => {
  it('finds what gridDisk finds, anywhere and with holes in the set', () => {
    const input = fc.record({
      lat: fc.double({ min: -90, max: 90, noNaN: true }),
      lng: fc.double({ min: -180, max: 180, noNaN: true }),
      resolution: fc.integer({ min: 0, max: 15 }),
      ringSize: fc.integer({ min: 1, max: 4 }),
      seed: fc.nat(),
    });
    fc.assert(
      fc.property(input, ({ lat, lng, resolution, ringSize, seed }) => {
        const random = createSeededRandom(seed);
        const disk = gridDisk(latLngToCell(lat, lng, resolution), 5).filter(() => random.uniform() < 0.8);
        const hexes = random.shuffle(disk);
        expect(toLists(cellNeighbours(hexToCells(hexes), ringSize))).toEqual(byGridDisk(hexes, ringSize));
      }),
      { numRuns: 150 },
    );
  });

  it('finds what gridDisk finds over the seam of base cells and around pentagons', () => {
    // A disk of 12 at resolution 2 spans many base cells.
    const seams = gridDisk(latLngToCell(30.6, 104, 2), 12);
    expect(toLists(cellNeighbours(hexToCells(seams)))).toEqual(byGridDisk(seams, 1));
    for (const pentagon of getPentagons(4)) {
      const hexes = gridDisk(pentagon, 4);
      expect(toLists(cellNeighbours(hexToCells(hexes), 2))).toEqual(byGridDisk(hexes, 2));
    }
  });

  it('is symmetric and has six neighbours inside', () => {
    const hexes = gridDisk(latLngToCell(30.6, 104, 9), 20);
    const lists = toLists(cellNeighbours(hexToCells(hexes)));
    lists.forEach((list, row) => {
      for (const other of list) expect(lists[other]).toContain(row);
    });
    expect(lists.filter((list) => list.length === 6).length).toBe(1 + 3 * 19 * 20);
  });

  it('refuses sets that are none', () => {
    const cells = hexToCells([latLngToCell(30, 104, 9), latLngToCell(30, 104, 8)]);
    expect(() => cellNeighbours(cells)).toThrow('Row 1 has resolution 8 when expected 9.');
    expect(() => cellNeighbours(hexToCells(['8828308281fffff', '8828308281fffff']))).toThrow('row 1 repeats row 0');
    expect(() => cellNeighbours(cells, 0)).toThrow('[1, 20], got 0');
    expect([...cellNeighbours(hexToCells([])).offsets]).toEqual([0]);
  });
});
