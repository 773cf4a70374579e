import { haversineDistanceMeters } from '@xunfang/geo-data/geometry';
import type { MultiPolygon } from 'geojson';
import { expect, it } from 'vitest';
import { neighboursOfBeats } from './neighbours-of-beats.ts';

/** A square of a hundredth of a degree by its column and row. */
function square(number: number, column: number, row: number) {
  const [west, south] = [104 + column / 100, 30 + row / 100].map((value) => Math.round(value * 100) / 100);
  const [east, north] = [104 + (column + 1) / 100, 30 + (row + 1) / 100].map((value) => Math.round(value * 100) / 100);
  const boundary: MultiPolygon = {
    type: 'MultiPolygon',
    coordinates: [
      [
        [west, south],
        [east, south],
        [east, north],
        [west, north],
        [west, south],
      ],
    ].map((ring) => [ring]),
  };
  return { number, labelAt: [(west + east) / 2, (south + north) / 2] as const, boundary };
}

it('tells who shares border, how much of it and where, clockwise from north; a corner is no border', () => {
  const beats = [square(1, 1, 1), square(2, 1, 2), square(3, 2, 1), square(4, 1, 0), square(5, 0, 1), square(6, 2, 2)];
  const neighbours = neighboursOfBeats(beats);
  expect(neighbours.get(1)?.map(({ number, direction }) => [number, direction])).toEqual([
    [2, 'n'],
    [3, 'e'],
    [4, 's'],
    [5, 'w'],
  ]);
  expect(neighbours.get(1)?.[1].borderMeters).toBeCloseTo(haversineDistanceMeters(104.02, 30.01, 104.02, 30.02), 3);
  expect(neighbours.get(6)?.map(({ number, direction }) => [number, direction])).toEqual([
    [3, 's'],
    [2, 'w'],
  ]);
});
