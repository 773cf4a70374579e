import { type Config, StartupError } from './platform/index.ts';
import { type RunningServer, type RunOptions, runServer } from './run-server.ts';

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
  let asked = false;
  const onSignal = () => {
    if (asked) process.exit(1);
    asked = true;
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
