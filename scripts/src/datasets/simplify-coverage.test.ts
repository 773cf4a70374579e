import { area, featureCollection, polygon, union } from '@turf/turf';
import { describe, expect, it } from 'vitest';
import { simplifyCoverage } from './simplify-coverage.ts';

/** Two halves of a square of 0.1°, parted by a wavy line of 41 shared vertices. */
const wave = Array.from({ length: 41 }, (_, i) => [0.05 + 0.0004 * (i % 2), 0.0025 * i]);
const west = polygon([[[0, 0], ...wave, [0, 0.1], [0, 0]]], { side: 'west' });
const east = polygon([[[0.1, 0], [0.1, 0.1], ...wave.toReversed(), [0.1, 0]]], { side: 'east' });

describe('simplifyCoverage', () => {
  it('gives both sides of a shared border the same line: no gap and no overlap', () => {
    const [left, right] = simplifyCoverage([west, east], 100);
    expect(left.geometry.coordinates[0].length).toBeLessThan(10);
    const whole = union(featureCollection([left, right]));
    expect(whole?.geometry.coordinates).toHaveLength(1);
    expect(area(left) + area(right)).toBeCloseTo(area(whole ?? left), 3);
  });
  it('keeps corners, properties and everything that is farther than the tolerance', () => {
    expect(simplifyCoverage([west, east], 0.001)[0].geometry.coordinates[0]).toHaveLength(44);
    expect(simplifyCoverage([west, east], 100).map(({ properties }) => properties)).toEqual([
      { side: 'west' },
      { side: 'east' },
    ]);
  });
  it('refuses to let an area vanish', () => {
    expect(() =>
      simplifyCoverage(
        [
          polygon([
            [
              [0, 0],
              [0, 0],
              [0, 0],
              [0, 0],
            ],
          ]),
        ],
        10,
      ),
    ).toThrow(/vanishes/);
  });
});
