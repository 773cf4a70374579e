import Type, { type Static } from 'typebox';
import { BureauQuerySchema, InstantSchema, nullable } from './common.ts';
import { DRAFT_LIMITS } from './drafts.ts';
import { DUTY_LEVELS, PLAN_SHIFTS, PlanSummarySchema } from './plans.ts';

/** `POST /api/plans/:id/submission`: the draft's revision that was looked at; another one is refused. */
export const SubmissionSchema = Type.Object({ revision: Type.Integer({ minimum: 0 }) });

/** `POST /api/plans/:id/review`: by somebody who has no part in the draft. */
export const ReviewSchema = Type.Object({
  decision: Type.Enum(['approve', 'send-back'] as const),
  note: Type.Optional(Type.String({ maxLength: 2_000 })),
});
export type Review = Static<typeof ReviewSchema>;

/** `POST /api/plans/:id/publication` of an approved plan. */
export const PlanPublicationSchema = Type.Object({
  /** null: at once. */
  effectiveFrom: nullable(InstantSchema),
  /** Left out: `all`. */
  shift: Type.Optional(Type.Enum(PLAN_SHIFTS)),
  /** Left out: null, at every duty level. */
  dutyLevel: Type.Optional(nullable(Type.Enum(DUTY_LEVELS))),
});
export type PlanPublication = Static<typeof PlanPublicationSchema>;

const MinuteOfDaySchema = Type.Integer({ minimum: 0, maximum: 1_439 });
/** On these weekdays (1 Monday … 7 Sunday, local) from a minute of the day to another; the next day's when that is not later. */
export const ShiftWindowSchema = Type.Object(
  {
    shift: Type.Enum(['day', 'night'] as const),
    weekdays: Type.Array(Type.Integer({ minimum: 1, maximum: 7 }), { minItems: 1, maxItems: 7 }),
    fromMinute: MinuteOfDaySchema,
    toMinute: MinuteOfDaySchema,
  },
  { additionalProperties: false },
);
export type ShiftWindow = Static<typeof ShiftWindowSchema>;
/** Holds from `from` until the next begins. */
export const ShiftTimetableSchema = Type.Object({
  from: InstantSchema,
  windows: Type.Array(ShiftWindowSchema, { maxItems: 28 }),
});
export type ShiftTimetable = Static<typeof ShiftTimetableSchema>;
/** `POST /api/plans/calendar/timetables`; null: from now on. */
export const NewTimetableSchema = Type.Object({
  from: nullable(InstantSchema),
  windows: ShiftTimetableSchema.properties.windows,
});
/** While none holds the duty level is 3, the ordinary one. */
export const DutyPeriodSchema = Type.Object({
  id: Type.Integer(),
  level: Type.Enum(DUTY_LEVELS),
  from: InstantSchema,
  to: nullable(InstantSchema),
  setBy: Type.String(),
});
export type DutyPeriod = Static<typeof DutyPeriodSchema>;
/** `POST /api/plans/calendar/duty-periods`; it may not begin in the past and ends what holds at its start. */
export const NewDutyPeriodSchema = Type.Object({
  level: Type.Enum(DUTY_LEVELS),
  /** null: at once. */
  from: nullable(InstantSchema),
  to: nullable(InstantSchema),
});

/** From `from` on this plan is in force; null: none. */
export const PlanSpellSchema = Type.Object({
  from: Type.String(),
  to: Type.String(),
  planId: nullable(Type.Integer()),
});
export type PlanSpell = Static<typeof PlanSpellSchema>;

/** `GET /api/plans/calendar`. */
export const PlanCalendarSchema = Type.Object({
  timetables: Type.Array(ShiftTimetableSchema),
  dutyPeriods: Type.Array(DutyPeriodSchema),
  /** Which plan is in force when, of the period asked for: the week from now unless told otherwise, at most 92 days. */
  spells: Type.Array(PlanSpellSchema),
});
export type PlanCalendar = Static<typeof PlanCalendarSchema>;
export const PlanCalendarQuerySchema = Type.Interface([BureauQuerySchema], {
  from: Type.Optional(InstantSchema),
  to: Type.Optional(InstantSchema),
});

/** Payload of `plan:in-force`. */
export const PlanInForceSchema = Type.Object({
  /** null: no plan is in force any more. */
  plan: nullable(PlanSummarySchema),
  since: Type.String(),
  unitsMoved: Type.Integer(),
  incidentsMoved: Type.Integer(),
});
export type PlanInForce = Static<typeof PlanInForceSchema>;

/** `GET /api/plans/comparison?from=1&to=2`: two plans or drafts on the same atoms, what changes for whom. */
export const ComparisonQuerySchema = Type.Interface([BureauQuerySchema], {
  from: Type.Integer({ minimum: 1 }),
  to: Type.Integer({ minimum: 1 }),
  incidentsFrom: Type.Optional(InstantSchema),
  incidentsTo: Type.Optional(InstantSchema),
});
/** One beat of the first plan to one of the second, by number; 0: no beat. */
export const MovedBetweenSchema = Type.Object({
  fromBeat: Type.Integer(),
  toBeat: Type.Integer(),
  atoms: Type.Integer(),
  areaKm2: Type.Number(),
  incidents: Type.Integer(),
  workload: Type.Number(),
  keyPlaces: Type.Integer(),
});
export const PlanComparisonSchema = Type.Object({
  from: PlanSummarySchema,
  to: PlanSummarySchema,
  incidentsFrom: Type.String(),
  incidentsTo: Type.String(),
  /** Of everything, with what stayed. */
  total: Type.Object({
    atoms: Type.Integer(),
    areaKm2: Type.Number(),
    incidents: Type.Integer(),
    workload: Type.Number(),
    keyPlaces: Type.Integer(),
  }),
  /** Beats of the second plan by the beat of the first that they share most workload with: a new number alone moves nothing. */
  successors: Type.Array(Type.Object({ fromBeat: Type.Integer(), toBeat: Type.Integer() })),
  /** What changes hands, most workload first. */
  moved: Type.Array(MovedBetweenSchema),
  /** Atoms that change hands, as H3 cells in hexadecimal, and between which beats. */
  atoms: Type.Array(Type.Object({ cell: Type.String(), fromBeat: Type.Integer(), toBeat: Type.Integer() })),
  keyPlaces: Type.Array(
    Type.Object({
      placeId: Type.Integer(),
      fromBeat: Type.Integer(),
      toBeat: Type.Integer(),
    }),
  ),
});
export type PlanComparison = Static<typeof PlanComparisonSchema>;

/** `POST /api/plans/:id/clone`: a new draft from any plan or draft of the bureau. */
export const CloneSchema = Type.Object({ name: Type.String({ minLength: 1, maxLength: 80 }) });

/** `PUT /api/plans/:id/name` of a draft. */
export const PlanNameSchema = Type.Object({ name: Type.String({ minLength: 1, maxLength: 80, pattern: '\\S' }) });

/** Anchored to a beat by its key, to a place, or to the plan as a whole. */
export const CommentAnchorSchema = Type.Union([
  Type.Object({ kind: Type.Literal('plan') }),
  Type.Object({ kind: Type.Literal('beat'), beat: Type.Integer({ minimum: 0, maximum: 0xfffe }) }),
  Type.Object({
    kind: Type.Literal('place'),
    lon: Type.Number({ minimum: -180, maximum: 180 }),
    lat: Type.Number({ minimum: -90, maximum: 90 }),
  }),
]);
export const NewCommentSchema = Type.Object({
  text: Type.String({ minLength: 1, maxLength: DRAFT_LIMITS.commentCharacters }),
  anchor: CommentAnchorSchema,
});
export const PlanCommentSchema = Type.Object({
  id: Type.Integer(),
  planId: Type.Integer(),
  author: Type.String(),
  at: Type.String(),
  text: Type.String(),
  anchor: CommentAnchorSchema,
  /** The draft's revision it was written on. */
  revision: Type.Integer(),
  resolvedBy: nullable(Type.String()),
  resolvedAt: nullable(Type.String()),
});
export type PlanComment = Static<typeof PlanCommentSchema>;
