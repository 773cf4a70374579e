import { type Kysely, sql } from 'kysely';

/**
 * Areas that units enter and leave, and alarms that a person must answer. What may be said only once is said by the database: a unit
 * is inside a fence by one row, which whoever notes the crossing inserts or deletes; an open alarm of a subject is unique, and so is the
 * signal that raised it.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}

const STATEMENTS = [
  `CREATE TABLE geofence (
    bureau_id integer NOT NULL REFERENCES bureau,
    id integer GENERATED ALWAYS AS IDENTITY,
    revision integer NOT NULL DEFAULT 1,
    name_zh text NOT NULL,
    name_en text NOT NULL,
    kind text NOT NULL CHECK (kind IN ('restricted', 'keep_in', 'watch')),
    area jsonb NOT NULL,
    unit_kinds jsonb NOT NULL,
    unit_ids jsonb NOT NULL,
    windows jsonb NOT NULL,
    margin_meters real NOT NULL,
    confirm_seconds integer NOT NULL,
    changed_by text NOT NULL,
    changed_at timestamptz NOT NULL,
    removed_at timestamptz,
    PRIMARY KEY (bureau_id, id)
  )`,
  `CREATE TABLE geofence_presence (
    bureau_id integer NOT NULL,
    geofence_id integer NOT NULL,
    unit_id integer NOT NULL,
    since timestamptz NOT NULL,
    PRIMARY KEY (bureau_id, geofence_id, unit_id),
    FOREIGN KEY (bureau_id, geofence_id) REFERENCES geofence
  )`,
  `CREATE TABLE geofence_event (
    bureau_id integer NOT NULL,
    id bigint GENERATED ALWAYS AS IDENTITY,
    geofence_id integer NOT NULL,
    unit_id integer NOT NULL,
    crossing text NOT NULL CHECK (crossing IN ('enter', 'exit')),
    at timestamptz NOT NULL,
    lon double precision NOT NULL,
    lat double precision NOT NULL,
    PRIMARY KEY (bureau_id, id),
    UNIQUE (bureau_id, geofence_id, unit_id, crossing, at),
    FOREIGN KEY (bureau_id, geofence_id) REFERENCES geofence
  )`,
  `CREATE INDEX geofence_event_of_fence ON geofence_event (bureau_id, geofence_id, id DESC)`,
  `CREATE INDEX geofence_event_of_unit ON geofence_event (bureau_id, unit_id, id DESC)`,
  `CREATE INDEX geofence_event_by_time ON geofence_event (bureau_id, at DESC)`,
  `CREATE TABLE alarm (
    bureau_id integer NOT NULL REFERENCES bureau,
    id bigint GENERATED ALWAYS AS IDENTITY,
    kind text NOT NULL,
    subject text NOT NULL,
    state text NOT NULL CHECK (state IN ('raised', 'acknowledged', 'closed')),
    unit_id integer,
    device_id integer,
    geofence_id integer,
    signalled_at timestamptz NOT NULL,
    raised_at timestamptz NOT NULL,
    lon double precision,
    lat double precision,
    place_at timestamptz,
    ended_at timestamptz,
    acknowledged_by text,
    acknowledged_at timestamptz,
    closed_by text,
    closed_at timestamptz,
    close_reason text,
    close_note text,
    PRIMARY KEY (bureau_id, id),
    UNIQUE (bureau_id, kind, subject, signalled_at)
  )`,
  `CREATE UNIQUE INDEX open_alarm ON alarm (bureau_id, kind, subject) WHERE state <> 'closed'`,
  `CREATE INDEX closed_alarm ON alarm (bureau_id, id DESC) WHERE state = 'closed'`,
];
