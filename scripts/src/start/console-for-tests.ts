import { buildConsole } from './build-console.ts';

/** Vitest runs this once before the browser tests: they look at the console as it is served. */
export async function setup(): Promise<void> {
  await buildConsole();
}
