import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmod, chown, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import postgres from 'postgres';
import { freePort } from '../../free-port.ts';
import { StartupError } from '../../startup-error.ts';
import { findPostgresBinaries, POSTGRES_MAJOR, type PostgresBinaries, SHARED_ROOT } from './postgres-binaries.ts';
import { canExecute, choosePostgresUser, type RunAs } from './run-as.ts';

const run = promisify(execFile);
const ROLE = 'xunfang';
const DATABASE = 'xunfang';
/** Any number: the lock of whoever owns the server of a data directory. */
const OWNER_LOCK = 7_286_437;

export interface EmbeddedPostgres {
  url: string;
  /** The server ran already: left over by a process that was killed. */
  adopted: boolean;
  /** Where the cluster lies; elsewhere than the data directory only for root below a private home. */
  clusterDir: string;
  stop(): Promise<void>;
}
interface Options {
  /** For tests: no waiting for the disk. Data does not survive a power cut then. */
  unsafe?: boolean;
}

/**
 * A real PostgreSQL below `dataDir`, made on the first start, adopted when a killed process left it running.
 * One process owns it, told by an advisory lock that dies with the process; a second start is refused.
 */
export async function startEmbeddedPostgres(dataDir: string, options: Options = {}): Promise<EmbeddedPostgres> {
  const runAs = choosePostgresUser();
  const binaries = await findPostgresBinaries(runAs);
  const clusterDir = await prepareClusterDir(dataDir, runAs);
  const password = await ownPassword(dataDir);
  const cluster: Cluster = { binaries, runAs, clusterDir, password };
  await refuseOtherMajor(clusterDir);
  if (!(await exists(join(clusterDir, 'PG_VERSION')))) await initialise(cluster);

  const runningPort = await portOfRunningServer(cluster);
  const port = runningPort ?? (await startServer(cluster, options));
  const owner = await becomeOwner(cluster, port);
  return {
    url: urlOf(cluster, port, DATABASE),
    adopted: runningPort !== null,
    clusterDir,
    stop: async () => {
      await owner.end({ timeout: 1 });
      await pgCtl(cluster, ['stop', '-m', 'fast', '-w', '-t', '60']);
    },
  };
}

interface Cluster {
  binaries: PostgresBinaries;
  runAs: RunAs;
  clusterDir: string;
  password: string;
}

/**
 * The cluster lies in `dataDir/postgres`; below /var/lib when the user PostgreSQL runs as may not enter `dataDir` (root
 * with a data directory in a private home). Which one it is stands in `dataDir/postgres-location`, so that deleting the
 * data directory starts afresh and moving it loses nothing.
 */
async function prepareClusterDir(dataDir: string, runAs: RunAs): Promise<string> {
  await mkdir(dataDir, { recursive: true });
  const { uid, gid } = runAs;
  const locationFile = join(dataDir, 'postgres-location');
  const known = await readFile(locationFile, 'utf8').catch(() => null);
  const reachable = uid === undefined || canExecute(dataDir, runAs);
  const chosen = reachable
    ? join(dataDir, 'postgres')
    : join(SHARED_ROOT, `postgres-${randomBytes(6).toString('hex')}`);
  const clusterDir = known?.trim() || chosen;
  if (!reachable) {
    await mkdir(SHARED_ROOT, { recursive: true, mode: 0o755 });
    await writeFile(locationFile, `${clusterDir}\n`);
  }
  await mkdir(clusterDir, { recursive: true, mode: 0o700 });
  if (uid !== undefined) await chown(clusterDir, uid, gid);
  return clusterDir;
}

/** Made once for this installation, readable by its owner only. */
async function ownPassword(dataDir: string): Promise<string> {
  const file = join(dataDir, 'postgres-password');
  if (await exists(file)) return (await readFile(file, 'utf8')).trim();
  const password = randomBytes(24).toString('base64url');
  await writeFile(file, `${password}\n`, { mode: 0o600 });
  await chmod(file, 0o600);
  return password;
}

async function refuseOtherMajor(clusterDir: string): Promise<void> {
  const found = await readFile(join(clusterDir, 'PG_VERSION'), 'utf8').catch(() => null);
  if (found === null || Number(found) === POSTGRES_MAJOR) return;
  throw new StartupError(
    `数据目录 ${clusterDir} 属于 PostgreSQL ${found.trim()}，本程序内置的是 ${POSTGRES_MAJOR}。`,
    `The data directory ${clusterDir} belongs to PostgreSQL ${found.trim()}, this version embeds ${POSTGRES_MAJOR}.`,
  );
}

async function initialise({ binaries, runAs, clusterDir, password }: Cluster): Promise<void> {
  const passwordFile = join(tmpdir(), `xunfang-${randomBytes(8).toString('hex')}`);
  await writeFile(passwordFile, password, { mode: 0o600 });
  if (runAs.uid !== undefined) await chown(passwordFile, runAs.uid, runAs.gid);
  try {
    await run(
      binaries.initdb,
      [
        `--pgdata=${clusterDir}`,
        `--username=${ROLE}`,
        `--pwfile=${passwordFile}`,
        '--auth=scram-sha-256',
        '--encoding=UTF8',
        // Ships with PostgreSQL itself: sorting does not change with the machine's locales.
        '--locale-provider=builtin',
        '--builtin-locale=C.UTF-8',
        '--locale=C',
      ],
      { ...runAs, cwd: '/', env: serverEnvironment() },
    );
  } catch (cause) {
    await rm(clusterDir, { recursive: true, force: true });
    const reason = lastLine((cause as { stderr?: string }).stderr) || String(cause);
    throw new StartupError(`无法建立数据库：${reason}`, `Cannot make the database: ${reason}`, { cause });
  } finally {
    await rm(passwordFile, { force: true });
  }
}

async function startServer(cluster: Cluster, options: Options): Promise<number> {
  const port = await freePort();
  const settings = {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    max_connections: '60',
    shared_buffers: '256MB',
    work_mem: '16MB',
    maintenance_work_mem: '256MB',
    max_wal_size: '2GB',
    wal_compression: 'on',
    log_min_messages: 'warning',
    ...(options.unsafe
      ? { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', shared_buffers: '64MB' }
      : {}),
  };
  const flags = Object.entries(settings).map(([name, value]) => `-c ${name}='${value}'`);
  const log = join(cluster.clusterDir, 'server.log');
  try {
    await pgCtl(cluster, ['start', '-w', '-t', '60', '-l', log, '-o', `-p ${port} ${flags.join(' ')}`]);
  } catch (cause) {
    const reason = lastLine(await readFile(log, 'utf8').catch(() => '')) || String(cause);
    throw new StartupError(
      `内置数据库无法启动：${reason}（日志：${log}）`,
      `The embedded database does not start: ${reason} (log: ${log})`,
      { cause },
    );
  }
  return port;
}

/** Its port from postmaster.pid (fourth line), or null: nothing runs. */
async function portOfRunningServer(cluster: Cluster): Promise<number | null> {
  const pidFile = join(cluster.clusterDir, 'postmaster.pid');
  const readLines = async () => (await readFile(pidFile, 'utf8').catch(() => '')).split('\n');
  const pid = Number((await readLines())[0]);
  // A killed server whose parent never asked for its end (a container without init) still has a number, but is no server.
  if (await isZombie(pid)) await rm(pidFile, { force: true });
  const running = await pgCtl(cluster, ['status']).then(
    () => true,
    () => false,
  );
  if (!running) return null;
  // One that is still starting, perhaps recovering, writes `ready` into the eighth line when it is.
  for (let attempt = 0; attempt < 120 && (await readLines())[7]?.trim() !== 'ready'; attempt++) await delay(250);
  return Number((await readLines())[3]);
}

async function isZombie(pid: number): Promise<boolean> {
  const state = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  return /\) Z /.test(state);
}

/** Takes the owner's lock, waiting a moment for one whose process is just dying, and makes the database. */
async function becomeOwner(cluster: Cluster, port: number): Promise<postgres.Sql> {
  const sql = postgres(urlOf(cluster, port, 'postgres'), {
    max: 1,
    idle_timeout: 0,
    max_lifetime: null,
    onnotice: () => {},
  });
  for (let attempt = 0; attempt < 6; attempt++) {
    const [row] = await sql<{ locked: boolean }[]>`SELECT pg_try_advisory_lock(${OWNER_LOCK}) AS locked`;
    if (row.locked) {
      const found = await sql`SELECT 1 FROM pg_database WHERE datname = ${DATABASE}`;
      if (found.length === 0) await sql.unsafe(`CREATE DATABASE ${DATABASE}`);
      return sql;
    }
    await delay(500);
  }
  await sql.end({ timeout: 1 });
  throw new StartupError(
    `数据目录正被另一个运行中的服务使用（${cluster.clusterDir}）。`,
    `The data directory is in use by another running server (${cluster.clusterDir}).`,
  );
}

const urlOf = (cluster: Cluster, port: number, database: string) =>
  `postgres://${ROLE}:${encodeURIComponent(cluster.password)}@127.0.0.1:${port}/${database}`;

/** pg_ctl starts the server in a session of its own: Ctrl-C reaches us alone, and we stop it when we are done with it. */
function pgCtl({ binaries, clusterDir, runAs }: Cluster, args: string[]) {
  return run(binaries.pgCtl, ['-D', clusterDir, ...args], { ...runAs, cwd: '/', env: serverEnvironment() });
}

const serverEnvironment = () => ({ PATH: process.env.PATH, LC_ALL: 'C', TZ: 'UTC' });
const lastLine = (text: string | undefined) => text?.trim().split('\n').at(-1) ?? '';
const exists = (path: string) =>
  readFile(path).then(
    () => true,
    () => false,
  );
