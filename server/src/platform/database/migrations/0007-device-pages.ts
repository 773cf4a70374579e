import { type Kysely, sql } from 'kysely';

/** What administration shows of devices: their way of speaking, terminals that ask to be let in, refusals by unit. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}

const STATEMENTS = [
  /* The way it is set up to speak, told at the enrolment; what it does speak is last_protocol. */
  `ALTER TABLE device
    ADD COLUMN protocol text,
    ADD COLUMN enrol_until timestamptz,
    ADD COLUMN enrol_terminal_id text`,
  /* Open windows are few at any time. */
  `CREATE INDEX device_enrolling ON device (enrol_until) WHERE enrol_until IS NOT NULL`,
  `CREATE INDEX device_of_unit ON device (unit_id)`,
  /* The message it came in, cut. */
  `ALTER TABLE quarantined_fix ADD COLUMN protocol text, ADD COLUMN raw text`,
  `CREATE INDEX quarantined_fix_of_unit ON quarantined_fix (bureau_id, unit_id, received_at DESC)`,
  /* While it is open, JT/T 808 terminals that nobody let in are noted. */
  `CREATE TABLE terminal_window (
    bureau_id integer PRIMARY KEY REFERENCES bureau,
    open_until timestamptz NOT NULL
  )`,
  `CREATE TABLE terminal_knock (
    bureau_id integer NOT NULL REFERENCES bureau,
    phone text NOT NULL,
    terminal_id text NOT NULL,
    manufacturer text NOT NULL,
    model text NOT NULL,
    address text NOT NULL,
    first_at timestamptz NOT NULL,
    last_at timestamptz NOT NULL,
    times integer NOT NULL,
    state text NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'refused', 'accepted', 'enrolled')),
    PRIMARY KEY (bureau_id, phone, terminal_id)
  )`,
];
