import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { matchAreas } from './match-areas.ts';

describe('matchAreas', () => {
  it('finds areas again under other numbers, the heavier claim first', () => {
    // Area 0 of the new plan lies where 2 was, 1 where 0 was; 2 shares its heavier half with 1.
    expect([...matchAreas(3, [2, 2, 0, 0, 1, 1, 0], [0, 0, 1, 1, 2, 2, 2], [1, 1, 1, 1, 5, 1, 2])]).toEqual([2, 0, 1]);
  });

  it('gives every place once, whatever was drawn', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 6 }),
        fc.array(fc.tuple(fc.nat(6), fc.nat(6), fc.nat(3)), { maxLength: 30 }),
        (count, atoms) => {
          const column = (i: 0 | 1 | 2) => atoms.map((atom) => atom[i]);
          const places = matchAreas(count, column(0), column(1), column(2));
          expect([...places].sort((a, b) => a - b)).toEqual(Array.from({ length: count }, (_, place) => place));
        },
      ),
    );
  });
});
