import type { Sql } from '../../platform/index.ts';
import { ensureTrackDay } from '../../units/index.ts';

/** One fix a row, with the odd nulls and fractions that devices send. */
export interface TrackRow {
  bureauId: number;
  unitId: number;
  atMs: number;
  lon: number;
  lat: number;
  speedKmh?: number | null;
}

/** Puts fixes into `track_point`, and makes the day partitions they need. */
export async function addTrackRows(sql: Sql, rows: readonly TrackRow[]): Promise<void> {
  for (const day of new Set(rows.map(({ atMs }) => new Date(atMs).toISOString().slice(0, 10))))
    await ensureTrackDay(sql, day);
  const values = rows.map((row) => ({
    bureau_id: row.bureauId,
    unit_id: row.unitId,
    device_id: 1,
    fixed_at: new Date(row.atMs),
    received_at: new Date(row.atMs + 250),
    lon: row.lon,
    lat: row.lat,
    speed_kmh: row.speedKmh ?? null,
    heading_degrees: null,
    accuracy_meters: 7.5,
    status: 1,
  }));
  for (let at = 0; at < values.length; at += 5000)
    await sql`INSERT INTO track_point ${sql(values.slice(at, at + 5000))}`;
}
