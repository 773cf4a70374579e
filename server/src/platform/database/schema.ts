import type { ColumnType, Generated } from 'kysely';

/** Instants go in as Date or ISO text and come out as Date. */
type Instant = ColumnType<Date, Date | string, Date | string>;
type NullableInstant = ColumnType<Date | null, Date | string | null | undefined, Date | string | null>;
type GeneratedInstant = ColumnType<Date, Date | string | undefined, Date | string>;
/** bigint columns are read as number (the driver is told to): ids and counts stay far below 2^53. Cells are the exception, see Cell. */
type Big = ColumnType<number, number, number>;
type GeneratedBig = ColumnType<number, number | undefined, number>;
/** H3 index as a signed 64-bit integer, in decimal text towards the driver. */
type Cell = ColumnType<bigint, bigint | string, bigint | string>;
/** jsonb goes in and comes out as an object; the driver serialises it (text would be encoded twice). */
type Json<T extends object> = ColumnType<T, T, T>;
type OptionalJson<T extends object> = ColumnType<T, T | undefined, T>;
type NullableJson<T extends object> = ColumnType<T | null, T | null | undefined, T | null>;

export interface Database {
  bureau: {
    id: Generated<number>;
    slug: string;
    code: string;
    name_zh: string;
    name_en: string;
    time_zone: string;
    centre_lon: number;
    centre_lat: number;
    west: number;
    south: number;
    east: number;
    north: number;
    boundary: Json<{ type: 'Polygon' | 'MultiPolygon'; coordinates: unknown[] }>;
    demonstration: Generated<boolean>;
    simulated: Generated<boolean>;
    default_resolution: Generated<number>;
    atom_resolution: Generated<number>;
    ingest_margin_meters: Generated<number>;
    position_settings: OptionalJson<object>;
    night_from_hour: Generated<number>;
    night_to_hour: Generated<number>;
    attribution: Generated<string>;
    data_revision: GeneratedBig;
    roster_revision: GeneratedBig;
    created_at: GeneratedInstant;
  };
  incident_category: {
    bureau_id: number;
    id: number;
    parent_id: number | null;
    name_zh: string;
    name_en: string;
    priority: number;
  };
  place: {
    id: GeneratedBig;
    bureau_id: number;
    kind: string;
    name_zh: string;
    name_en: string;
    lon: number;
    lat: number;
    tier: number | null;
  };
  reference_area_set: {
    id: Generated<number>;
    bureau_id: number;
    slug: string;
    name_zh: string;
    name_en: string;
    attribution: string;
    feature_count: number;
    features: Json<{ type: 'FeatureCollection'; features: unknown[] }>;
  };
  account: {
    id: Generated<number>;
    username: string;
    display_name: string;
    password_hash: string;
    password_changed_at: GeneratedInstant;
    disabled: Generated<boolean>;
    failed_sign_ins: Generated<number>;
    locked_until: NullableInstant;
    created_at: GeneratedInstant;
  };
  account_role: { account_id: number; bureau_id: number | null; role: string };
  session: {
    token_hash: Buffer;
    account_id: number;
    csrf_token: string;
    created_at: GeneratedInstant;
    last_seen_at: GeneratedInstant;
    expires_at: Instant;
    address: string | null;
    user_agent: string | null;
  };
  api_key: {
    id: Generated<number>;
    bureau_id: number;
    name: string;
    key_hash: Buffer;
    scopes: string[];
    created_by: number | null;
    created_at: GeneratedInstant;
    last_used_at: NullableInstant;
    revoked_at: NullableInstant;
  };
  audit_entry: {
    id: GeneratedBig;
    at: GeneratedInstant;
    bureau_id: number | null;
    actor: string;
    action: string;
    subject: Generated<string>;
    detail: OptionalJson<Record<string, unknown>>;
    address: string | null;
  };
  plan: {
    id: Generated<number>;
    bureau_id: number;
    name: string;
    version: number;
    state: ColumnType<PlanState, PlanState | undefined, PlanState>;
    resolution: number;
    basis: Json<Record<string, unknown>>;
    /** tstzrange in its text form; repositories read its bounds with lower() and upper(). */
    effective: ColumnType<string | null, string | null | undefined, string | null>;
    /** Chosen at publication: the shift and the duty level (null: every one) it is in force for. */
    shift: ColumnType<PlanShift, PlanShift | undefined, PlanShift>;
    duty_level: number | null;
    based_on_plan: number | null;
    submitted_by: string | null;
    approved_by: string | null;
    review_note: string | null;
    created_by: string;
    created_at: GeneratedInstant;
  };
  plan_draft: {
    plan_id: number;
    revision: Generated<number>;
    /** The revision that plan_zone, plan_beat and plan_atom show. */
    drawn_revision: Generated<number>;
    /** Of the cells in their order; atoms are numbered by it. */
    atom_digest: string;
    /** 16-bit little-endian, a beat's key per atom. */
    beat_of_atom: Buffer;
    locked_atoms: Buffer;
    beats: Json<object[]>;
    zones: Json<object[]>;
  };
  draft_edit: {
    plan_id: number;
    revision: number;
    edit_id: string;
    author: string;
    at: GeneratedInstant;
    tool: string;
    paint: NullableJson<object>;
    operations: Json<object[]>;
    undo_of: number | null;
    overridden: Json<object[]>;
  };
  /** How far the strokes of an author are summarised in the audit. */
  draft_author: { plan_id: number; author: string; audited_revision: number };
  plan_comment: {
    id: Generated<number>;
    plan_id: number;
    author: string;
    at: GeneratedInstant;
    body: string;
    anchor: Json<object>;
    revision: number;
    resolved_by: string | null;
    resolved_at: NullableInstant;
  };
  shift_timetable: { bureau_id: number; starts_at: Instant; windows: Json<object[]>; set_by: string };
  duty_period: {
    id: Generated<number>;
    bureau_id: number;
    level: number;
    /** tstzrange in its text form. */
    period: string;
    set_by: string;
  };
  /** What the consoles were told last; the plan clock compares it with the calendar. */
  plan_in_force: { bureau_id: number; plan_id: number | null; since: Instant };
  plan_zone: {
    plan_id: number;
    number: number;
    name_zh: string;
    name_en: string;
    colour: number;
    label_lon: number;
    label_lat: number;
    boundary: Json<{ type: string; coordinates: unknown[] }>;
    figures: Json<Record<string, number>>;
  };
  plan_beat: {
    id: Generated<number>;
    plan_id: number;
    number: number;
    zone_number: number;
    name_zh: string;
    name_en: string;
    colour: number;
    label_lon: number;
    label_lat: number;
    boundary: Json<{ type: string; coordinates: unknown[] }>;
    figures: Json<Record<string, number>>;
  };
  plan_atom: { plan_id: number; cell: Cell; beat_number: number };
  incident_source: { id: Generated<number>; bureau_id: number; name: string };
  import: {
    id: GeneratedBig;
    bureau_id: number;
    file_name: string;
    spool_name: string;
    state: ColumnType<ImportState, ImportState | undefined, ImportState>;
    mapping: NullableJson<Record<string, unknown>>;
    bytes_total: Big;
    rows_read: GeneratedBig;
    inserted: GeneratedBig;
    rejected: GeneratedBig;
    rejected_by_reason: OptionalJson<Record<string, number>>;
    error: string | null;
    started_by: string;
    created_at: GeneratedInstant;
    finished_at: NullableInstant;
  };
  import_rejection: {
    bureau_id: number;
    import_id: number;
    row_number: number;
    reason: string;
    field: string | null;
    raw: string;
  };
  incident: {
    id: GeneratedBig;
    bureau_id: number;
    source_id: number;
    source_key: string;
    occurred_at: Instant;
    received_at: Instant;
    lon: number;
    lat: number;
    cell: Cell;
    /** Under the plan of its time: what figures count by. */
    beat_id: number | null;
    called_category: number;
    confirmed_category: number | null;
    priority: number;
    state: number;
    state_since: Instant;
    self_initiated: Generated<boolean>;
    address: string | null;
    import_id: number | null;
  };
  incident_event: {
    id: GeneratedBig;
    incident_id: number;
    bureau_id: number;
    at: Instant;
    state: number;
    actor: string;
    note: string | null;
  };
  unit: {
    id: Generated<number>;
    bureau_id: number;
    call_sign: string;
    kind: string;
    force_layer: string;
    crew: Generated<number>;
    beat_number: number | null;
    simulated: Generated<boolean>;
    active: Generated<boolean>;
  };
  device: {
    id: Generated<number>;
    bureau_id: number;
    identifier: string;
    unit_id: number | null;
    key_hash: Buffer;
    previous_key_hash: Buffer | null;
    previous_key_until: NullableInstant;
    coordinate_system: Generated<string>;
    suspected_system: string | null;
    checks_speed: Generated<boolean>;
    mqtt_user: string | null;
    messages_per_minute: number | null;
    last_seen_at: NullableInstant;
    last_protocol: string | null;
    last_message: string | null;
    messages: GeneratedBig;
    accepted: GeneratedBig;
    refused: GeneratedBig;
    refused_by_reason: OptionalJson<Record<string, number>>;
    created_at: GeneratedInstant;
    revoked_at: NullableInstant;
    protocol: string | null;
    enrol_until: NullableInstant;
    enrol_terminal_id: string | null;
  };
  quarantined_fix: {
    id: GeneratedBig;
    bureau_id: number;
    device_id: number;
    unit_id: number | null;
    reason: string;
    received_at: Instant;
    fixed_at: NullableInstant;
    lon: number | null;
    lat: number | null;
    speed_kmh: number | null;
    heading_degrees: number | null;
    accuracy_meters: number | null;
    fits_system: string | null;
    protocol: string | null;
    raw: string | null;
  };
  terminal_window: { bureau_id: number; open_until: Instant };
  terminal_knock: {
    bureau_id: number;
    phone: string;
    terminal_id: string;
    manufacturer: string;
    model: string;
    address: string;
    first_at: Instant;
    last_at: Instant;
    times: number;
    state: Generated<string>;
  };
  track_point: {
    bureau_id: number;
    unit_id: number;
    device_id: number;
    fixed_at: Instant;
    received_at: Instant;
    lon: number;
    lat: number;
    speed_kmh: number | null;
    heading_degrees: number | null;
    accuracy_meters: number | null;
    status: number;
  };
  geofence: {
    bureau_id: number;
    id: Generated<number>;
    revision: Generated<number>;
    name_zh: string;
    name_en: string;
    kind: 'restricted' | 'keep_in' | 'watch';
    area: Json<{ type: 'Polygon' | 'MultiPolygon'; coordinates: unknown[] }>;
    unit_kinds: Json<string[]>;
    unit_ids: Json<number[]>;
    windows: Json<object[]>;
    margin_meters: number;
    confirm_seconds: number;
    changed_by: string;
    changed_at: Instant;
    removed_at: NullableInstant;
  };
  geofence_presence: { bureau_id: number; geofence_id: number; unit_id: number; since: Instant };
  geofence_event: {
    bureau_id: number;
    id: GeneratedBig;
    geofence_id: number;
    unit_id: number;
    crossing: 'enter' | 'exit';
    at: Instant;
    lon: number;
    lat: number;
  };
  alarm: {
    bureau_id: number;
    id: GeneratedBig;
    kind: 'sos' | 'restricted_entered' | 'keep_in_left';
    /** What may have one open alarm of the kind: `unit:7`, `device:7`, `unit:7 geofence:3`. */
    subject: string;
    state: 'raised' | 'acknowledged' | 'closed';
    unit_id: number | null;
    device_id: number | null;
    geofence_id: number | null;
    signalled_at: Instant;
    raised_at: Instant;
    lon: number | null;
    lat: number | null;
    place_at: NullableInstant;
    ended_at: NullableInstant;
    acknowledged_by: string | null;
    acknowledged_at: NullableInstant;
    closed_by: string | null;
    closed_at: NullableInstant;
    close_reason: 'handled' | 'mistaken' | 'drill' | 'faulty_device' | null;
    close_note: string | null;
  };
  track_archive: {
    day: ColumnType<string, string, string>;
    part: number;
    file: string;
    rows: Big;
    bytes: Big;
    min_fixed_at: Instant;
    max_fixed_at: Instant;
    content_sha256: string;
    file_sha256: string;
    archived_at: GeneratedInstant;
    restored_until: NullableInstant;
  };
  outbox_counter: { bureau_id: number; last_seq: Big };
  outbox_event: {
    bureau_id: number;
    seq: Big;
    at: GeneratedInstant;
    event: string;
    payload: Json<object>;
  };
  installation: {
    key: string;
    value: Json<Record<string, unknown>>;
    changed_at: GeneratedInstant;
  };
}

type PlanState = 'draft' | 'submitted' | 'approved' | 'published' | 'superseded' | 'withdrawn';
type PlanShift = 'all' | 'day' | 'night';
type ImportState = 'uploaded' | 'running' | 'done' | 'failed' | 'cancelled';
