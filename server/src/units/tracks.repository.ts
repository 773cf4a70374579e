import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { sql as kyselySql } from 'kysely';
import type { Db, Sql } from '../platform/index.ts';
import { TRACK_COLUMNS } from './track-chunk.ts';
import { ensureTrackDay } from './track-partition.ts';

const DAY_MS = 86_400_000;
/** A unit silent for longer starts without a place. */
const RESTORE_DAYS = 7;

export interface LastPoint {
  unitId: number;
  bureauId: number;
  fixedAtMs: number;
  lon: number;
  lat: number;
  speedKmh: number | null;
  headingDegrees: number | null;
  accuracyMeters: number | null;
  status: number;
}

export interface TracksRepository {
  /** Makes the partitions of these UTC days (whole days since the epoch) unless they are there. */
  ensureDays(days: Iterable<number>): Promise<void>;
  /** Sends rows in the binary COPY format; all or none of them are stored. */
  copy(bytes: Buffer): Promise<void>;
  lastPoints(): Promise<LastPoint[]>;
}

export function tracksRepository(db: Db, sql: Sql): TracksRepository {
  return {
    async ensureDays(days) {
      for (const day of days) await ensureTrackDay(sql, new Date(day * DAY_MS).toISOString().slice(0, 10));
    },
    async copy(bytes) {
      const columns = TRACK_COLUMNS.join(', ');
      const target = await sql.unsafe(`COPY track_point (${columns}) FROM STDIN (FORMAT binary)`).writable();
      await pipeline(Readable.from([bytes]), target);
    },
    async lastPoints() {
      // One index look-up per unit; the lateral limit lets the planner walk the day partitions newest first.
      const { rows } = await kyselySql<LastPoint>`
        SELECT p.*
        FROM unit u
        CROSS JOIN LATERAL (
          SELECT t.unit_id AS "unitId", t.bureau_id AS "bureauId", (extract(epoch FROM t.fixed_at) * 1000)::float8 AS "fixedAtMs",
            t.lon, t.lat, t.speed_kmh AS "speedKmh", t.heading_degrees AS "headingDegrees",
            t.accuracy_meters AS "accuracyMeters", t.status
          FROM track_point t
          WHERE t.bureau_id = u.bureau_id AND t.unit_id = u.id AND t.fixed_at > now() - ${`${RESTORE_DAYS} days`}::interval
          ORDER BY t.fixed_at DESC
          LIMIT 1
        ) p
        WHERE u.active`.execute(db);
      return rows;
    },
  };
}
