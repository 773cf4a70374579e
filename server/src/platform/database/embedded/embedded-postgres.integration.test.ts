import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { chmod, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { StartupError } from '../../startup-error.ts';
import { temporaryDataDir } from '../../testing/temporary-data-dir.ts';
import { openDatabase } from '../open-database.ts';
import { type EmbeddedPostgres, startEmbeddedPostgres } from './embedded-postgres.ts';

let dataDir: string;
const started: EmbeddedPostgres[] = [];
const start = async () => {
  const server = await startEmbeddedPostgres(dataDir, { unsafe: true });
  started.push(server);
  return server;
};

beforeEach(async () => {
  dataDir = await temporaryDataDir();
});
afterEach(async () => {
  for (const server of started.splice(0)) await server.stop().catch(() => {});
  await rm(dataDir, { recursive: true, force: true });
});

async function ask<Row extends object>(url: string, statement: string): Promise<Row[]> {
  const { sql, close } = openDatabase(url, { max: 1 });
  try {
    return [...(await sql.unsafe<Row[]>(statement))];
  } finally {
    await close();
  }
}

describe('embedded PostgreSQL', () => {
  it('keeps what was written from one start to the next, and its password to itself', async () => {
    const first = await start();
    expect(first.adopted).toBe(false);
    await ask(first.url, 'CREATE TABLE kept AS SELECT 42 AS answer');
    await first.stop();
    const second = await start();
    expect(await ask(second.url, 'SELECT answer FROM kept')).toEqual([{ answer: 42 }]);
    expect((await stat(join(dataDir, 'postgres-password'))).mode & 0o777).toBe(0o600);
    expect(await ask(second.url, 'SHOW listen_addresses')).toEqual([{ listen_addresses: '127.0.0.1' }]);
    const stranger = new URL(second.url);
    stranger.password = 'guess';
    await expect(ask(stranger.href, 'SELECT 1')).rejects.toThrow('password authentication failed');
  });

  it('is adopted, with its data, when the process that started it was killed', async () => {
    const parent = spawn(process.execPath, [join(import.meta.dirname, 'hold-server.ts'), dataDir], { stdio: 'pipe' });
    await Promise.race([once(parent.stdout, 'data'), once(parent, 'exit')]);
    expect(parent.exitCode).toBeNull();
    const pidOf = async () => (await readFile(join(dataDir, 'postgres/postmaster.pid'), 'utf8')).split('\n')[0];
    const pidBefore = await pidOf();
    parent.kill('SIGKILL');
    await once(parent, 'exit');
    const server = await start();
    expect(server.adopted).toBe(true);
    expect(await pidOf()).toBe(pidBefore);
    expect(await ask(server.url, 'SELECT answer FROM kept')).toEqual([{ answer: 42 }]);
    await server.stop();
    expect(existsSync(join(dataDir, 'postgres/postmaster.pid'))).toBe(false);
  });

  it('starts again after it was killed itself, what was committed included', async () => {
    const first = await startEmbeddedPostgres(dataDir);
    await ask(first.url, 'CREATE TABLE kept AS SELECT 42 AS answer');
    const pid = Number((await readFile(join(dataDir, 'postgres/postmaster.pid'), 'utf8')).split('\n')[0]);
    process.kill(pid, 'SIGKILL');
    await first.stop().catch(() => {});
    const second = await start();
    expect(await ask(second.url, 'SELECT answer FROM kept')).toEqual([{ answer: 42 }]);
  });

  it('belongs to one process', async () => {
    await start();
    await expect(start()).rejects.toThrow(/in use by another running server/);
  });

  it('refuses a data directory of another major version and leaves it alone', async () => {
    await (await start()).stop();
    await writeFile(join(dataDir, 'postgres/PG_VERSION'), '19\n');
    const refusal = await start().catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(StartupError);
    expect(String(refusal)).toContain('belongs to PostgreSQL 19');
    expect(await readFile(join(dataDir, 'postgres/PG_VERSION'), 'utf8')).toBe('19\n');
  });

  // The user PostgreSQL runs as for root may not enter a private home: the cluster then lies elsewhere.
  it.runIf(process.getuid?.() === 0)('finds another place when root’s data directory is closed to others', async () => {
    await chmod(dataDir, 0o700);
    const server = await start();
    expect(server.clusterDir).toMatch(/^\/var\/lib\/xunfang\/postgres-[0-9a-f]{12}$/);
    expect(await ask(server.url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
    await server.stop();
    expect((await start()).clusterDir).toBe(server.clusterDir);
    await started.pop()?.stop();
    await rm(server.clusterDir, { recursive: true });
  });
});
