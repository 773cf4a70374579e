import { parentPort, workerData } from 'node:worker_threads';
import { createBeatAssigner } from '../../beats/index.ts';
import { openDatabase } from '../../platform/index.ts';
import { type ImportOutcome, type ImportTarget, inImportTransaction } from './import-target.repository.ts';
import { ImportCancelled, type ImportProgress, type ImportRequest, runImport } from './run-import.ts';

export interface ImportWorkerData {
  databaseUrl: string;
  target: ImportTarget;
  request: ImportRequest;
  actor: string;
  address: string | null;
  fileName: string;
}

export type ImportMessage =
  | { kind: 'progress'; progress: ImportProgress }
  | { kind: 'done'; progress: ImportProgress }
  | { kind: 'cancelled' }
  | { kind: 'failed'; message: string };

const PROGRESS_INTERVAL_MS = 250;

/** One import on a thread and a connection of its own: the server goes on answering, and ending either undoes everything. */
async function main({
  databaseUrl,
  target,
  request,
  actor,
  address,
  fileName,
}: ImportWorkerData): Promise<ImportMessage> {
  let cancelled = false;
  parentPort?.once('message', () => {
    cancelled = true;
  });
  let reportedAt = 0;
  const report = (progress: ImportProgress) => {
    if (performance.now() - reportedAt < PROGRESS_INTERVAL_MS) return;
    reportedAt = performance.now();
    post({ kind: 'progress', progress });
  };
  const database = openDatabase(databaseUrl, { max: 2 });
  try {
    // The second connection holds the plans still until the rows are in.
    return await database.db.transaction().execute(async (plans) => {
      const beats = await createBeatAssigner(plans, target.bureauId);
      return inImportTransaction(database.sql, target, async (repository): Promise<ImportMessage> => {
        await repository.begin();
        const progress = await runImport(request, repository, beats, report, () => cancelled);
        const outcome: ImportOutcome = { ...progress, actor, address, fileName };
        await repository.finish(outcome);
        return { kind: 'done', progress };
      });
    });
  } catch (error) {
    if (error instanceof ImportCancelled) return { kind: 'cancelled' };
    return { kind: 'failed', message: error instanceof Error ? error.message : String(error) };
  } finally {
    await database.close();
  }
}

function post(message: ImportMessage): void {
  parentPort?.postMessage(message);
}

post(await main(workerData as ImportWorkerData));
// The listener for cancelling would keep the thread alive.
parentPort?.close();
