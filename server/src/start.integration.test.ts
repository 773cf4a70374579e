import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { sql } from 'kysely';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { temporaryDataDir } from './platform/testing/temporary-data-dir.ts';
import { loadConfig } from './platform/index.ts';
import { runServer } from './run-server.ts';
import { createTestDatabase, type TestDatabase } from './testing/index.ts';

/** The process itself, as people start it: what it prints, how it leaves. */
const MAIN = join(import.meta.dirname, 'main.ts');
let database: TestDatabase;
let dataDir: string;
const children: ChildProcess[] = [];

beforeAll(async () => {
  database = await createTestDatabase();
  dataDir = await temporaryDataDir();
});
afterEach(() => {
  for (const child of children.splice(0)) if (child.exitCode === null) child.kill('SIGKILL');
});
afterAll(async () => {
  await database.drop();
  await rm(dataDir, { recursive: true, force: true });
});

function startProcess(env: Record<string, string>) {
  const child = spawn(process.execPath, [MAIN], {
    env: {
      PATH: process.env.PATH,
      PORT: '0',
      HOST: '127.0.0.1',
      DATA_DIR: dataDir,
      DATABASE_URL: database.url,
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  children.push(child);
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  const left = once(child, 'close').then(([code]) => ({ code: code as number | null, stdout, stderr }));
  return { child, left };
}

/** The log's own line tells the port: 0 was asked for. */
async function addressOf({ child }: ReturnType<typeof startProcess>): Promise<string> {
  let text = '';
  for await (const chunk of child.stdout ?? []) {
    text += String(chunk);
    const found = /Server listening at (http:\/\/[\d.:]+)/.exec(text);
    if (found) return found[1];
  }
  throw new Error(`The server left before it listened: ${text}`);
}

async function refusalOf(env: Record<string, string>): Promise<string> {
  const { code, stderr } = await startProcess(env).left;
  expect(code).toBe(1);
  expect(stderr.trimEnd().split('\n')).toHaveLength(1);
  return stderr;
}

describe('a start that a person can mend says so in one line and leaves with 1', () => {
  it('port in use', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as AddressInfo;
    expect(await refusalOf({ PORT: String(port) })).toContain(`Port ${port} is in use`);
    other.close();
  });

  it('nobody at DATABASE_URL', async () => {
    const line = await refusalOf({ DATABASE_URL: 'postgres://somebody:secret@127.0.0.1:9/none' });
    expect(line).toContain('Cannot reach the database (check DATABASE_URL)');
    expect(line).not.toContain('secret');
  });

  it('a wrong password in DATABASE_URL', async () => {
    const url = new URL(database.url);
    url.username = 'no_such_role';
    expect(await refusalOf({ DATABASE_URL: url.href })).toContain('Cannot reach the database');
  });

  it('a DATABASE_URL that is none', async () => {
    expect(await refusalOf({ DATABASE_URL: 'mysql://x' })).toContain('DATABASE_URL');
  });

  it('a PORT that is none', async () => {
    expect(await refusalOf({ PORT: 'eighty' })).toContain('PORT is "eighty" when expected 0…65535');
  });

  it('a database of a newer version, which stays as it is', async () => {
    const newer = await createTestDatabase();
    await sql`INSERT INTO kysely_migration (name, timestamp) VALUES ('9999-from-the-future', '2030')`.execute(newer.db);
    expect(await refusalOf({ DATABASE_URL: newer.url })).toContain('newer version (9999-from-the-future)');
    await newer.drop();
  });
});

describe('servers that start at once on one database', () => {
  it('prepare it one after the other, so that each but the first finds it done', async () => {
    const config = loadConfig({
      PORT: '0',
      HOST: '127.0.0.1',
      DATA_DIR: dataDir,
      DATABASE_URL: database.url,
      JT808_PORT: 'off',
      LOG_LEVEL: 'silent',
      WORKER_THREADS: '1',
    });
    const steps: string[] = [];
    const start = (name: string) =>
      runServer(config, {
        prepare: async () => {
          steps.push(`${name} begins`);
          await delay(30);
          steps.push(`${name} ends`);
        },
      });
    const servers = await Promise.all([start('one'), start('two')]);
    await Promise.all(servers.map((server) => server.close()));
    const [first, second] = steps[0] === 'one begins' ? ['one', 'two'] : ['two', 'one'];
    expect(steps).toEqual([`${first} begins`, `${first} ends`, `${second} begins`, `${second} ends`]);
  });
});

describe('a running server', () => {
  it.each(['SIGTERM', 'SIGINT'] as const)('stops cleanly on %s', async (signal) => {
    const server = startProcess({});
    const address = await addressOf(server);
    expect((await fetch(`${address}/readyz`)).status).toBe(200);
    server.child.kill(signal);
    const { code, stderr } = await server.left;
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    await expect(fetch(`${address}/healthz`)).rejects.toThrow('fetch failed');
  });

  it('with its own database leaves none behind, and starts again', async () => {
    for (let round = 0; round < 2; round++) {
      const server = startProcess({ DATABASE_URL: '' });
      const address = await addressOf(server);
      expect((await fetch(`${address}/readyz`)).status).toBe(200);
      server.child.kill('SIGTERM');
      expect((await server.left).code).toBe(0);
    }
  });

  it('that was killed starts again', async () => {
    const killed = startProcess({ DATABASE_URL: '' });
    await addressOf(killed);
    killed.child.kill('SIGKILL');
    await killed.left;
    const server = startProcess({ DATABASE_URL: '' });
    expect((await fetch(`${await addressOf(server)}/readyz`)).status).toBe(200);
    server.child.kill('SIGTERM');
    expect((await server.left).code).toBe(0);
  });

  it('gives up a start under way when told to stop, its database included', async () => {
    const isDatabaseUp = () => existsSync(join(dataDir, 'postgres/postmaster.pid'));
    const server = startProcess({ DATABASE_URL: '' });
    while (!isDatabaseUp()) await delay(5);
    server.child.kill('SIGINT');
    const { code, stderr } = await server.left;
    expect({ code, stderr }).toEqual({ code: 130, stderr: '' });
    expect(isDatabaseUp()).toBe(false);
  });
});
