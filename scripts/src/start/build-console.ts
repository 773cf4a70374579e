import { spawn } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { contentHash } from './content-hash.ts';

const ROOT = join(import.meta.dirname, '../../..');
/** What the built console is made of. */
const SOURCES = [
  'client/src',
  'client/public',
  'client/index.html',
  'client/package.json',
  'geo-data/src',
  'vite.config.ts',
  'pnpm-lock.yaml',
];
const HASH_FILE = join(ROOT, 'client/dist/.sources');

/**
 * Builds the console into client/dist unless what is there was made of the very same sources. Returns whether it built.
 * Throws with the bundler's words when the build fails.
 */
export async function buildConsole(onBuild: () => void = () => {}): Promise<boolean> {
  const wanted = await contentHash(ROOT, SOURCES);
  const built = await readFile(HASH_FILE, 'utf8').catch(() => '');
  if (built === wanted) return false;
  onBuild();
  await runVite();
  await writeFile(HASH_FILE, wanted);
  return true;
}

/** In a process of its own: the bundler takes half a gigabyte that the server should not carry on. */
function runVite(): Promise<void> {
  return new Promise((done, fail) => {
    const vite = join(ROOT, 'node_modules/vite/bin/vite.js');
    const child = spawn(process.execPath, [vite, 'build', '--logLevel', 'warn'], {
      cwd: ROOT,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let words = '';
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk: Buffer) => (words += chunk.toString()));
    child.on('error', fail);
    child.on('exit', (code) => (code === 0 ? done() : fail(new Error(`The console could not be built:\n${words}`))));
  });
}
