import type { PlanEdit } from '../apply-edit.ts';
import type { DraftPlan } from '../draft-plan.ts';
import { mayMove } from './may-move.ts';

/**
 * The edit that gives atoms to a beat: those that are not there yet and that the locks let go, each once. `held` counts what the locks
 * kept. O(n log n) in the atoms painted.
 */
export function paintAtoms(draft: DraftPlan, atoms: Iterable<number>, to: number): { edit: PlanEdit; held: number } {
  const moved: number[] = [];
  let held = 0;
  for (const atom of new Set(atoms)) {
    if (draft.beatOfAtom[atom] === to) continue;
    if (mayMove(draft, atom, to)) moved.push(atom);
    else held++;
  }
  const ascending = Uint32Array.from(moved).sort();
  return {
    edit: {
      atoms: ascending,
      before: Uint16Array.from(ascending, (atom) => draft.beatOfAtom[atom]),
      after: new Uint16Array(ascending.length).fill(to),
    },
    held,
  };
}
