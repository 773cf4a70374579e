import type { Geofence, GeofenceEvent } from '@xunfang/geo-data/contract';
import type { EventRow, FenceRow, PresenceRow } from './geofences.repository.ts';

export function geofenceView(row: FenceRow, active: boolean, presence: readonly PresenceRow[]): Geofence {
  return {
    id: row.id,
    revision: row.revision,
    name: { zh: row.name_zh, en: row.name_en },
    kind: row.kind,
    area: row.area,
    unitKinds: row.unit_kinds as Geofence['unitKinds'],
    unitIds: row.unit_ids,
    windows: row.windows,
    marginMeters: row.margin_meters,
    confirmSeconds: row.confirm_seconds,
    active,
    inside: presence
      .filter(({ geofence_id: fenceId }) => fenceId === row.id)
      .map(({ unit_id: unitId, call_sign: callSign, since }) => ({ unitId, callSign, since: since.toISOString() })),
    changedBy: row.changed_by,
    changedAt: row.changed_at.toISOString(),
  };
}

export function geofenceEventView(row: EventRow): GeofenceEvent {
  return {
    id: row.id,
    geofenceId: row.geofence_id,
    name: { zh: row.name_zh, en: row.name_en },
    kind: row.kind,
    crossing: row.crossing,
    unitId: row.unit_id,
    callSign: row.call_sign,
    at: row.at.toISOString(),
    lon: row.lon,
    lat: row.lat,
  };
}
