import { Worker } from 'node:worker_threads';
import type { ImportMessage, ImportWorkerData } from './import.worker.ts';
import type { ImportProgress } from './run-import.ts';

export type ImportEnd = Extract<ImportMessage, { kind: 'done' | 'cancelled' | 'failed' }>;

/** An import on its way, on a thread of its own: it takes none from the workers that answer people. */
export interface RunningImport {
  readonly progress: ImportProgress;
  readonly startedAtMs: number;
  readonly ended: Promise<ImportEnd>;
  /** Ends it after the batch under way; a thread that does not answer for so long is stopped. */
  cancel(patienceMs?: number): void;
}

const CANCEL_TIMEOUT_MS = 20_000;

export function startImport(data: ImportWorkerData, onProgress: () => void): RunningImport {
  const worker = new Worker(new URL('./import.worker.ts', import.meta.url), {
    workerData: data,
    resourceLimits: { maxYoungGenerationSizeMb: 16, maxOldGenerationSizeMb: 512 },
  });
  let progress: ImportProgress = { bytesRead: 0, rowsRead: 0, inserted: 0, rejected: 0, rejectedByReason: {} };
  let cancelling: NodeJS.Timeout | undefined;
  const ended = new Promise<ImportEnd>((resolve) => {
    worker.on('message', (message: ImportMessage) => {
      if (message.kind !== 'progress') {
        if (message.kind === 'done') progress = message.progress;
        resolve(message);
        return;
      }
      progress = message.progress;
      onProgress();
    });
    worker.on('error', (error) => resolve({ kind: 'failed', message: error.message }));
    // Stopped, by us or by the memory's end: the database has undone it with the connection.
    worker.on('exit', () =>
      resolve(
        cancelling === undefined ? { kind: 'failed', message: 'The import thread ended.' } : { kind: 'cancelled' },
      ),
    );
  });
  void ended.finally(() => clearTimeout(cancelling));
  return {
    get progress() {
      return progress;
    },
    startedAtMs: Date.now(),
    ended,
    cancel(patienceMs = CANCEL_TIMEOUT_MS) {
      clearTimeout(cancelling);
      cancelling = setTimeout(() => void worker.terminate(), patienceMs);
      worker.postMessage('cancel');
    },
  };
}
