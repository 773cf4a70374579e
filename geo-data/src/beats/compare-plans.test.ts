import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { comparePlans } from './compare-plans.ts';
import { UNASSIGNED } from './plan.ts';

const COUNT = 30;
const columns = {
  areaKm2: Float64Array.from({ length: COUNT }, (_, atom) => 0.1 + atom / 100),
  incidents: Uint32Array.from({ length: COUNT }, (_, atom) => (atom * 7) % 5),
  workload: Float64Array.from({ length: COUNT }, (_, atom) => 1 + ((atom * 7) % 5)),
  placeAtoms: Uint32Array.of(0, 3, 3, 29),
};
const compare = (before: Uint16Array, after: Uint16Array) =>
  comparePlans({ before, after, beatCountBefore: 4, beatCountAfter: 4, ...columns });
const beat = fc.oneof(
  { weight: 9, arbitrary: fc.integer({ min: 0, max: 3 }) },
  { weight: 1, arbitrary: fc.constant(UNASSIGNED) },
);
const plan = fc.array(beat, { minLength: COUNT, maxLength: COUNT }).map((beats) => Uint16Array.from(beats));
const total = (values: ArrayLike<number>) => Array.from(values).reduce((sum, value) => sum + value, 0);

describe('the comparison of two plans', () => {
  it('finds nothing moved where beats have new numbers only', () => {
    fc.assert(
      fc.property(plan, fc.shuffledSubarray([0, 1, 2, 3], { minLength: 4 }), (before, order) => {
        const after = before.map((is) => (is === UNASSIGNED ? is : order[is]));
        const { changed, moved, successor } = compare(before, after);
        expect([total(changed), moved]).toEqual([0, []]);
        for (const is of new Set(before)) if (is !== UNASSIGNED) expect(successor[is]).toBe(order[is]);
      }),
    );
  });

  it('accounts for every atom that changes hands, once', () => {
    fc.assert(
      fc.property(plan, plan, (before, after) => {
        const { changed, moved, successor } = compare(before, after);
        const sums = (values: ArrayLike<number>) => total(Array.from(changed, (flag, atom) => flag * values[atom]));
        expect(total(moved.map(({ atoms }) => atoms))).toBe(total(changed));
        expect(total(moved.map(({ incidents }) => incidents))).toBe(sums(columns.incidents));
        expect(total(moved.map(({ workload }) => workload))).toBeCloseTo(sums(columns.workload), 9);
        expect(total(moved.map(({ areaKm2 }) => areaKm2))).toBeCloseTo(sums(columns.areaKm2), 9);
        expect(total(moved.map(({ places }) => places))).toBe(
          Array.from(columns.placeAtoms).filter((atom) => changed[atom] === 1).length,
        );
        const taken = Array.from(successor).filter((to) => to !== UNASSIGNED);
        expect(new Set(taken).size).toBe(taken.length);
      }),
    );
  });

  it('says who gets what of a beat that is divided, and of one that loses an atom to nobody', () => {
    const before = Uint16Array.from({ length: COUNT }, (_, atom) => (atom < 20 ? 0 : 1));
    const after = before.map((is, atom) => (atom < 5 ? 2 : is));
    after[29] = UNASSIGNED;
    const { moved } = compare(before, after);
    expect(moved).toMatchObject([
      { before: 0, after: 2, atoms: 5, places: 3 },
      { before: 1, after: UNASSIGNED, atoms: 1, places: 1 },
    ]);
  });

  it('refuses columns that do not fit and beats that are not there', () => {
    const before = new Uint16Array(COUNT);
    expect(() => compare(before, new Uint16Array(3))).toThrow('The column after has 3 values, expected 30.');
    expect(() => compare(before.with(4, 9), before)).toThrow('Beat 9, expected less than 4.');
  });
});
