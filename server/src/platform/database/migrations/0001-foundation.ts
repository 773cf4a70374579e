import { type Kysely, sql } from 'kysely';

/**
 * The foundation: who may do what, what happened, how the land is divided, where the units were.
 * Every row that belongs to a bureau carries `bureau_id`.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}

const STATEMENTS = [
  /* ---------------------------------------------------------------- bureaus */
  `CREATE TABLE bureau (
    id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    slug text NOT NULL UNIQUE,
    code text NOT NULL,
    name_zh text NOT NULL,
    name_en text NOT NULL,
    time_zone text NOT NULL,
    centre_lon double precision NOT NULL,
    centre_lat double precision NOT NULL,
    west double precision NOT NULL,
    south double precision NOT NULL,
    east double precision NOT NULL,
    north double precision NOT NULL,
    boundary jsonb NOT NULL,
    demonstration boolean NOT NULL DEFAULT false,
    simulated boolean NOT NULL DEFAULT false,
    default_resolution smallint NOT NULL DEFAULT 9,
    atom_resolution smallint NOT NULL DEFAULT 9,
    ingest_margin_meters integer NOT NULL DEFAULT 1000,
    night_from_hour smallint NOT NULL DEFAULT 20,
    night_to_hour smallint NOT NULL DEFAULT 6,
    attribution text NOT NULL DEFAULT '',
    data_revision bigint NOT NULL DEFAULT 0,
    roster_revision bigint NOT NULL DEFAULT 0,
    created_at timestamptz NOT NULL DEFAULT now()
  )`,
  `CREATE TABLE incident_category (
    bureau_id integer NOT NULL REFERENCES bureau,
    id smallint NOT NULL,
    parent_id smallint,
    name_zh text NOT NULL,
    name_en text NOT NULL,
    priority smallint NOT NULL CHECK (priority BETWEEN 1 AND 4),
    PRIMARY KEY (bureau_id, id),
    FOREIGN KEY (bureau_id, parent_id) REFERENCES incident_category
  )`,
  `CREATE TABLE place (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    bureau_id integer NOT NULL REFERENCES bureau,
    kind text NOT NULL,
    name_zh text NOT NULL,
    name_en text NOT NULL,
    lon double precision NOT NULL,
    lat double precision NOT NULL,
    tier smallint CHECK (tier BETWEEN 1 AND 3)
  )`,
  `CREATE INDEX place_of_bureau ON place (bureau_id, kind)`,
  `CREATE TABLE reference_area_set (
    id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    bureau_id integer NOT NULL REFERENCES bureau,
    slug text NOT NULL,
    name_zh text NOT NULL,
    name_en text NOT NULL,
    attribution text NOT NULL,
    feature_count integer NOT NULL,
    features jsonb NOT NULL,
    UNIQUE (bureau_id, slug)
  )`,

  /* ------------------------------------------------------ accounts and keys */
  `CREATE TABLE account (
    id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    username text NOT NULL UNIQUE,
    display_name text NOT NULL,
    password_hash text NOT NULL,
    password_changed_at timestamptz NOT NULL DEFAULT now(),
    disabled boolean NOT NULL DEFAULT false,
    failed_sign_ins integer NOT NULL DEFAULT 0,
    locked_until timestamptz,
    created_at timestamptz NOT NULL DEFAULT now()
  )`,
  `CREATE TABLE account_role (
    account_id integer NOT NULL REFERENCES account ON DELETE CASCADE,
    bureau_id integer REFERENCES bureau,
    role text NOT NULL CHECK (role IN ('dispatcher', 'supervisor', 'analyst', 'admin', 'auditor', 'display'))
  )`,
  `CREATE UNIQUE INDEX account_role_once ON account_role (account_id, coalesce(bureau_id, 0), role)`,
  `CREATE TABLE session (
    token_hash bytea PRIMARY KEY,
    account_id integer NOT NULL REFERENCES account ON DELETE CASCADE,
    csrf_token text NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    last_seen_at timestamptz NOT NULL DEFAULT now(),
    expires_at timestamptz NOT NULL,
    address text,
    user_agent text
  )`,
  `CREATE INDEX session_of_account ON session (account_id, created_at)`,
  `CREATE TABLE api_key (
    id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    bureau_id integer NOT NULL REFERENCES bureau,
    name text NOT NULL,
    key_hash bytea NOT NULL UNIQUE,
    scopes text[] NOT NULL,
    created_by integer REFERENCES account,
    created_at timestamptz NOT NULL DEFAULT now(),
    last_used_at timestamptz,
    revoked_at timestamptz
  )`,

  /* ------------------------------------------------------------------ audit */
  `CREATE TABLE audit_entry (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    at timestamptz NOT NULL DEFAULT clock_timestamp(),
    bureau_id integer REFERENCES bureau,
    actor text NOT NULL,
    action text NOT NULL,
    subject text NOT NULL DEFAULT '',
    detail jsonb NOT NULL DEFAULT '{}',
    address text
  )`,
  `CREATE INDEX audit_entry_of_bureau ON audit_entry (bureau_id, id DESC)`,
  `CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege'; END $$`,
  `CREATE TRIGGER audit_entry_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_entry
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()`,

  /* ------------------------------------------------------------------ plans */
  `CREATE TABLE plan (
    id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    bureau_id integer NOT NULL REFERENCES bureau,
    name text NOT NULL,
    version integer NOT NULL,
    state text NOT NULL DEFAULT 'draft' CHECK (state IN ('draft', 'published', 'withdrawn')),
    resolution smallint NOT NULL,
    basis jsonb NOT NULL,
    effective tstzrange,
    created_by text NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    UNIQUE (bureau_id, version),
    CHECK ((state = 'published') = (effective IS NOT NULL) OR state = 'withdrawn'),
    /* At most one plan of a bureau is in force at any instant. A range of one integer stands in for equality. */
    CONSTRAINT one_plan_in_force EXCLUDE USING gist
      (int4range(bureau_id, bureau_id, '[]') WITH &&, effective WITH &&) WHERE (state = 'published')
  )`,
  `CREATE TABLE plan_zone (
    plan_id integer NOT NULL REFERENCES plan ON DELETE CASCADE,
    number smallint NOT NULL,
    name_zh text NOT NULL,
    name_en text NOT NULL,
    colour smallint NOT NULL,
    label_lon double precision NOT NULL,
    label_lat double precision NOT NULL,
    boundary jsonb NOT NULL,
    figures jsonb NOT NULL,
    PRIMARY KEY (plan_id, number)
  )`,
  `CREATE TABLE plan_beat (
    id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    plan_id integer NOT NULL REFERENCES plan ON DELETE CASCADE,
    number smallint NOT NULL,
    zone_number smallint NOT NULL,
    name_zh text NOT NULL,
    name_en text NOT NULL,
    colour smallint NOT NULL,
    label_lon double precision NOT NULL,
    label_lat double precision NOT NULL,
    boundary jsonb NOT NULL,
    figures jsonb NOT NULL,
    UNIQUE (plan_id, number),
    FOREIGN KEY (plan_id, zone_number) REFERENCES plan_zone
  )`,
  `CREATE TABLE plan_atom (
    plan_id integer NOT NULL REFERENCES plan ON DELETE CASCADE,
    cell bigint NOT NULL,
    beat_number smallint NOT NULL,
    PRIMARY KEY (plan_id, cell)
  )`,
  /* The ancestor of an H3 cell at a coarser resolution: set the resolution, fill the finer digits with ones. */
  `CREATE FUNCTION h3_parent(cell bigint, resolution integer) RETURNS bigint LANGUAGE sql IMMUTABLE PARALLEL SAFE AS
    $$ SELECT (cell & ~(15::bigint << 52)) | (resolution::bigint << 52) | ((1::bigint << (3 * (15 - resolution))) - 1) $$`,

  /* -------------------------------------------------------------- incidents */
  `CREATE TABLE incident_source (
    id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    bureau_id integer NOT NULL REFERENCES bureau,
    name text NOT NULL,
    UNIQUE (bureau_id, name)
  )`,
  `CREATE TABLE import (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    bureau_id integer NOT NULL REFERENCES bureau,
    file_name text NOT NULL,
    spool_name text NOT NULL,
    state text NOT NULL DEFAULT 'uploaded' CHECK (state IN ('uploaded', 'running', 'done', 'failed', 'cancelled')),
    mapping jsonb,
    bytes_total bigint NOT NULL,
    rows_read bigint NOT NULL DEFAULT 0,
    inserted bigint NOT NULL DEFAULT 0,
    rejected bigint NOT NULL DEFAULT 0,
    rejected_by_reason jsonb NOT NULL DEFAULT '{}',
    error text,
    started_by text NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    finished_at timestamptz
  )`,
  `CREATE INDEX import_of_bureau ON import (bureau_id, id DESC)`,
  /* One import of a bureau at a time. */
  `CREATE UNIQUE INDEX import_running_once ON import (bureau_id) WHERE state = 'running'`,
  `CREATE TABLE import_rejection (
    import_id bigint NOT NULL REFERENCES import ON DELETE CASCADE,
    row_number bigint NOT NULL,
    reason text NOT NULL,
    field text,
    raw text NOT NULL
  )`,
  `CREATE INDEX import_rejection_of_import ON import_rejection (import_id, row_number)`,
  /*
   * Without foreign keys to bureau and source: checking both took 8 of the 17 CPU seconds of a million-row import. Bureaus and
   * sources are never deleted, and the one repository that writes incidents reads the source's id in the same transaction.
   */
  `CREATE TABLE incident (
    id bigint GENERATED ALWAYS AS IDENTITY,
    bureau_id integer NOT NULL,
    source_id integer NOT NULL,
    source_key text NOT NULL,
    occurred_at timestamptz NOT NULL,
    received_at timestamptz NOT NULL,
    lon double precision NOT NULL,
    lat double precision NOT NULL,
    /* H3 index at resolution 11 as a signed 64-bit integer. */
    cell bigint NOT NULL,
    beat_id integer,
    called_category smallint NOT NULL,
    confirmed_category smallint,
    priority smallint NOT NULL,
    /* Codes of geo-data/incidents/incident-state. */
    state smallint NOT NULL,
    state_since timestamptz NOT NULL,
    self_initiated boolean NOT NULL DEFAULT false,
    address text,
    import_id bigint,
    PRIMARY KEY (id)
  )`,
  `CREATE UNIQUE INDEX incident_once ON incident (source_id, source_key)`,
  `CREATE INDEX incident_by_time ON incident (bureau_id, occurred_at)`,
  /* Open: anything that is not closed, cancelled, merged, transferred or invalid (codes 8 and above but `returned`, 9). */
  `CREATE INDEX incident_open ON incident (bureau_id, received_at) WHERE state < 8 OR state = 9`,
  `CREATE TABLE incident_event (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    incident_id bigint NOT NULL REFERENCES incident,
    bureau_id integer NOT NULL,
    at timestamptz NOT NULL,
    state smallint NOT NULL,
    actor text NOT NULL,
    note text
  )`,
  `CREATE INDEX incident_event_of_incident ON incident_event (incident_id, id)`,
  `CREATE TRIGGER incident_event_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON incident_event
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()`,

  /* ------------------------------------------------------ units and devices */
  `CREATE TABLE unit (
    id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    bureau_id integer NOT NULL REFERENCES bureau,
    call_sign text NOT NULL,
    kind text NOT NULL,
    force_layer text NOT NULL,
    crew smallint NOT NULL DEFAULT 2,
    beat_number smallint,
    simulated boolean NOT NULL DEFAULT false,
    active boolean NOT NULL DEFAULT true,
    UNIQUE (bureau_id, call_sign)
  )`,
  `CREATE TABLE device (
    id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    bureau_id integer NOT NULL REFERENCES bureau,
    identifier text NOT NULL,
    unit_id integer REFERENCES unit,
    key_hash bytea NOT NULL UNIQUE,
    last_seen_at timestamptz,
    accepted bigint NOT NULL DEFAULT 0,
    refused bigint NOT NULL DEFAULT 0,
    created_at timestamptz NOT NULL DEFAULT now(),
    revoked_at timestamptz,
    UNIQUE (bureau_id, identifier)
  )`,
  /* Partitioned by day; the track writer makes each day's partition before it is needed. */
  `CREATE TABLE track_point (
    bureau_id integer NOT NULL,
    unit_id integer NOT NULL,
    device_id integer NOT NULL,
    fixed_at timestamptz NOT NULL,
    received_at timestamptz NOT NULL,
    lon double precision NOT NULL,
    lat double precision NOT NULL,
    speed_kmh real,
    heading_degrees real,
    accuracy_meters real,
    status smallint NOT NULL
  ) PARTITION BY RANGE (fixed_at)`,
  `CREATE INDEX track_point_of_unit ON track_point (unit_id, fixed_at)`,
  /* Small facts of the installation: which data sets were seeded, which version made the database. */
  `CREATE TABLE installation (key text PRIMARY KEY, value jsonb NOT NULL, changed_at timestamptz NOT NULL DEFAULT now())`,
];
