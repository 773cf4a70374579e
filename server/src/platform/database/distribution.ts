import type { Database } from './schema.ts';

/**
 * Where a table's rows live when PostgreSQL is a Citus cluster (docs/scale-out.md). `distributed`: by `bureau_id`, with the other tables of
 * the bureau; every unique index holds `bureau_id`, and no request asks it for more than the caller's bureaus. `reference`: a copy on every
 * machine, because distributed tables are joined with it or refer to it. `local`: on the coordinator.
 */
export const TABLE_DISTRIBUTION: Record<keyof Database, 'distributed' | 'reference' | 'local'> = {
  // Grow with what happens.
  incident: 'distributed',
  incident_event: 'distributed',
  import_rejection: 'distributed',
  track_point: 'distributed',
  quarantined_fix: 'distributed',
  outbox_counter: 'distributed',
  outbox_event: 'distributed',
  geofence_event: 'distributed',
  // Grow with the organisation, and stand beside the ones above in joins and foreign keys.
  bureau: 'reference',
  incident_category: 'reference',
  incident_source: 'reference',
  import: 'reference',
  plan: 'reference',
  plan_zone: 'reference',
  plan_beat: 'reference',
  plan_atom: 'reference',
  plan_in_force: 'reference',
  unit: 'reference',
  geofence: 'reference',
  geofence_presence: 'reference',
  // Unique over all bureaus (names, keys, sessions), or never joined with what is distributed.
  account: 'local',
  account_role: 'local',
  session: 'local',
  api_key: 'local',
  device: 'local',
  alarm: 'local',
  plan_draft: 'local',
  draft_edit: 'local',
  draft_author: 'local',
  plan_comment: 'local',
  shift_timetable: 'local',
  duty_period: 'local',
  terminal_window: 'local',
  terminal_knock: 'local',
  place: 'local',
  reference_area_set: 'local',
  installation: 'local',
  track_archive: 'local',
  // Some of its entries belong to no bureau.
  audit_entry: 'local',
};
