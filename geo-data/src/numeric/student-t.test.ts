import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { studentTQuantile } from './student-t.ts';

describe('studentTQuantile', () => {
  it.each([
    // The table in every textbook, with more digits.
    [0.975, 1, 12.706204736432095],
    [0.975, 2, 4.302652729696142],
    [0.975, 5, 2.570581835636197],
    [0.975, 10, 2.2281388519649385],
    [0.975, 30, 2.0422724563012373],
    [0.95, 10, 1.8124611228107335],
    [0.995, 120, 2.617421145106865],
    [0.975, 1e6, 1.9599663],
  ])('at %f with %i degrees of freedom is %f', (probability, degrees, t) => {
    expect(studentTQuantile(probability, degrees)).toBeCloseTo(t, 6);
    expect(studentTQuantile(1 - probability, degrees)).toBeCloseTo(-t, 6);
  });

  it('inverts the closed forms of 1 and 2 degrees of freedom', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.001, max: 0.999, noNaN: true }), (p) => {
        expect(studentTQuantile(p, 1)).toBeCloseTo(Math.tan(Math.PI * (p - 0.5)), 6);
        expect(studentTQuantile(p, 2)).toBeCloseTo((2 * p - 1) / Math.sqrt(2 * p * (1 - p)), 8);
      }),
    );
  });

  it('refuses what has no quantile', () => {
    expect(() => studentTQuantile(1, 5)).toThrow('got 1');
    expect(() => studentTQuantile(0.5, 0)).toThrow('got 0');
  });
});
