import { randomBytes } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Role, SessionView } from '@xunfang/geo-data/contract';
import type { FastifyInstance, InjectOptions, LightMyRequestResponse as InjectResponse } from 'fastify';
import { type AppDeps, buildApp } from '../app.ts';
import { accountsService } from '../identity/index.ts';
import { type Config, createWorkers, loadConfig, openDatabase, SESSION_COOKIE } from '../platform/index.ts';
import { crossesBureaus } from './crosses-bureaus.ts';
import { createTestDatabase, type TestDatabase } from '../platform/testing/test-database.ts';

export interface TestApp {
  app: FastifyInstance;
  database: TestDatabase;
  config: Config;
  /** Makes an account that holds `role` in `bureau` (null: in every one) and signs it in. */
  signInAs(role: Role, bureau: string | null): Promise<TestSession>;
  /** After the server's clock was set by more than a session lasts: everybody stays signed in. */
  keepSessions(now: Date): Promise<void>;
  close(): Promise<void>;
}

export interface TestAppOptions extends Partial<AppDeps> {
  /** Another address of the same database, for the application alone: through a network that can fail. */
  reachDatabase?: (url: string) => Promise<string>;
}

export interface TestSession {
  view: SessionView;
  /** For sockets: `extraHeaders: { cookie }`. */
  cookie: string;
  username: string;
  password: string;
  /** `app.inject` with this session's cookie and CSRF token. */
  inject(options: InjectOptions): Promise<InjectResponse>;
}

/**
 * The real application on a real database of its own; only the port is missing (`await app.listen({ port: 0 })`).
 * `observe` sees the bare instance before anything is registered (to collect routes).
 */
export async function createTestApp(
  { reachDatabase, ...overrides }: TestAppOptions = {},
  observe?: (app: FastifyInstance) => void,
): Promise<TestApp> {
  const database = await createTestDatabase();
  const dataDir = join(tmpdir(), `xunfang-data-${randomBytes(6).toString('hex')}`);
  const config = loadConfig({
    DATA_DIR: dataDir,
    REQUESTS_PER_MINUTE: '1000000',
    LOG_LEVEL: 'silent',
    JT808_PORT: 'off',
  });
  const workers = createWorkers(2);
  // A pool of its own, so that what the product asks can be told from what the test asks.
  const crossing = new Set<string>();
  const pool = openDatabase((await reachDatabase?.(database.url)) ?? database.url, {
    max: 8,
    // Benches are not slowed down by it.
    ...(process.env.VITEST ? { onStatement: (text: string) => void (crossesBureaus(text) && crossing.add(text)) } : {}),
  });
  const deps: AppDeps = { config, db: pool.db, sql: pool.sql, workers, ...overrides };
  const app = await buildApp(deps, observe);
  await app.ready();
  return {
    app,
    database,
    config,
    signInAs: (role, bureau) => signInAs(app, deps, role, bureau),
    keepSessions: async (now) => {
      const expires = new Date(now.getTime() + 3_600_000);
      await database.db
        .updateTable('session')
        .set({ created_at: now, last_seen_at: now, expires_at: expires })
        .execute();
    },
    close: async () => {
      await app.close();
      await workers.close();
      await pool.close();
      await database.drop();
      await rm(dataDir, { recursive: true, force: true });
      if (crossing.size > 0)
        throw new Error(
          `Distributed tables were asked across bureaus (docs/scale-out.md):\n${[...crossing].join('\n')}`,
        );
    },
  };
}

async function signInAs(app: FastifyInstance, deps: AppDeps, role: Role, bureau: string | null): Promise<TestSession> {
  const username = `${role}-${randomBytes(4).toString('hex')}`;
  const password = `Aa1-${randomBytes(12).toString('base64url')}`;
  const accounts = accountsService({ db: deps.db, now: () => new Date() });
  await accounts.create(
    { username, displayName: role, password, roles: [{ bureau, role }] },
    { actor: 'test', address: null },
  );
  const answer = await app.inject({ method: 'POST', url: '/api/session', payload: { username, password } });
  if (answer.statusCode !== 200) throw new Error(`Signing in as ${role} answered ${answer.statusCode}: ${answer.body}`);
  const view = answer.json<SessionView>();
  const token = answer.cookies.find((cookie) => cookie.name === SESSION_COOKIE)?.value ?? '';
  const cookie = `${SESSION_COOKIE}=${token}`;
  return {
    view,
    cookie,
    username,
    password,
    inject: (options) =>
      app.inject({ ...options, headers: { cookie, 'x-csrf-token': view.csrfToken, ...options.headers } }),
  };
}
