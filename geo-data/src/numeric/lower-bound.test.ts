import fc from 'fast-check';
import { expect, it } from 'vitest';
import { lowerBound } from './lower-bound.ts';

it('finds the first place that is not below the value, among equals as well', () => {
  const values = fc.array(fc.integer({ min: 0, max: 20 })).map((items) => Float64Array.from(items).sort());
  fc.assert(
    fc.property(values, fc.integer({ min: -1, max: 21 }), (ascending, value) => {
      const first = ascending.findIndex((other) => other >= value);
      expect(lowerBound(ascending, value)).toBe(first < 0 ? ascending.length : first);
    }),
  );
});
