import { once } from 'node:events';
import type { Trail } from '@xunfang/geo-data/contract';
import { sql as kyselySql } from 'kysely';
import type { Db, Sql } from '../platform/index.ts';
import { createTrackCopyReader, type TrackRows } from './track-copy-reader.ts';

export interface TrackedUnit {
  id: number;
  bureauId: number;
  callSign: string;
  kind: string;
  simulated: boolean;
}

export interface BlockRange {
  bureauId: number;
  unitIds: readonly number[];
  fromSeconds: number;
  toSeconds: number;
  /** One fix of a unit in so many seconds, the first. */
  stepSeconds: number;
  /** No more rows than this may come. */
  mostRows: number;
}

export function tracksRepository(db: Db) {
  const units = () =>
    db.selectFrom('unit').select(['id', 'bureau_id as bureauId', 'call_sign as callSign', 'kind', 'simulated']);
  return {
    unit: (unitId: number): Promise<TrackedUnit | undefined> => units().where('id', '=', unitId).executeTakeFirst(),

    /** Also those that left the roster: their tracks are still there. */
    unitsOfBureau: (bureauId: number): Promise<TrackedUnit[]> =>
      units().where('bureau_id', '=', bureauId).orderBy('id').execute(),

    /** Oldest first. The index (unit_id, fixed_at) of the days in question, nothing else. */
    async trail(bureauId: number, unitId: number, sinceMs: number): Promise<Trail> {
      const rows = await db
        .selectFrom('track_point')
        .select([
          'lon',
          'lat',
          kyselySql<number>`extract(epoch FROM fixed_at)::float8`.as('seconds'),
          'speed_kmh',
          'accuracy_meters',
        ])
        .where('bureau_id', '=', bureauId)
        .where('unit_id', '=', unitId)
        .where('fixed_at', '>=', new Date(sinceMs))
        .orderBy('fixed_at')
        .execute();
      return {
        unitId,
        points: rows.map(({ lon, lat, seconds }) => [lon, lat, seconds]),
        speedKmh: rows.map((row) => row.speed_kmh),
        accuracyMeters: rows.map((row) => row.accuracy_meters),
      };
    },

    /** UTC days of the period whose fixes lie in the archive. */
    async archivedDays(fromDay: string, toDay: string): Promise<string[]> {
      const rows = await db
        .selectFrom('track_archive')
        .select('day')
        .distinct()
        .where('day', '>=', fromDay)
        .where('day', '<=', toDay)
        .where('restored_until', 'is', null)
        .orderBy('day')
        .execute();
      return rows.map(({ day }) => day);
    },
  };
}

/** Fixes of a bureau's units in a period, by unit and then in order of time. COPY takes no parameters: all that goes in are numbers. */
export function readTrackRows(pool: Sql, range: BlockRange): Promise<TrackRows> {
  const { bureauId, unitIds, fromSeconds, toSeconds, stepSeconds, mostRows } = range;
  for (const value of [bureauId, ...unitIds, fromSeconds, toSeconds, stepSeconds])
    if (!Number.isSafeInteger(value)) throw new RangeError(`Expected whole numbers, got ${value}.`);
  const bucket = `date_bin('${stepSeconds} seconds', fixed_at, 'epoch')`;
  return pool.begin('READ ONLY', async (transaction) => {
    // Sorting on disk is what takes longest otherwise.
    await transaction.unsafe(`SET LOCAL work_mem = '64MB'`);
    const copy = await transaction
      .unsafe(`
      COPY (SELECT DISTINCT ON (unit_id, ${bucket}) unit_id, date_part('epoch', fixed_at), lon, lat,
              coalesce(speed_kmh, 'NaN')::float4, coalesce(accuracy_meters, 'NaN')::float4
            FROM track_point
            WHERE unit_id IN (${unitIds.join(', ')}) AND bureau_id = ${bureauId}
              AND fixed_at >= to_timestamp(${fromSeconds}) AND fixed_at < to_timestamp(${toSeconds})
            ORDER BY unit_id, ${bucket}, fixed_at) TO STDOUT (FORMAT binary)`)
      .readable();
    const reader = createTrackCopyReader(mostRows);
    // By `data` events, never by iteration: see hotspots.repository.ts.
    const ended = once(copy, 'end');
    copy.on('data', (chunk: Buffer) => {
      try {
        reader.push(chunk);
      } catch (error) {
        copy.destroy(error as Error);
      }
    });
    await ended;
    return reader.finish();
  });
}
