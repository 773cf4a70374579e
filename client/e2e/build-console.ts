import { buildConsole } from '../../scripts/src/start/build-console.ts';

/** Once, before the files start installations side by side, each of which would build it. */
export async function setup(): Promise<void> {
  await buildConsole();
}
