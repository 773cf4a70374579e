import { availableParallelism } from 'node:os';
import { resolve } from 'node:path';
import { StartupError } from './startup-error.ts';

export interface Config {
  port: number;
  host: string;
  /** Absolute. Holds the embedded database, spooled imports and keys of this installation. */
  dataDir: string;
  /** An outside PostgreSQL (≥ 15); null: the embedded one below `dataDir`. */
  databaseUrl: string | null;
  /** Password of the first administrator; null: one is made. */
  adminPassword: string | null;
  logLevel: string;
  /** Address the console is reached by behind a proxy, for example https://xunfang.example.cn. */
  publicOrigin: string | null;
  /** Believe X-Forwarded-* of the proxy in front. */
  trustProxy: boolean;
  /** Cookies with Secure, HSTS: on when `publicOrigin` is https, or when told. */
  secureCookies: boolean;
  /** Requests a minute from one address, before the answer is 429. */
  requestsPerMinute: number;
  workerThreads: number;
  /** A broker whose OwnTracks messages are taken, for example mqtt://xunfang:secret@broker:1883; null: none. */
  mqttUrl: string | null;
  /** Through which the processes of an installation share live positions, for example redis://:secret@redis:6379; null: there is only one. */
  redisUrl: string | null;
  /** Where JT/T 808 terminals connect; null: nowhere. */
  jt808Port: number | null;
  /** Events kept per bureau for consoles that were away; none is kept for longer than a day. */
  outboxKeepEvents: number;
  /** Largest file an import takes, as it is uploaded. */
  importMaxBytes: number;
}

const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'];

/** Reads the environment. Throws `StartupError` naming the variable, what it is and what it may be. */
export function loadConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const publicOrigin = readOrigin(env, 'PUBLIC_ORIGIN');
  return {
    port: readInteger(env, 'PORT', 8080, 0, 65_535),
    host: env.HOST || '0.0.0.0',
    dataDir: resolve(env.DATA_DIR || './data'),
    databaseUrl: readServiceUrl(
      env,
      'DATABASE_URL',
      ['postgres', 'postgresql'],
      'postgres://user:password@host:5432/database',
    ),
    adminPassword: env.ADMIN_PASSWORD || null,
    logLevel: readChoice(env, 'LOG_LEVEL', LOG_LEVELS, 'info'),
    publicOrigin,
    trustProxy: readBoolean(env, 'TRUST_PROXY', false),
    secureCookies: readBoolean(env, 'SECURE_COOKIES', publicOrigin?.startsWith('https:') ?? false),
    requestsPerMinute: readInteger(env, 'REQUESTS_PER_MINUTE', 3000, 1, 1_000_000_000),
    workerThreads: readInteger(env, 'WORKER_THREADS', Math.max(2, availableParallelism() - 1), 1, 256),
    mqttUrl: readServiceUrl(env, 'MQTT_URL', ['mqtt', 'mqtts', 'ws', 'wss'], 'mqtt[s]://user:password@host[:port]'),
    redisUrl: readServiceUrl(env, 'REDIS_URL', ['redis', 'rediss'], 'redis[s]://user:password@host[:port]'),
    // Whoever takes any free port for the console takes any for terminals: several servers on one machine.
    jt808Port: env.JT808_PORT === 'off' ? null : readInteger(env, 'JT808_PORT', env.PORT === '0' ? 0 : 7611, 0, 65_535),
    outboxKeepEvents: readInteger(env, 'OUTBOX_KEEP_EVENTS', 5000, 10, 10_000_000),
    importMaxBytes: readInteger(env, 'IMPORT_MAX_BYTES', 2 * 1024 ** 3, 1, Number.MAX_SAFE_INTEGER),
  };
}

type Env = Readonly<Record<string, string | undefined>>;

function refuse(name: string, actual: string, expected: string): never {
  throw new StartupError(
    `配置错误：${name} 是“${actual}”，应为 ${expected}。`,
    `Configuration: ${name} is "${actual}" when expected ${expected}.`,
  );
}

function readInteger(env: Env, name: string, fallback: number, min: number, max: number): number {
  const text = env[name];
  if (!text) return fallback;
  const value = Number(text);
  if (!Number.isInteger(value) || value < min || value > max) refuse(name, text, `${min}…${max}`);
  return value;
}

function readBoolean(env: Env, name: string, fallback: boolean): boolean {
  const text = env[name];
  if (!text) return fallback;
  return readChoice(env, name, ['true', 'false', '1', '0'], 'false') === 'true' || text === '1';
}

function readChoice(env: Env, name: string, choices: readonly string[], fallback: string): string {
  const text = env[name];
  if (!text) return fallback;
  if (!choices.includes(text)) refuse(name, text, choices.join(' | '));
  return text;
}

function readOrigin(env: Env, name: string): string | null {
  const text = env[name];
  if (!text) return null;
  if (!URL.canParse(text) || !/^https?:$/.test(new URL(text).protocol)) refuse(name, text, 'https://host[:port]');
  return new URL(text).origin;
}

/** The address holds a password: a refusal never repeats it. */
function readServiceUrl(env: Env, name: string, schemes: readonly string[], expected: string): string | null {
  const text = env[name];
  if (!text) return null;
  if (!URL.canParse(text) || !schemes.includes(new URL(text).protocol.slice(0, -1))) refuse(name, '…', expected);
  return text;
}
