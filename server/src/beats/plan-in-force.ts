import { type PlanCalendar, type PlanSpell, planAt, planSpells } from '@xunfang/geo-data/beats';
import type { PlanInForce, ReliableEvent } from '@xunfang/geo-data/contract';
import { audit, type Db, type Doer } from '../platform/index.ts';
import { type AssignmentSpell, planCalendarRepository } from './plan-calendar.repository.ts';
import { plansRepository } from './plans.repository.ts';
import { summaryOf } from './plans.views.ts';
import { rosterUnits } from './roster-units.ts';

const DAY_SECONDS = 86_400;
/** Incidents may lie a little ahead of the clock; none lies further. */
const AHEAD_SECONDS = 2 * DAY_SECONDS;
const secondsOf = (at: Date) => at.getTime() / 1000;

/** The id of the plan in force at an instant by period, shift and duty level, null where there is none: the one answer to that question. */
export async function planInForceAt(db: Db, bureauId: number, at: Date): Promise<number | null> {
  return planAt(await planCalendarRepository(db).calendar(bureauId), secondsOf(at));
}

/** Gives the incidents since an instant the beats of the plan of their time, and voids what was computed from the old ones. */
export async function reassignIncidents(trx: Db, bureauId: number, from: Date, now: Date): Promise<number> {
  const repository = planCalendarRepository(trx);
  const fromSeconds = secondsOf(from);
  const { to } = await plansRepository(trx).incidentExtent(bureauId);
  const last = Math.max(fromSeconds, secondsOf(now), to === null ? 0 : secondsOf(to));
  const spells = planSpells(await repository.calendar(bureauId), fromSeconds, last + AHEAD_SECONDS);
  const changed = await repository.assignIncidents(bureauId, spells.map(assignmentSpell));
  await repository.touchData(bureauId);
  return changed;
}

const assignmentSpell = ({ planId, fromSeconds, toSeconds }: PlanSpell): AssignmentSpell => ({
  planId,
  from: new Date(fromSeconds * 1000),
  to: new Date(toSeconds * 1000),
});

/**
 * Compares the plan in force with the one that took effect last; where they differ, moves the units to its beats and answers the events to
 * append. The row of what took effect makes it happen once, whoever asks and however long nobody did. Call it in a transaction that
 * holds `lockPlans`.
 */
export async function applyPlanInForce(trx: Db, bureauId: number, now: Date, doer: Doer): Promise<ReliableEvent[]> {
  const repository = planCalendarRepository(trx);
  const calendar = await repository.calendar(bureauId);
  const planId = planAt(calendar, secondsOf(now));
  const before = await repository.inForceRow(bureauId);
  if ((before?.plan_id ?? null) === planId) return [];
  const since = beganAt(calendar, before?.since, now);
  await repository.setInForce(bureauId, planId, since);
  const incidentsMoved = await repository.openIncidentsBetween(bureauId, before?.plan_id ?? null, planId);
  const moved = await moveUnits(trx, bureauId, before?.plan_id ?? null, planId);
  const row = planId === null ? undefined : await plansRepository(trx).byId(planId);
  const payload: PlanInForce = {
    plan: row === undefined ? null : summaryOf(row, planId),
    since: since.toISOString(),
    unitsMoved: moved.units,
    incidentsMoved,
  };
  await audit(trx, {
    bureauId,
    ...doer,
    action: 'plan.in-force',
    subject: planId === null ? '' : `plan:${planId}`,
    detail: { before: before?.plan_id ?? null, since: payload.since, unitsMoved: moved.units, incidentsMoved },
  });
  return [...moved.events, { event: 'plan:in-force', payload }];
}

/** When the present spell began, as far back as the last one told. */
function beganAt(calendar: PlanCalendar, told: Date | undefined, now: Date): Date {
  const at = secondsOf(now);
  const earliest = calendar.plans.reduce((first, { fromSeconds }) => Math.min(first, fromSeconds), at);
  const from = Math.min(told === undefined ? earliest : secondsOf(told), at);
  return new Date((planSpells(calendar, from, at + 1).at(-1)?.fromSeconds ?? at) * 1000);
}

/** Units follow the plan in force: each to a beat of the new one near the beat it had. */
async function moveUnits(
  trx: Db,
  bureauId: number,
  fromPlan: number | null,
  toPlan: number | null,
): Promise<{ units: number; events: ReliableEvent[] }> {
  const none = { units: 0, events: [] };
  if (fromPlan === null || toPlan === null) return none;
  const repository = planCalendarRepository(trx);
  const units = await repository.unitsWithBeat(bureauId);
  if (units.length === 0) return none;
  const labels = async (planId: number) =>
    (await plansRepository(trx).beats(planId)).map(({ number, label_lon, label_lat }) => ({
      number,
      labelAt: [label_lon, label_lat] as const,
    }));
  const beats = await labels(toPlan);
  const oldPlaces = new Map((await labels(fromPlan)).map(({ number, labelAt }) => [number, labelAt]));
  const placed = units.map(({ id, beat_number }) => ({
    id,
    near: oldPlaces.get(beat_number ?? 0) ?? beats[0].labelAt,
  }));
  const beatOfUnit = rosterUnits(placed, beats);
  const moved = units.filter(({ id, beat_number }) => beatOfUnit.get(id) !== beat_number).length;
  const revision = await repository.rosterUnits(bureauId, beatOfUnit);
  return { units: moved, events: [{ event: 'roster:changed', payload: { revision } }] };
}
