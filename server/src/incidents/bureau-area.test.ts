import { haversineDistanceMeters, pointInPolygon } from '@xunfang/geo-data/geometry';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Boundary, createBureauArea } from './bureau-area.ts';

const SQUARE: Boundary = {
  type: 'Polygon',
  coordinates: [
    [
      [104, 30.6],
      [104.1, 30.6],
      [104.1, 30.7],
      [104.05, 30.62],
      [104, 30.7],
      [104, 30.6],
    ],
    [
      [104.02, 30.61],
      [104.03, 30.61],
      [104.03, 30.615],
      [104.02, 30.61],
    ],
  ],
};
const around = fc.tuple(
  fc.double({ min: 103.9, max: 104.2, noNaN: true }),
  fc.double({ min: 30.5, max: 30.8, noNaN: true }),
);

describe('createBureauArea', () => {
  it('is the polygon itself without a margin', () => {
    const area = createBureauArea(SQUARE, 0);
    fc.assert(
      fc.property(around, ([lon, lat]) => {
        expect(area.holds(lon, lat)).toBe(pointInPolygon(lon, lat, SQUARE));
      }),
      { numRuns: 3000 },
    );
  });

  it('answers the same whether or not its neighbourhood was asked about before', () => {
    const warm = createBureauArea(SQUARE, 700);
    fc.assert(
      fc.property(around, ([lon, lat]) => {
        expect(warm.holds(lon, lat)).toBe(createBureauArea(SQUARE, 700).holds(lon, lat));
      }),
      { numRuns: 300 },
    );
  });

  it('ends the margin where it ends, within half a percent', () => {
    const area = createBureauArea(SQUARE, 1000);
    const degreesOf = (meters: number) => (meters / haversineDistanceMeters(104.05, 30.6, 104.05, 30.7)) * 0.1;
    expect(area.holds(104.05, 30.6 - degreesOf(990))).toBe(true);
    expect(area.holds(104.05, 30.6 - degreesOf(1010))).toBe(false);
  });
});
