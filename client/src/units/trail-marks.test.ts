import { describe, expect, it } from 'vitest';
import { markRows, stretches } from './trail-marks.ts';

const trail = (seconds: number[]) => seconds.map((at): [number, number, number] => [104, 30, at]);
const every = (step: number, count: number, from = 1_000_000) =>
  Array.from({ length: count }, (_, i) => from + i * step);

describe('times along a trail', () => {
  it('stand at full minutes, some six of them however long the trail is', () => {
    for (const minutes of [3, 30, 60, 120, 240]) {
      const points = trail(every(1, minutes * 60));
      const rows = markRows(points);
      expect(rows.length).toBeGreaterThanOrEqual(2);
      expect(rows.length).toBeLessThanOrEqual(7);
      for (const row of rows) expect(points[row][2] % 60).toBe(0);
    }
  });

  it('stand at the first fix after a silence', () => {
    expect(markRows(trail([0, 10, 20, 1000, 1010]))).toEqual([3]);
    expect(markRows(trail([5]))).toEqual([]);
  });

  it('has holes where nothing was heard', () => {
    expect(stretches(trail([0, 60, 180, 301, 310, 900]))).toEqual([
      [0, 3],
      [3, 5],
      [5, 6],
    ]);
  });
});
