import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  ACCURACY_METERS,
  AGE_SECONDS,
  accuracyCode,
  ageCode,
  HEADING_DEGREES,
  headingCode,
  SPEED_KMH,
  speedCode,
} from './position-codes.ts';

/** Ages travel in columns of single precision. */
const anyAge = fc.float({ min: 0, max: 1e7, noNaN: true });

describe('position codes', () => {
  it('never make a position look fresher than it is, up to eight days, and never older by more than half a second or a ninth', () => {
    expect(AGE_SECONDS[127] / 86_400).toBeCloseTo(8.2, 1);
    fc.assert(
      fc.property(anyAge, (seconds) => {
        const back = AGE_SECONDS[ageCode(seconds)];
        if (seconds >= AGE_SECONDS[127]) {
          expect(back).toBe(AGE_SECONDS[127]);
          return;
        }
        expect(back).toBeGreaterThanOrEqual(seconds);
        expect(back - seconds).toBeLessThanOrEqual(Math.max(0.5, seconds * 0.1101));
      }),
    );
  });

  it('keep the order of ages', () => {
    fc.assert(
      fc.property(anyAge, anyAge, (a, b) => {
        expect(ageCode(Math.min(a, b))).toBeLessThanOrEqual(ageCode(Math.max(a, b)));
      }),
    );
  });

  it('code ages by half seconds up to ten, then each 1.11 times the last; what nobody knows is the oldest', () => {
    const ages = [-5, 0, 0.1, 0.5, 9.6, 10, 10.1, 11.2, 60, 1e9, Number.POSITIVE_INFINITY, Number.NaN];
    expect(ages.map((age) => ageCode(age))).toEqual([0, 0, 1, 1, 20, 20, 21, 22, 38, 127, 127, 127]);
    expect(AGE_SECONDS[38]).toBeCloseTo(10 * 1.11 ** 18, 3);
  });

  it('hold what they decode: coding it again gives the same', () => {
    for (let code = 0; code < 128; code++) expect(ageCode(AGE_SECONDS[code])).toBe(code);
    for (let code = 0; code < 64; code++) expect(speedCode(SPEED_KMH[code])).toBe(code);
    for (let code = 0; code < 60; code++) expect(headingCode(HEADING_DEGREES[code])).toBe(code);
    for (let code = 0; code < 16; code++) expect(accuracyCode(ACCURACY_METERS[code])).toBe(code);
  });

  it('keep speeds within 1 km/h up to 60 and within 2.5 up to 220', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 222, noNaN: true }), (kmh) => {
        expect(Math.abs(SPEED_KMH[speedCode(kmh)] - kmh)).toBeLessThanOrEqual(kmh <= 60 ? 1 : 2.5);
      }),
    );
    expect([-3, 500, Number.NaN].map((kmh) => SPEED_KMH[speedCode(kmh)])).toEqual([0, 220, Number.NaN]);
  });

  it('keep headings within 3 degrees, whatever the turn they are told in', () => {
    fc.assert(
      fc.property(fc.double({ min: -720, max: 720, noNaN: true }), (degrees) => {
        const apart = Math.abs(HEADING_DEGREES[headingCode(degrees)] - degrees) % 360;
        expect(Math.min(apart, 360 - apart)).toBeLessThanOrEqual(3.000_001);
      }),
    );
    expect([359.9, 90, Number.NaN].map((degrees) => HEADING_DEGREES[headingCode(degrees)])).toEqual([
      0,
      90,
      Number.NaN,
    ]);
  });

  it('never make an accuracy look better than it is', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1000, noNaN: true }), (meters) => {
        expect(ACCURACY_METERS[accuracyCode(meters)]).toBeGreaterThanOrEqual(meters);
      }),
    );
    expect([0, 4.6, 1000.1, Number.NaN].map((meters) => ACCURACY_METERS[accuracyCode(meters)])).toEqual([
      1,
      5,
      Number.NaN,
      Number.NaN,
    ]);
  });
});
