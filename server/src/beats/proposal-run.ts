import type { AtomSet, BeatPlan, PlanProposal } from '@xunfang/geo-data/beats';
import type { ProposalOrder } from '@xunfang/geo-data/contract';
import type { MessagePort } from 'node:worker_threads';
import type { Refusal } from './plan-design.ts';

/** What the worker is asked for. Plain data, and two ways between the threads: it crosses to another. */
export interface ProposalTask {
  atoms: AtomSet;
  order: Pick<ProposalOrder, 'seed' | 'band' | 'mostChange' | 'response'>;
  from: { plan: BeatPlan } | { beats: number; zones: number };
  lockedAtoms: Uint8Array;
  lockedBeats: number[];
  /** Per atom over the period of `hours`, of every priority. */
  calls: Uint32Array;
  hours: number;
  /** What is balanced. */
  workload: Float64Array;
  attempts: number;
  most: number;
  /** However slow the machine: then it ends as it stands. */
  limitMs: number;
  /** Shared; not 0: end as it stands. */
  stop: Int32Array;
  /** Takes a `ProposalNews` every now and then. */
  news: MessagePort;
}

/** A proposal with the number that it was found under: the same order numbers them alike. */
export type NumberedProposal = Omit<PlanProposal, 'travelCallMeters'> & { id: number };

export interface ProposalNews {
  attempts: number;
  responseUnit: 'minutes' | 'km';
  beginning: Omit<PlanProposal, 'plan' | 'travelCallMeters'> | null;
  proposals: NumberedProposal[];
}

export type ProposalOutcome = { last: ProposalNews; ended: 'done' | 'stopped' | 'cut' } | { refused: Refusal };
