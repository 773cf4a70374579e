import type { AtomGraph } from './atom-set.ts';
import { createBeatCentres } from './beat-centres.ts';
import type { BeatPlan } from './plan.ts';
import { planFigures } from './plan-figures.ts';

export type ProposalObjective = 'response' | 'balance' | 'compactness' | 'change';

/** A plan and what it is good for. */
export interface PlanProposal {
  plan: BeatPlan;
  /** What `expectedMinutes` says of it; without one, the mean distance of a call to the centre of its beat, kilometres. */
  response: number;
  /** Largest deviation of a beat from the mean workload, as a share; a heavy atom counts as one beat's worth (see `fairShare`). */
  balance: number;
  /** Mean of the beats' Polsby-Popper figures, 1 for discs. */
  compactness: number;
  /** Share of workload with another beat than in the plan to begin from; 0 when it began from scratch. */
  change: number;
  /** Call-weighted distance to the centres of the beats, call-metres: what `travelBound` bounds. */
  travelCallMeters: number;
}

/** Lower is better: the figure of an objective as the archive compares it. */
export const lossOf = (proposal: PlanProposal, objective: ProposalObjective): number =>
  objective === 'compactness' ? -proposal.compactness : proposal[objective];

/** Computes a proposal's figures anew from the plan alone. O(atoms + neighbours), and what `expectedMinutes` takes. */
export function describeProposal(request: {
  atoms: AtomGraph;
  calls: Float64Array;
  /** What is balanced. */
  workload: Float64Array;
  plan: BeatPlan;
  /** The plan that change is counted from; none from scratch. */
  reference?: Uint16Array;
  expectedMinutes?: (plan: BeatPlan) => number;
}): PlanProposal {
  const { atoms, calls, workload, plan, reference, expectedMinutes } = request;
  const { deviation, compactness } = planFigures({ atoms, plan, workload }).beats;
  const totalCalls = calls.reduce((sum, count) => sum + count, 0);
  const totalWork = workload.reduce((sum, work) => sum + work, 0);
  const isChanged = (atom: number): boolean => reference !== undefined && plan.beatOfAtom[atom] !== reference[atom];
  const changed = workload.reduce((sum, work, atom) => sum + (isChanged(atom) ? work : 0), 0);
  const travelCallMeters = createBeatCentres(atoms, calls, plan).travel();
  return {
    plan,
    response: expectedMinutes?.(plan) ?? (totalCalls > 0 ? travelCallMeters / totalCalls / 1000 : 0),
    balance: deviation.reduce((largest, share) => Math.max(largest, Math.abs(share)), 0),
    compactness: compactness.reduce((sum, figure) => sum + figure, 0) / plan.beatCount,
    change: changed / totalWork,
    travelCallMeters,
  };
}
