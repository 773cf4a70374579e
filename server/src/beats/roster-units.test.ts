import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rosterUnits } from './roster-units.ts';

const point = fc.tuple(
  fc.double({ min: 104, max: 104.1, noNaN: true }),
  fc.double({ min: 30.6, max: 30.7, noNaN: true }),
);

describe('rosterUnits', () => {
  it('gives every unit a beat, and no beat two units more than another', () => {
    fc.assert(
      fc.property(
        fc.array(point, { minLength: 1, maxLength: 60 }),
        fc.array(point, { minLength: 1, maxLength: 30 }),
        (units, beats) => {
          const beatOfUnit = rosterUnits(
            units.map((near, id) => ({ id, near })),
            beats.map((labelAt, index) => ({ number: index + 1, labelAt })),
          );
          expect(beatOfUnit.size).toBe(units.length);
          const crews = beats.map(
            (_, index) => [...beatOfUnit.values()].filter((number) => number === index + 1).length,
          );
          expect(Math.max(...crews) - Math.min(...crews)).toBeLessThanOrEqual(1);
        },
      ),
    );
  });

  it('takes the nearest of the beats with the fewest units', () => {
    const beats = [
      { number: 1, labelAt: [104, 30] as const },
      { number: 2, labelAt: [104.1, 30] as const },
    ];
    const units = [
      { id: 7, near: [104.09, 30] as const },
      { id: 8, near: [104.09, 30] as const },
    ];
    expect([...rosterUnits(units, beats)]).toEqual([
      [7, 2],
      [8, 1],
    ]);
    expect(rosterUnits(units, []).size).toBe(0);
  });
});
