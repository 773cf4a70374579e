import type { Alarm } from '@xunfang/geo-data/contract';
import type { AlarmRow } from './alarms.repository.ts';

export function alarmView(row: AlarmRow): Alarm {
  const text = (instant: Date | null) => instant?.toISOString() ?? null;
  return {
    id: row.id,
    kind: row.kind,
    state: row.state,
    unitId: row.unit_id,
    callSign: row.call_sign,
    geofence:
      row.geofence_id === null
        ? null
        : { id: row.geofence_id, name: { zh: row.fence_zh ?? '', en: row.fence_en ?? '' } },
    signalledAt: row.signalled_at.toISOString(),
    raisedAt: row.raised_at.toISOString(),
    place:
      row.lon === null || row.lat === null || row.place_at === null
        ? null
        : { lon: row.lon, lat: row.lat, at: row.place_at.toISOString() },
    endedAt: text(row.ended_at),
    acknowledgedBy: row.acknowledged_by,
    acknowledgedAt: text(row.acknowledged_at),
    closedBy: row.closed_by,
    closedAt: text(row.closed_at),
    closeReason: row.close_reason,
    closeNote: row.close_note,
  };
}
