import { once } from 'node:events';
import type { RejectionReason, ReliableEvent } from '@xunfang/geo-data/contract';
import { INCIDENT_STATES } from '@xunfang/geo-data/incidents';
import type { Sql } from '../../platform/index.ts';
import { createCopyEncoder } from './copy-encoder.ts';
import type { ImportBatch } from './import-batch.ts';
import type { RowField } from './row-reader.ts';

export interface ImportTarget {
  importId: number;
  bureauId: number;
  sourceId: number;
}

export interface ImportOutcome {
  rowsRead: number;
  inserted: number;
  rejected: number;
  rejectedByReason: Record<string, number>;
  actor: string;
  address: string | null;
  fileName: string;
}

type Transaction = Parameters<Parameters<Sql['begin']>[1]>[0];

const CLOSED = INCIDENT_STATES.indexOf('closed');
const RECEIVED = INCIDENT_STATES.indexOf('received');
const STAGING_COLUMNS = 'row_number, source_key, occurred_at, lon, lat, cell, beat_id, category, priority, address';
const STAGING_FIELDS = 10;
const COPY_SLICE_BYTES = 1 << 18;

/**
 * Runs an import in one transaction on one connection: cancelled, broken or cut off, it leaves nothing behind. A connection
 * that is lost ends it at once, whatever it was waiting for.
 */
export function inImportTransaction<Result>(
  sql: Sql,
  target: ImportTarget,
  work: (repository: ImportTargetRepository) => Promise<Result>,
): Promise<Result> {
  return sql.begin((transaction) => work(importTargetRepository(transaction, target))) as Promise<Result>;
}

function importTargetRepository(sql: Transaction, target: ImportTarget) {
  const rows = createCopyEncoder(3 << 20);
  const rejections = createCopyEncoder(1 << 16);

  async function copy(statement: string, bytes: Buffer): Promise<void> {
    const stream = await sql.unsafe(statement).writable();
    // In slices: the driver copies what it is given.
    for (let from = 0; from < bytes.length; from += COPY_SLICE_BYTES)
      if (!stream.write(bytes.subarray(from, from + COPY_SLICE_BYTES))) await once(stream, 'drain');
    stream.end();
    await once(stream, 'finish');
  }

  return {
    async begin(): Promise<void> {
      await sql`SET LOCAL temp_buffers = '32MB'`;
      await sql`
        CREATE TEMPORARY TABLE import_staging (
          row_number bigint NOT NULL, source_key text NOT NULL, occurred_at timestamptz NOT NULL,
          lon float8 NOT NULL, lat float8 NOT NULL, cell bigint NOT NULL, beat_id integer,
          category smallint NOT NULL, priority smallint NOT NULL, address text
        ) ON COMMIT DROP`;
    },

    /** Returns the row numbers that were in the database already. The rows of a batch have different keys. */
    async insert(batch: ImportBatch): Promise<number[]> {
      if (batch.count === 0) return [];
      for (let i = 0; i < batch.count; i++) {
        rows.row(STAGING_FIELDS);
        rows.int8(Math.floor(batch.row[i] / 2 ** 32), batch.row[i]);
        rows.text(batch.key[i]);
        rows.timestamp(batch.occurredAtSeconds[i]);
        rows.float8(batch.lon[i]);
        rows.float8(batch.lat[i]);
        rows.int8(batch.cells.hi[i], batch.cells.lo[i]);
        if (batch.beatIds[i] > 0) rows.int4(batch.beatIds[i]);
        else rows.null();
        rows.int2(batch.category[i]);
        rows.int2(batch.priority[i]);
        if (batch.address[i] === '') rows.null();
        else rows.text(batch.address[i]);
      }
      await copy(`COPY import_staging (${STAGING_COLUMNS}) FROM STDIN (FORMAT binary)`, rows.take());
      const duplicates = await sql<{ row_number: number }[]>`
        WITH fresh AS (
          INSERT INTO incident (bureau_id, source_id, source_key, occurred_at, received_at, lon, lat, cell, beat_id,
            called_category, priority, state, state_since, address, import_id)
          SELECT ${target.bureauId}::integer, ${target.sourceId}::integer, source_key, occurred_at, occurred_at, lon, lat, cell, beat_id,
            category, priority,
            CASE WHEN occurred_at < now() - interval '1 day' THEN ${CLOSED}::smallint ELSE ${RECEIVED}::smallint END,
            occurred_at, address, ${target.importId}::bigint
          FROM import_staging
          ON CONFLICT (bureau_id, source_id, source_key) DO NOTHING
          RETURNING source_key
        )
        SELECT row_number FROM import_staging
        WHERE NOT EXISTS (SELECT FROM fresh WHERE fresh.source_key = import_staging.source_key)
        ORDER BY row_number`;
      await sql`TRUNCATE import_staging`;
      return duplicates.map(({ row_number }) => row_number);
    },

    reject(row: number, reason: RejectionReason, field: RowField | null, raw: string): void {
      rejections.row(6);
      rejections.int4(target.bureauId);
      rejections.int8(Math.floor(target.importId / 2 ** 32), target.importId);
      rejections.int8(Math.floor(row / 2 ** 32), row);
      rejections.text(reason);
      if (field === null) rejections.null();
      else rejections.text(field);
      rejections.text(raw);
    },

    pendingRejectionBytes: () => rejections.bytes,

    async writeRejections(): Promise<void> {
      if (rejections.rows === 0) return;
      await copy(
        'COPY import_rejection (bureau_id, import_id, row_number, reason, field, raw) FROM STDIN (FORMAT binary)',
        rejections.take(),
      );
    },

    /** The figures, the new revision, the audit entry and the word to the consoles, with the rows: all or nothing. */
    async finish(outcome: ImportOutcome): Promise<void> {
      const done = await sql`
        UPDATE import SET state = 'done', rows_read = ${outcome.rowsRead}, inserted = ${outcome.inserted},
          rejected = ${outcome.rejected}, rejected_by_reason = ${sql.json(outcome.rejectedByReason)}, finished_at = now()
        WHERE id = ${target.importId} AND state = 'running'`;
      if (done.count !== 1) throw new Error(`Import ${target.importId} is no longer running.`);
      await sql`
        INSERT INTO audit_entry (bureau_id, actor, action, subject, detail, address)
        VALUES (${target.bureauId}, ${outcome.actor}, 'import.finished', ${`import:${target.importId}`},
          ${sql.json({ fileName: outcome.fileName, inserted: outcome.inserted, rejected: outcome.rejected })},
          ${outcome.address})`;
      if (outcome.inserted === 0) return;
      const [{ dataRevision }] = await sql<{ dataRevision: number }[]>`
        UPDATE bureau SET data_revision = data_revision + 1 WHERE id = ${target.bureauId}
        RETURNING data_revision AS "dataRevision"`;
      const imported: ReliableEvent = {
        event: 'incidents:imported',
        payload: { dataRevision, inserted: outcome.inserted },
      };
      await sql`SELECT append_outbox_events(${target.bureauId}, ${sql.json([imported])})`;
    },
  };
}
export type ImportTargetRepository = ReturnType<typeof importTargetRepository>;
