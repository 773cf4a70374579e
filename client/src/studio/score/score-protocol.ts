import type { AtomShapes, DraftBeat, DraftProblem, DraftZone } from '@xunfang/geo-data/beats';
import type { Place } from '@xunfang/geo-data/contract';
import type { DraftGround } from '../draft/draft-columns.ts';
import type { FactorColumns, FactorWeights } from './factors.ts';
import type { OverallScore, PlanScored } from './score-plan.ts';
import type { OverallResponse } from './score-response.ts';

/** Figures of one state of the plan; `tag` names it, so that no number stands beside a plan it is not of. */
export interface StudioScore extends PlanScored {
  tag: number;
  problems: DraftProblem[];
  response: OverallResponse;
  /** Of the plan in force, by the same weights; null where none is in force. */
  base: { overall: OverallScore; response: OverallResponse } | null;
  /** What the worker took, for the tests and the curious. */
  tookMs: number;
}

export interface ScoreRequest {
  tag: number;
  beatOfAtom: Uint16Array;
  beats: readonly DraftBeat[];
  zones: readonly DraftZone[];
  weights: FactorWeights;
}

/** To the worker. */
export type ToScorer =
  | { kind: 'ground'; ground: DraftGround; places: readonly Place[]; columns: FactorColumns }
  | { kind: 'score'; request: ScoreRequest };
/** From the worker. */
export type FromScorer =
  | { kind: 'shapes'; shapes: AtomShapes }
  | { kind: 'score'; score: StudioScore }
  | { kind: 'failed'; message: string };
