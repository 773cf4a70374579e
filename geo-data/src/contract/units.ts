import Type, { type Static, type TSchema } from 'typebox';
import { InstantSchema, nullable } from './common.ts';
import { ApiScopeSchema } from './roles.ts';

export const UNIT_KINDS = ['car', 'motorcycle', 'bicycle', 'foot', 'boat', 'drone'] as const;
export const FORCE_LAYERS = ['armed_patrol', 'station_patrol', 'office_overlay', 'community_joint'] as const;

/** One unit of the roster. `slot` is its place in the position frames of this roster revision. */
export const UnitSchema = Type.Object({
  id: Type.Integer(),
  slot: Type.Integer(),
  callSign: Type.String(),
  kind: Type.Enum(UNIT_KINDS),
  forceLayer: Type.Enum(FORCE_LAYERS),
  crew: Type.Integer(),
  /** Number of the beat it is rostered to in the plan in force. */
  beatNumber: nullable(Type.Integer()),
  simulated: Type.Boolean(),
});
export type Unit = Static<typeof UnitSchema>;

/** Ages in seconds at which a position turns ageing, stale, lost. */
const AgeThresholdsSchema = Type.Tuple([
  Type.Integer({ minimum: 1, maximum: 604_800 }),
  Type.Integer({ minimum: 1, maximum: 604_800 }),
  Type.Integer({ minimum: 1, maximum: 604_800 }),
]);
export type AgeThresholds = Static<typeof AgeThresholdsSchema>;

const byUnitKind = <T extends TSchema>(schema: T) =>
  Type.Object({ car: schema, motorcycle: schema, bicycle: schema, foot: schema, boat: schema, drone: schema });

export const RosterSchema = Type.Object({
  revision: Type.Integer(),
  units: Type.Array(UnitSchema),
  /** The frame positions are quantised against. West, south, east, north. */
  frameBounds: Type.Tuple([Type.Number(), Type.Number(), Type.Number(), Type.Number()]),
  ageThresholdsSeconds: byUnitKind(AgeThresholdsSchema),
});
export type Roster = Static<typeof RosterSchema>;

export const TrailSchema = Type.Object({
  unitId: Type.Integer(),
  /** Oldest first: longitude, latitude, seconds since the epoch. */
  points: Type.Array(Type.Tuple([Type.Number(), Type.Number(), Type.Number()])),
});
export type Trail = Static<typeof TrailSchema>;

/** What a bureau believes of positions, and how fast they grow old. */
export const PositionSettingsSchema = Type.Object({
  /** A fix that says it is worse is refused. */
  maxAccuracyMeters: Type.Number({ minimum: 10, maximum: 100_000 }),
  /** How far a device's clock may run ahead. */
  futureToleranceSeconds: Type.Integer({ minimum: 1, maximum: 3600 }),
  /** A device may keep fixes while it is without network; what is older comes from a wrong clock. */
  maxAgeDays: Type.Integer({ minimum: 1, maximum: 366 }),
  kinds: byUnitKind(
    Type.Object({
      maxSpeedKmh: Type.Number({ minimum: 10, maximum: 1200 }),
      ageThresholdsSeconds: AgeThresholdsSchema,
    }),
  ),
});
export type PositionSettings = Static<typeof PositionSettingsSchema>;
/** What is left out stays as it is. */
export const PositionSettingsChangeSchema = Type.Object(
  {
    maxAccuracyMeters: Type.Optional(PositionSettingsSchema.properties.maxAccuracyMeters),
    futureToleranceSeconds: Type.Optional(PositionSettingsSchema.properties.futureToleranceSeconds),
    maxAgeDays: Type.Optional(PositionSettingsSchema.properties.maxAgeDays),
    kinds: Type.Optional(
      Type.Partial(byUnitKind(Type.Partial(PositionSettingsSchema.properties.kinds.properties.car)), {
        additionalProperties: false,
      }),
    ),
  },
  { additionalProperties: false },
);
export type PositionSettingsChange = Static<typeof PositionSettingsChangeSchema>;

/** Systems a device may speak; everything is WGS 84 from the gate on. */
export const DEVICE_COORDINATE_SYSTEMS = ['WGS84', 'CGCS2000', 'GCJ02', 'BD09'] as const;
const DeviceSystemSchema = Type.Enum(DEVICE_COORDINATE_SYSTEMS);
export type DeviceCoordinateSystem = Static<typeof DeviceSystemSchema>;

export const DeviceSchema = Type.Object({
  id: Type.Integer(),
  identifier: Type.String(),
  unitId: nullable(Type.Integer()),
  callSign: nullable(Type.String()),
  lastSeenAt: nullable(Type.String()),
  messages: Type.Integer(),
  accepted: Type.Integer(),
  refused: Type.Integer(),
  refusedByReason: Type.Record(Type.String(), Type.Integer()),
  coordinateSystem: DeviceSystemSchema,
  /** Its positions fit the bureau only under this system: was the wrong one declared? */
  suspectedSystem: nullable(DeviceSystemSchema),
  /** False for a track replayed faster than life, which jumps; everything else is judged all the same. */
  checksSpeed: Type.Boolean(),
  /** The MQTT user whose messages count as this device's; null: none do. */
  mqttUser: nullable(Type.String()),
  /** null: the default of 600. */
  messagesPerMinute: nullable(Type.Integer()),
  /** Until then the key before this one works as well. */
  previousKeyUntil: nullable(Type.String()),
  revoked: Type.Boolean(),
});
export type Device = Static<typeof DeviceSchema>;

const deviceSettings = {
  unitId: nullable(Type.Integer()),
  coordinateSystem: DeviceSystemSchema,
  checksSpeed: Type.Boolean(),
  mqttUser: nullable(Type.String({ minLength: 1, maxLength: 64, pattern: '^[^/+#]+$' })),
  messagesPerMinute: nullable(Type.Integer({ minimum: 1, maximum: 60_000 })),
};
export const NewDeviceSchema = Type.Object({
  identifier: Type.String({ minLength: 1, maxLength: 64 }),
  unitId: deviceSettings.unitId,
  coordinateSystem: Type.Optional(deviceSettings.coordinateSystem),
  checksSpeed: Type.Optional(deviceSettings.checksSpeed),
  mqttUser: Type.Optional(deviceSettings.mqttUser),
  messagesPerMinute: Type.Optional(deviceSettings.messagesPerMinute),
});
export const DeviceChangeSchema = Type.Partial(Type.Object(deviceSettings), { additionalProperties: false });
export type DeviceChange = Static<typeof DeviceChangeSchema>;

/** The key is shown once. */
export const DeviceWithKeySchema = Type.Object({ device: DeviceSchema, key: Type.String() });
export const DeviceKeyRotationSchema = Type.Object({
  /** The key in use works until then as well, at most 30 days; left out: it ends at once. */
  previousKeyUntil: Type.Optional(InstantSchema),
});

/** One device with what it sent last, cut to 2,000 characters. */
export const DeviceDetailSchema = Type.Object({
  device: DeviceSchema,
  lastMessage: nullable(Type.Object({ protocol: Type.String(), text: Type.String() })),
});
export type DeviceDetail = Static<typeof DeviceDetailSchema>;

/** A position that was not believed, as the device sent it. */
export const QuarantinedFixSchema = Type.Object({
  id: Type.Integer(),
  reason: Type.String(),
  receivedAt: Type.String(),
  /** null: no time that a calendar holds. */
  fixedAt: nullable(Type.String()),
  lon: nullable(Type.Number()),
  lat: nullable(Type.Number()),
  speedKmh: nullable(Type.Number()),
  headingDegrees: nullable(Type.Number()),
  accuracyMeters: nullable(Type.Number()),
  /** Read in this system it would lie in the bureau. */
  fitsSystem: nullable(DeviceSystemSchema),
});
export type QuarantinedFix = Static<typeof QuarantinedFixSchema>;

export const ApiKeyViewSchema = Type.Object({
  id: Type.Integer(),
  name: Type.String(),
  scopes: Type.Array(Type.String()),
  createdAt: Type.String(),
  lastUsedAt: nullable(Type.String()),
  revoked: Type.Boolean(),
});
export type ApiKeyView = Static<typeof ApiKeyViewSchema>;
export const NewApiKeySchema = Type.Object({
  name: Type.String({ minLength: 1, maxLength: 64 }),
  scopes: Type.Array(ApiScopeSchema, { minItems: 1 }),
});
export const ApiKeyWithSecretSchema = Type.Object({ apiKey: ApiKeyViewSchema, key: Type.String() });
