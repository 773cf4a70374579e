import Type, { type Static } from 'typebox';
import { BureauQuerySchema, InstantSchema, nullable } from './common.ts';
import { UNIT_KINDS } from './units.ts';

/** Systems a device may speak; everything is WGS 84 from the gate on. */
export const DEVICE_COORDINATE_SYSTEMS = ['WGS84', 'CGCS2000', 'GCJ02', 'BD09'] as const;
const DeviceSystemSchema = Type.Enum(DEVICE_COORDINATE_SYSTEMS);
export type DeviceCoordinateSystem = Static<typeof DeviceSystemSchema>;

/** Ways to speak that a device can be set up for. `owntracks_mqtt` goes through a broker, the rest comes to the server itself. */
export const DEVICE_PROTOCOLS = ['osmand', 'owntracks', 'owntracks_mqtt', 'json', 'gb28181', 'jt808'] as const;
export type DeviceProtocol = (typeof DEVICE_PROTOCOLS)[number];

/** Why a fix is not believed. */
export const FIX_REFUSALS = [
  'no_unit',
  'not_valid',
  'null_island',
  'outside_bureau',
  'in_the_future',
  'too_old',
  'inaccurate',
  'impossible_speed',
] as const;
export type FixRefusal = (typeof FIX_REFUSALS)[number];
/** Why something that a device sent was refused: a fix, or its whole message. */
export const DEVICE_REFUSALS = [...FIX_REFUSALS, 'rate_limited', 'malformed'] as const;

export const DeviceSchema = Type.Object({
  id: Type.Integer(),
  identifier: Type.String(),
  unitId: nullable(Type.Integer()),
  callSign: nullable(Type.String()),
  unitKind: nullable(Type.Enum(UNIT_KINDS)),
  /** The way it is set up to speak; null: not told. */
  protocol: nullable(Type.Enum(DEVICE_PROTOCOLS)),
  /** What its last message was of. */
  lastProtocol: nullable(Type.String()),
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
  /** Until then a JT/T 808 terminal of this number may fetch itself a new key. */
  enrolUntil: nullable(Type.String()),
  revoked: Type.Boolean(),
});
export type Device = Static<typeof DeviceSchema>;

export const DEVICE_STATES = ['all', 'active', 'refusing', 'silent', 'unassigned', 'revoked'] as const;
export type DeviceState = (typeof DEVICE_STATES)[number];
export const DEVICE_ORDERS = [
  'identifier',
  'callSign',
  'protocol',
  'lastSeenAt',
  'messages',
  'accepted',
  'refused',
] as const;
export type DeviceOrder = (typeof DEVICE_ORDERS)[number];
/** A page of the devices of a bureau. */
export const DeviceListQuerySchema = Type.Object({
  bureau: BureauQuerySchema.properties.bureau,
  /** Part of the identifier or of the unit's call sign, whatever its case. */
  search: Type.Optional(Type.String({ maxLength: 64 })),
  /** `refusing`: something of it was ever refused; `silent`: not heard for an hour. */
  state: Type.Optional(Type.Enum(DEVICE_STATES)),
  orderBy: Type.Optional(Type.Enum(DEVICE_ORDERS)),
  descending: Type.Optional(Type.Boolean()),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 500, default: 100 })),
  offset: Type.Optional(Type.Integer({ minimum: 0, maximum: 1_000_000, default: 0 })),
});
export type DeviceListQuery = Static<typeof DeviceListQuerySchema>;
export const DeviceListSchema = Type.Object({
  devices: Type.Array(DeviceSchema),
  /** How many there are beside this page. */
  total: Type.Integer(),
});
export type DeviceList = Static<typeof DeviceListSchema>;

/** Where devices reach this server besides its own address. */
export const DeviceWaysSchema = Type.Object({
  /** null: no terminal can connect. */
  jt808Port: nullable(Type.Integer()),
  /** Whether the server listens to a broker. */
  mqtt: Type.Boolean(),
});
export type DeviceWays = Static<typeof DeviceWaysSchema>;

const deviceSettings = {
  unitId: nullable(Type.Integer()),
  protocol: nullable(Type.Enum(DEVICE_PROTOCOLS)),
  coordinateSystem: DeviceSystemSchema,
  checksSpeed: Type.Boolean(),
  mqttUser: nullable(Type.String({ minLength: 1, maxLength: 64, pattern: '^[^/+#]+$' })),
  messagesPerMinute: nullable(Type.Integer({ minimum: 1, maximum: 60_000 })),
};
export const NewDeviceSchema = Type.Object({
  identifier: Type.String({ minLength: 1, maxLength: 64 }),
  unitId: deviceSettings.unitId,
  protocol: Type.Optional(deviceSettings.protocol),
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

/** Which of the two keys works on when an overlap is ended before its time. */
export const DeviceOverlapEndSchema = Type.Object({ keep: Type.Enum(['new', 'old']) });

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
  protocol: nullable(Type.String()),
  /** The message it came in, cut to 500 characters. */
  raw: nullable(Type.String()),
});
export type QuarantinedFix = Static<typeof QuarantinedFixSchema>;

export const TERMINAL_STATES = ['waiting', 'refused', 'accepted', 'enrolled'] as const;
/** A JT/T 808 terminal that asked to register while the bureau's window was open. */
export const TerminalSchema = Type.Object({
  phone: Type.String(),
  terminalId: Type.String(),
  manufacturer: Type.String(),
  model: Type.String(),
  address: Type.String(),
  firstAt: Type.String(),
  lastAt: Type.String(),
  times: Type.Integer(),
  state: Type.Enum(TERMINAL_STATES),
  /** The bureau's device under this number. */
  deviceId: nullable(Type.Integer()),
  callSign: nullable(Type.String()),
});
export type Terminal = Static<typeof TerminalSchema>;
export const TerminalsSchema = Type.Object({
  /** null: the window is closed. */
  openUntil: nullable(Type.String()),
  terminals: Type.Array(TerminalSchema),
});
export type Terminals = Static<typeof TerminalsSchema>;
const terminalName = {
  phone: Type.String({ minLength: 1, maxLength: 20 }),
  terminalId: Type.String({ maxLength: 30 }),
};
export const TerminalAcceptanceSchema = Type.Object({ ...terminalName, unitId: nullable(Type.Integer()) });
export const TerminalRefusalSchema = Type.Object({ ...terminalName, refused: Type.Boolean() });
