import type { IncidentView } from '@xunfang/geo-data/contract';
import { INCIDENT_STATES } from '@xunfang/geo-data/incidents';
import type { IncidentRow } from './incidents.repository.ts';

export function incidentView(row: IncidentRow): IncidentView {
  return {
    id: row.id,
    source: row.source,
    sourceId: row.source_key,
    occurredAt: row.occurred_at.toISOString(),
    receivedAt: row.received_at.toISOString(),
    lon: row.lon,
    lat: row.lat,
    categoryId: row.category,
    priority: row.priority,
    state: INCIDENT_STATES[row.state],
    origin: row.self_initiated ? 'self_initiated' : 'public',
    address: row.address,
    beat: row.beat_zh === null || row.beat_en === null ? null : { zh: row.beat_zh, en: row.beat_en },
    stateSince: row.state_since.toISOString(),
  };
}
