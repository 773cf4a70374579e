import { randomBytes } from 'node:crypto';
import type { FastifyBaseLogger } from 'fastify';
import { openRedisLine, type RedisLine } from './redis-line.ts';
import { readHeader, ROWS_HEADER_BYTES, writeHeader } from './rows-message.ts';

/** What one process shares: rows of one width, each beginning with the four bytes that say whose it is. */
export interface SharedRowsUser {
  rowBytes: number;
  /** What changed since the last call, as whole rows; empty: nothing. */
  takeChanged(): Buffer;
  /** Redis may have forgotten everything: the next `takeChanged` must give all that is known. */
  tellEverything(): void;
  /** Rows of another process, or the last known ones; older ones than what is known may be among them. */
  adopt(rows: Buffer): void;
}

export interface SharedRowsSettings {
  /** How long changes are gathered. */
  flushMs: number;
  /** Every process says at least so often that it is there. */
  beatMs: number;
  /** Own beats must come back through Redis within this, else it counts as gone; others that are not heard for so long, too. */
  silenceMs: number;
  retryMs: number;
}

/** Whether other processes' rows arrive here: `alone` was never meant to share. */
export type SharingState = 'alone' | 'shared' | 'partial';

export interface SharedRows {
  state: () => SharingState;
  /** Other processes heard of lately. */
  peers(): number;
  rowsSent(): number;
  rowsAdopted(): number;
  /** Resolves once what is known is here, or Redis could not be reached for now. */
  start(user: SharedRowsUser, installation: string): Promise<void>;
  stop(): Promise<void>;
}

const DEFAULTS: SharedRowsSettings = { flushMs: 200, beatMs: 1000, silenceMs: 4000, retryMs: 1000 };
/** One message of a large change is cut here: Redis serves others between two of them. */
const ROWS_PER_MESSAGE = 4096;
/** A row nobody has renewed for so long says nothing any more. */
const KEPT_SECONDS = 7 * 24 * 3600;

export function createSharedRows(deps: {
  url: string | null;
  log: FastifyBaseLogger;
  settings?: Partial<SharedRowsSettings> | undefined;
}): SharedRows {
  const { url, log } = deps;
  const { flushMs, beatMs, silenceMs, retryMs } = { ...DEFAULTS, ...deps.settings };
  const processId = randomBytes(4).readUInt32LE();
  const heardAtMs = new Map<number, number>();
  let user: SharedRowsUser;
  let topic = '';
  let line: RedisLine | null = null;
  let joining = false;
  let joined = false;
  let sending: Promise<void> | null = null;
  let sentAtMs = 0;
  let rowsSent = 0;
  let rowsAdopted = 0;
  let saidAway = false;
  let stopped = false;
  const timers: NodeJS.Timeout[] = [];

  /** Subscribes first, then reads the last known rows: what comes in between is in both, and the newer wins. */
  async function join(): Promise<void> {
    if (line !== null || joining || stopped || url === null) return;
    joining = true;
    try {
      const opened = await openRedisLine(url, topic, { take, broken: part });
      if (stopped) {
        opened.close();
        return;
      }
      line = opened;
      for (const rows of await line.lastKnown()) adopt(rows);
      user.tellEverything();
      heardAtMs.set(processId, performance.now());
      joined = true;
      sentAtMs = 0;
      if (saidAway) log.warn({ host: hostOf(url) }, 'Redis is back: positions are shared again');
      saidAway = false;
    } catch (cause) {
      part(cause);
    } finally {
      joining = false;
    }
  }

  /** Every process goes on with what it hears itself. */
  function part(cause: unknown): void {
    if (!saidAway && !stopped)
      log.warn({ err: cause, host: hostOf(url ?? '') }, 'Redis is away: only positions that come in here are live');
    saidAway = true;
    joined = false;
    heardAtMs.clear();
    line?.close();
    line = null;
  }

  function adopt(rows: Buffer): void {
    if (rows.length === 0 || rows.length % user.rowBytes !== 0) return;
    rowsAdopted += rows.length / user.rowBytes;
    user.adopt(rows);
  }

  function take(message: Buffer): void {
    const sender = readHeader(message);
    if (sender === undefined) return;
    heardAtMs.set(sender, performance.now());
    if (sender !== processId) adopt(message.subarray(ROWS_HEADER_BYTES));
  }

  /** Never two at once: while Redis is slow, changes of the same row become one. */
  async function flush(): Promise<void> {
    if (!joined || line === null) return;
    const nowMs = performance.now();
    if (nowMs - (heardAtMs.get(processId) ?? 0) > silenceMs) {
      part(new Error(`No word came back through Redis for ${silenceMs} ms.`));
      return;
    }
    sending ??= send(line, nowMs).finally(() => {
      sending = null;
    });
    await sending;
  }

  async function send(using: RedisLine, nowMs: number): Promise<void> {
    for (const [peer, atMs] of heardAtMs) if (nowMs - atMs > silenceMs && peer !== processId) heardAtMs.delete(peer);
    const rows = user.takeChanged();
    if (rows.length === 0 && nowMs - sentAtMs < beatMs) return;
    sentAtMs = nowMs;
    try {
      const bytesPerMessage = ROWS_PER_MESSAGE * user.rowBytes;
      for (let from = 0; from === 0 || from < rows.length; from += bytesPerMessage) {
        const slice = rows.subarray(from, from + bytesPerMessage);
        await using.send(Buffer.concat([writeHeader(processId), slice]), slice, user.rowBytes, KEPT_SECONDS);
      }
      rowsSent += rows.length / user.rowBytes;
    } catch (cause) {
      // Nothing is lost: whoever joins anew tells everything.
      if (using === line) part(cause);
    }
  }

  return {
    state: () => (url === null ? 'alone' : joined ? 'shared' : 'partial'),
    peers: () => [...heardAtMs.keys()].filter((peer) => peer !== processId).length,
    rowsSent: () => rowsSent,
    rowsAdopted: () => rowsAdopted,
    async start(sharing, installation) {
      if (url === null) return;
      user = sharing;
      topic = `xunfang:${installation}:rows`;
      await join();
      if (stopped) return;
      timers.push(
        setInterval(() => void flush(), flushMs),
        setInterval(() => void join(), retryMs),
      );
      for (const timer of timers) timer.unref();
    },
    async stop() {
      for (const timer of timers) clearInterval(timer);
      // The last fixes go out before the process does: what is on its way, then what came since.
      await sending;
      await flush();
      stopped = true;
      line?.close();
      line = null;
      joined = false;
    },
  };
}

/** The address may hold a password: logs name the host only. */
const hostOf = (url: string) => (URL.canParse(url) ? new URL(url).host : '');
