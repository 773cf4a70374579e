import { UNASSIGNED } from '../plan.ts';

/** What nobody may move at present; columns of 0 and 1. */
export interface PlanLocks {
  /** One entry per atom: it stays in its beat. */
  atoms: Uint8Array;
  /** One entry per beat: no atom leaves it or comes to it. */
  beats: Uint8Array;
  /** One entry per zone: its outline stays; its beats may still trade atoms with each other. */
  zones: Uint8Array;
}

/** Whether the locks let an atom go from the beat it is in to another one. O(1). */
export function mayMove(
  plan: { beatOfAtom: Uint16Array; zoneOfBeat: Uint16Array },
  locks: PlanLocks,
  atom: number,
  to: number,
): boolean {
  const from = plan.beatOfAtom[atom];
  if (locks.atoms[atom] === 1 || isLocked(locks.beats, from) || isLocked(locks.beats, to)) return false;
  const [fromZone, toZone] = [zoneOf(plan.zoneOfBeat, from), zoneOf(plan.zoneOfBeat, to)];
  return fromZone === toZone || !(isLocked(locks.zones, fromZone) || isLocked(locks.zones, toZone));
}

/** The atoms that cannot go to a beat, as a column of 0 and 1. O(atoms). */
export function lockedAgainst(
  plan: { beatOfAtom: Uint16Array; zoneOfBeat: Uint16Array },
  locks: PlanLocks,
  to: number,
): Uint8Array {
  return Uint8Array.from(plan.beatOfAtom, (_, atom) => (mayMove(plan, locks, atom, to) ? 0 : 1));
}

const zoneOf = (zoneOfBeat: Uint16Array, beat: number) => (beat === UNASSIGNED ? UNASSIGNED : zoneOfBeat[beat]);
const isLocked = (column: Uint8Array, number: number) => number !== UNASSIGNED && column[number] === 1;
