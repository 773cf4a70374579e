import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '../..');
const FIRST_GOAL_S = 60;
const LATER_GOAL_S = 5;

/** From the command to the first page served, with the embedded PostgreSQL: console not built, nothing seeded; then again. */
export const bench = {
  name: 'start',
  async run() {
    const dataDir = await mkdtemp(join(tmpdir(), 'xunfang-bench-'));
    try {
      await rm(join(ROOT, 'client/dist'), { recursive: true, force: true });
      const first = await secondsToFirstPage(dataDir);
      const later = [await secondsToFirstPage(dataDir), await secondsToFirstPage(dataDir)];
      return [
        row('first start: build, initdb, migrate, seed, design 2 plans', first, FIRST_GOAL_S),
        row('later start', Math.max(...later), LATER_GOAL_S),
      ];
    } finally {
      await rm(dataDir, { recursive: true, force: true });
    }
  },
};

const row = (what: string, seconds: number, goal: number) => ({
  what,
  ours: `${seconds.toFixed(1)} s`,
  goal: `≤ ${goal} s`,
  met: seconds <= goal,
});

async function secondsToFirstPage(dataDir: string): Promise<number> {
  const started = performance.now();
  const child = spawn(process.execPath, [join(ROOT, 'scripts/src/start.ts')], {
    env: { ...process.env, PORT: '0', HOST: '127.0.0.1', DATA_DIR: dataDir, DATABASE_URL: '', SIMULATOR: 'off' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = new Promise((done) => child.on('exit', done));
  let output = '';
  const url = await new Promise<string>((done, fail) => {
    child.stdout.on('data', (chunk: Buffer) => {
      output += chunk.toString();
      const address = /address +(http:\S+)/.exec(output);
      if (address) done(address[1]);
    });
    void ended.then((code) => fail(new Error(`The start ended with ${String(code)}:\n${output}`)));
  });
  const page = await fetch(url);
  await page.text();
  const seconds = (performance.now() - started) / 1000;
  child.kill('SIGTERM');
  await ended;
  if (!page.ok) throw new Error(`The first page was answered with ${page.status}.`);
  return seconds;
}
