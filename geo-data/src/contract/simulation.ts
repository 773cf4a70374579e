import Type, { type Static } from 'typebox';
import { InstantSchema } from './common.ts';
import { PlanSummarySchema } from './plans.ts';

/** `POST /api/plans/simulation`: two plans or drafts of the bureau on the same atoms, under the incidents of a period. */
export const SimulationOrderSchema = Type.Object(
  {
    /** The plan compared with, as a rule the one in force. */
    planA: Type.Integer({ minimum: 1 }),
    planB: Type.Integer({ minimum: 1 }),
    from: InstantSchema,
    /** Exclusive. */
    to: InstantSchema,
    /** Category ids; a parent includes its children; empty: all. */
    categories: Type.Optional(Type.Array(Type.Integer({ minimum: 0, maximum: 32_767 }), { maxItems: 200 })),
    /** Self-initiated events are no calls: left out unless asked for. */
    includeSelfInitiated: Type.Optional(Type.Boolean()),
    /** Mean time at the scene; 30 when left out. */
    sceneMinutes: Type.Optional(Type.Number({ minimum: 1, maximum: 240 })),
    /** Of the times at the scene and of the bootstrap; 1 when left out. */
    seed: Type.Optional(Type.Integer({ minimum: 0, maximum: 4_294_967_295 })),
  },
  { additionalProperties: false },
);
export type SimulationOrder = Static<typeof SimulationOrderSchema>;

export const SIMULATION_TIER_SECONDS = [60, 180, 300] as const;

/** What the calls met under one plan. Shares are 0-1. */
export const SimulatedPlanSchema = Type.Object({
  plan: PlanSummarySchema,
  /** Of a draft: the revision that was run. */
  revision: Type.Integer(),
  units: Type.Integer(),
  /** From coming in to arrival. */
  meanSeconds: Type.Number(),
  p50Seconds: Type.Number(),
  p90Seconds: Type.Number(),
  /** Calls reached within `SIMULATION_TIER_SECONDS`. */
  tierShares: Type.Array(Type.Number()),
  /** Mean of the units. */
  utilisation: Type.Number(),
  crossBeatShare: Type.Number(),
  meanWaitSeconds: Type.Number(),
  waitShare: Type.Number(),
  longestQueue: Type.Integer(),
  /** Calls by response in classes of `histogramSeconds`; the last one has all that took longer. */
  histogram: Type.Array(Type.Integer()),
});
export type SimulatedPlan = Static<typeof SimulatedPlanSchema>;

/** B less A, with its interval of confidence of 95 %; `none`: the interval holds 0. */
export const PairedDifferenceSchema = Type.Object({
  estimate: Type.Number(),
  low: Type.Number(),
  high: Type.Number(),
  verdict: Type.Enum(['less', 'more', 'none'] as const),
});
export type PairedDifference = Static<typeof PairedDifferenceSchema>;

export const SimulationSchema = Type.Object({
  a: SimulatedPlanSchema,
  b: SimulatedPlanSchema,
  difference: Type.Object({
    meanSeconds: PairedDifferenceSchema,
    p50Seconds: PairedDifferenceSchema,
    p90Seconds: PairedDifferenceSchema,
    tierShares: Type.Array(PairedDifferenceSchema),
    utilisation: PairedDifferenceSchema,
    crossBeatShare: PairedDifferenceSchema,
    meanWaitSeconds: PairedDifferenceSchema,
  }),
  from: Type.String(),
  to: Type.String(),
  calls: Type.Integer(),
  /** Incidents of the period that lie in no atom, and were not run. */
  outside: Type.Integer(),
  /** Days with calls: the units of sampling. */
  days: Type.Integer(),
  /** `straight`: no street network is known here. */
  travel: Type.Enum(['roads', 'straight'] as const),
  sceneMinutes: Type.Number(),
  seed: Type.Integer(),
  histogramSeconds: Type.Integer(),
  tookMs: Type.Integer(),
});
export type Simulation = Static<typeof SimulationSchema>;

/** The answer is one of these a line: progress as it is made, then one result. `failed`: a fault of the server, by its request id. */
export type SimulationLine =
  | { kind: 'progress'; done: number; count: number }
  | { kind: 'result'; result: Simulation }
  | { kind: 'failed'; id: string };
