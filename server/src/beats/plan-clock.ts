import { setTimeout as delay } from 'node:timers/promises';
import { planSpells } from '@xunfang/geo-data/beats';
import { appendEvents, type Db } from '../platform/index.ts';
import { planCalendarRepository } from './plan-calendar.repository.ts';
import { applyPlanInForce } from './plan-in-force.ts';
import { plansRepository } from './plans.repository.ts';

/** Another process may have published meanwhile: how late its plan may be noticed here. */
const LONGEST_WAIT_MS = 5_000;
const AHEAD_SECONDS = 86_400;
const CALENDAR = { actor: 'calendar', address: null };

export interface PlanClock {
  /** Lets take effect what is due; answers when the next change is, as far as it is known. */
  tick(): Promise<Date | null>;
  /** Ticks now, at every change, and every few seconds. */
  start(): Promise<void>;
  stop(): Promise<void>;
}

interface PlanClockDeps {
  db: Db;
  now: () => Date;
  onError: (cause: unknown) => void;
}

/**
 * The moment at which a plan takes effect. A server that slept over it catches up on its first tick; of several processes the first to lock
 * the bureau's plans does it and the others find it done.
 */
export function createPlanClock({ db, now, onError }: PlanClockDeps): PlanClock {
  const calendars = planCalendarRepository(db);
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<unknown> = Promise.resolve();
  let stopped = false;
  /** Bureaus that are being looked at; an import may keep the plans of one locked for long. */
  const looks = new Map<number, Promise<number>>();

  async function tickBureau(bureauId: number): Promise<number> {
    const at = now();
    const seconds = at.getTime() / 1000;
    const [spell, next] = planSpells(await calendars.calendar(bureauId), seconds, seconds + AHEAD_SECONDS);
    const told = await calendars.inForceRow(bureauId);
    if ((told?.plan_id ?? null) !== spell.planId) {
      await db.transaction().execute(async (trx) => {
        await plansRepository(trx).lockPlans(bureauId);
        const events = await applyPlanInForce(trx, bureauId, at, CALENDAR);
        if (events.length > 0) await appendEvents(trx, bureauId, events);
      });
    }
    return next?.fromSeconds ?? Number.POSITIVE_INFINITY;
  }

  /** One bureau that cannot be looked at keeps no other from its plan. */
  function look(bureauId: number): Promise<number> {
    const before = looks.get(bureauId);
    if (before !== undefined) return before;
    const looked = tickBureau(bureauId)
      .catch((cause: unknown) => {
        onError(cause);
        return Number.POSITIVE_INFINITY;
      })
      .finally(() => looks.delete(bureauId));
    looks.set(bureauId, looked);
    return looked;
  }

  async function tick(): Promise<Date | null> {
    const next = Math.min(...(await Promise.all((await calendars.bureauIds()).map(look))));
    return Number.isFinite(next) ? new Date(next * 1000) : null;
  }

  function turn(): void {
    const ticked = tick().catch((cause: unknown) => {
      onError(cause);
      return null;
    });
    const longest = delay(LONGEST_WAIT_MS, null, { ref: false });
    running = Promise.race([ticked, longest]).then((next) => {
      if (stopped) return;
      const wait = next === null ? LONGEST_WAIT_MS : next.getTime() - now().getTime();
      timer = setTimeout(turn, Math.min(Math.max(wait, 1), LONGEST_WAIT_MS));
      timer.unref();
    });
  }

  return {
    tick,
    start: async () => {
      turn();
      await running;
    },
    stop: async () => {
      stopped = true;
      clearTimeout(timer);
      await running;
      await Promise.all(looks.values());
    },
  };
}
