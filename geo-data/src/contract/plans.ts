import Type, { type Static } from 'typebox';
import { BilingualSchema, InstantSchema, nullable } from './common.ts';

/**
 * `draft` (being edited) → `submitted` (for review) → `approved` → `published` (has a period). Sent back: a draft again. `superseded`: another
 * plan was published for the very instant at which this one was to begin. `withdrawn`: taken back before it began.
 */
export const PLAN_STATES = ['draft', 'submitted', 'approved', 'published', 'superseded', 'withdrawn'] as const;
/** 白班, 夜班, or whenever no plan of the shift is in force. */
export const PLAN_SHIFTS = ['all', 'day', 'night'] as const;
export type PlanShift = (typeof PLAN_SHIFTS)[number];
/** 一级 (everybody on post) to 三级 (ordinary). */
export const DUTY_LEVELS = [1, 2, 3] as const;

export const PlanSummarySchema = Type.Object({
  id: Type.Integer(),
  name: Type.String(),
  version: Type.Integer(),
  state: Type.Enum(PLAN_STATES),
  zones: Type.Integer(),
  beats: Type.Integer(),
  resolution: Type.Integer(),
  effectiveFrom: nullable(Type.String()),
  effectiveTo: nullable(Type.String()),
  /** The variant it is in force for; the most particular one that fits the hour holds. */
  shift: Type.Enum(PLAN_SHIFTS),
  dutyLevel: nullable(Type.Integer()),
  /** It is the one in force now. */
  inForce: Type.Boolean(),
  createdAt: Type.String(),
  createdBy: Type.String(),
  submittedBy: nullable(Type.String()),
  /** Never one of those who made it; null for the plan that came with the installation. */
  approvedBy: nullable(Type.String()),
  /** What the reviewer said last, approving or sending back. */
  reviewNote: nullable(Type.String()),
});
export type PlanSummary = Static<typeof PlanSummarySchema>;

/** What explains a beat or a zone. */
export const AreaFiguresSchema = Type.Object({
  workload: Type.Number(),
  /** (workload − mean) / mean among areas of its kind, per beat for zones. */
  deviation: Type.Number(),
  areaKm2: Type.Number(),
  perimeterKm: Type.Number(),
  /** Polsby-Popper, 0-1. */
  compactness: Type.Number(),
  incidents: Type.Integer(),
  streetKm: Type.Number(),
  atoms: Type.Integer(),
});
export type AreaFigures = Static<typeof AreaFiguresSchema>;

export const BeatSchema = Type.Object({
  id: Type.Integer(),
  /** 1-based number on maps and in tables. */
  number: Type.Integer(),
  name: BilingualSchema,
  zoneNumber: Type.Integer(),
  /** Index of a hue such that neighbours differ. */
  colour: Type.Integer(),
  labelAt: Type.Tuple([Type.Number(), Type.Number()]),
  figures: AreaFiguresSchema,
});
export type Beat = Static<typeof BeatSchema>;

export const ZoneSchema = Type.Object({
  number: Type.Integer(),
  name: BilingualSchema,
  colour: Type.Integer(),
  labelAt: Type.Tuple([Type.Number(), Type.Number()]),
  figures: AreaFiguresSchema,
});
export type Zone = Static<typeof ZoneSchema>;

export const PlanSchema = Type.Object({
  summary: PlanSummarySchema,
  zones: Type.Array(ZoneSchema),
  beats: Type.Array(BeatSchema),
  /** What the workload was made of, so that the figures can be explained and repeated. */
  basis: Type.Object({
    incidentsFrom: Type.String(),
    incidentsTo: Type.String(),
    incidentCount: Type.Integer(),
    seed: Type.Integer(),
    tolerance: Type.Number(),
    worstDeviation: Type.Number(),
  }),
});
export type Plan = Static<typeof PlanSchema>;

export const PlanDesignSchema = Type.Object({
  name: Type.String({ minLength: 1, maxLength: 80 }),
  beats: Type.Integer({ minimum: 1, maximum: 500 }),
  zones: Type.Integer({ minimum: 1, maximum: 200 }),
  seed: Type.Optional(Type.Integer({ minimum: 0, maximum: 4294967295 })),
  tolerance: Type.Optional(Type.Number({ minimum: 0.01, maximum: 1 })),
  resolution: Type.Optional(Type.Integer({ minimum: 7, maximum: 11 })),
  incidentsFrom: Type.Optional(InstantSchema),
  incidentsTo: Type.Optional(InstantSchema),
});
export type PlanDesign = Static<typeof PlanDesignSchema>;
