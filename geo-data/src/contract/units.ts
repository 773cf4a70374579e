import Type, { type Static, type TSchema } from 'typebox';
import { nullable } from './common.ts';
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

/** What a bureau believes of positions, and how fast they grow old. */
export const PositionSettingsSchema = Type.Object({
  /** A fix that says it is worse is refused. */
  maxAccuracyMeters: Type.Number({ minimum: 10, maximum: 100_000 }),
  /** How far a device's clock may run ahead. */
  futureToleranceSeconds: Type.Integer({ minimum: 1, maximum: 3600 }),
  /** A device may keep fixes while it is without network; what is older comes from a wrong clock. */
  maxAgeDays: Type.Integer({ minimum: 1, maximum: 366 }),
  /** How far beyond the bureau's border a position is believed. */
  marginMeters: Type.Number({ minimum: 0, maximum: 20_000 }),
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
    marginMeters: Type.Optional(PositionSettingsSchema.properties.marginMeters),
    kinds: Type.Optional(
      Type.Partial(byUnitKind(Type.Partial(PositionSettingsSchema.properties.kinds.properties.car)), {
        additionalProperties: false,
      }),
    ),
  },
  { additionalProperties: false },
);
export type PositionSettingsChange = Static<typeof PositionSettingsChangeSchema>;
/** With what they are where nothing was changed. */
export const PositionSettingsWithDefaultsSchema = Type.Object({
  ...PositionSettingsSchema.properties,
  defaults: PositionSettingsSchema,
});
export type PositionSettingsWithDefaults = Static<typeof PositionSettingsWithDefaultsSchema>;

/** Positions of a unit that were not believed in the last minutes: how many and why, never where. */
export const UnitRefusalsSchema = Type.Object({
  minutes: Type.Integer(),
  refusals: Type.Array(
    Type.Object({ deviceId: Type.Integer(), reason: Type.String(), count: Type.Integer(), lastAt: Type.String() }),
  ),
});
export type UnitRefusals = Static<typeof UnitRefusalsSchema>;

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
