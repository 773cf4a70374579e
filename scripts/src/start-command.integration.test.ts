import { type ChildProcess, spawn } from 'node:child_process';
import { access, mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createTestDatabase, type TestDatabase } from '@xunfang/server/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildConsole } from './start/build-console.ts';

const START = join(import.meta.dirname, 'start.ts');
const START_TIMEOUT_MS = 150_000;

interface Run {
  child: ChildProcess;
  output: () => string;
  exited: Promise<number | null>;
  /** Address told on the terminal. */
  url: Promise<string>;
}

const running = new Set<ChildProcess>();

function start(environment: Record<string, string>): Run {
  const child = spawn(process.execPath, [START], {
    env: { ...process.env, PORT: '0', HOST: '127.0.0.1', SIMULATOR: 'off', DATABASE_URL: '', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  running.add(child);
  let output = '';
  const exited = new Promise<number | null>((done) => {
    child.on('exit', (code) => {
      running.delete(child);
      done(code);
    });
  });
  const url = new Promise<string>((done, fail) => {
    const read = (chunk: Buffer) => {
      output += chunk.toString();
      const address = /address +(http:\S+)/.exec(output);
      if (address && output.includes('Ctrl-C')) done(address[1]);
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    void exited.then((code) => fail(new Error(`The start ended with ${code}:\n${output}`)));
  });
  // Runs that are meant to fail are judged by their exit.
  url.catch(() => {});
  return { child, output: () => output, exited, url };
}

async function stop(run: Run, signal: 'SIGINT' | 'SIGTERM'): Promise<void> {
  run.child.kill(signal);
  // Whoever passes signals on may do so beside the terminal.
  run.child.kill(signal);
  expect(await run.exited, run.output()).toBe(0);
}

const folders: string[] = [];
async function newFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'xunfang-start-'));
  folders.push(folder);
  return folder;
}

beforeAll(() => buildConsole().then(() => {}), START_TIMEOUT_MS);

afterAll(async () => {
  for (const child of running) child.kill('SIGKILL');
  await Promise.all(folders.map((folder) => rm(folder, { recursive: true, force: true })));
});

describe('start with the embedded PostgreSQL', () => {
  it(
    'goes on after being stopped in the middle of its first start; serves, stops cleanly, and starts again, also after being killed',
    async () => {
      const dataDir = await newFolder();
      const environment = { DATA_DIR: dataDir, ADMIN_PASSWORD: 'Chosen-by-me-4711' };
      const stopped = start(environment);
      await expect.poll(stopped.output, { timeout: 60_000 }).toContain('生成');
      stopped.child.kill('SIGTERM');
      expect(await stopped.exited, stopped.output()).toBe(130);

      const first = start(environment);
      const url = await first.url;
      const page = await fetch(url);
      expect(page.status).toBe(200);
      expect(await page.text()).toContain('<div id="root">');
      expect(first.output()).toContain('Chosen-by-me-4711');
      expect((await stat(join(dataDir, 'sign-in.txt'))).mode & 0o077).toBe(0);
      expect((await stat(join(dataDir, 'simulator.json'))).mode & 0o077).toBe(0);
      await signIn(url, 'admin', 'Chosen-by-me-4711');
      const dispatcher = /^ +(dispatcher\.wuhou) +(\S+)/m.exec(first.output());
      await signIn(url, dispatcher?.[1] ?? '', dispatcher?.[2] ?? '');
      await stop(first, 'SIGINT');
      await expect(access(join(dataDir, 'postgres/postmaster.pid'))).rejects.toThrow('ENOENT');

      const keys = await readFile(join(dataDir, 'simulator.json'), 'utf8');
      const second = start({ DATA_DIR: dataDir });
      await second.url;
      expect(second.output()).not.toContain('生成');
      expect(await readFile(join(dataDir, 'simulator.json'), 'utf8')).toBe(keys);
      second.child.kill('SIGKILL');
      await second.exited;

      const third = start({ DATA_DIR: dataDir });
      await signIn(await third.url, 'admin', 'Chosen-by-me-4711');
      await stop(third, 'SIGTERM');
      await expect(access(join(dataDir, 'postgres/postmaster.pid'))).rejects.toThrow('ENOENT');
    },
    START_TIMEOUT_MS,
  );
});

describe('start with an outside PostgreSQL', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await createTestDatabase();
  });
  afterAll(() => database?.drop());

  it(
    'seeds both bureaus: incidents, a plan of 27 beats in 14 zones each, units',
    async () => {
      const run = start({ DATA_DIR: await newFolder(), DATABASE_URL: database.url });
      await run.url;
      await stop(run, 'SIGTERM');
      const bureaus = await database.sql<
        { slug: string; incidents: number; in_no_beat: number; zones: number; beats: number; units: number }[]
      >`
        SELECT slug,
          (SELECT count(*)::int FROM incident i WHERE i.bureau_id = b.id) AS incidents,
          (SELECT count(*)::int FROM incident i WHERE i.bureau_id = b.id AND beat_id IS NULL) AS in_no_beat,
          (SELECT count(*)::int FROM plan p JOIN plan_zone z ON z.plan_id = p.id WHERE p.bureau_id = b.id) AS zones,
          (SELECT count(*)::int FROM plan p JOIN plan_beat t ON t.plan_id = p.id WHERE p.bureau_id = b.id) AS beats,
          (SELECT count(*)::int FROM unit u WHERE u.bureau_id = b.id AND beat_number IS NOT NULL) AS units
        FROM bureau b ORDER BY slug`;
      expect(bureaus).toMatchObject([
        { slug: 'chengdu-wuhou', zones: 14, beats: 27, units: 40 },
        { slug: 'chicago', zones: 14, beats: 27, units: 0 },
      ]);
      const [wuhou, chicago] = bureaus;
      expect(wuhou.incidents).toBeGreaterThan(20_000);
      expect(wuhou.in_no_beat / wuhou.incidents).toBeLessThan(0.01);
      // The file has 15,022 rows; those that repeat another to the letter are counted, those outside the city are not.
      expect(chicago.incidents).toBeGreaterThan(14_900);
      expect(chicago.in_no_beat / chicago.incidents).toBeLessThan(0.02);
      const [{ deviation }] = await database.sql<{ deviation: number }[]>`
        SELECT max((basis->>'worstDeviation')::float8) AS deviation FROM plan`;
      expect(deviation).toBeLessThanOrEqual(0.1 + 1e-9);
    },
    START_TIMEOUT_MS,
  );

  it('refuses a database of a newer version with one line', async () => {
    await database.sql`INSERT INTO kysely_migration (name, timestamp) VALUES ('9999-future', 'now')`;
    const run = start({ DATA_DIR: await newFolder(), DATABASE_URL: database.url });
    expect(await run.exited).toBe(1);
    expect(lastLines(run)).toEqual([expect.stringContaining('9999-future')]);
  });
});

describe('start that cannot be', () => {
  it('tells a port in use with one line', async () => {
    const blocker = await occupyPort();
    const { port } = blocker.address() as { port: number };
    const run = start({ DATA_DIR: await newFolder(), PORT: String(port) });
    expect(await run.exited).toBe(1);
    expect(run.output().trim().split('\n')).toEqual([expect.stringContaining(`Port ${port} is in use`)]);
    blocker.close();
  });

  it('tells a wrong DATABASE_URL with one line and without its password', async () => {
    const run = start({ DATA_DIR: await newFolder(), DATABASE_URL: 'postgres://somebody:secret@127.0.0.1:1/nothing' });
    expect(await run.exited).toBe(1);
    expect(lastLines(run)).toEqual([expect.stringContaining('DATABASE_URL')]);
    expect(run.output()).not.toContain('secret');
  });

  it('tells a weak ADMIN_PASSWORD with one line and without it', async () => {
    const run = start({ DATA_DIR: await newFolder(), ADMIN_PASSWORD: 'swordfish' });
    expect(await run.exited).toBe(1);
    expect(run.output().trim().split('\n')).toEqual([expect.stringContaining('ADMIN_PASSWORD')]);
    expect(run.output()).not.toContain('swordfish');
  });

  it('tells a wrong setting with one line', async () => {
    const run = start({ DATA_DIR: await newFolder(), PORT: 'eighty' });
    expect(await run.exited).toBe(1);
    expect(run.output().trim().split('\n')).toEqual([expect.stringContaining('PORT')]);
  });
});

/** What came after the progress. */
const lastLines = (run: Run) =>
  run
    .output()
    .trim()
    .split('\n')
    .filter((line) => !/^巡防一张图|^ +\d+\.\d s/.test(line));

async function signIn(url: string, username: string, password: string): Promise<void> {
  const answer = await fetch(`${url}/api/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ username, password }),
  });
  expect(answer.status, await answer.text()).toBe(200);
}

function occupyPort(): Promise<Server> {
  const server = createServer();
  return new Promise((done) => {
    server.listen(0, '127.0.0.1', () => done(server));
  });
}
