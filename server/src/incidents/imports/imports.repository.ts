import type { ImportMapping } from '@xunfang/geo-data/contract';
import type { Selectable } from 'kysely';
import { type Database, type Db, type HeldLock, holdLock, type Sql, withLock } from '../../platform/index.ts';

export type ImportRow = Selectable<Database['import']>;
export interface RejectionRow {
  row_number: number;
  reason: string;
  field: string | null;
  raw: string;
}

const ROWS_PER_FETCH = 2_000;
const SHOWN = 100;

const lockOf = (id: number) => `import ${id}`;

export function importsRepository(db: Db, sql: Sql) {
  return {
    create: (row: { bureauId: number; fileName: string; spoolName: string; bytes: number; startedBy: string }) =>
      db
        .insertInto('import')
        .values({
          bureau_id: row.bureauId,
          file_name: row.fileName,
          spool_name: row.spoolName,
          bytes_total: row.bytes,
          started_by: row.startedBy,
        })
        .returningAll()
        .executeTakeFirstOrThrow(),

    byId: (id: number): Promise<ImportRow | undefined> =>
      db.selectFrom('import').selectAll().where('id', '=', id).executeTakeFirst(),

    ofBureau: (bureauId: number): Promise<ImportRow[]> =>
      db
        .selectFrom('import')
        .selectAll()
        .where('bureau_id', '=', bureauId)
        .orderBy('id', 'desc')
        .limit(SHOWN)
        .execute(),

    running: (bureauId: number) =>
      db
        .selectFrom('import')
        .select(['id', 'file_name'])
        .where('bureau_id', '=', bureauId)
        .where('state', '=', 'running')
        .executeTakeFirst(),

    /** From uploaded to running; undefined when it is no longer uploaded. The index `import_running_once` refuses a second one. */
    setRunning: (id: number, mapping: ImportMapping): Promise<ImportRow | undefined> =>
      db
        .updateTable('import')
        .set({ state: 'running', mapping: mapping as unknown as Record<string, unknown> })
        .where('id', '=', id)
        .where('state', '=', 'uploaded')
        .returningAll()
        .executeTakeFirst(),

    /** Ends an import without rows. `from`: only out of this state. Returns whether it did. */
    async end(id: number, from: 'uploaded' | 'running', state: 'cancelled' | 'failed', error: string | null) {
      const { numUpdatedRows } = await db
        .updateTable('import')
        .set({ state, error, finished_at: new Date() })
        .where('id', '=', id)
        .where('state', '=', from)
        .executeTakeFirst();
      return numUpdatedRows > 0n;
    },

    /** Held by the process that runs the import, and by nobody once that is dead. null: another one holds it. */
    hold: (id: number): Promise<HeldLock | null> => holdLock(sql, lockOf(id), { wait: false }),

    /** The same for as long as `work` takes; undefined: another one holds it. */
    whileHeld: <T>(id: number, work: () => Promise<T>): Promise<T | undefined> =>
      withLock(sql, lockOf(id), { wait: false }, work),

    allRunning: () => db.selectFrom('import').select(['id', 'spool_name']).where('state', '=', 'running').execute(),

    /** Files that still wait for their start or are being read; the others are rubbish. */
    async wantedSpools(): Promise<string[]> {
      const rows = await db
        .selectFrom('import')
        .select('spool_name')
        .where('state', 'in', ['uploaded', 'running'])
        .execute();
      return rows.map((row) => row.spool_name);
    },

    /** In order of the file, without holding them all. */
    rejections: (bureauId: number, importId: number): AsyncIterable<RejectionRow[]> =>
      sql<RejectionRow[]>`
        SELECT row_number, reason, field, raw FROM import_rejection
        WHERE bureau_id = ${bureauId} AND import_id = ${importId} ORDER BY row_number`.cursor(ROWS_PER_FETCH),
  };
}
