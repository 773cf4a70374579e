import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { linearTrend } from './linear-trend.ts';

const times = (count: number) => Array.from({ length: count }, (_, i) => i * 0.01);

describe('linear trend', () => {
  it('finds a line exactly, and is sure of it', () => {
    fc.assert(
      fc.property(
        fc.double({ min: -50, max: 50, noNaN: true }),
        fc.double({ min: -500, max: 500, noNaN: true }),
        fc.integer({ min: 3, max: 300 }),
        (slope, start, count) => {
          const trend = linearTrend(
            times(count),
            times(count).map((time) => start + slope * time),
          );
          expect(trend.slope).toBeCloseTo(slope, 6);
          expect(trend.high - trend.low).toBeLessThan(1e-6);
        },
      ),
    );
  });

  it('gives the interval of the textbook', () => {
    // Five points: slope 0.6, residual sum 2.4, standard error sqrt(2.4 / 3 / 10), t of 3 degrees 3.182446305.
    const { slope, low, high } = linearTrend([1, 2, 3, 4, 5], [2, 4, 5, 4, 5]);
    expect(slope).toBeCloseTo(0.6, 9);
    const half = 3.182446305284263 * Math.sqrt(2.4 / 3 / 10);
    expect([low, high]).toEqual([expect.closeTo(0.6 - half, 9), expect.closeTo(0.6 + half, 9)]);
  });

  it('does not call a wave a leak', () => {
    const hours = times(600);
    const { low, high } = linearTrend(
      hours,
      hours.map((time) => 300 + 20 * Math.sin(time * 40)),
    );
    expect(low).toBeLessThan(0);
    expect(high).toBeGreaterThan(0);
  });

  it('says nothing of fewer than three blocks, and refuses lists of different lengths', () => {
    expect(linearTrend([1, 2], [3, 5])).toEqual({ slope: 2, low: -Infinity, high: Infinity });
    expect(linearTrend([], []).slope).toBeNaN();
    expect(() => linearTrend([1], [])).toThrow('1 times for 0 values when expected as many.');
  });
});
