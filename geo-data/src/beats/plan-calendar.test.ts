import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type PlanCalendar, planAt, planSpells } from './plan-calendar.ts';

const HOUR = 3600;
const at = (instant: string) => Date.parse(instant) / 1000;
const always = { fromSeconds: at('2026-01-01T00:00Z'), toSeconds: Number.POSITIVE_INFINITY };
const ALL_DAYS = [1, 2, 3, 4, 5, 6, 7];
const TWO_SHIFTS = [
  { shift: 'day' as const, weekdays: ALL_DAYS, fromMinute: 8 * 60, toMinute: 20 * 60 },
  { shift: 'night' as const, weekdays: ALL_DAYS, fromMinute: 20 * 60, toMinute: 8 * 60 },
];

function calendar(changes: Partial<PlanCalendar>): PlanCalendar {
  return { timeZone: 'Asia/Shanghai', plans: [], timetables: [], dutyPeriods: [], ...changes };
}
const base = { id: 1, shift: 'all' as const, dutyLevel: null, ...always };

describe('which plan is in force', () => {
  it('begins at the instant and not before, at a local midnight', () => {
    const monday = at('2026-11-30T00:00+08:00');
    const plans = [
      { ...base, toSeconds: monday },
      { ...base, id: 2, fromSeconds: monday },
    ];
    expect(planAt(calendar({ plans }), monday - 1)).toBe(1);
    expect(planAt(calendar({ plans }), monday)).toBe(2);
    expect(planAt(calendar({ plans }), always.fromSeconds - 1)).toBeNull();
  });

  it('is the most particular that fits: both, then the duty level, then the shift, then the one for all', () => {
    const plans = [
      base,
      { ...base, id: 2, shift: 'night' as const },
      { ...base, id: 3, dutyLevel: 1 },
      { ...base, id: 4, shift: 'night' as const, dutyLevel: 1 },
    ];
    const alarm = { level: 1, fromSeconds: at('2026-10-01T00:00+08:00'), toSeconds: at('2026-10-02T00:00+08:00') };
    const timetables = [{ fromSeconds: always.fromSeconds, windows: TWO_SHIFTS }];
    const of = calendar({ plans, timetables, dutyPeriods: [alarm] });
    expect(planAt(of, at('2026-09-30T12:00+08:00'))).toBe(1);
    expect(planAt(of, at('2026-09-30T21:00+08:00'))).toBe(2);
    expect(planAt(of, at('2026-10-01T12:00+08:00'))).toBe(3);
    expect(planAt(of, at('2026-10-01T21:00+08:00'))).toBe(4);
    // The night of the thirtieth goes on into the first.
    expect(planAt(of, at('2026-10-01T07:59:59+08:00'))).toBe(4);
  });

  it('follows the weekday on which a night began', () => {
    const windows = [{ shift: 'night' as const, weekdays: [5], fromMinute: 22 * 60, toMinute: 6 * 60 }];
    const plans = [base, { ...base, id: 2, shift: 'night' as const }];
    const of = calendar({ plans, timetables: [{ fromSeconds: always.fromSeconds, windows }] });
    // 2026-11-27 is a Friday.
    expect(planAt(of, at('2026-11-27T23:00+08:00'))).toBe(2);
    expect(planAt(of, at('2026-11-28T05:59+08:00'))).toBe(2);
    expect(planAt(of, at('2026-11-28T23:00+08:00'))).toBe(1);
    expect(planAt(of, at('2026-11-27T05:00+08:00'))).toBe(1);
  });

  it('follows the wall clock when clocks are set', () => {
    const plans = [
      { ...base, id: 2, shift: 'day' as const },
      { ...base, id: 3, shift: 'night' as const },
    ];
    const of = calendar({
      plans,
      timeZone: 'America/Chicago',
      timetables: [{ fromSeconds: always.fromSeconds, windows: TWO_SHIFTS }],
    });
    const lengths = (from: string, to: string) =>
      planSpells(of, at(from), at(to)).map(({ planId, fromSeconds, toSeconds }) => [
        planId,
        (toSeconds - fromSeconds) / HOUR,
      ]);
    // Set forward on 8 March, back on 1 November: those nights have 11 and 13 hours.
    expect(lengths('2026-03-07T08:00-06:00', '2026-03-08T20:00-05:00')).toEqual([
      [2, 12],
      [3, 11],
      [2, 12],
    ]);
    expect(lengths('2026-10-31T08:00-05:00', '2026-11-01T20:00-06:00')).toEqual([
      [2, 12],
      [3, 13],
      [2, 12],
    ]);
  });

  it('is in every spell what it is at each instant of it, and adjoining spells differ', () => {
    const day = fc.integer({ min: 0, max: 60 });
    const from = always.fromSeconds;
    const period = fc.tuple(day, day).map(([a, b]) => ({
      fromSeconds: from + Math.min(a, b) * 12 * HOUR,
      toSeconds: from + (Math.max(a, b) + 1) * 12 * HOUR,
    }));
    const plan = fc.record({
      period,
      shift: fc.constantFrom('all' as const, 'day' as const, 'night' as const),
      dutyLevel: fc.constantFrom(null, 1, 3),
    });
    const zone = fc.constantFrom('Asia/Shanghai', 'America/Chicago', 'Australia/Lord_Howe');
    fc.assert(
      fc.property(fc.array(plan, { maxLength: 6 }), period, zone, (plans, alarm, timeZone) => {
        const of = calendar({
          timeZone,
          plans: plans.map(({ period: { fromSeconds, toSeconds }, ...rest }, id) => ({
            id,
            fromSeconds,
            toSeconds,
            ...rest,
          })),
          timetables: [
            { fromSeconds: from, windows: TWO_SHIFTS },
            { fromSeconds: from + 20 * 24 * HOUR, windows: TWO_SHIFTS.slice(1) },
          ],
          dutyPeriods: [{ level: 1, ...alarm }],
        });
        const [first, last] = [from - HOUR, from + 31 * 24 * HOUR];
        const spells = planSpells(of, first, last);
        expect([spells[0].fromSeconds, spells.at(-1)?.toSeconds]).toEqual([first, last]);
        for (const [i, spell] of spells.entries()) {
          if (i > 0) {
            expect(spell.fromSeconds).toBe(spells[i - 1].toSeconds);
            expect(spell.planId).not.toBe(spells[i - 1].planId);
          }
          const middle = Math.floor((spell.fromSeconds + spell.toSeconds) / 2);
          for (const instant of [spell.fromSeconds, middle, spell.toSeconds - 1])
            expect(planAt(of, instant)).toBe(spell.planId);
        }
      }),
      { numRuns: 40 },
    );
  });
});
