import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { benjaminiHochberg } from './benjamini-hochberg.ts';

const pValues = fc
  .array(fc.oneof(fc.double({ min: 0, max: 1, noNaN: true }), fc.constantFrom(0, 0.01, 0.05, 1)), { minLength: 1 })
  .map((list) => Float64Array.from(list));

/** The definition, quadratic. */
function naive(p: Float64Array): number[] {
  const ascending = [...p].sort((a, b) => a - b);
  return [...p].map((value) => {
    const candidates = ascending.map((other, index) => (other >= value ? (p.length / (index + 1)) * other : 1));
    return Math.min(1, ...candidates);
  });
}

describe('benjaminiHochberg', () => {
  it('equals the definition', () => {
    fc.assert(
      fc.property(pValues, (p) => {
        expect([...benjaminiHochberg(p)]).toEqual(naive(p));
      }),
    );
  });

  it('keeps the order of p, and lies between p and 1', () => {
    fc.assert(
      fc.property(pValues, (p) => {
        const q = benjaminiHochberg(p);
        const order = [...p.keys()].sort((a, b) => p[a] - p[b]);
        order.forEach((row, rank) => {
          expect(q[row]).toBeGreaterThanOrEqual(p[row]);
          expect(q[row]).toBeLessThanOrEqual(1);
          if (rank > 0) expect(q[row]).toBeGreaterThanOrEqual(q[order[rank - 1]]);
        });
      }),
    );
  });

  it('rejects the four hypotheses of the paper’s example', () => {
    // Benjamini & Hochberg (1995), section 3.2: 15 p values of a study of thrombolysis, four rejected at 0.05.
    const p = Float64Array.of(
      0.0001,
      0.0004,
      0.0019,
      0.0095,
      0.0201,
      0.0278,
      0.0298,
      0.0344,
      0.0459,
      0.324,
      0.4262,
      0.5719,
      0.6528,
      0.759,
      1,
    );
    expect([...benjaminiHochberg(p)].filter((q) => q <= 0.05).length).toBe(4);
  });

  it('refuses what is no probability', () => {
    expect(() => benjaminiHochberg(Float64Array.of(0.5, 1.5))).toThrow('got 0.5 to 1.5');
    expect(() => benjaminiHochberg(Float64Array.of(0.5, Number.NaN))).toThrow('NaN');
    expect(benjaminiHochberg(new Float64Array(0)).length).toBe(0);
  });
});
