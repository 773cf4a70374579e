import { PlanEditError } from './plan-edit-error.ts';

/**
 * What a stroke does to an assignment: columns of equal length, atoms strictly ascending, beats as in `beatOfAtom` (`UNASSIGNED` too).
 * It says what was there before, so that it can be taken back and so that two of them can be told to meet.
 */
export interface PlanEdit {
  atoms: Uint32Array;
  before: Uint16Array;
  after: Uint16Array;
}

/**
 * The assignment after an edit; the one given stays as it is. O(atoms).
 * Throws a PlanEditError that names the first atom that is out of order, unknown, or not as the edit found it.
 */
export function applyEdit(beatOfAtom: Uint16Array, edit: PlanEdit): Uint16Array {
  assertEditFits(beatOfAtom.length, edit);
  const answer = beatOfAtom.slice();
  for (const [i, atom] of edit.atoms.entries()) {
    if (answer[atom] !== edit.before[i]) {
      const message = `Atom ${atom} is of beat ${answer[atom]} when expected ${edit.before[i]}.`;
      throw new PlanEditError('BEFORE_DIFFERS', { atom }, message);
    }
    answer[atom] = edit.after[i];
  }
  return answer;
}

/** Throws a PlanEditError unless the columns fit each other and the atoms. O(atoms of the edit). */
export function assertEditFits(atomCount: number, { atoms, before, after }: PlanEdit): void {
  if (before.length !== atoms.length || after.length !== atoms.length) {
    const lengths = `${before.length} and ${after.length}`;
    throw new PlanEditError('COLUMNS_DIFFER', {}, `Beats of ${lengths} atoms, expected ${atoms.length}.`);
  }
  for (const [i, atom] of atoms.entries()) {
    if (atom >= atomCount) {
      throw new PlanEditError('ATOM_UNKNOWN', { atom }, `Atom ${atom}, expected less than ${atomCount}.`);
    }
    if (i > 0 && atom <= atoms[i - 1]) {
      const message = `Atom ${atom} after ${atoms[i - 1]}, expected strictly ascending.`;
      throw new PlanEditError('ATOMS_NOT_ASCENDING', { atom }, message);
    }
  }
}
