import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { erfc, normalCumulative, twoSidedP } from './normal-distribution.ts';

/** Maclaurin series of erf; accurate for small x. */
function erfcBySeries(x: number): number {
  let term = x;
  let sum = x;
  for (let n = 1; Math.abs(term) > 1e-18 * Math.abs(sum); n++) {
    term *= (-x * x) / n;
    sum += term / (2 * n + 1);
  }
  return 1 - (2 / Math.sqrt(Math.PI)) * sum;
}

/** Laplace's continued fraction; accurate for large x. */
function erfcByFraction(x: number): number {
  let tail = 0;
  for (let k = 2000; k > 0; k--) tail = k / 2 / (x + tail);
  return Math.exp(-x * x) / Math.sqrt(Math.PI) / (x + tail);
}

describe('normal distribution', () => {
  it('agrees with the series of erf and with the continued fraction of erfc', () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-9, max: 1.5, noNaN: true }), (x) => {
        expect(Math.abs(erfc(x) - erfcBySeries(x))).toBeLessThan(1e-14);
        expect(Math.abs(erfc(-x) - (2 - erfcBySeries(x)))).toBeLessThan(1e-14);
      }),
    );
    fc.assert(
      fc.property(fc.double({ min: 1.5, max: 25, noNaN: true }), (x) => {
        expect(Math.abs(erfc(x) / erfcByFraction(x) - 1)).toBeLessThan(1e-12);
      }),
    );
  });

  it('gives the quantiles every table has', () => {
    expect(twoSidedP(1.959963984540054)).toBeCloseTo(0.05, 14);
    expect(twoSidedP(-2.5758293035489004)).toBeCloseTo(0.01, 14);
    expect(twoSidedP(0)).toBe(1);
    expect(normalCumulative(0)).toBe(0.5);
    expect(normalCumulative(1)).toBeCloseTo(0.8413447460685429, 14);
    expect(normalCumulative(-6)).toBeCloseTo(9.865876450376946e-10, 22);
    expect(erfc(40)).toBe(0);
  });
});
