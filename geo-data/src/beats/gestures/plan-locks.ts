import { UNASSIGNED } from '../plan.ts';

/** What nobody may move at present; columns of 0 and 1. */
export interface PlanLocks {
  /** One entry per atom: it stays in its beat. */
  atoms: Uint8Array;
  /** One entry per beat: no atom leaves it or comes to it. */
  beats: Uint8Array;
  /** One entry per zone: it locks its beats. */
  zones: Uint8Array;
}

interface Assignment {
  beatOfAtom: Uint16Array;
  zoneOfBeat: Uint16Array;
}

/** Whether the locks let an atom go from the beat it is in to another one. O(1). */
export function mayMove(plan: Assignment, locks: PlanLocks, atom: number, to: number): boolean {
  return locks.atoms[atom] === 0 && !isBeatLocked(plan, locks, plan.beatOfAtom[atom]) && !isBeatLocked(plan, locks, to);
}

/** The atoms that cannot go to a beat, as a column of 0 and 1. O(atoms). */
export function lockedAgainst(plan: Assignment, locks: PlanLocks, to: number): Uint8Array {
  return Uint8Array.from(plan.beatOfAtom, (_, atom) => (mayMove(plan, locks, atom, to) ? 0 : 1));
}

/** By its own lock or by that of its zone. O(1). */
export function isBeatLocked({ zoneOfBeat }: Pick<Assignment, 'zoneOfBeat'>, locks: PlanLocks, beat: number): boolean {
  if (beat === UNASSIGNED) return false;
  return locks.beats[beat] === 1 || locks.zones[zoneOfBeat[beat]] === 1;
}
