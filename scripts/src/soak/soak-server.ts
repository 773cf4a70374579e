import { type ChildProcess, fork } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { SessionView } from '@xunfang/geo-data/contract';
import { accountsService, migrateToLatest, openDatabase, startEmbeddedPostgres } from '@xunfang/server';
import { createTestBureau, freePort } from '@xunfang/server/testing';
import { addUnits } from '@xunfang/server/units';

const SERVER = fileURLToPath(import.meta.resolve('../../../server/src/main.ts'));
const BUREAU = 'soak';
const READY_TRIES = 300;
const STOP_TIMEOUT_MS = 20_000;

/** The server as it is installed, in a process of its own, with a bureau of units whose devices have keys. */
export interface SoakServer {
  url: string;
  bureau: string;
  cookie: string;
  deviceKeys: readonly string[];
  /** Resolves with what it said last when the process ends by itself. */
  died: Promise<string>;
  stop(): Promise<void>;
}

export async function startSoakServer(units: number): Promise<SoakServer> {
  const dataDir = await mkdtemp(join(tmpdir(), 'xunfang-soak-'));
  const undo: (() => Promise<unknown>)[] = [() => rm(dataDir, { recursive: true, force: true })];
  const stop = async () => {
    for (const step of undo.splice(0).toReversed()) await step();
  };
  try {
    const postgres = await startEmbeddedPostgres(dataDir);
    undo.push(() => postgres.stop());
    const account = { username: 'soak', password: `Aa1-${randomBytes(12).toString('base64url')}` };
    const unitIds = await prepare(postgres.url, units, account);
    const port = await freePort();
    const { child, died } = startProcess({ DATABASE_URL: postgres.url, DATA_DIR: dataDir, PORT: String(port) });
    undo.push(() => stopProcess(child));
    const url = `http://127.0.0.1:${port}`;
    await untilReady(url, died);
    const session = await signIn(url, account);
    const deviceKeys: string[] = [];
    for (const [i, unitId] of unitIds.entries()) deviceKeys.push(await register(url, session, `phone-${i}`, unitId));
    return { url, bureau: BUREAU, cookie: session.cookie, deviceKeys, died, stop };
  } catch (cause) {
    await stop();
    throw cause;
  }
}

async function prepare(url: string, units: number, account: { username: string; password: string }): Promise<number[]> {
  const database = openDatabase(url, { max: 2 });
  const { db } = database;
  try {
    await migrateToLatest(db);
    const bureauId = await createTestBureau(db, { slug: BUREAU });
    const added = await addUnits(
      db,
      bureauId,
      Array.from({ length: units }, (_, i) => ({
        callSign: `S-${String(i).padStart(4, '0')}`,
        kind: 'car' as const,
        forceLayer: 'armed_patrol' as const,
        crew: 2,
      })),
    );
    await accountsService({ db, now: () => new Date() }).create(
      { ...account, displayName: 'soak', roles: [{ bureau: null, role: 'admin' }] },
      { actor: 'soak', address: null },
    );
    return added.map(({ id }) => id);
  } finally {
    await database.close();
  }
}

function startProcess(env: Record<string, string>): { child: ChildProcess; died: Promise<string> } {
  const child = fork(SERVER, {
    env: {
      ...process.env,
      ...env,
      HOST: '127.0.0.1',
      JT808_PORT: 'off',
      LOG_LEVEL: 'warn',
      REQUESTS_PER_MINUTE: '1000000',
    },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (bytes: Buffer) => {
      said = (said + bytes.toString()).slice(-2000);
    });
  const died = new Promise<string>((resolve) =>
    child.once('exit', (code) => resolve(`ended with ${String(code)}: ${said}`)),
  );
  return { child, died };
}

async function stopProcess(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  const late = await Promise.race([ended.then(() => false), delay(STOP_TIMEOUT_MS, true, { ref: false })]);
  if (late) child.kill('SIGKILL');
  await ended;
}

async function untilReady(url: string, died: Promise<string>): Promise<void> {
  let end: string | undefined;
  void died.then((said) => (end = said));
  for (let tries = 0; tries < READY_TRIES; tries++) {
    if (end !== undefined) throw new Error(`The server ${end}`);
    const answer = await fetch(`${url}/readyz`).catch(() => null);
    if (answer?.ok) return;
    await delay(100);
  }
  throw new Error('The server did not get ready.');
}

interface Session {
  cookie: string;
  csrfToken: string;
}

async function signIn(url: string, account: { username: string; password: string }): Promise<Session> {
  const answer = await fetch(`${url}/api/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(account),
  });
  if (!answer.ok) throw new Error(`Signing in answered ${answer.status}.`);
  const { csrfToken } = (await answer.json()) as SessionView;
  return { cookie: (answer.headers.getSetCookie()[0] ?? '').split(';')[0], csrfToken };
}

async function register(url: string, session: Session, identifier: string, unitId: number): Promise<string> {
  const answer = await fetch(`${url}/api/devices?bureau=${BUREAU}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', cookie: session.cookie, 'x-csrf-token': session.csrfToken },
    body: JSON.stringify({ identifier, unitId }),
  });
  if (!answer.ok) throw new Error(`Registering ${identifier} answered ${answer.status}.`);
  return ((await answer.json()) as { key: string }).key;
}
