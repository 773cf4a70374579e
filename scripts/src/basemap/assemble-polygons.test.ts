import { describe, expect, it } from 'vitest';
import { assembleRings, nestRings, signedArea } from './assemble-polygons.ts';

describe('assembleRings', () => {
  it('joins ways end to end whatever their direction, and leaves out what stays open', () => {
    const rings = assembleRings([
      [1, 2, 3],
      [5, 4, 3],
      [5, 1],
      [7, 8, 9],
      [10, 11, 12, 10],
    ]);
    expect(rings).toHaveLength(2);
    expect(rings[0]).toEqual([10, 11, 12, 10]);
    expect(rings[1]).toEqual([1, 2, 3, 4, 5, 1]);
  });
});

describe('nestRings', () => {
  it('puts holes into the ring around them and winds both as RFC 7946 wants', () => {
    const square = (at: number, size: number) => [
      [at, 0],
      [at, size],
      [at + size, size],
      [at + size, 0],
      [at, 0],
    ];
    const polygons = nestRings([square(0, 10), square(20, 10)], [square(22, 2).map(([x, y]) => [x, y + 1])]);
    expect(polygons.map((polygon) => polygon.length)).toEqual([1, 2]);
    expect(signedArea(polygons[1][0])).toBeGreaterThan(0);
    expect(signedArea(polygons[1][1])).toBeLessThan(0);
  });
});
