import type { Trail } from '@xunfang/geo-data/contract';
import { sql as kyselySql } from 'kysely';
import type { Db, Sql } from '../platform/index.ts';
import { readFloat4Array, readFloat8Array } from './read-array.ts';

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
}

/** Fixes of one unit in order of time, as columns. */
export interface UnitRows {
  unitId: number;
  seconds: Float64Array;
  lon: Float64Array;
  lat: Float64Array;
  speedKmh: Float32Array;
  accuracyMeters: Float32Array;
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

/**
 * Fixes of a bureau's units in a period, by unit and then in order of time; units without any are left out. One row a unit comes from the
 * database, its columns packed: a row a fix costs more to take apart than to find.
 */
export function readTrackRows(pool: Sql, range: BlockRange): Promise<UnitRows[]> {
  const { bureauId, unitIds, fromSeconds, toSeconds, stepSeconds } = range;
  return pool.begin('READ ONLY', async (transaction) => {
    // With more of it the planner sorts everything at once, on disk in the end; so it sorts each unit's fixes as the index gives them (decision 12).
    await transaction`SET LOCAL work_mem = '16MB'`;
    const units = await transaction<Record<keyof UnitRows, Buffer>[]>`
      SELECT unit_id AS "unitId",
        array_send(array_agg(date_part('epoch', fixed_at))) AS seconds,
        array_send(array_agg(lon)) AS lon,
        array_send(array_agg(lat)) AS lat,
        array_send(array_agg(coalesce(speed_kmh, 'NaN'))) AS "speedKmh",
        array_send(array_agg(coalesce(accuracy_meters, 'NaN'))) AS "accuracyMeters"
      FROM (
        SELECT DISTINCT ON (unit_id, step) *
        FROM (
          SELECT unit_id, fixed_at, lon, lat, speed_kmh, accuracy_meters,
            date_bin(make_interval(secs => ${stepSeconds}), fixed_at, 'epoch') AS step
          FROM track_point
          WHERE unit_id = ANY(${[...unitIds]}) AND bureau_id = ${bureauId}
            AND fixed_at >= ${new Date(fromSeconds * 1000)} AND fixed_at < ${new Date(toSeconds * 1000)}
        ) fixes
        ORDER BY unit_id, step, fixed_at
      ) thinned
      GROUP BY unit_id ORDER BY unit_id`;
    return units.map((unit) => rowsOf(unit));
  });
}

function rowsOf(unit: Record<keyof UnitRows, Buffer>): UnitRows {
  const seconds = readFloat8Array(unit.seconds);
  // Aggregates take their rows as the sorted query beneath gives them; should a planner ever do otherwise, it is seen here.
  for (let row = 1; row < seconds.length; row++)
    if (seconds[row] < seconds[row - 1])
      throw new Error(`The fixes of unit ${Number(unit.unitId)} are not in order of time.`);
  return {
    unitId: Number(unit.unitId),
    seconds,
    lon: readFloat8Array(unit.lon),
    lat: readFloat8Array(unit.lat),
    speedKmh: readFloat4Array(unit.speedKmh),
    accuracyMeters: readFloat4Array(unit.accuracyMeters),
  };
}
