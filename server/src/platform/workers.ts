import { fileURLToPath } from 'node:url';
import type { MessagePort } from 'node:worker_threads';
import { Piscina } from 'piscina';

export interface TaskOptions {
  /** What to move instead of copy. */
  transfer?: readonly (ArrayBuffer | MessagePort)[];
  signal?: AbortSignal;
}

/** Heavy work off the event loop. */
export interface Workers {
  /**
   * Runs the function `run` exported by a task file: `workers.run(new URL('./grid.task.ts', import.meta.url), input)`.
   * Data is structured-cloned both ways; a task returns `moveResult(value, buffers)` to move its buffers back.
   */
  run<Result>(task: URL, data: unknown, options?: TaskOptions): Promise<Result>;
  readonly threads: number;
  close(): Promise<void>;
}

export function createWorkers(threads: number): Workers {
  const pool = new Piscina({ minThreads: 1, maxThreads: threads, idleTimeout: 60_000, name: 'run' });
  return {
    threads,
    run: <Result>(task: URL, data: unknown, options: TaskOptions = {}) =>
      pool.run(data, {
        filename: fileURLToPath(task),
        ...(options.transfer === undefined ? {} : { transferList: [...options.transfer] }),
        ...(options.signal === undefined ? {} : { signal: options.signal }),
      }) as Promise<Result>,
    close: () => pool.destroy(),
  };
}
