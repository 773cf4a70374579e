import Type, { type Static } from 'typebox';
import { BilingualSchema, InstantSchema, nullable } from './common.ts';
import { UNIT_KINDS } from './units.ts';

/** 禁入: nobody goes in. 必留: who is in stays in. 关注: both are noted. */
export const GEOFENCE_KINDS = ['restricted', 'keep_in', 'watch'] as const;
export type GeofenceKind = (typeof GEOFENCE_KINDS)[number];

const PositionSchema = Type.Tuple([
  Type.Number({ minimum: -180, maximum: 180 }),
  Type.Number({ minimum: -90, maximum: 90 }),
]);
const RingSchema = Type.Array(PositionSchema, { minItems: 4, maxItems: 1000 });
const RingsSchema = Type.Array(RingSchema, { minItems: 1, maxItems: 50 });
/** GeoJSON, WGS 84. The first ring of a polygon is its border, the others are holes. */
export const FenceAreaSchema = Type.Union([
  Type.Object({ type: Type.Literal('Polygon'), coordinates: RingsSchema }),
  Type.Object({
    type: Type.Literal('MultiPolygon'),
    coordinates: Type.Array(RingsSchema, { minItems: 1, maxItems: 50 }),
  }),
]);
export type FenceArea = Static<typeof FenceAreaSchema>;

const TimeOfDaySchema = Type.String({ pattern: '^([01][0-9]|2[0-3]):[0-5][0-9]$' });
/** By the bureau's clock. Ends before it begins: over midnight; as it begins: the whole day. */
export const FenceWindowSchema = Type.Object({
  /** On which it begins, 1 Monday to 7 Sunday. */
  days: Type.Array(Type.Integer({ minimum: 1, maximum: 7 }), { minItems: 1, maxItems: 7, uniqueItems: true }),
  from: TimeOfDaySchema,
  to: TimeOfDaySchema,
});
export type FenceWindow = Static<typeof FenceWindowSchema>;

const fenceFields = {
  name: Type.Object({
    zh: Type.String({ minLength: 1, maxLength: 80 }),
    en: Type.String({ maxLength: 80 }),
  }),
  kind: Type.Enum(GEOFENCE_KINDS),
  area: FenceAreaSchema,
  /** Units of these kinds and these units; none of either: every unit. */
  unitKinds: Type.Array(Type.Enum(UNIT_KINDS), { maxItems: 6, uniqueItems: true }),
  unitIds: Type.Array(Type.Integer({ minimum: 1 }), { maxItems: 500, uniqueItems: true }),
  /** None: always. */
  windows: Type.Array(FenceWindowSchema, { maxItems: 14 }),
  /** A border is crossed by going farther beyond it. */
  marginMeters: Type.Number({ minimum: 5, maximum: 500 }),
  /** ... in at least two fixes, for at least as long. */
  confirmSeconds: Type.Integer({ minimum: 0, maximum: 600 }),
};

export const GeofenceInputSchema = Type.Object(
  {
    ...fenceFields,
    unitKinds: Type.Optional(fenceFields.unitKinds),
    unitIds: Type.Optional(fenceFields.unitIds),
    windows: Type.Optional(fenceFields.windows),
    marginMeters: Type.Optional(fenceFields.marginMeters),
    confirmSeconds: Type.Optional(fenceFields.confirmSeconds),
  },
  { additionalProperties: false },
);
export type GeofenceInput = Static<typeof GeofenceInputSchema>;
/** A change says which revision it was made on: another's change is not overwritten. */
export const GeofenceChangeSchema = Type.Object(
  { ...GeofenceInputSchema.properties, revision: Type.Integer({ minimum: 1 }) },
  { additionalProperties: false },
);
export type GeofenceChange = Static<typeof GeofenceChangeSchema>;

export const GeofenceSchema = Type.Object({
  id: Type.Integer(),
  revision: Type.Integer(),
  ...fenceFields,
  name: BilingualSchema,
  /** Whether it counts at the moment. */
  active: Type.Boolean(),
  /** Who is in it, and since when. */
  inside: Type.Array(Type.Object({ unitId: Type.Integer(), callSign: Type.String(), since: Type.String() })),
  changedBy: Type.String(),
  changedAt: Type.String(),
});
export type Geofence = Static<typeof GeofenceSchema>;

export const FENCE_CROSSINGS = ['enter', 'exit'] as const;
export const GeofenceEventSchema = Type.Object({
  id: Type.Integer(),
  geofenceId: Type.Integer(),
  name: BilingualSchema,
  kind: Type.Enum(GEOFENCE_KINDS),
  crossing: Type.Enum(FENCE_CROSSINGS),
  unitId: Type.Integer(),
  callSign: Type.String(),
  /** Of the first fix beyond the border. */
  at: Type.String(),
  lon: Type.Number(),
  lat: Type.Number(),
});
export type GeofenceEvent = Static<typeof GeofenceEventSchema>;

export const GeofenceEventQuerySchema = Type.Object({
  geofenceId: Type.Optional(Type.Integer({ minimum: 1 })),
  unitId: Type.Optional(Type.Integer({ minimum: 1 })),
  crossing: Type.Optional(Type.Enum(FENCE_CROSSINGS)),
  from: Type.Optional(InstantSchema),
  to: Type.Optional(InstantSchema),
  /** Of the page before. */
  before: Type.Optional(Type.Integer({ minimum: 1 })),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200 })),
});
export type GeofenceEventQuery = Static<typeof GeofenceEventQuerySchema>;
export const GeofenceEventListSchema = Type.Object({
  /** Newest first, in the order in which they were noted. */
  events: Type.Array(GeofenceEventSchema),
  nextBefore: nullable(Type.Integer()),
});
export type GeofenceEventList = Static<typeof GeofenceEventListSchema>;
