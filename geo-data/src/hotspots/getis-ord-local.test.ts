import fc from 'fast-check';
import { gridDisk, latLngToCell } from 'h3-js';
import { describe, expect, it } from 'vitest';
import { hexToCells } from '../geometry/index.ts';
import { createSeededRandom } from '../numeric/index.ts';
import { type Adjacency, cellNeighbours } from './cell-neighbours.ts';
import { getisOrdLocal } from './getis-ord-local.ts';

/** pysal/esda, test suite (BSD-3): six points, neighbours within 15; the z scores of the first point are published. */
const points = [
  [10, 10],
  [20, 10],
  [40, 10],
  [15, 20],
  [30, 20],
  [30, 30],
];
const y = Float64Array.of(2, 3, 3.2, 5, 8, 7);

function withinDistance(places: readonly number[][], limit: number): Adjacency {
  const lists = places.map((a, i) =>
    [...places.keys()].filter((j) => j !== i && Math.hypot(a[0] - places[j][0], a[1] - places[j][1]) <= limit),
  );
  const offsets = Uint32Array.of(0, ...lists.map(() => 0));
  lists.forEach((list, i) => {
    offsets[i + 1] = offsets[i] + list.length;
  });
  return { offsets, neighbours: Uint32Array.from(lists.flat()) };
}

const cells = hexToCells(gridDisk(latLngToCell(30.6, 104, 9), 6));
const adjacency = cellNeighbours(cells);

/** Ord & Getis (1995), written out from a full matrix. */
function fromMatrix(values: Float64Array, matrix: number[][], isStar: boolean): number[] {
  return matrix.map((row, i) => {
    const others = isStar ? [...values.keys()] : [...values.keys()].filter((j) => j !== i);
    const n = others.length;
    const mean = others.reduce((sum, j) => sum + values[j], 0) / n;
    const s = Math.sqrt(others.reduce((sum, j) => sum + (values[j] - mean) ** 2, 0) / n);
    const w = row.reduce((sum, value) => sum + value, 0);
    const w2 = row.reduce((sum, value) => sum + value * value, 0);
    const weighted = row.reduce((sum, value, j) => sum + value * values[j], 0);
    return (weighted - mean * w) / (s * Math.sqrt((n * w2 - w * w) / (n - 1)));
  });
}

describe('getisOrdLocal', () => {
  it.each([
    ['Gi, binary', { self: 'excluded', rowStandardised: false }, -1.0136729],
    ['Gi, row-standardised', { self: 'excluded', rowStandardised: true, variance: '1992' }, -0.62074534],
    ['Gi*, binary', { self: 'included', rowStandardised: false }, -1.39727626],
    ['Gi*, row-standardised', { self: 'included', rowStandardised: true, variance: '1992' }, -0.62488094],
  ] as const)('gives the published score of %s', (_, options, expected) => {
    const { z } = getisOrdLocal(y, withinDistance(points, 15), options);
    expect(Math.abs(z[0] / expected - 1)).toBeLessThan(1e-5);
  });

  it('equals the definition written out with a full matrix, for any weights', () => {
    const input = fc.record({
      values: fc.array(fc.integer({ min: 0, max: 50 }), { minLength: 127, maxLength: 127 }),
      seed: fc.nat(),
      isStar: fc.boolean(),
      rowStandardised: fc.boolean(),
    });
    fc.assert(
      fc.property(input, ({ values, seed, isStar, rowStandardised }) => {
        fc.pre(new Set(values).size > 2);
        const random = createSeededRandom(seed);
        const weights = Float64Array.from(adjacency.neighbours, () => 0.1 + random.uniform());
        const selfWeight = 0.5 + random.uniform();
        const matrix = values.map((_, i) => {
          const row = Array.from(values, () => 0);
          if (isStar) row[i] = selfWeight;
          for (let k = adjacency.offsets[i]; k < adjacency.offsets[i + 1]; k++)
            row[adjacency.neighbours[k]] = weights[k];
          const sum = row.reduce((total, weight) => total + weight, 0);
          return rowStandardised ? row.map((weight) => weight / sum) : row;
        });
        const column = Float64Array.from(values);
        const self = isStar ? 'included' : 'excluded';
        const { z } = getisOrdLocal(column, adjacency, { self, weights, selfWeight, rowStandardised });
        const expected = fromMatrix(column, matrix, isStar);
        expected.forEach((value, i) => expect(Math.abs(z[i] - value)).toBeLessThan(1e-9));
      }),
      { numRuns: 40 },
    );
  });

  it('does not change under a change of origin and unit, and turns with the sign', () => {
    const values = fc.array(fc.integer({ min: 0, max: 30 }), { minLength: 127, maxLength: 127 });
    const factor = fc.double({ min: 0.01, max: 1000, noNaN: true });
    fc.assert(
      fc.property(values, factor, fc.integer({ min: -1000, max: 1000 }), (list, scale, shift) => {
        fc.pre(new Set(list).size > 1);
        const column = Float64Array.from(list);
        const { z, p } = getisOrdLocal(column, adjacency);
        const moved = getisOrdLocal(
          column.map((value) => value * scale + shift),
          adjacency,
        );
        const turned = getisOrdLocal(
          column.map((value) => -value),
          adjacency,
        );
        for (let i = 0; i < z.length; i++) {
          expect(Math.abs(moved.z[i] - z[i])).toBeLessThan(1e-7);
          expect(Math.abs(turned.z[i] + z[i])).toBeLessThan(1e-10);
          expect(p[i]).toBeGreaterThanOrEqual(0);
          expect(p[i]).toBeLessThanOrEqual(1);
        }
      }),
    );
  });

  it('has no score where nothing can vary', () => {
    const even = getisOrdLocal(new Float64Array(127).fill(0.1), adjacency);
    expect(new Set(even.z)).toEqual(new Set([0]));
    expect(new Set(even.p)).toEqual(new Set([1]));
    const everyone = withinDistance(points, 1000);
    expect([...getisOrdLocal(y, everyone).z]).toEqual([0, 0, 0, 0, 0, 0]);
    const nobody = withinDistance(points, 1);
    expect([...getisOrdLocal(y, nobody, { self: 'excluded' }).z]).toEqual([0, 0, 0, 0, 0, 0]);
    const oneHigh = Float64Array.of(0, 0, 0, 0, 0, 1000 / 3);
    expect(getisOrdLocal(oneHigh, withinDistance(points, 15), { self: 'excluded' }).z[5]).toBe(0);
  });

  it('refuses columns that do not fit', () => {
    expect(() => getisOrdLocal(Float64Array.of(1, 2), adjacency)).toThrow('at least 3 cells, got 2');
    expect(() => getisOrdLocal(y, adjacency)).toThrow('Expected 7 offsets, got 128');
    const six = withinDistance(points, 15);
    expect(() => getisOrdLocal(y, six, { weights: Float64Array.of(1) })).toThrow(
      `Expected ${six.neighbours.length} weights`,
    );
    expect(() => getisOrdLocal(Float64Array.of(1, 2, 3, 4, 5, Number.NaN), six)).toThrow(
      'Value 5 must be finite, got NaN',
    );
  });
});
