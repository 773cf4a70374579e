import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { classOf, quantileBreaks } from './quantile-breaks.ts';

describe('quantileBreaks', () => {
  it('parts positive values into classes of about equal size', () => {
    const values = Float64Array.from({ length: 101 }, (_, i) => i);
    expect([...quantileBreaks(values, 4)]).toEqual([25, 50, 75, 100]);
    expect([...quantileBreaks([0, 0, 1, 1, 1, 9], 4)]).toEqual([1, 9]);
    expect([...quantileBreaks([0, 0], 4)]).toEqual([]);
  });

  it('puts every positive value, and no other, into a class whose bounds enclose it', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -3, max: 50 })), fc.integer({ min: 1, max: 9 }), (values, classes) => {
        const breaks = quantileBreaks(values, classes);
        const used = new Set(values.map((value) => classOf(value, breaks)).filter((k) => k >= 0));
        expect(used.size).toBe(breaks.length);
        expect(breaks.length).toBeLessThanOrEqual(classes);
        for (const value of values) {
          const k = classOf(value, breaks);
          expect(k >= 0).toBe(value > 0);
          if (k < 0) continue;
          expect(value).toBeLessThanOrEqual(breaks[k]);
          if (k > 0) expect(value).toBeGreaterThan(breaks[k - 1]);
        }
      }),
    );
  });

  it('refuses a legend without classes', () => {
    expect(() => quantileBreaks([1], 0)).toThrow('got 0');
  });
});
