import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mean, percent, quantileSorted } from './statistics.ts';

describe('mean', () => {
  it('keeps what naive summation loses', () => {
    expect(mean([1e16, 1, -1e16, 1])).toBe(0.5);
    expect(mean([])).toBeNaN();
  });
});

describe('quantileSorted', () => {
  it('interpolates as R type 7', () => {
    expect(quantileSorted([1, 2, 3, 4], 0.25)).toBe(1.75);
    expect(quantileSorted([3, 7, 7, 19, 24], 0.9)).toBe(22);
    expect(quantileSorted([5], 0.3)).toBe(5);
    expect(quantileSorted([], 0.3)).toBeNaN();
    expect(() => quantileSorted([1], 1.1)).toThrow('got 1.1');
  });

  it('ascends with the fraction and stays within the values', () => {
    const values = fc.array(fc.integer(), { minLength: 1 }).map((items) => Float64Array.from(items).sort());
    fc.assert(
      fc.property(
        values,
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (v, f, g) => {
          const low = quantileSorted(v, Math.min(f, g));
          const high = quantileSorted(v, Math.max(f, g));
          expect(low).toBeLessThanOrEqual(high + Math.abs(high) * 1e-15);
          expect(low).toBeGreaterThanOrEqual(v[0]);
          expect(high).toBeLessThanOrEqual(v[v.length - 1]);
        },
      ),
    );
  });
});

describe('percent', () => {
  it.each([
    [81, 62, -23.5],
    [200, 162, -19.0],
    [1858, 1593, -14.3],
    [242, 272, 12.4],
    [2170, 2566, 18.2],
    [3061, 3410, 11.4],
    [2774, 2846, 2.6],
    [8600, 6689, -22.2],
    [7210, 6689, -7.2],
  ])('gives the published change from %i to %i', (base, now, expected) => {
    expect(percent(now - base, base)).toBe(expected);
  });

  it('rounds halves of the exact decimal away from zero', () => {
    expect(percent(1, 8, 0)).toBe(13);
    expect(percent(-1, 8, 0)).toBe(-13);
    expect(percent(10_050, 1_000_000, 2)).toBe(1.01);
    expect(percent(10_050, -1_000_000, 2)).toBe(-1.01);
    expect(percent(-1, 1_000_000, 1)).toBe(0);
  });

  it('has no value for base 0', () => {
    expect(percent(5, 0)).toBeNull();
    expect(() => percent(0.5, 1)).toThrow('0.5 / 1');
  });
});
