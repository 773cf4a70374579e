import { planSpells } from '@xunfang/geo-data/beats';
import type { PlanCalendar, ReliableEvent, ShiftWindow } from '@xunfang/geo-data/contract';
import { appendEvents, audit, type Db, type Doer, problem } from '../platform/index.ts';
import { planCalendarRepository } from './plan-calendar.repository.ts';
import { applyPlanInForce, reassignIncidents } from './plan-in-force.ts';
import { plansRepository } from './plans.repository.ts';
import type { PlansDeps } from './plans.service.ts';

const DAY_MS = 86_400_000;
const DAYS_SHOWN = 7;
const MOST_DAYS = 92;
/** What was sent a moment ago for "now" still counts as now. */
const GRACE_MS = 60_000;

/** Shifts and duty levels: which of the published plans is in force when. They change the future only. */
export function planCalendarService({ db, now }: PlansDeps) {
  /** A change, the incidents and the plan in force that follow from it, the audit and the events: one transaction. */
  async function change(
    bureauId: number,
    doer: Doer,
    from: Date,
    action: string,
    detail: Record<string, unknown>,
    apply: (trx: Db) => Promise<unknown>,
  ): Promise<void> {
    await db.transaction().execute(async (trx) => {
      await plansRepository(trx).lockPlans(bureauId);
      await apply(trx);
      if (from <= now()) await reassignIncidents(trx, bureauId, from, now());
      await audit(trx, { bureauId, ...doer, action, detail });
      const effect: ReliableEvent[] = await applyPlanInForce(trx, bureauId, now(), doer);
      const payload = { at: now().toISOString() };
      await appendEvents(trx, bureauId, [{ event: 'plan:calendar-changed', payload }, ...effect]);
    });
  }

  /** null: now. The past is not changed. */
  function future(instant: string | null, field: string): Date {
    if (instant === null) return now();
    const at = new Date(instant);
    if (at.getTime() < now().getTime() - GRACE_MS) problem(409, 'CALENDAR_IN_THE_PAST', { at: instant }, { field });
    return at;
  }

  return {
    ownerOf: async (periodId: number): Promise<number> =>
      (await planCalendarRepository(db).dutyPeriod(periodId))?.bureau_id ?? problem(404, 'NOT_FOUND'),

    async read(bureauId: number, from: string | undefined, to: string | undefined): Promise<PlanCalendar> {
      const first = from === undefined ? now() : new Date(from);
      const last = to === undefined ? new Date(first.getTime() + DAYS_SHOWN * DAY_MS) : new Date(to);
      if (!(last > first) || last.getTime() - first.getTime() > MOST_DAYS * DAY_MS)
        problem(422, 'CALENDAR_SPAN', { days: MOST_DAYS }, { field: 'to' });
      const repository = planCalendarRepository(db);
      const [calendar, timetables, dutyPeriods] = await Promise.all([
        repository.calendar(bureauId),
        repository.timetables(bureauId),
        repository.dutyPeriods(bureauId),
      ]);
      const instant = (seconds: number) => new Date(seconds * 1000).toISOString();
      return {
        timetables: timetables.map(({ starts_at, windows }) => ({
          from: starts_at.toISOString(),
          windows: windows as ShiftWindow[],
        })),
        dutyPeriods: dutyPeriods.map(({ id, level, from: begins, to: ends, set_by }) => ({
          id,
          level: level as 1 | 2 | 3,
          from: begins.toISOString(),
          to: ends?.toISOString() ?? null,
          setBy: set_by,
        })),
        spells: planSpells(calendar, first.getTime() / 1000, last.getTime() / 1000).map((spell) => ({
          from: instant(spell.fromSeconds),
          to: instant(spell.toSeconds),
          planId: spell.planId,
        })),
      };
    },

    async setTimetable(bureauId: number, from: string | null, windows: ShiftWindow[], doer: Doer): Promise<void> {
      const at = future(from, 'from');
      const detail = { from: at.toISOString(), windows };
      await change(bureauId, doer, at, 'calendar.timetable-set', detail, (trx) =>
        planCalendarRepository(trx).setTimetable(bureauId, at, windows, doer.actor),
      );
    },

    async addDutyPeriod(
      bureauId: number,
      { level, from, to }: { level: 1 | 2 | 3; from: string | null; to: string | null },
      doer: Doer,
    ): Promise<void> {
      const begins = future(from, 'from');
      const ends = to === null ? null : new Date(to);
      if (ends !== null && ends <= begins) problem(422, 'DUTY_PERIOD_EMPTY', {}, { field: 'to' });
      const detail = { level, from: begins.toISOString(), to };
      await change(bureauId, doer, begins, 'calendar.duty-level-set', detail, async (trx) => {
        const repository = planCalendarRepository(trx);
        for (const other of await repository.dutyPeriods(bureauId)) {
          if (other.to !== null && other.to <= begins) continue;
          if (other.from < begins) await repository.endDutyPeriod(other.id, other.from, begins);
          else if (ends === null || other.from < ends)
            problem(409, 'DUTY_PERIOD_TAKEN', { from: other.from.toISOString() }, { field: 'to' });
        }
        await repository.addDutyPeriod(bureauId, level, begins, ends, doer.actor);
      });
    },

    /** One that has begun ends now; one to come is taken away. */
    async endDutyPeriod(id: number, doer: Doer): Promise<void> {
      const period = (await planCalendarRepository(db).dutyPeriod(id)) ?? problem(404, 'NOT_FOUND');
      const at = now();
      const detail = { level: period.level, from: period.from.toISOString() };
      await change(period.bureau_id, doer, at, 'calendar.duty-level-ended', detail, async (trx) => {
        const repository = planCalendarRepository(trx);
        const found = (await repository.dutyPeriod(id)) ?? problem(404, 'NOT_FOUND');
        if (found.to !== null && found.to <= at) problem(409, 'DUTY_PERIOD_ENDED', { to: found.to.toISOString() });
        if (found.from < at) await repository.endDutyPeriod(id, found.from, at);
        else await repository.removeDutyPeriod(id);
      });
    },
  };
}
