import { type Kysely, sql } from 'kysely';

/**
 * The beat studio: drafts that several people edit, a way from the draft to the plan in force, plans by shift and duty level.
 * A draft is a plan in the state `draft` under its own id; what is edited stands in plan_draft, and plan_zone, plan_beat and plan_atom are
 * drawn from it.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}

const STATEMENTS = [
  /* -------------------------------------------------------------- life of a plan */
  `ALTER TABLE plan
    DROP CONSTRAINT plan_state_check,
    DROP CONSTRAINT plan_check,
    DROP CONSTRAINT one_plan_in_force,
    ADD COLUMN shift text NOT NULL DEFAULT 'all' CHECK (shift IN ('all', 'day', 'night')),
    ADD COLUMN duty_level smallint CHECK (duty_level BETWEEN 1 AND 3),
    ADD COLUMN based_on_plan integer REFERENCES plan,
    ADD COLUMN submitted_by text,
    ADD COLUMN approved_by text,
    ADD COLUMN review_note text,
    ADD CONSTRAINT plan_state CHECK (state IN ('draft', 'submitted', 'approved', 'published', 'superseded', 'withdrawn')),
    ADD CONSTRAINT published_plan_has_period CHECK ((state = 'published') = (effective IS NOT NULL)),
    /* Four eyes: who made or submitted it does not approve it. */
    ADD CONSTRAINT approved_by_another CHECK (approved_by NOT IN (created_by, coalesce(submitted_by, created_by)))`,
  /* The variant as one number, so that a range of one integer stands in for equality as it does for the bureau. */
  `ALTER TABLE plan ADD COLUMN variant integer NOT NULL GENERATED ALWAYS AS
    (CASE shift WHEN 'day' THEN 10 WHEN 'night' THEN 20 ELSE 0 END + coalesce(duty_level, 0)) STORED`,
  `ALTER TABLE plan ADD CONSTRAINT one_plan_in_force EXCLUDE USING gist
    (int4range(bureau_id, bureau_id, '[]') WITH &&, int4range(variant, variant, '[]') WITH &&, effective WITH &&)
    WHERE (state = 'published')`,

  /* --------------------------------------------------------------------- drafts */
  `CREATE TABLE plan_draft (
    plan_id integer PRIMARY KEY REFERENCES plan ON DELETE CASCADE,
    revision integer NOT NULL DEFAULT 0,
    drawn_revision integer NOT NULL DEFAULT 0,
    atom_digest text NOT NULL,
    beat_of_atom bytea NOT NULL,
    locked_atoms bytea NOT NULL,
    beats jsonb NOT NULL,
    zones jsonb NOT NULL
  )`,
  `CREATE TABLE draft_edit (
    plan_id integer NOT NULL REFERENCES plan_draft,
    revision integer NOT NULL,
    edit_id uuid NOT NULL,
    author text NOT NULL,
    at timestamptz NOT NULL DEFAULT clock_timestamp(),
    tool text NOT NULL,
    paint jsonb,
    operations jsonb NOT NULL,
    undo_of integer,
    overridden jsonb NOT NULL,
    PRIMARY KEY (plan_id, revision),
    CONSTRAINT draft_edit_once UNIQUE (plan_id, edit_id),
    FOREIGN KEY (plan_id, undo_of) REFERENCES draft_edit
  )`,
  `CREATE TRIGGER draft_edit_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON draft_edit
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()`,
  `CREATE TABLE draft_author (
    plan_id integer NOT NULL REFERENCES plan_draft,
    author text NOT NULL,
    audited_revision integer NOT NULL DEFAULT 0,
    PRIMARY KEY (plan_id, author)
  )`,
  `CREATE TABLE plan_comment (
    id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    plan_id integer NOT NULL REFERENCES plan ON DELETE CASCADE,
    author text NOT NULL,
    at timestamptz NOT NULL DEFAULT clock_timestamp(),
    body text NOT NULL,
    anchor jsonb NOT NULL,
    revision integer NOT NULL,
    resolved_by text,
    resolved_at timestamptz,
    CHECK ((resolved_by IS NULL) = (resolved_at IS NULL))
  )`,
  `CREATE INDEX plan_comment_of_plan ON plan_comment (plan_id, id)`,

  /* ------------------------------------------------------------------- calendar */
  `CREATE TABLE shift_timetable (
    bureau_id integer NOT NULL REFERENCES bureau,
    starts_at timestamptz NOT NULL,
    windows jsonb NOT NULL,
    set_by text NOT NULL,
    PRIMARY KEY (bureau_id, starts_at)
  )`,
  `CREATE TABLE duty_period (
    id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    bureau_id integer NOT NULL REFERENCES bureau,
    level smallint NOT NULL CHECK (level BETWEEN 1 AND 3),
    period tstzrange NOT NULL CHECK (NOT isempty(period)),
    set_by text NOT NULL,
    CONSTRAINT one_duty_level EXCLUDE USING gist (int4range(bureau_id, bureau_id, '[]') WITH &&, period WITH &&)
  )`,
  /* What took effect last. The clock that finds another plan in the calendar moves the units, once; the beat of
     an open incident is read through this row. */
  `CREATE TABLE plan_in_force (
    bureau_id integer PRIMARY KEY REFERENCES bureau,
    plan_id integer REFERENCES plan,
    since timestamptz NOT NULL
  )`,
  `INSERT INTO plan_in_force (bureau_id, plan_id, since)
    SELECT bureau_id, id, lower(effective) FROM plan WHERE state = 'published' AND effective @> now()`,
];
