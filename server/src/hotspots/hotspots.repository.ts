import { once } from 'node:events';
import { INCIDENT_STATES } from '@xunfang/geo-data/incidents';
import type { Db, Sql } from '../platform/index.ts';
import { createIncidentCopyReader, type LoadedIncidents } from './loaded-incidents.ts';

/** 有效警情: merged ones are counted with what they were merged into, invalid ones nowhere. */
export const NOT_COUNTED = [INCIDENT_STATES.indexOf('merged'), INCIDENT_STATES.indexOf('invalid')];

export function hotspotsRepository(db: Db) {
  return {
    bureau: (bureauId: number) =>
      db
        .selectFrom('bureau')
        .select(['boundary', 'time_zone', 'data_revision', 'demonstration'])
        .where('id', '=', bureauId)
        .executeTakeFirstOrThrow(),
  };
}

/** All counted incidents in order of time, with the revision they are of: both from one snapshot of the database. */
export function loadIncidents(pool: Sql, bureauId: number): Promise<LoadedIncidents> {
  return pool.begin('ISOLATION LEVEL REPEATABLE READ READ ONLY', async (transaction) => {
    const [{ data_revision }] = await transaction<{ data_revision: number }[]>`
      SELECT data_revision FROM bureau WHERE id = ${bureauId}`;
    const copy = await transaction
      .unsafe(`
      COPY (SELECT occurred_at, lon, lat, cell, coalesce(confirmed_category, called_category), self_initiated
            FROM incident WHERE bureau_id = ${bureauId} AND state NOT IN (${NOT_COUNTED.join(', ')})
            ORDER BY occurred_at, id) TO STDOUT (FORMAT binary)`)
      .readable();
    // By `data` events, never by iteration: a copy that ends while postgres.js holds its socket back for a slow reader leaves
    // the connection deaf, and the COMMIT would wait for ever. A listener takes every chunk at once.
    const reader = createIncidentCopyReader();
    const ended = once(copy, 'end');
    copy.on('data', (chunk: Buffer) => {
      try {
        reader.push(chunk);
      } catch (error) {
        copy.destroy(error as Error);
      }
    });
    await ended;
    return reader.finish(data_revision);
  });
}
