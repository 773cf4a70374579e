import { randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setTimeout as delay } from 'node:timers/promises';
import type { ImportMapping, ImportPreview, ImportView } from '@xunfang/geo-data/contract';
import {
  audit,
  type Db,
  type HeldLock,
  type Language,
  Problem,
  problem,
  type Sql,
  type Workers,
} from '../../platform/index.ts';
import { databaseUrlOf } from '../database-url.ts';
import type { SpeakingDoer } from '../doer.ts';
import { incidentIntakeRepository } from '../incident-intake.repository.ts';
import { rejectionMessage } from '../rejection-message.ts';
import { importView } from './import-views.ts';
import { type ImportRow, importsRepository } from './imports.repository.ts';
import { limitBytes } from './open-spool.ts';
import type { PreviewAnswer, PreviewFigures, PreviewRequest } from './preview.task.ts';
import { rejectionsCsv } from './rejections-csv.ts';
import { type ImportEnd, type RunningImport, startImport } from './running-import.ts';
import './messages.imports.ts';

export interface ImportsDeps {
  db: Db;
  sql: Sql;
  workers: Workers;
  now: () => Date;
  dataDir: string;
  maxBytes: number;
  onProgress(bureauId: number, view: ImportView): void;
  /** To the other processes: whoever runs this import should end it. */
  tellCancelled(importId: number): void;
  onError(error: unknown, message: string): void;
}

/** A file without its row may still be on its way in, by another process. */
const RUBBISH_AFTER_MS = 24 * 3600_000;
const STORE_RETRY_MS = 2000;
/** A server that stops waits no longer for the batch under way. */
const STOP_PATIENCE_MS = 5000;
const PREVIEW_TASK = new URL('./preview.task.ts', import.meta.url);

export function importsService(deps: ImportsDeps) {
  const { db, sql, workers, now } = deps;
  const repository = importsRepository(db, sql);
  const incidents = incidentIntakeRepository(db);
  const spoolDir = join(deps.dataDir, 'imports');
  const spoolPath = (row: Pick<ImportRow, 'spool_name'>) => join(spoolDir, row.spool_name);
  const running = new Map<number, RunningImport>();
  const ends = new Set<Promise<void>>();
  let closed = false;

  const viewOf = (row: ImportRow, language: Language): ImportView => {
    // The worker commits before it tells: what the row says of its end is newer than what was last heard.
    const live = row.state === 'running' ? running.get(row.id) : undefined;
    return importView(
      row,
      live === undefined ? null : { progress: live.progress, startedAtMs: live.startedAtMs, nowMs: Date.now() },
      language,
    );
  };

  async function known(id: number): Promise<ImportRow> {
    return (await repository.byId(id)) ?? problem(404, 'NOT_FOUND');
  }

  async function waiting(id: number): Promise<ImportRow> {
    const row = await known(id);
    if (row.state !== 'uploaded') problem(409, 'IMPORT_STATE', { state: row.state });
    return row;
  }

  async function previewOf(row: ImportRow, mapping: ImportMapping | null, language: Language): Promise<ImportPreview> {
    const request: PreviewRequest = {
      path: spoolPath(row),
      fileName: row.file_name,
      mapping,
      bureau: await incidents.land(row.bureau_id),
      categories: await incidents.categories(row.bureau_id),
      nowSeconds: now().getTime() / 1000,
    };
    const answer = await workers.run<PreviewAnswer>(PREVIEW_TASK, request);
    if (!answer.ok) throw refusalOf(answer);
    return inWords(answer.preview, language);
  }

  /** The database that broke an import off may be away for a while; until it is told the bureau could start no other. */
  async function store(write: () => Promise<unknown>): Promise<void> {
    for (;;) {
      try {
        await write();
        return;
      } catch (error) {
        if (closed) throw error;
        await delay(STORE_RETRY_MS, null, { ref: false });
      }
    }
  }

  /** What follows an import's end, however it ended. */
  async function finish(row: ImportRow, ended: Promise<ImportEnd>, language: Language): Promise<void> {
    const end = await ended;
    running.delete(row.id);
    await rm(spoolPath(row), { force: true });
    if (end.kind === 'failed') {
      deps.onError(new Error(end.message), 'import failed');
      await store(() => repository.end(row.id, 'running', 'failed', `IMPORT_FAILED: ${end.message}`));
    } else if (end.kind === 'cancelled') await store(() => repository.end(row.id, 'running', 'cancelled', null));
    deps.onProgress(row.bureau_id, viewOf(await known(row.id), language));
  }

  /** Behind the answer; the import is held until then, whatever fails. */
  function finishInBackground(held: HeldLock, ...how: Parameters<typeof finish>): void {
    const end = finish(...how)
      .catch((error: unknown) => deps.onError(error, 'import end failed'))
      .then(() => held.release());
    ends.add(end);
    void end.finally(() => ends.delete(end));
  }

  /** Not running here: either nowhere, then this is its end, or in another process, which is told. */
  async function cancelElsewhere(from: 'uploaded' | 'running', row: ImportRow): Promise<void> {
    const here = await repository.whileHeld(row.id, async () => {
      await repository.end(row.id, from, 'cancelled', null);
      await rm(spoolPath(row), { force: true });
      return true;
    });
    if (here === undefined) deps.tellCancelled(row.id);
  }

  return {
    ownerOf: async (id: number) => (await known(id)).bureau_id,
    get: async (id: number, language: Language) => viewOf(await known(id), language),
    list: async (bureauId: number, language: Language) =>
      (await repository.ofBureau(bureauId)).map((row) => viewOf(row, language)),

    /** Puts the file on the disk as it comes, then looks at its beginning. */
    async upload(bureauId: number, fileName: string, body: Readable, doer: SpeakingDoer) {
      await mkdir(spoolDir, { recursive: true });
      const spoolName = randomUUID();
      const path = join(spoolDir, spoolName);
      const counter = limitBytes(
        deps.maxBytes,
        () => new Problem(413, 'IMPORT_TOO_LARGE', { limitBytes: deps.maxBytes }),
      );
      try {
        await pipeline(body, counter, createWriteStream(path, { mode: 0o600 }));
        if (counter.passed === 0) problem(400, 'IMPORT_EMPTY', {}, { field: 'body' });
        const row = await repository.create({
          bureauId,
          fileName,
          spoolName,
          bytes: counter.passed,
          startedBy: doer.actor,
        });
        try {
          const preview = await previewOf(row, null, doer.language);
          return { import: viewOf(row, doer.language), preview };
        } catch (error) {
          await repository.end(row.id, 'uploaded', 'failed', error instanceof Problem ? error.code : 'IMPORT_FAILED');
          throw error;
        }
      } catch (error) {
        await rm(path, { force: true });
        throw error;
      }
    },

    preview: async (id: number, mapping: ImportMapping, language: Language) =>
      previewOf(await waiting(id), mapping, language),

    async start(id: number, mapping: ImportMapping, doer: SpeakingDoer): Promise<ImportView> {
      const uploaded = await waiting(id);
      // Refuses what cannot run (an unknown column, zone or system) before anything starts.
      await previewOf(uploaded, mapping, doer.language);
      const busy = await repository.running(uploaded.bureau_id);
      if (busy !== undefined) problem(409, 'IMPORT_BUSY', { fileName: busy.file_name });
      const bureauId = uploaded.bureau_id;
      const sourceId = await incidents.sourceId(bureauId, mapping.source);
      await incidents.ensureUncategorised(bureauId);
      const bureau = await incidents.land(bureauId);
      const categories = await incidents.categories(bureauId);
      // Before it counts as running: a process that starts takes what nobody holds for interrupted.
      const held = await repository.hold(id);
      if (held === null) return problem(409, 'IMPORT_STATE', { state: 'running' });
      const row = await repository.setRunning(id, mapping).catch(async (error: unknown) => {
        await held.release();
        // Somebody else's start came between the question and the update.
        if ((error as { code?: string }).code === '23505') return problem(409, 'IMPORT_BUSY', { fileName: '—' });
        throw error;
      });
      if (row === undefined) {
        await held.release();
        return problem(409, 'IMPORT_STATE', { state: 'running' });
      }
      try {
        await audit(db, {
          bureauId,
          actor: doer.actor,
          action: 'import.started',
          subject: `import:${id}`,
          detail: { fileName: row.file_name, source: mapping.source },
          address: doer.address,
        });
      } catch (error) {
        // Nothing runs that nobody can account for; and nothing that does not run may stand in the way of others.
        const failed = Promise.resolve<ImportEnd>({ kind: 'failed', message: (error as Error).message });
        finishInBackground(held, row, failed, doer.language);
        throw error;
      }
      const run = startImport(
        {
          databaseUrl: databaseUrlOf(sql),
          target: { importId: id, bureauId, sourceId },
          request: { path: spoolPath(row), mapping, bureau, categories, nowSeconds: now().getTime() / 1000 },
          actor: doer.actor,
          address: doer.address,
          fileName: row.file_name,
        },
        () => deps.onProgress(bureauId, viewOf(row, doer.language)),
      );
      running.set(id, run);
      finishInBackground(held, row, run.ended, doer.language);
      return viewOf(row, doer.language);
    },

    async cancel(id: number, doer: SpeakingDoer): Promise<ImportView> {
      const row = await known(id);
      if (row.state !== 'uploaded' && row.state !== 'running') problem(409, 'IMPORT_STATE', { state: row.state });
      const run = running.get(id);
      if (run !== undefined) run.cancel();
      else await cancelElsewhere(row.state, row);
      await audit(db, {
        bureauId: row.bureau_id,
        actor: doer.actor,
        action: 'import.cancelled',
        subject: `import:${id}`,
        address: doer.address,
      });
      return viewOf(await known(id), doer.language);
    },

    async rejections(id: number, language: Language): Promise<{ fileName: string; csv: AsyncIterable<string> }> {
      const row = await known(id);
      const fileName = `${row.file_name.replace(/(\.(csv|txt|gz))+$/i, '')}-rejected.csv`;
      return { fileName, csv: rejectionsCsv(repository.rejections(row.bureau_id, id), language) };
    },

    /** Another process was asked to cancel what may be running here. */
    cancelHere: (id: number): void => running.get(id)?.cancel(),

    /** At the start: what a killed process was importing was undone by the database; here it gets its end, and its file goes. */
    async recover(): Promise<void> {
      for (const row of await repository.allRunning()) {
        await repository.whileHeld(row.id, async () => {
          await repository.end(row.id, 'running', 'failed', 'IMPORT_INTERRUPTED');
          await rm(spoolPath(row), { force: true });
        });
      }
      const wanted = new Set(await repository.wantedSpools());
      for (const file of await readdir(spoolDir).catch(() => [])) {
        const path = join(spoolDir, file);
        if (!wanted.has(file) && Date.now() - (await stat(path)).mtimeMs > RUBBISH_AFTER_MS)
          await rm(path, { force: true });
      }
    },

    async close(): Promise<void> {
      closed = true;
      for (const run of running.values()) run.cancel(STOP_PATIENCE_MS);
      await Promise.all(ends);
    },
  };
}

function inWords(figures: PreviewFigures, language: Language): ImportPreview {
  return {
    ...figures,
    rejected: figures.rejected.map(({ row, reason, field }) => ({
      row,
      reason,
      field,
      message: rejectionMessage(reason, field, language),
    })),
  };
}

function refusalOf(answer: Extract<PreviewAnswer, { ok: false }>): Problem {
  if (answer.refusal === 'unknown_column')
    return new Problem(400, 'IMPORT_COLUMN_UNKNOWN', { column: answer.column }, { field: 'mapping.columns' });
  if (answer.refusal === 'personal_column')
    return new Problem(400, 'IMPORT_COLUMN_PERSONAL', { column: answer.column }, { field: 'mapping.columns' });
  if (answer.refusal === 'bad_setting')
    return new Problem(400, 'IMPORT_SETTING_INVALID', { reason: answer.message }, { field: 'mapping' });
  return new Problem(400, `IMPORT_${answer.refusal.toUpperCase()}`, {}, { field: 'body' });
}
