import { type Kysely, sql } from 'kysely';

/** What is believed of positions: settings of a bureau, of a device, and the place for what was not believed. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}

const STATEMENTS = [
  /* Only what the bureau has changed; the defaults stand in geo-data/units. */
  `ALTER TABLE bureau ADD COLUMN position_settings jsonb NOT NULL DEFAULT '{}'`,
  `ALTER TABLE device
    ADD COLUMN previous_key_hash bytea UNIQUE,
    ADD COLUMN previous_key_until timestamptz,
    ADD COLUMN coordinate_system text NOT NULL DEFAULT 'WGS84'
      CHECK (coordinate_system IN ('WGS84', 'CGCS2000', 'GCJ02', 'BD09')),
    ADD COLUMN suspected_system text,
    ADD COLUMN checks_speed boolean NOT NULL DEFAULT true,
    ADD COLUMN mqtt_user text,
    ADD COLUMN messages_per_minute integer CHECK (messages_per_minute > 0),
    ADD COLUMN last_protocol text,
    ADD COLUMN last_message text,
    ADD COLUMN messages bigint NOT NULL DEFAULT 0,
    ADD COLUMN refused_by_reason jsonb NOT NULL DEFAULT '{}'`,
  /* A topic names one device. */
  `CREATE UNIQUE INDEX device_of_topic ON device (mqtt_user, identifier) WHERE mqtt_user IS NOT NULL AND revoked_at IS NULL`,
  /* The newest of each device; what a device sends beyond that pushes its oldest out. */
  `CREATE TABLE quarantined_fix (
    id bigint GENERATED ALWAYS AS IDENTITY,
    bureau_id integer NOT NULL REFERENCES bureau,
    device_id integer NOT NULL,
    unit_id integer,
    reason text NOT NULL,
    received_at timestamptz NOT NULL,
    fixed_at timestamptz,
    lon double precision,
    lat double precision,
    speed_kmh real,
    heading_degrees real,
    accuracy_meters real,
    fits_system text,
    PRIMARY KEY (bureau_id, id)
  )`,
  `CREATE INDEX quarantined_fix_of_device ON quarantined_fix (device_id, id DESC)`,
];
