import { UNASSIGNED } from '@xunfang/geo-data/beats';
import type { Plan, PlanComparison } from '@xunfang/geo-data/contract';
import { hexToCells } from '@xunfang/geo-data/geometry';
import type { StudioSession } from '../studio-session.ts';
import type { OtherPlan } from './compare-store.ts';

/**
 * The other plan per atom, from what changes hands and from which of its beats each of the draft's came: what is not named as changing
 * stayed with its predecessor. Beats of the draft by number.
 */
export function otherPlan(session: StudioSession, comparison: PlanComparison, plan: Plan): OtherPlan {
  const { view, ground } = session;
  const predecessor = new Map(comparison.successors.map(({ fromBeat, toBeat }) => [toBeat, fromBeat]));
  const numberOfAtom = view.beatOfAtom.map((key) => {
    const number = view.beats[key]?.number;
    return number === undefined ? UNASSIGNED : (predecessor.get(number) ?? UNASSIGNED);
  });
  for (const [i, atom] of atomsOfMoved(session, comparison.atoms).entries())
    if (atom < ground.atoms.count) numberOfAtom[atom] = comparison.atoms[i].fromBeat || UNASSIGNED;
  return {
    id: plan.summary.id,
    numberOfAtom,
    colourOfNumber: new Map(plan.beats.map(({ number, colour }) => [number, colour])),
    zoneOfNumber: new Map(plan.beats.map(({ number, zoneNumber }) => [number, zoneNumber])),
  };
}

/** The atoms of a list of cells, in its order. */
export function atomsOfMoved(session: StudioSession, atoms: readonly { cell: string }[]): Uint32Array {
  return session.lookup.atomsOfCells(hexToCells(atoms.map(({ cell }) => cell)));
}
