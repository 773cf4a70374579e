import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createSeededRandom } from '../numeric/index.ts';
import { resampleCalls } from './resample-calls.ts';

const HOUR = 3600;
const WEEK = 168 * HOUR;
/** Monday 2026-01-05 00:00 in Shanghai. */
const MONDAY = Date.UTC(2026, 0, 4, 16) / 1000;

/** Eight weeks: `peak` calls in each hour from 20 to 22, one in other hours, none at all on Sundays. */
function history(peak: number) {
  const random = createSeededRandom(1);
  const at: number[] = [];
  for (let hour = 0; hour < 8 * 168; hour++) {
    if (Math.floor(hour / 24) % 7 === 6) continue;
    for (let i = 0; i < (hour % 24 >= 20 && hour % 24 < 22 ? peak : 1); i++)
      at.push(MONDAY + (hour + random.uniform()) * HOUR);
  }
  const count = at.length;
  return {
    calls: {
      count,
      atSeconds: Float64Array.from(at).sort(),
      place: Uint32Array.from({ length: count }, (_, call) => call % 50),
      priority: Uint8Array.from({ length: count }, (_, call) => 1 + (call % 4)),
      serviceSeconds: Float64Array.from({ length: count }, (_, call) => call),
    },
    historyFromSeconds: MONDAY,
    historyToSeconds: MONDAY + 8 * WEEK,
    timeZone: 'Asia/Shanghai',
  };
}

const localHour = (timeZone: string) => {
  const format = new Intl.DateTimeFormat('en-GB', { timeZone, weekday: 'short', hour: '2-digit', hourCycle: 'h23' });
  return (seconds: number): string => format.format(seconds * 1000);
};

describe('resampleCalls', () => {
  it('repeats historic calls at the same hour of the week, ascending, within the period', () => {
    const past = history(5);
    const hourOf = localHour('Asia/Shanghai');
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1e6 }), fc.integer({ min: -1e6, max: 1e6 }), (seed, shift) => {
        const fromSeconds = MONDAY + 20 * WEEK + shift;
        const toSeconds = fromSeconds + 3 * WEEK + 1234;
        const resampled = resampleCalls({ ...past, fromSeconds, toSeconds, seed });
        const { count, atSeconds, place, priority, serviceSeconds, source } = resampled;
        for (let call = 0; call < count; call += 17) {
          expect(hourOf(atSeconds[call])).toBe(hourOf(past.calls.atSeconds[source[call]]));
          expect([place[call], priority[call], serviceSeconds[call]]).toEqual([
            past.calls.place[source[call]],
            past.calls.priority[source[call]],
            past.calls.serviceSeconds[source[call]],
          ]);
        }
        for (let call = 1; call < count; call++) expect(atSeconds[call]).toBeGreaterThanOrEqual(atSeconds[call - 1]);
        expect(atSeconds[0]).toBeGreaterThanOrEqual(fromSeconds);
        expect(atSeconds[count - 1]).toBeLessThan(toSeconds);
        expect(resampleCalls({ ...past, fromSeconds, toSeconds, seed })).toEqual(resampled);
      }),
      { numRuns: 15 },
    );
  });

  it('keeps the rhythm of the week: as many calls as the history has, in each kind of hour', () => {
    const past = history(5);
    const { atSeconds, count } = resampleCalls({ ...past, fromSeconds: MONDAY, toSeconds: MONDAY + 8 * WEEK, seed: 3 });
    // Every hour of one kind has equally many calls here, so the resampled period has exactly as many.
    expect(count).toBe(past.calls.count);
    const evening = atSeconds.filter((at) => [20, 21].includes(Math.floor((at - MONDAY) / HOUR) % 24)).length;
    expect(evening).toBe(8 * 6 * 10);
    expect(atSeconds.some((at) => Math.floor((at - MONDAY) / (24 * HOUR)) % 7 === 6)).toBe(false);
  });

  it('tells hours by the local clock across a change to summer time', () => {
    // Chicago, clocks forward on 2026-03-08: the same local hours on both sides of it.
    const firstMonday = Date.UTC(2026, 1, 2, 6) / 1000;
    const at = Float64Array.from(
      { length: 12 * 7 },
      (_, day) => firstMonday + day * 24 * HOUR + 20 * HOUR + (day >= 34 ? -HOUR : 0) + 60,
    );
    const hourOf = localHour('America/Chicago');
    expect(new Set(Array.from(at, (seconds) => hourOf(seconds).slice(-2)))).toEqual(new Set(['20']));
    const calls = {
      count: at.length,
      atSeconds: at,
      place: new Uint32Array(at.length),
      priority: new Uint8Array(at.length).fill(1),
      serviceSeconds: new Float64Array(at.length),
    };
    const span = {
      historyFromSeconds: firstMonday,
      historyToSeconds: firstMonday + 12 * WEEK,
      timeZone: 'America/Chicago',
    };
    const fromSeconds = firstMonday + 30 * WEEK;
    const resampled = resampleCalls({ calls, ...span, fromSeconds, toSeconds: fromSeconds + 20 * WEEK, seed: 1 });
    expect(new Set(Array.from(resampled.atSeconds, (seconds) => hourOf(seconds).slice(-2)))).toEqual(new Set(['20']));
    expect(resampled.count).toBe(20 * 7);
  });

  it('refuses a history without some hour of the week, and empty spans', () => {
    const past = history(1);
    const period = { fromSeconds: MONDAY, toSeconds: MONDAY + WEEK, seed: 1 };
    expect(() => resampleCalls({ ...past, ...period, historyToSeconds: MONDAY + WEEK / 2 })).toThrow(
      'no hour 84 of the week',
    );
    expect(() => resampleCalls({ ...past, ...period, toSeconds: MONDAY })).toThrow('expected spans');
  });
});
