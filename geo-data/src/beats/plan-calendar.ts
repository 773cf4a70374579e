import { windowHolds } from '../geofences/index.ts';
import { offsetAt, type UtcOffsets, utcOffsets } from '../incidents/index.ts';

/** A plan's period and the variant it is for. Times are seconds since 1970 UTC, half-open. */
export interface PlanPeriod {
  id: number;
  fromSeconds: number;
  /** Infinity: until further notice. */
  toSeconds: number;
  shift: 'all' | 'day' | 'night';
  /** null: at every duty level. */
  dutyLevel: number | null;
}
/** On these weekdays (1 Monday … 7 Sunday) from a minute of the local day to another; the next day's when that is not later. */
export interface ShiftWindow {
  shift: 'day' | 'night';
  weekdays: readonly number[];
  fromMinute: number;
  toMinute: number;
}
export interface PlanCalendar {
  timeZone: string;
  plans: readonly PlanPeriod[];
  /** Ascending; each holds until the next begins. */
  timetables: readonly { fromSeconds: number; windows: readonly ShiftWindow[] }[];
  /** They do not overlap. */
  dutyPeriods: readonly { level: number; fromSeconds: number; toSeconds: number }[];
}
export interface PlanSpell {
  fromSeconds: number;
  toSeconds: number;
  /** null: no plan is in force. */
  planId: number | null;
}

/** The ordinary duty level, 三级勤务. */
const ORDINARY_DUTY_LEVEL = 3;
const DAY_SECONDS = 86_400;
/** 1970-01-01 was a Thursday. */
const WEEKDAY_OF_EPOCH = 3;

/**
 * Which plan is in force when, over a span: adjoining spells of different plans that cover it. Of the plans that fit an instant's shift and
 * duty level the most particular holds: one for both, then one for the duty level, then one for the shift, then the one for all. Shifts
 * follow the wall clock, also on days when clocks are set. O(changes · plans); shifts count only where a plan is for one.
 */
export function planSpells(calendar: PlanCalendar, fromSeconds: number, toSeconds: number): PlanSpell[] {
  if (!(fromSeconds < toSeconds)) throw new RangeError(`Expected a span, got ${fromSeconds} to ${toSeconds}.`);
  const plans = calendar.plans.filter((plan) => plan.fromSeconds < toSeconds && plan.toSeconds > fromSeconds);
  // Shifts count from the first to the last plan that is for one.
  const byShift = plans.filter(({ shift }) => shift !== 'all');
  const shiftsFrom = byShift.reduce((first, plan) => Math.min(first, plan.fromSeconds), toSeconds);
  const shiftsTo = byShift.reduce((last, plan) => Math.max(last, plan.toSeconds), fromSeconds);
  const [firstSecond, lastSecond] = [Math.max(fromSeconds, shiftsFrom), Math.min(toSeconds, shiftsTo)];
  if (byShift.length > 0 && !Number.isFinite(firstSecond + lastSecond)) {
    throw new RangeError(`Shifts need a finite span, got ${firstSecond} to ${lastSecond}.`);
  }
  const offsets =
    byShift.length > 0
      ? utcOffsets(calendar.timeZone, firstSecond - 2 * DAY_SECONDS, lastSecond + 2 * DAY_SECONDS)
      : null;
  const changes = new Set([fromSeconds]);
  const add = (...instants: number[]) => {
    for (const at of instants) if (at > fromSeconds && at < toSeconds) changes.add(at);
  };
  for (const plan of plans) add(plan.fromSeconds, plan.toSeconds);
  for (const period of calendar.dutyPeriods) add(period.fromSeconds, period.toSeconds);
  if (offsets !== null) for (const at of shiftChanges(calendar, offsets, firstSecond, lastSecond)) add(at);

  const spells: PlanSpell[] = [];
  for (const at of [...changes].sort((a, b) => a - b)) {
    const planId = rulingPlan(calendar, plans, offsets, at);
    const last = spells.at(-1);
    if (last?.planId === planId) continue;
    if (last !== undefined) last.toSeconds = at;
    spells.push({ fromSeconds: at, toSeconds, planId });
  }
  return spells;
}

/** The plan in force at an instant, null where there is none. */
export function planAt(calendar: PlanCalendar, seconds: number): number | null {
  return planSpells(calendar, seconds, seconds + 1)[0].planId;
}

function rulingPlan(
  calendar: PlanCalendar,
  plans: readonly PlanPeriod[],
  offsets: UtcOffsets | null,
  at: number,
): number | null {
  const duty = calendar.dutyPeriods.find(({ fromSeconds, toSeconds }) => fromSeconds <= at && at < toSeconds);
  const level = duty?.level ?? ORDINARY_DUTY_LEVEL;
  const shift = offsets === null ? 'all' : shiftAt(calendar, offsets, at);
  let best: number | null = null;
  let bestRank = -1;
  for (const plan of plans) {
    if (at < plan.fromSeconds || at >= plan.toSeconds) continue;
    if (plan.shift !== 'all' && plan.shift !== shift) continue;
    if (plan.dutyLevel !== null && plan.dutyLevel !== level) continue;
    const rank = (plan.dutyLevel === null ? 0 : 2) + (plan.shift === 'all' ? 0 : 1);
    if (rank > bestRank) [best, bestRank] = [plan.id, rank];
  }
  return best;
}

const windowsAt = ({ timetables }: PlanCalendar, at: number): readonly ShiftWindow[] =>
  timetables.findLast(({ fromSeconds }) => fromSeconds <= at)?.windows ?? [];

/** The first window that holds says the shift; where none does there is none. */
function shiftAt(calendar: PlanCalendar, offsets: UtcOffsets, at: number): 'all' | 'day' | 'night' {
  const local = at + offsetAt(offsets, at);
  const day = Math.floor(local / DAY_SECONDS);
  const minute = (local - day * DAY_SECONDS) / 60;
  const weekday = ((((day + WEEKDAY_OF_EPOCH) % 7) + 7) % 7) + 1;
  const window = windowsAt(calendar, at).find(({ weekdays: days, fromMinute, toMinute }) =>
    windowHolds({ days, fromMinute, toMinute }, weekday, minute),
  );
  return window?.shift ?? 'all';
}

/** Every instant at which a shift may begin or end; some at which none does. */
function shiftChanges(calendar: PlanCalendar, offsets: UtcOffsets, from: number, to: number): number[] {
  const changes = [...calendar.timetables.map(({ fromSeconds }) => fromSeconds), ...offsets.startsAtSeconds];
  const minutes = new Set(
    calendar.timetables.flatMap(({ windows }) => windows.flatMap(({ fromMinute, toMinute }) => [fromMinute, toMinute])),
  );
  // A local time may have either of two offsets where clocks are set: both are asked about.
  for (const offset of new Set(offsets.offsetSeconds)) {
    const lastDay = Math.floor((to + offset) / DAY_SECONDS);
    for (let day = Math.floor((from + offset) / DAY_SECONDS); day <= lastDay; day++) {
      for (const minute of [0, ...minutes]) changes.push(day * DAY_SECONDS + minute * 60 - offset);
    }
  }
  return changes;
}
