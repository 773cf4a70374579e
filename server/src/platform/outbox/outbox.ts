import type { NumberedEvent, ReliableEventName } from '@xunfang/geo-data/contract';
import type { FastifyBaseLogger } from 'fastify';
import type { Db, Sql } from '../database/open-database.ts';
import { outboxRepository } from './outbox.repository.ts';

/** What there is for a console that has applied everything up to a number. */
export interface MissedEvents {
  events: NumberedEvent[];
  /** The last number this answers for. */
  upTo: number;
  more: boolean;
  /** What it missed is not kept any more; `upTo` is the newest number then. */
  expired: boolean;
}
/** Events a bureau's consoles get now: of the numbers `after < seq <= upTo` all there are. */
export interface LiveEvents {
  after: number;
  upTo: number;
  events: NumberedEvent[];
}
export interface OutboxSettings {
  /** Kept per bureau: as many events, and as long. */
  keepEvents: number;
  keepMs: number;
  /** Events of one message: bounds what one console can make the server hold. */
  pageEvents: number;
}

export interface Outbox {
  /** How far this process has delivered the bureau's events. */
  delivered(bureauId: number): number;
  /** null: nothing is missed, but what is the newest number? */
  missed(bureauId: number, lastSeq: number | null): Promise<MissedEvents>;
  /** For what this process must know before its consoles do. */
  beforeDelivery(event: ReliableEventName, inform: (bureauId: number) => Promise<void>): void;
  start(deliver: (bureauId: number, live: LiveEvents) => void): Promise<void>;
  stop(): Promise<void>;
  prune(): Promise<number>;
}

/** PostgreSQL wakes us, and the driver listens again after a break; what was said meanwhile, or into a dead line, we find by ourselves. */
const LOOK_INTERVAL_MS = 2000;
const PRUNE_INTERVAL_MS = 5 * 60_000;
const DAY_MS = 24 * 3600_000;
const DEFAULTS: OutboxSettings = { keepEvents: 5000, keepMs: DAY_MS, pageEvents: 200 };

/** Reads committed events in the order of their numbers and hands them to the consoles of this process; every process does. */
export function createOutbox(deps: {
  db: Db;
  sql: Sql;
  log: FastifyBaseLogger;
  settings?: Partial<OutboxSettings>;
}): Outbox {
  const { db, sql, log } = deps;
  const { keepEvents, keepMs, pageEvents } = { ...DEFAULTS, ...deps.settings };
  const repository = outboxRepository(db);
  const positions = new Map<number, number>();
  const informed: { event: ReliableEventName; inform: (bureauId: number) => Promise<void> }[] = [];
  const wanted = new Set<number>();
  const timers: NodeJS.Timeout[] = [];
  let deliver: (bureauId: number, live: LiveEvents) => void = () => {};
  let working: Promise<void> | null = null;
  let listening: { unlisten(): Promise<void> } | null = null;
  let looking = false;
  let stopped = false;

  function wake(bureauId: number): void {
    if (stopped) return;
    wanted.add(bureauId);
    working ??= work();
  }

  async function work(): Promise<void> {
    // A set visits what is added while it is walked.
    for (const bureauId of wanted) {
      wanted.delete(bureauId);
      // What fails is tried again by the next look.
      await deliverNew(bureauId).catch((cause: unknown) =>
        log.error({ err: cause, bureauId }, 'events could not be delivered'),
      );
    }
    working = null;
  }

  /** A database that was set back to an older state has less than was delivered: from there it goes on. */
  async function read(bureauId: number, after: number) {
    const before = positions.get(bureauId) ?? 0;
    const page = await repository.after(bureauId, after, pageEvents);
    if (page.lastSeq < before) positions.set(bureauId, page.lastSeq);
    return page;
  }

  async function deliverNew(bureauId: number): Promise<void> {
    for (;;) {
      const from = positions.get(bureauId) ?? 0;
      const { events, lastSeq } = await read(bureauId, from);
      if (lastSeq <= from || stopped) return;
      for (const { event, inform } of informed)
        if (events.some((one) => one.event === event))
          await inform(bureauId).catch((cause: unknown) =>
            log.error({ err: cause, event }, 'an event was not followed'),
          );
      // Behind what is kept: the consoles notice the gap, and ask.
      const after = (events.at(0)?.seq ?? lastSeq + 1) - 1;
      const upTo = events.at(-1)?.seq ?? lastSeq;
      positions.set(bureauId, upTo);
      deliver(bureauId, { after, upTo, events });
    }
  }

  async function look(): Promise<void> {
    if (looking) return;
    looking = true;
    try {
      for (const { bureauId, lastSeq } of await repository.positions())
        if (lastSeq !== (positions.get(bureauId) ?? 0)) wake(bureauId);
    } catch (cause) {
      log.warn({ err: cause }, 'the outbox could not be read');
    }
    looking = false;
  }

  async function prune(): Promise<number> {
    return repository.prune(keepEvents, new Date(Date.now() - keepMs));
  }

  return {
    delivered: (bureauId) => positions.get(bureauId) ?? 0,

    async missed(bureauId, lastSeq) {
      const page = await read(bureauId, lastSeq ?? Number.MAX_SAFE_INTEGER);
      if (lastSeq === null) return { events: [], upTo: page.lastSeq, more: false, expired: false };
      const { events } = page;
      const complete = lastSeq === page.lastSeq || events.at(0)?.seq === lastSeq + 1;
      if (!complete) return { events: [], upTo: page.lastSeq, more: false, expired: true };
      const upTo = events.at(-1)?.seq ?? lastSeq;
      return { events, upTo, more: upTo < page.lastSeq, expired: false };
    },

    beforeDelivery(event, inform) {
      informed.push({ event, inform });
    },

    async start(toConsoles) {
      deliver = toConsoles;
      // Listening first: what commits between the two lines is told, not lost.
      listening = await sql.listen('outbox', (bureauId) => wake(Number(bureauId)));
      for (const { bureauId, lastSeq } of await repository.positions()) positions.set(bureauId, lastSeq);
      timers.push(setInterval(() => void look(), LOOK_INTERVAL_MS));
      const pruneQuietly = () =>
        prune().catch((cause: unknown) => log.warn({ err: cause }, 'the outbox was not pruned'));
      // At the start too: what is kept is what the settings say, whoever ran before.
      await pruneQuietly();
      timers.push(setInterval(() => void pruneQuietly(), PRUNE_INTERVAL_MS));
      for (const timer of timers) timer.unref();
    },

    async stop() {
      stopped = true;
      for (const timer of timers) clearInterval(timer);
      await listening?.unlisten().catch(() => {});
      await working;
    },

    prune,
  };
}
