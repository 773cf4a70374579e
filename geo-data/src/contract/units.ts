import Type, { type Static } from 'typebox';
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

export const RosterSchema = Type.Object({
  revision: Type.Integer(),
  units: Type.Array(UnitSchema),
  /** The frame positions are quantised against. West, south, east, north. */
  frameBounds: Type.Tuple([Type.Number(), Type.Number(), Type.Number(), Type.Number()]),
  /** Ages in seconds at which a position turns ageing, stale, lost. */
  ageThresholdsSeconds: Type.Tuple([Type.Integer(), Type.Integer(), Type.Integer()]),
});
export type Roster = Static<typeof RosterSchema>;

export const TrailSchema = Type.Object({
  unitId: Type.Integer(),
  /** Oldest first: longitude, latitude, seconds since the epoch. */
  points: Type.Array(Type.Tuple([Type.Number(), Type.Number(), Type.Number()])),
});
export type Trail = Static<typeof TrailSchema>;

export const DeviceSchema = Type.Object({
  id: Type.Integer(),
  identifier: Type.String(),
  unitId: nullable(Type.Integer()),
  callSign: nullable(Type.String()),
  lastSeenAt: nullable(Type.String()),
  accepted: Type.Integer(),
  refused: Type.Integer(),
  revoked: Type.Boolean(),
});
export type Device = Static<typeof DeviceSchema>;
export const NewDeviceSchema = Type.Object({
  identifier: Type.String({ minLength: 1, maxLength: 64 }),
  unitId: Type.Union([Type.Integer(), Type.Null()]),
});
/** The key is shown once. */
export const DeviceWithKeySchema = Type.Object({ device: DeviceSchema, key: Type.String() });

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
