import { type DraftPlan, isBeatLocked } from '../draft-plan.ts';

/** Whether the locks (of the atom, of either beat, of their zones) let an atom go from the beat it is in to another one. O(1). */
export function mayMove(draft: DraftPlan, atom: number, to: number): boolean {
  return draft.lockedAtoms[atom] === 0 && !isBeatLocked(draft, draft.beatOfAtom[atom]) && !isBeatLocked(draft, to);
}

/** The atoms that cannot go to a beat, as a column of 0 and 1. O(atoms). */
export function lockedAgainst(draft: DraftPlan, to: number): Uint8Array {
  return Uint8Array.from(draft.beatOfAtom, (_, atom) => (mayMove(draft, atom, to) ? 0 : 1));
}
