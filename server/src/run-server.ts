import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { FastifyInstance } from 'fastify';
import { buildApp } from './app.ts';
import {
  type Config,
  checkDatabase,
  createLogger,
  createWorkers,
  migrateToLatest,
  type OpenDatabase,
  openDatabase,
  StartupError,
  startEmbeddedPostgres,
  type Workers,
  withLock,
} from './platform/index.ts';

export interface RunningServer {
  app: FastifyInstance;
  database: OpenDatabase;
  url: string;
  /** Idempotent. Sockets, requests, workers, database, in this order. */
  close(): Promise<void>;
}
export interface RunOptions {
  /** Runs after the migration and before the port opens: seeding. */
  prepare?: (context: { config: Config; database: OpenDatabase; workers: Workers }) => Promise<void>;
  /** Progress for whoever watches the terminal. */
  onStep?: (step: 'database' | 'migration' | 'prepare' | 'listen') => void;
  /** Gives up a start that is under way; a running server is closed by `close`. */
  signal?: AbortSignal;
}

const CONSOLE_DIR = fileURLToPath(new URL('../../client/dist', import.meta.url));
const POOL_SIZE = 16;

type Undo = (() => Promise<unknown>)[];

/** From a configuration to a served port. Whatever was started before a failure is stopped again. */
export async function runServer(config: Config, options: RunOptions = {}): Promise<RunningServer> {
  const { prepare, onStep, signal } = options;
  const undo: Undo = [];
  let closing = Promise.resolve();
  const close = () => (closing = closing.then(() => undoAll(undo)));
  // What runs then (a seeding of half a minute) fails at its next statement instead of being waited for.
  const giveUp = () => void close().catch(() => {});
  signal?.addEventListener('abort', giveUp);
  const step = (name: Parameters<NonNullable<RunOptions['onStep']>>[0]) => {
    signal?.throwIfAborted();
    onStep?.(name);
  };
  try {
    step('database');
    const database = await openConfiguredDatabase(config, undo);
    const workers = createWorkers(config.workerThreads);
    undo.push(() => workers.close());
    // Of several processes that start at once one does the work, and the others find it done.
    await withLock(database.sql, 'start', { wait: true }, async () => {
      step('migration');
      await migrateToLatest(database.db);
      step('prepare');
      await unlessGivenUp(prepare?.({ config, database, workers }), signal);
    });
    step('listen');
    const { db, sql } = database;
    const version = await productVersion();
    const app = await buildApp({
      config,
      db,
      sql,
      workers,
      logger: createLogger(config),
      consoleDir: CONSOLE_DIR,
      version,
    });
    undo.push(() => app.close());
    const url = await listen(app, config);
    signal?.throwIfAborted();
    return { app, database, url, close };
  } catch (error) {
    await close();
    throw error;
  } finally {
    signal?.removeEventListener('abort', giveUp);
  }
}

/** Work that a start no longer waits for once it is given up: what it waits for itself may be closed already. */
function unlessGivenUp(work: Promise<void> | undefined, signal?: AbortSignal): Promise<void> {
  return new Promise((done, fail) => {
    signal?.addEventListener('abort', () => fail(signal.reason), { once: true });
    Promise.resolve(work).then(done, fail);
  });
}

async function openConfiguredDatabase(config: Config, undo: Undo): Promise<OpenDatabase> {
  let url = config.databaseUrl;
  if (url === null) {
    const embedded = await startEmbeddedPostgres(config.dataDir);
    undo.push(() => embedded.stop());
    url = embedded.url;
  }
  const database = openDatabase(url, { max: POOL_SIZE });
  undo.push(() => database.close());
  await checkDatabase(database);
  return database;
}

async function listen(app: FastifyInstance, { port, host }: Config): Promise<string> {
  try {
    await app.listen({ port, host });
  } catch (cause) {
    throw listenFailure(cause as NodeJS.ErrnoException, host, port);
  }
  const address = app.server.address();
  const openPort = typeof address === 'object' && address !== null ? address.port : port;
  return `http://${host === '0.0.0.0' || host === '::' ? 'localhost' : host}:${openPort}`;
}

function listenFailure(cause: NodeJS.ErrnoException, host: string, port: number): Error {
  if (cause.code === 'EADDRINUSE')
    return new StartupError(
      `端口 ${port} 已被占用，请用 PORT=其他端口 启动。`,
      `Port ${port} is in use; start with PORT=another.`,
      { cause },
    );
  if (['EACCES', 'EADDRNOTAVAIL', 'ENOTFOUND'].includes(cause.code ?? '')) {
    const { message } = cause;
    return new StartupError(`无法监听 ${host}:${port}：${message}`, `Cannot listen on ${host}:${port}: ${message}`, {
      cause,
    });
  }
  return cause;
}

async function undoAll(undo: Undo): Promise<void> {
  const failures: unknown[] = [];
  for (let step = undo.pop(); step !== undefined; step = undo.pop())
    await step().catch((error: unknown) => {
      failures.push(error);
    });
  if (failures.length > 0) throw new AggregateError(failures, 'Not everything stopped cleanly.');
}

async function productVersion(): Promise<string> {
  const file = await readFile(new URL('../../package.json', import.meta.url), 'utf8');
  return (JSON.parse(file) as { version: string }).version;
}
