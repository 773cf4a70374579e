import Type, { type Static } from 'typebox';
import { BilingualSchema, nullable } from './common.ts';

export const ALARM_KIND_NAMES = ['sos', 'restricted_entered', 'keep_in_left'] as const;
export const ALARM_STATE_NAMES = ['raised', 'acknowledged', 'closed'] as const;
export const ALARM_CLOSE_REASON_NAMES = ['handled', 'mistaken', 'drill', 'faulty_device'] as const;

/** What must be answered by a person. */
export const AlarmSchema = Type.Object({
  id: Type.Integer(),
  kind: Type.Enum(ALARM_KIND_NAMES),
  state: Type.Enum(ALARM_STATE_NAMES),
  unitId: nullable(Type.Integer()),
  /** Of the unit; of a device without one its identifier. */
  callSign: Type.String(),
  /** The fence it is about. */
  geofence: nullable(Type.Object({ id: Type.Integer(), name: BilingualSchema })),
  /** When the device says it was; long before `raisedAt` when there was no network. */
  signalledAt: Type.String(),
  raisedAt: Type.String(),
  /** Where the unit was known to be, and at what time it was there; null: nowhere. */
  place: nullable(Type.Object({ lon: Type.Number(), lat: Type.Number(), at: Type.String() })),
  /** The device no longer signals, the unit is out again. The alarm stays until a person closes it. */
  endedAt: nullable(Type.String()),
  acknowledgedBy: nullable(Type.String()),
  acknowledgedAt: nullable(Type.String()),
  closedBy: nullable(Type.String()),
  closedAt: nullable(Type.String()),
  closeReason: nullable(Type.Enum(ALARM_CLOSE_REASON_NAMES)),
  closeNote: nullable(Type.String()),
});
export type Alarm = Static<typeof AlarmSchema>;

export const AlarmQuerySchema = Type.Object({
  /** `open`: raised or acknowledged; all of them. `closed`: the newest. */
  state: Type.Optional(Type.Enum(['open', 'closed'] as const)),
  unitId: Type.Optional(Type.Integer({ minimum: 1 })),
  /** Of the page before. */
  before: Type.Optional(Type.Integer({ minimum: 1 })),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 500 })),
});
export type AlarmQuery = Static<typeof AlarmQuerySchema>;
export const AlarmListSchema = Type.Object({
  /** Newest first. */
  alarms: Type.Array(AlarmSchema),
  nextBefore: nullable(Type.Integer()),
});
export type AlarmList = Static<typeof AlarmListSchema>;

export const AlarmClosureSchema = Type.Object(
  {
    reason: Type.Enum(ALARM_CLOSE_REASON_NAMES),
    note: Type.Optional(Type.String({ maxLength: 500 })),
  },
  { additionalProperties: false },
);
export type AlarmClosure = Static<typeof AlarmClosureSchema>;
