import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  ALL_UNITS,
  changeUnits,
  chooseUnits,
  isShown,
  NO_UNITS,
  type UnitChoice,
  unitChoiceCodec,
} from './unit-choice.ts';

const roster = fc.uniqueArray(fc.integer({ min: 1, max: 500 }), { minLength: 1, maxLength: 60 });
const some = (ids: readonly number[]) => fc.subarray([...ids]);
const shownOf = (choice: UnitChoice, all: readonly number[]) => all.filter((id) => isShown(choice, id));

describe('the choice of units', () => {
  it('shows what was chosen, by the shorter list, and comes back from the address', () => {
    const cases = roster.chain((all) => fc.tuple(fc.constant(all), some(all)));
    fc.assert(
      fc.property(cases, ([all, ids]) => {
        const choice = chooseUnits(new Set(ids), all);
        expect(shownOf(choice, all)).toEqual(all.filter((id) => ids.includes(id)));
        expect(choice.ids.length).toBeLessThanOrEqual(Math.max(ids.length, all.length / 2));
        expect(unitChoiceCodec.parse(unitChoiceCodec.format(choice))).toEqual(choice);
      }),
    );
  });

  it('changes some and leaves the others', () => {
    const cases = roster.chain((all) => fc.tuple(fc.constant(all), some(all), some(all), fc.boolean()));
    fc.assert(
      fc.property(cases, ([all, before, changed, show]) => {
        const after = changeUnits(chooseUnits(new Set(before), all), changed, show, all);
        for (const id of all) expect(isShown(after, id)).toBe(changed.includes(id) ? show : before.includes(id));
      }),
    );
  });

  it('is all at rest, and none by its own word', () => {
    expect([unitChoiceCodec.format(ALL_UNITS), unitChoiceCodec.format(NO_UNITS)]).toEqual([null, 'none']);
    for (const text of [null, '', 'x', '1,,2', '!', '-3', '1;2'])
      expect(unitChoiceCodec.parse(text)).toEqual(ALL_UNITS);
    expect(unitChoiceCodec.parse('none')).toEqual(NO_UNITS);
    // Whoever joins the roster is seen by who hid a few, not by who chose a few.
    expect([isShown({ kind: 'except', ids: [3] }, 99), isShown({ kind: 'only', ids: [3] }, 99)]).toEqual([true, false]);
  });
});
