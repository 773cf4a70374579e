import { type Config, StartupError } from './platform/index.ts';
import { type RunningServer, type RunOptions, runServer } from './run-server.ts';

const SAME_WISH_MS = 1000;

/**
 * Runs the server for a person at a terminal or a supervisor: Ctrl-C and SIGTERM close everything, also in the middle of
 * the start; a second signal does not wait. A failed start prints one line when a person can mend it, else its stack,
 * and leaves with 1; the answer is null then.
 */
export async function serveUntilSignal(
  readConfig: () => Config,
  options: Omit<RunOptions, 'signal'> = {},
): Promise<RunningServer | null> {
  const start = new AbortController();
  let running: RunningServer | undefined;
  let askedAtMs: number | undefined;
  const onSignal = () => {
    // One wish may arrive twice at once: from the terminal and from whoever passes it on.
    if (askedAtMs !== undefined && performance.now() - askedAtMs < SAME_WISH_MS) return;
    if (askedAtMs !== undefined) process.exit(1);
    askedAtMs = performance.now();
    start.abort();
    running?.close().then(() => process.exit(0), fail);
  };
  process.on('SIGINT', onSignal);
  process.on('SIGTERM', onSignal);
  try {
    running = await runServer(readConfig(), { ...options, signal: start.signal });
    return running;
  } catch (error) {
    if (start.signal.aborted) process.exit(130);
    return fail(error);
  }
}

function fail(error: unknown): never {
  console.error(error instanceof StartupError ? error.message : error);
  process.exit(1);
}
