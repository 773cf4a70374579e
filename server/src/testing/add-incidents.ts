import { cellToBigInt, hexToHi, hexToLo } from '@xunfang/geo-data/geometry';
import { latLngToCell } from 'h3-js';
import type { Db } from '../platform/index.ts';

export interface TestIncident {
  key: string;
  at: Date;
  lon: number;
  lat: number;
  /** Code of geo-data's INCIDENT_STATES; closed unless told otherwise. */
  state?: number;
}

const CLOSED = 8;

/** Incidents as an import leaves them, without a beat; priorities in turn. */
export async function addIncidents(db: Db, bureauId: number, incidents: readonly TestIncident[]): Promise<void> {
  const source = await db
    .insertInto('incident_source')
    .values({ bureau_id: bureauId, name: `test ${incidents[0].key}` })
    .returning('id')
    .executeTakeFirstOrThrow();
  const rows = incidents.map(({ key, at, lon, lat, state = CLOSED }, row) => {
    const cell = latLngToCell(lat, lon, 11);
    return {
      bureau_id: bureauId,
      source_id: source.id,
      source_key: key,
      occurred_at: at,
      received_at: at,
      lon,
      lat,
      cell: cellToBigInt(hexToHi(cell), hexToLo(cell)),
      called_category: 1,
      priority: 1 + (row % 4),
      state,
      state_since: at,
    };
  });
  await db.insertInto('incident').values(rows).execute();
}
