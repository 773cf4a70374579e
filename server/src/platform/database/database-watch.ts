import type { FastifyBaseLogger } from 'fastify';
import postgres from 'postgres';
import { cutConnections, type Sql } from './open-database.ts';

export interface DatabaseWatchSettings {
  intervalMs: number;
  /** Slower than any database that still works, loaded as it may be. */
  answerMs: number;
}

export interface DatabaseWatch {
  /** Whether it answered lately. Asked on every request: costs nothing. */
  ok: () => boolean;
  /** By the clock of `performance.now()`; null while it answers. */
  awaySinceMs: () => number | null;
  start(): void;
  stop(): Promise<void>;
}

const FAILURES = 2;
const DEFAULTS: DatabaseWatchSettings = { intervalMs: 1000, answerMs: 6000 };

/**
 * Asks the database once a second on a connection of its own, so that a busy pool does not look like a dead database. When no answer
 * comes all connections are cut: what waits on a line whose other end is gone fails now, not when the system gives up after a quarter
 * of an hour, and what comes later opens a new one.
 */
export function createDatabaseWatch(deps: {
  sql: Sql;
  log: FastifyBaseLogger;
  settings?: Partial<DatabaseWatchSettings> | undefined;
}): DatabaseWatch {
  const { sql, log } = deps;
  const { intervalMs, answerMs } = { ...DEFAULTS, ...deps.settings };
  const openLine = () => postgres({ ...(sql.options as object), max: 1, fetch_types: false, idle_timeout: 0 });
  let line = openLine();
  let awaySinceMs: number | null = null;
  let stopped = false;
  let failures = 0;
  let askedAtMs: number | null = null;
  let timer: NodeJS.Timeout | undefined;

  function found(ok: boolean, cause?: unknown): void {
    if (ok === (awaySinceMs === null)) return;
    awaySinceMs = ok ? null : performance.now();
    if (ok) log.warn('the database is back');
    else log.error({ err: cause }, 'the database is away: positions stay live, changes are refused');
  }

  function giveUp(): void {
    askedAtMs = null;
    void line.end({ timeout: 0 }).catch(() => {});
    line = openLine();
    cutConnections(sql);
    found(false, new Error(`No answer for ${answerMs} ms.`));
  }

  function ask(): void {
    if (askedAtMs !== null) {
      if (performance.now() - askedAtMs > answerMs) giveUp();
      return;
    }
    askedAtMs = performance.now();
    const asked = line;
    const answered = (ok: boolean, cause?: unknown) => {
      if (asked !== line || stopped) return;
      askedAtMs = null;
      failures = ok ? 0 : failures + 1;
      // One line that broke is not a database that is gone.
      if (ok || failures >= FAILURES) found(ok, cause);
    };
    asked`SELECT 1`.then(
      () => answered(true),
      (cause: unknown) => answered(false, cause),
    );
  }

  return {
    ok: () => awaySinceMs === null,
    awaySinceMs: () => awaySinceMs,
    start() {
      timer = setInterval(ask, intervalMs);
      timer.unref();
    },
    async stop() {
      clearInterval(timer);
      stopped = true;
      await line.end({ timeout: 1 }).catch(() => {});
    },
  };
}
