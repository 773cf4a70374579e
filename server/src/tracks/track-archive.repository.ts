import { once } from 'node:events';
import type { Writable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { sql as kyselySql, type Selectable } from 'kysely';
import type { Database, Db, Sql } from '../platform/index.ts';
import { ensureTrackDay, partitionOf, TRACK_COLUMNS } from '../units/index.ts';
import { type ArchiveContent, readArchive } from './archive-file.ts';

export type ArchiveRow = Selectable<Database['track_archive']>;

/** What the database says of a day, to hold against what the file says. */
export type DayStatistics = Pick<ArchiveContent, 'rows' | 'minFixedAt' | 'maxFixedAt'>;

/** A restored day stays that long, then it is archived anew. */
export const RESTORED_DAYS = 14;

const PREFIX = 'track_point_';
/** Who cannot have the table soon leaves it to those who write into it, and comes back an hour later. */
const DROP_LOCK_TIMEOUT = '5s';

export const trackArchiveRepository = {
  /** UTC days that have a partition, oldest first. */
  async onlineDays(db: Db): Promise<string[]> {
    const { rows } = await kyselySql<{ name: string }>`
      SELECT c.relname AS name FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
      WHERE i.inhparent = 'track_point'::regclass ORDER BY c.relname`.execute(db);
    return rows
      .map(({ name }) => name.slice(PREFIX.length))
      .filter((digits) => /^\d{8}$/.test(digits))
      .map((digits) => `${digits.slice(0, 4)}-${digits.slice(4, 6)}-${digits.slice(6)}`);
  },

  /** As the database last counted, and what it takes on the disk. */
  async onlineSize(db: Db): Promise<{ rows: number; bytes: number }> {
    const { rows } = await kyselySql<{ rows: number; bytes: number }>`
      SELECT coalesce(sum(greatest(c.reltuples, 0)), 0)::int8 AS rows,
        coalesce(sum(pg_total_relation_size(c.oid)), 0)::int8 AS bytes
      FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
      WHERE i.inhparent = 'track_point'::regclass`.execute(db);
    return rows[0];
  },

  all: (db: Db): Promise<ArchiveRow[]> =>
    db.selectFrom('track_archive').selectAll().orderBy('day', 'desc').orderBy('part', 'desc').execute(),

  ofDay: (db: Db, day: string): Promise<ArchiveRow[]> =>
    db.selectFrom('track_archive').selectAll().where('day', '=', day).orderBy('part').execute(),

  /** The archived day leaves the database: its rows are counted once more under a lock, so that none that came in meanwhile is lost. */
  async dropArchivedDay(trx: Db, day: string, expected: DayStatistics): Promise<boolean> {
    const partition = kyselySql.id(partitionOf(day));
    await kyselySql`SELECT set_config('lock_timeout', ${DROP_LOCK_TIMEOUT}, true)`.execute(trx);
    await kyselySql`LOCK TABLE ${partition} IN SHARE MODE`.execute(trx);
    const { rows } = await kyselySql<{ rows: number }>`SELECT count(*) AS rows FROM ${partition}`.execute(trx);
    if (rows[0].rows !== expected.rows) return false;
    await kyselySql`DROP TABLE ${partition}`.execute(trx);
    return true;
  },

  /** An empty partition needs no file. */
  async dropEmptyDay(trx: Db, day: string): Promise<void> {
    await this.dropArchivedDay(trx, day, { rows: 0, minFixedAt: '', maxFixedAt: '' });
  },

  async add(trx: Db, row: Omit<ArchiveRow, 'archived_at' | 'restored_until'>): Promise<void> {
    await trx.insertInto('track_archive').values(row).execute();
  },

  async remove(trx: Db, day: string, parts: readonly number[]): Promise<void> {
    if (parts.length === 0) return;
    await trx.deleteFrom('track_archive').where('day', '=', day).where('part', 'in', parts).execute();
  },
};

/**
 * Writes a day's fixes as CSV into `target`, by bureau, unit and time, in one snapshot of the database; tells what the database
 * says of them. A unit's day is in memory at a time: reading a COPY more slowly than it comes would leave the connection deaf.
 */
export function exportDay(pool: Sql, day: string, target: Writable): Promise<DayStatistics> {
  const partition = partitionOf(day);
  return pool.begin('ISOLATION LEVEL REPEATABLE READ READ ONLY', async (transaction) => {
    const [statistics] = await transaction<DayStatistics[]>`
      SELECT count(*) AS rows, coalesce(min(fixed_at)::text, '') AS "minFixedAt", coalesce(max(fixed_at)::text, '') AS "maxFixedAt"
      FROM ${transaction(partition)}`;
    const owners = await transaction<{ bureauId: number; unitId: number }[]>`
      SELECT DISTINCT bureau_id AS "bureauId", unit_id AS "unitId" FROM ${transaction(partition)} ORDER BY 1, 2`;
    await writeTo(target, Buffer.from(`${TRACK_COLUMNS.join(',')}\n`));
    for (const { bureauId, unitId } of owners) {
      const copy = await transaction
        .unsafe(
          `COPY (SELECT ${TRACK_COLUMNS.join(', ')} FROM ${partition} WHERE bureau_id = ${bureauId} AND unit_id = ${unitId}
             ORDER BY fixed_at, device_id, received_at, lon, lat, status) TO STDOUT (FORMAT csv)`,
        )
        .readable();
      const chunks: Buffer[] = [];
      copy.on('data', (chunk: Buffer) => chunks.push(chunk));
      await once(copy, 'end');
      for (const chunk of chunks) await writeTo(target, chunk);
    }
    return statistics;
  });
}

/** Waits while the target has enough; a target that failed is told of here, and never waited for. */
export async function writeTo(target: Writable, chunk: Buffer): Promise<void> {
  if (target.destroyed) throw target.errored ?? new Error('What was written to is closed.');
  if (!target.write(chunk)) await once(target, 'drain');
}

export interface RestoreOrder {
  day: string;
  part: number;
  path: string;
  restoredUntil: string;
  /** What must come out of the file while it is read in. */
  contentSha256: string;
  rows: number;
  actor: string;
  address: string | null;
}

/** Brings a verified file's rows back, with the note in the table and the entry in the audit: all of it or nothing. */
export async function restoreDay(pool: Sql, order: RestoreOrder): Promise<void> {
  const partition = partitionOf(order.day);
  // A transaction of its own: making a partition locks the table that the track writer writes into.
  await ensureTrackDay(pool, order.day);
  await pool.begin(async (transaction) => {
    const count = async () =>
      (await transaction`SELECT count(*) AS rows FROM ${transaction(partition)}`)[0].rows as number;
    const before = await count();
    const copy = await transaction
      .unsafe(`COPY ${partition} (${TRACK_COLUMNS.join(', ')}) FROM STDIN (FORMAT csv, HEADER true)`)
      .writable();
    const stored = finished(copy);
    // Whoever waits for it below hears of it; until then it is nobody's.
    stored.catch(() => {});
    let read: ArchiveContent;
    try {
      read = await readArchive(order.path, (csv) => writeTo(copy, csv));
    } catch (cause) {
      // In the middle of a COPY the connection could not even roll back.
      copy.destroy(cause as Error);
      throw cause;
    }
    copy.end();
    await stored;
    if (read.contentSha256 !== order.contentSha256 || (await count()) !== before + order.rows)
      throw new Error(`The archive of ${order.day} changed while it was read.`);
    const restored = await transaction`
      UPDATE track_archive SET restored_until = ${order.restoredUntil}
      WHERE day = ${order.day} AND part = ${order.part} AND restored_until IS NULL`;
    if (restored.count !== 1) throw new Error(`The archive of ${order.day} was restored meanwhile.`);
    const detail = { rows: order.rows, restoredUntil: order.restoredUntil };
    await transaction`
      INSERT INTO audit_entry (bureau_id, actor, action, subject, detail, address)
      VALUES (NULL, ${order.actor}, 'tracks.restored', ${`track_archive:${order.day}.${order.part}`},
        ${transaction.json(detail)}, ${order.address})`;
  });
}
