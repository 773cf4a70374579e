import Type, { type Static } from 'typebox';
import { BilingualSchema, InstantSchema, nullable } from './common.ts';

export const COORDINATE_SYSTEM_PATTERN = '^(WGS84|CGCS2000|GCJ02|BD09|EPSG:[0-9]{4,6})$';
export const CoordinateSystemSchema = Type.String({ pattern: COORDINATE_SYSTEM_PATTERN });
export const ORIGINS = ['public', 'self_initiated'] as const;
export const INCIDENT_STATE_NAMES = [
  'received',
  'classified',
  'dispatched',
  'acknowledged',
  'en_route',
  'on_scene',
  'resolved',
  'feedback',
  'closed',
  'returned',
  'cancelled',
  'merged',
  'transferred',
  'invalid',
] as const;
export const IncidentStateSchema = Type.Enum(INCIDENT_STATE_NAMES);

/** One incident as a source system sends it. Never names, identity numbers, plates or phone numbers. */
export const IncidentInputSchema = Type.Object(
  {
    source: Type.String({
      minLength: 1,
      maxLength: 64,
      description: 'The system it comes from; with sourceId it is unique.',
    }),
    sourceId: Type.String({ minLength: 1, maxLength: 128 }),
    occurredAt: InstantSchema,
    receivedAt: Type.Optional(InstantSchema),
    lon: Type.Number(),
    lat: Type.Number(),
    coordinateSystem: Type.Optional(CoordinateSystemSchema),
    category: Type.Optional(
      Type.String({
        maxLength: 128,
        description:
          'Name (Chinese or English) or path A/B/C in the bureau’s dictionary; unknown ones become 未分类 (uncategorised).',
      }),
    ),
    priority: Type.Optional(Type.Integer({ minimum: 1, maximum: 4 })),
    origin: Type.Optional(Type.Enum(ORIGINS)),
    address: Type.Optional(Type.String({ maxLength: 256 })),
    /** Default: `closed` when it happened more than a day ago, else `received`. */
    state: Type.Optional(IncidentStateSchema),
  },
  { additionalProperties: false },
);
export type IncidentInput = Static<typeof IncidentInputSchema>;

/** The body may be one IncidentInput, an array of them, a GeoJSON Feature or a FeatureCollection (points; the rest in properties). */
export const MAX_INCIDENTS_PER_REQUEST = 5000;

export const REJECTION_REASONS = [
  'unparsable_coordinates',
  'unparsable_time',
  'missing_field',
  'null_island',
  'outside_bureau',
  'in_the_future',
  'duplicate',
  'malformed_row',
] as const;
export type RejectionReason = (typeof REJECTION_REASONS)[number];
export const RejectionReasonSchema = Type.Enum(REJECTION_REASONS);

export const IngestAnswerSchema = Type.Object({
  created: Type.Integer(),
  duplicates: Type.Integer(),
  rejected: Type.Integer(),
  items: Type.Array(
    Type.Object({
      index: Type.Integer(),
      status: Type.Union([Type.Literal('created'), Type.Literal('duplicate'), Type.Literal('rejected')]),
      id: Type.Optional(Type.Integer()),
      reason: Type.Optional(RejectionReasonSchema),
      field: Type.Optional(Type.String()),
      message: Type.Optional(Type.String()),
    }),
  ),
});
export type IngestAnswer = Static<typeof IngestAnswerSchema>;

export const IncidentViewSchema = Type.Object({
  id: Type.Integer(),
  source: Type.String(),
  sourceId: Type.String(),
  occurredAt: Type.String(),
  receivedAt: Type.String(),
  lon: Type.Number(),
  lat: Type.Number(),
  categoryId: Type.Integer(),
  priority: Type.Integer(),
  state: IncidentStateSchema,
  origin: Type.Enum(ORIGINS),
  address: nullable(Type.String()),
  /** Name of the beat in the plan that was in force when it occurred. */
  beat: nullable(BilingualSchema),
  /** When the current state began. */
  stateSince: Type.String(),
});
export type IncidentView = Static<typeof IncidentViewSchema>;

export const IncidentListSchema = Type.Object({
  incidents: Type.Array(IncidentViewSchema),
  nextCursor: nullable(Type.String()),
  serverTime: Type.String(),
});
export type IncidentList = Static<typeof IncidentListSchema>;

export const IncidentDetailSchema = Type.Object({
  incident: IncidentViewSchema,
  events: Type.Array(
    Type.Object({ at: Type.String(), state: IncidentStateSchema, actor: Type.String(), note: nullable(Type.String()) }),
  ),
});
export type IncidentDetail = Static<typeof IncidentDetailSchema>;

export const TransitionSchema = Type.Object({
  to: IncidentStateSchema,
  at: Type.Optional(InstantSchema),
  note: Type.Optional(Type.String({ maxLength: 500 })),
});
export type Transition = Static<typeof TransitionSchema>;

export const IncidentSummarySchema = Type.Object({
  open: Type.Integer(),
  openByPriority: Type.Array(Type.Integer(), { minItems: 4, maxItems: 4 }),
  today: Type.Integer(),
  sameTimeYesterday: Type.Integer(),
  last7Days: Type.Integer(),
  previous7Days: Type.Integer(),
  serverTime: Type.String(),
});
export type IncidentSummary = Static<typeof IncidentSummarySchema>;
