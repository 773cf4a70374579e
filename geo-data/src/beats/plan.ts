import type { AtomGraph } from './atom-set.ts';

/** In `beatOfAtom` and in the answers of a lookup: no beat. In `zoneOfBeat`: no zone. */
export const UNASSIGNED = 0xffff;

/**
 * A division of the atoms into beats and of the beats into zones, numbered from 0. Gaps and overlaps cannot exist,
 * boundaries are derived.
 */
export interface BeatPlan {
  beatCount: number;
  zoneCount: number;
  /** One entry per atom. */
  beatOfAtom: Uint16Array;
  /** One entry per beat. */
  zoneOfBeat: Uint16Array;
}

/** The zone of every atom, `UNASSIGNED` where it has none. */
export function zoneOfAtom(plan: BeatPlan): Uint16Array {
  return plan.beatOfAtom.map((beat) => (beat === UNASSIGNED ? UNASSIGNED : plan.zoneOfBeat[beat]));
}

/** Throws a RangeError unless the plan's columns fit the atoms and each other. */
export function assertPlanFits(atoms: Pick<AtomGraph, 'count'>, plan: BeatPlan): void {
  assertBeatsFit(atoms.count, plan.beatOfAtom, plan.beatCount);
  if (plan.zoneOfBeat.length !== plan.beatCount) {
    throw new RangeError(`The plan gives zones to ${plan.zoneOfBeat.length} beats, expected ${plan.beatCount}.`);
  }
  for (const zone of plan.zoneOfBeat) {
    if (zone >= plan.zoneCount && zone !== UNASSIGNED) {
      throw new RangeError(`The plan uses zone ${zone}, expected less than ${plan.zoneCount}.`);
    }
  }
}

/** Throws a RangeError unless every atom is of one of so many beats, or unassigned. O(atoms). */
export function assertBeatsFit(atomCount: number, beatOfAtom: Uint16Array, beatCount: number): void {
  if (beatOfAtom.length !== atomCount) {
    throw new RangeError(`The plan assigns ${beatOfAtom.length} atoms, expected ${atomCount}.`);
  }
  for (const beat of beatOfAtom) {
    if (beat >= beatCount && beat !== UNASSIGNED) {
      throw new RangeError(`The plan uses beat ${beat}, expected less than ${beatCount}.`);
    }
  }
}
