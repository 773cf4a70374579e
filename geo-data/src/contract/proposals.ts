import Type, { type Static } from 'typebox';
import { nullable } from './common.ts';
import { DRAFT_LIMITS } from './drafts.ts';

/** Proposals for a draft: at most one run per draft at a time; the last one stays to be looked at until another begins. */
export const PROPOSAL_LIMITS = { seconds: 60, most: 24 } as const;

export const ProposalOrderSchema = Type.Object(
  {
    /** `draft`: by changing the draft as it stands, whose locks hold. `scratch`: anew, with as many beats and zones as the draft has. */
    from: Type.Enum(['draft', 'scratch'] as const),
    /** How much to try, as the seconds that it takes on a machine with nothing else to do. Work is counted, not time: a seed gives one set. */
    seconds: Type.Integer({ minimum: 1, maximum: PROPOSAL_LIMITS.seconds }),
    seed: Type.Integer({ minimum: 0, maximum: 0xffffffff }),
    /** A beat may deviate from the mean workload by this share. */
    band: Type.Number({ minimum: 0.005, maximum: 1 }),
    /** Share of all workload that may change hands against the draft; not from scratch. */
    mostChange: Type.Number({ minimum: 0, maximum: 1 }),
    /** Per atom, what is balanced; without it the workload of the automatic design. */
    workload: Type.Optional(
      Type.Array(Type.Number({ minimum: 0, maximum: 1e9 }), { maxItems: DRAFT_LIMITS.atomsPerEdit }),
    ),
    /** What the queueing model takes for granted; without it the distance to the beat's centre stands in for response. */
    response: Type.Optional(
      Type.Object(
        {
          sceneMinutes: Type.Number({ minimum: 0, maximum: 1_000 }),
          detourFactor: Type.Number({ minimum: 1, maximum: 10 }),
          speedKmh: Type.Number({ minimum: 1, maximum: 200 }),
        },
        { additionalProperties: false },
      ),
    ),
  },
  { additionalProperties: false },
);
export type ProposalOrder = Static<typeof ProposalOrderSchema>;

const figures = {
  /** Mean minutes until a unit arrives, or kilometres to the centre of the beat: see `responseUnit`. */
  response: Type.Number(),
  /** Largest deviation of a beat from the mean workload, as a share. */
  balance: Type.Number(),
  /** Mean Polsby-Popper figure of the beats. */
  compactness: Type.Number(),
  /** Share of workload with another beat than in the draft it began from; 0 from scratch. */
  change: Type.Number(),
};
export const ProposalFiguresSchema = Type.Object(figures);
export type ProposalFigures = Static<typeof ProposalFiguresSchema>;

/** `id`: the same for the same order. */
export const ProposalSchema = Type.Object({ id: Type.Integer(), ...figures });
export type Proposal = Static<typeof ProposalSchema>;

export const ProposalRunSchema = Type.Object({
  id: Type.String(),
  from: Type.Enum(['draft', 'scratch'] as const),
  seed: Type.Integer(),
  /** Account name. */
  startedBy: Type.String(),
  startedAt: Type.String(),
  /** Of the draft it began from. */
  revision: Type.Integer(),
  /** `stopped`: by somebody; `cut`: the machine was too slow for what was asked, another run may find more. */
  state: Type.Enum(['running', 'done', 'stopped', 'cut', 'failed'] as const),
  /** Moves tried, of those planned. */
  attempts: Type.Integer(),
  attemptsPlanned: Type.Integer(),
  elapsedMs: Type.Integer(),
  responseUnit: Type.Enum(['minutes', 'km'] as const),
  /** The draft as it stood; null from scratch, and until it is known. */
  beginning: nullable(ProposalFiguresSchema),
  /** None is better than another in every figure. */
  proposals: Type.Array(ProposalSchema),
  /** Why there are none, in the caller's language. */
  failure: nullable(Type.Object({ code: Type.String(), message: Type.String(), fix: Type.Optional(Type.String()) })),
});
export type ProposalRun = Static<typeof ProposalRunSchema>;

/** `GET /api/drafts/:id/proposals` */
export const ProposalAnswerSchema = Type.Object({ run: nullable(ProposalRunSchema) });
export type ProposalAnswer = Static<typeof ProposalAnswerSchema>;

/** A proposal in the draft's own keys, to be laid over it. */
export const ProposedPlanSchema = Type.Object({
  run: Type.String(),
  proposal: Type.Integer(),
  /** Beat by key of every atom. */
  beatOfAtom: Type.Array(Type.Integer()),
  /** Every beat with the zone it belongs to, by key. */
  zoneOfBeat: Type.Array(Type.Object({ beat: Type.Integer(), zone: Type.Integer() })),
});
export type ProposedPlan = Static<typeof ProposedPlanSchema>;
