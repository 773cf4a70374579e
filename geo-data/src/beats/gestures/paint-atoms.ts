import type { AtomEdit } from './atom-edit.ts';
import { mayMove, type PlanLocks } from './plan-locks.ts';

/**
 * The edit that gives atoms to a beat: those that are not there yet and that the locks let go; each once. `held` counts what the locks
 * kept. O(atoms painted).
 */
export function paintAtoms(request: {
  plan: { beatOfAtom: Uint16Array; zoneOfBeat: Uint16Array };
  locks: PlanLocks;
  atoms: Iterable<number>;
  to: number;
}): { edit: AtomEdit; held: number } {
  const { plan, locks, atoms, to } = request;
  const moved: number[] = [];
  let held = 0;
  for (const atom of new Set(atoms)) {
    if (plan.beatOfAtom[atom] === to) continue;
    if (mayMove(plan, locks, atom, to)) moved.push(atom);
    else held++;
  }
  return {
    edit: {
      atoms: Uint32Array.from(moved),
      before: Uint16Array.from(moved, (atom) => plan.beatOfAtom[atom]),
      after: new Uint16Array(moved.length).fill(to),
    },
    held,
  };
}
