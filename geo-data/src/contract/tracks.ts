import Type, { type Static } from 'typebox';
import { BureauQuerySchema, InstantSchema, nullable } from './common.ts';

/** Why a unit's history is opened. Kept in the audit log; `other` takes a note. */
export const TRACK_PURPOSES = [
  'dispatch',
  'incident_review',
  'duty_check',
  'complaint',
  'equipment',
  'training',
  'other',
] as const;
export type TrackPurpose = (typeof TRACK_PURPOSES)[number];

const purposeQuery = {
  purpose: Type.Optional(Type.Enum(TRACK_PURPOSES)),
  /** For example the number of an incident; never a person. */
  note: Type.Optional(Type.String({ maxLength: 200 })),
};

export const TrailQuerySchema = Type.Object({
  minutes: Type.Optional(Type.Integer({ minimum: 1, maximum: 240, default: 15 })),
  ...purposeQuery,
});

export const TrailSchema = Type.Object({
  unitId: Type.Integer(),
  /** Oldest first: longitude, latitude, seconds since the epoch. */
  points: Type.Array(Type.Tuple([Type.Number(), Type.Number(), Type.Number()])),
  /** One for each point; null: not reported. */
  speedKmh: Type.Array(nullable(Type.Number())),
  accuracyMeters: Type.Array(nullable(Type.Number())),
});
export type Trail = Static<typeof TrailSchema>;

export const TrackBlockQuerySchema = Type.Interface([BureauQuerySchema], {
  from: InstantSchema,
  to: InstantSchema,
  /** Ids; left out: all units of the bureau. */
  units: Type.Optional(Type.String({ pattern: '^\\d{1,9}(,\\d{1,9}){0,1999}$' })),
  ...purposeQuery,
});

/**
 * Head of a column block of fixes. Columns `seconds` (u32), `lon`, `lat` (f64), `speedKmh`, `accuracyMeters` (f32, NaN: not reported), one row a
 * fix, by unit and then in order of time: unit i has the rows `firstRow[i] .. firstRow[i + 1] - 1` (column `firstRow`, u32).
 */
export interface TrackBlockMeta {
  fromSeconds: number;
  toSeconds: number;
  /** One fix of a unit in so many seconds; 1: all of them. */
  stepSeconds: number;
  units: { id: number; callSign: string; kind: string; simulated: boolean }[];
  /** UTC days of the period that lie in the archive, not here (`YYYY-MM-DD`). */
  archivedDays: string[];
}

/** How tracks and what comes of them are kept, and how tracks are opened; for the whole installation. */
export const TrackPolicySchema = Type.Object({
  /** Complete days that stay in the database; then they go into the archive. */
  retentionDays: Type.Integer({ minimum: 7, maximum: 3650 }),
  /** So much of a trail belongs to the live picture; further back the purpose is asked for. */
  liveTrailMinutes: Type.Integer({ minimum: 0, maximum: 240 }),
  /** Complete days that crossings of geofences stay; then they are deleted. */
  crossingRetentionDays: Type.Integer({ minimum: 30, maximum: 3650 }),
  /** Complete days that alarms stay after they were closed; then they are deleted. An open alarm stays until somebody closes it. */
  alarmRetentionDays: Type.Integer({ minimum: 30, maximum: 3650 }),
});
export type TrackPolicy = Static<typeof TrackPolicySchema>;
export const TrackPolicyChangeSchema = Type.Partial(TrackPolicySchema, {
  additionalProperties: false,
  minProperties: 1,
});
export type TrackPolicyChange = Static<typeof TrackPolicyChangeSchema>;

export const TrackArchiveParamsSchema = Type.Object({
  day: Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$' }),
  part: Type.Integer({ minimum: 1, maximum: 999 }),
});

/** One file of the archive: the fixes of a UTC day, or those that came in after the day was archived (parts 2, 3 ...). */
export const TrackArchiveSchema = Type.Object({
  day: Type.String(),
  part: Type.Integer(),
  /** Below `track-archive` of the data directory. */
  file: Type.String(),
  rows: Type.Integer(),
  bytes: Type.Integer(),
  minFixedAt: Type.String(),
  maxFixedAt: Type.String(),
  contentSha256: Type.String(),
  archivedAt: Type.String(),
  /** Its fixes are in the database again, until then; null: they are not. */
  restoredUntil: nullable(Type.String()),
});
export type TrackArchive = Static<typeof TrackArchiveSchema>;

export const TrackStorageSchema = Type.Object({
  policy: TrackPolicySchema,
  /** What is in the database: days, fixes (as last estimated by it), bytes with indexes. */
  online: Type.Object({
    days: Type.Integer(),
    oldestDay: nullable(Type.String()),
    rows: Type.Integer(),
    bytes: Type.Integer(),
  }),
  archives: Type.Array(TrackArchiveSchema),
  /** null: it has not run yet. */
  lastRun: nullable(
    Type.Object({
      at: Type.String(),
      archivedDays: Type.Integer(),
      failures: Type.Array(Type.Object({ day: Type.String(), reason: Type.String() })),
      deletedCrossings: Type.Integer(),
      deletedAlarms: Type.Integer(),
      /** Why not all crossings and alarms could be deleted that the policy no longer keeps; null: they could. */
      recordFailure: nullable(Type.String()),
    }),
  ),
});
export type TrackStorage = Static<typeof TrackStorageSchema>;
