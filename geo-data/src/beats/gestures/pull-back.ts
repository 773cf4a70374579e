import type { PlanEdit } from '../apply-edit.ts';

/**
 * The other way to make a beat whole: the atoms that an edit took from it come back, as far as they are still where the edit put them.
 * Everything else of the edit stays. O(atoms of the edit).
 */
export function pullBack(edit: PlanEdit, beatOfAtom: Uint16Array, beat: number): PlanEdit {
  const rows = Array.from(edit.atoms.keys()).filter(
    (i) => edit.before[i] === beat && beatOfAtom[edit.atoms[i]] === edit.after[i],
  );
  return {
    atoms: Uint32Array.from(rows, (i) => edit.atoms[i]),
    before: Uint16Array.from(rows, (i) => edit.after[i]),
    after: new Uint16Array(rows.length).fill(beat),
  };
}
