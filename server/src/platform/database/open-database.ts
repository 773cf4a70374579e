import { connect, type Socket } from 'node:net';
import { Kysely } from 'kysely';
import { PostgresJSDialect } from 'kysely-postgres-js';
import postgres from 'postgres';
import { StartupError } from '../startup-error.ts';
import type { Database } from './schema.ts';

/** bigint columns are numbers where a double holds them exactly, else bigint: H3 cells always are. */
const bigintType = {
  to: 20,
  from: [20],
  serialize: (value: number | bigint | string) => value.toString(),
  parse: (text: string): number | bigint => {
    const value = Number(text);
    return Number.isSafeInteger(value) ? value : BigInt(text);
  },
};

export type Sql = postgres.Sql<{ bigint: number | bigint }>;
/** What repositories take: the pool or a transaction. */
export type Db = Kysely<Database>;

export interface OpenDatabase {
  sql: Sql;
  db: Db;
  close(): Promise<void>;
}

const OLDEST_POSTGRES = 150_000;
/** After a break connections are tried again soon: consoles are waiting. The driver's own pause grows to 20 s. */
const LONGEST_PAUSE_SECONDS = 1;
const FIRST_PAUSE_SECONDS = 0.05;

/** Sockets of every pool, its listening connection included. */
const socketsOf = new WeakMap<object, Set<Socket>>();

export function openDatabase(
  url: string,
  options: { max: number; onStatement?: (text: string) => void },
): OpenDatabase {
  const { onStatement } = options;
  const sockets = new Set<Socket>();
  const sql = postgres(url, {
    max: options.max,
    ...({ socket: socketOpener(sockets) } as object),
    backoff: (tries: number) => Math.min(LONGEST_PAUSE_SECONDS, FIRST_PAUSE_SECONDS * 2 ** tries),
    types: { bigint: bigintType },
    // Without a limit a start against a wrong address hangs for half a minute.
    connect_timeout: 5,
    onnotice: () => {},
    ...(onStatement === undefined ? {} : { debug: (_connection: number, text: string) => onStatement(text) }),
    connection: { application_name: 'xunfang', TimeZone: 'UTC' },
  });
  socketsOf.set(sql, sockets);
  const db = new Kysely<Database>({ dialect: new PostgresJSDialect({ postgres: sql }) });
  return {
    sql,
    db,
    // Kysely's destroy would end the pool without a limit; ending it here lets running statements finish first.
    async close() {
      await sql.end({ timeout: 5 });
      // Those whose other end does not answer a goodbye.
      cutConnections(sql);
    },
  };
}

/**
 * Breaks every connection of the pool: what waits for an answer is rejected now, what comes next opens a new one. For when the other end
 * is gone without a goodbye.
 */
export function cutConnections(sql: Sql): void {
  // The driver writes the query into the error: each connection gets its own.
  for (const socket of socketsOf.get(sql) ?? [])
    socket.destroy(
      Object.assign(new Error('The connection was cut: the database did not answer.'), { code: 'CONNECTION_CUT' }),
    );
}

/** Ends the pool at once and for good: what waits for an answer is rejected, and so is whatever comes later. */
export async function endConnections(sql: Sql): Promise<void> {
  await sql.end({ timeout: 0 });
  cutConnections(sql);
}

interface Address {
  host: string[];
  port: number[];
  path?: string | false;
}

/** The driver's own way to open a socket, hosts in turn, but for keeping hold of it. It writes before the socket is connected: Node keeps that. */
function socketOpener(sockets: Set<Socket>): (address: Address) => Socket {
  let turn = 0;
  return ({ host, port, path }) => {
    const at = turn++ % host.length;
    const socket = path ? connect(path) : connect(port[at], host[at]);
    // Read by the driver for TLS.
    Object.assign(socket, { host: host[at], port: port[at] });
    sockets.add(socket);
    return socket.on('close', () => sockets.delete(socket));
  };
}

/** One round trip that tells a wrong address, password or an old PostgreSQL before anything else runs. */
export async function checkDatabase(database: OpenDatabase): Promise<void> {
  let version: number;
  try {
    const [row] = await database.sql<{ version: string }[]>`SELECT current_setting('server_version_num') AS version`;
    version = Number(row.version);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message || String((cause as { code?: string }).code) : String(cause);
    throw new StartupError(
      `无法连接数据库（请检查 DATABASE_URL）：${reason}`,
      `Cannot reach the database (check DATABASE_URL): ${reason}`,
      { cause },
    );
  }
  if (version < OLDEST_POSTGRES) {
    const found = Math.floor(version / 10_000);
    throw new StartupError(
      `数据库为 PostgreSQL ${found}，需要 15 或更高版本。`,
      `The database is PostgreSQL ${found} when expected 15 or newer.`,
    );
  }
}
