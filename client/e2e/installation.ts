import { type ChildProcess, spawn } from 'node:child_process';
import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../../server/src/platform/free-port.ts';

const ROOT = join(import.meta.dirname, '../..');
const FIRST_START_MS = 180_000;

/** A whole product, started by the command of the README in an empty data directory. */
export interface Installation {
  url: string;
  dataDir: string;
  passwordOf: (username: string) => string;
  /** As a program of the same installation would: signed in, by HTTP. */
  post: (username: string, path: string, body: object) => Promise<Response>;
  /** The database takes connections and answers nothing, until `thawDatabase`. */
  freezeDatabase: () => Promise<void>;
  thawDatabase: () => Promise<void>;
  /** Stops the server hard, as a power cut would; `restart` brings it back on the same port and data. */
  kill: () => Promise<void>;
  restart: () => Promise<void>;
  remove: () => Promise<void>;
}

export async function startInstallation(env: Record<string, string> = {}): Promise<Installation> {
  const dataDir = await mkdtemp(join(tmpdir(), 'xunfang-e2e-'));
  // The database runs as a user of its own when the tests run as root: it must be able to pass through.
  await chmod(dataDir, 0o755);
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  let child = await launch(dataDir, port, env).catch(async (error: unknown) => {
    await rm(dataDir, { recursive: true, force: true });
    throw error;
  });
  const signIns = await readFile(join(dataDir, 'sign-in.txt'), 'utf8');
  const passwords = new Map(signIns.split('\n').map((line) => line.split('\t').slice(0, 2) as [string, string]));
  const passwordOf = (username: string) => {
    const password = passwords.get(username);
    if (!password) throw new Error(`No account ${username}; there are ${[...passwords.keys()].join(', ')}.`);
    return password;
  };
  return {
    url,
    dataDir,
    passwordOf,
    post: async (username, path, body) => {
      const headers = { 'content-type': 'application/json' };
      const credentials = JSON.stringify({ username, password: passwordOf(username) });
      const session = await fetch(`${url}/api/session`, { method: 'POST', headers, body: credentials });
      const { csrfToken } = (await session.json()) as { csrfToken: string };
      const cookie = session.headers.getSetCookie()[0].split(';')[0];
      return fetch(url + path, {
        method: 'POST',
        headers: { ...headers, cookie, 'x-csrf-token': csrfToken },
        body: JSON.stringify(body),
      });
    },
    freezeDatabase: () => signalDatabase(dataDir, 'SIGSTOP'),
    thawDatabase: () => signalDatabase(dataDir, 'SIGCONT'),
    kill: () => stop(child, 'SIGKILL'),
    restart: async () => {
      child = await launch(dataDir, port, env);
    },
    remove: async () => {
      await stop(child, 'SIGTERM');
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

async function launch(dataDir: string, port: number, env: Record<string, string>): Promise<ChildProcess> {
  const child = spawn(process.execPath, [join(ROOT, 'scripts/src/start.ts')], {
    cwd: ROOT,
    env: { ...ownEnvironment(), DATA_DIR: dataDir, PORT: String(port), HOST: '127.0.0.1', JT808_PORT: '0', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk: Buffer) => (said += chunk.toString()));
  const deadline = Date.now() + FIRST_START_MS;
  while (Date.now() < deadline) {
    if (child.exitCode !== null) throw new Error(`The start command ended with ${child.exitCode}:\n${said}`);
    const ready = await fetch(`http://127.0.0.1:${port}/readyz`).then(
      (answer) => answer.ok,
      () => false,
    );
    if (ready) return child;
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
  child.kill('SIGKILL');
  throw new Error(`Not ready after ${FIRST_START_MS / 1000} s:\n${said}`);
}

/** The postmaster and all that it started. */
async function signalDatabase(dataDir: string, signal: NodeJS.Signals): Promise<void> {
  const postmaster = Number((await readFile(join(dataDir, 'postgres/postmaster.pid'), 'utf8')).split('\n')[0]);
  const children = await readFile(`/proc/${postmaster}/task/${postmaster}/children`, 'utf8');
  for (const pid of [postmaster, ...children.trim().split(/\s+/).filter(Boolean).map(Number)])
    process.kill(pid, signal);
}

/** Of the person at the terminal: the test runner's own variables would make another product (`NODE_ENV=test` bundles React for development). */
function ownEnvironment(): NodeJS.ProcessEnv {
  const theirs =
    /^(NODE_ENV|NODE_OPTIONS|VITEST.*|TEST|MODE|DEV|PROD|SSR|BASE_URL|DATABASE_URL|ADMIN_PASSWORD|SIMULATOR)$/;
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !theirs.test(name)));
}

function stop(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    child.once('exit', () => resolve());
    child.kill(signal);
  });
}
