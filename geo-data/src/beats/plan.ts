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
  if (plan.beatOfAtom.length !== atoms.count) {
    throw new RangeError(`The plan assigns ${plan.beatOfAtom.length} atoms, expected ${atoms.count}.`);
  }
  if (plan.zoneOfBeat.length !== plan.beatCount) {
    throw new RangeError(`The plan gives zones to ${plan.zoneOfBeat.length} beats, expected ${plan.beatCount}.`);
  }
  for (const beat of plan.beatOfAtom) {
    if (beat >= plan.beatCount && beat !== UNASSIGNED) {
      throw new RangeError(`The plan uses beat ${beat}, expected less than ${plan.beatCount}.`);
    }
  }
  for (const zone of plan.zoneOfBeat) {
    if (zone >= plan.zoneCount && zone !== UNASSIGNED) {
      throw new RangeError(`The plan uses zone ${zone}, expected less than ${plan.zoneCount}.`);
    }
  }
}
