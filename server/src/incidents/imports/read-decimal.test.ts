import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readDecimal } from './read-decimal.ts';

const read = (text: string) => readDecimal(Buffer.from(text), 0, Buffer.byteLength(text));

describe('readDecimal', () => {
  it('equals Number for every double in its shortest writing', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        expect(read(String(value))).toBe(value === 0 ? Number(String(value)) : value);
      }),
      { numRuns: 2000 },
    );
  });

  it('equals Number for coordinates of any number of decimals', () => {
    fc.assert(
      fc.property(
        fc.double({ min: -180, max: 180, noNaN: true }),
        fc.integer({ min: 0, max: 20 }),
        (value, decimals) => {
          const text = value.toFixed(decimals);
          expect(Object.is(read(text), Number(text))).toBe(true);
        },
      ),
      { numRuns: 2000 },
    );
  });

  it.each([
    ['  104.06 ', 104.06],
    ['30,66', 30.66],
    ['+1', 1],
    ['.5', 0.5],
    ['1.', 1],
    ['1.234e2', 123.4],
  ])('reads %j', (text, expected) => expect(read(text)).toBe(expected));

  it.each(['', ' ', '-', '.', '1.2.3', '12a', 'NaN', 'Infinity', '0x10', '1,2,3', '104°'])('refuses %j', (text) =>
    expect(read(text)).toBeNaN(),
  );
});
