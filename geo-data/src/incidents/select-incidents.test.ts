import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createSeededRandom } from '../numeric/index.ts';
import { createIncidentColumns, type IncidentColumns, sortIncidentsByTime } from './incident-columns.ts';
import { selectIncidents } from './select-incidents.ts';
import { hoursMaskOf, rowsInTimeWindow } from './time-window.ts';
import { offsetAt, utcOffsets } from './utc-offsets.ts';

const WEEKDAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];
const FROM = Date.UTC(2016, 0, 1) / 1000;
const TO = Date.UTC(2018, 0, 1) / 1000;

function randomColumns(count: number, seed: number): IncidentColumns {
  const random = createSeededRandom(seed);
  const columns = createIncidentColumns(count);
  for (let row = 0; row < count; row++) {
    columns.occurredAtSeconds[row] = FROM + random.int(TO - FROM);
    columns.category[row] = random.int(6);
  }
  return sortIncidentsByTime(columns);
}

/** Hour and weekday as Intl gives them for one instant. */
function localHourAndWeekday(timeZone: string): (seconds: number) => [number, number] {
  const format = new Intl.DateTimeFormat('en-US', { timeZone, hour: '2-digit', hourCycle: 'h23', weekday: 'short' });
  return (seconds) => {
    const parts = Object.fromEntries(format.formatToParts(seconds * 1000).map(({ type, value }) => [type, value]));
    return [Number(parts.hour), WEEKDAYS.indexOf(parts.weekday)];
  };
}

describe('utcOffsets', () => {
  it('finds the changes of a zone to the second', () => {
    const { startsAtSeconds, offsetSeconds } = utcOffsets('America/Chicago', FROM, TO);
    expect(Array.from(startsAtSeconds, (s) => new Date(s * 1000).toISOString())).toEqual([
      '2016-01-01T00:00:00.000Z',
      '2016-03-13T08:00:00.000Z',
      '2016-11-06T07:00:00.000Z',
      '2017-03-12T08:00:00.000Z',
      '2017-11-05T07:00:00.000Z',
    ]);
    expect([...offsetSeconds]).toEqual([-21_600, -18_000, -21_600, -18_000, -21_600]);
  });

  it('does not step over the one week of summer time that Recife had in 2000', () => {
    for (let day = 0; day < 14; day++) {
      const from = Date.UTC(2000, 7, 1 + day) / 1000;
      const { startsAtSeconds, offsetSeconds } = utcOffsets('America/Recife', from, Date.UTC(2000, 11, 1) / 1000);
      expect([...offsetSeconds]).toEqual([-10_800, -7200, -10_800]);
      expect(startsAtSeconds[2] - startsAtSeconds[1]).toBe(7 * 86_400 - 3600);
    }
  });

  it('has one offset for China, and knows zones off the hour', () => {
    expect([...utcOffsets('Asia/Shanghai', FROM, TO).offsetSeconds]).toEqual([28_800]);
    expect([...utcOffsets('Asia/Kathmandu', FROM, FROM).offsetSeconds]).toEqual([20_700]);
    expect(() => utcOffsets('Mars/Olympus', FROM, TO)).toThrow(RangeError);
    expect(() => utcOffsets('Asia/Shanghai', TO, FROM)).toThrow('Expected a span');
  });
});

describe('offsetAt', () => {
  it('changes at the very second, and holds beyond the span', () => {
    const offsets = utcOffsets('America/Chicago', FROM, TO);
    const { startsAtSeconds, offsetSeconds } = offsets;
    expect(startsAtSeconds.length).toBeGreaterThan(2);
    for (const [i, at] of startsAtSeconds.entries()) {
      expect(offsetAt(offsets, at)).toBe(offsetSeconds[i]);
      expect(offsetAt(offsets, at - 1)).toBe(offsetSeconds[Math.max(0, i - 1)]);
    }
    expect(offsetAt(offsets, TO + 1e9)).toBe(offsetSeconds.at(-1));
  });
});

describe('selectIncidents', () => {
  it.each(['Asia/Shanghai', 'America/Chicago', 'Australia/Lord_Howe', 'Asia/Kathmandu', 'UTC'])(
    'selects what Intl says row by row in %s',
    (timeZone) => {
      const columns = randomColumns(1500, 11);
      const local = localHourAndWeekday(timeZone);
      const times = columns.occurredAtSeconds;
      const filter = fc.record({
        span: fc.tuple(fc.integer({ min: FROM, max: TO }), fc.integer({ min: FROM, max: TO })),
        hoursMask: fc.integer({ min: 0, max: 0xffffff }),
        weekdaysMask: fc.integer({ min: 0, max: 0x7f }),
        categories: fc.option(fc.array(fc.integer({ min: 0, max: 6 })), { nil: undefined }),
      });
      fc.assert(
        fc.property(filter, ({ span, hoursMask, weekdaysMask, categories }) => {
          const fromSeconds = Math.min(...span);
          const toSeconds = Math.max(...span);
          const rows = selectIncidents(columns, {
            fromSeconds,
            toSeconds,
            hoursMask,
            weekdaysMask,
            categories,
            timeZone,
          });
          const expected: number[] = [];
          for (let row = 0; row < columns.count; row++) {
            if (times[row] < fromSeconds || times[row] >= toSeconds) continue;
            if (categories !== undefined && !categories.includes(columns.category[row])) continue;
            const [hour, weekday] = local(times[row]);
            if ((hoursMask >> hour) & 1 && (weekdaysMask >> weekday) & 1) expected.push(row);
          }
          expect([...rows]).toEqual(expected);
        }),
        { numRuns: 15 },
      );
    },
  );

  it('includes the start, excludes the end, and takes all hours and days unless told', () => {
    const columns = createIncidentColumns(4);
    columns.occurredAtSeconds.set([10, 20, 20, 30]);
    const select = (fromSeconds: number, toSeconds: number): number[] => [
      ...selectIncidents(columns, { fromSeconds, toSeconds, timeZone: 'UTC' }),
    ];
    expect(select(20, 30)).toEqual([1, 2]);
    expect(select(0, 31)).toEqual([0, 1, 2, 3]);
    expect(select(20, 20)).toEqual([]);
    expect(select(31, 99)).toEqual([]);
  });

  it('knows local midnight and a night over midnight', () => {
    // 2026-03-01 is a Sunday; 15:59:59Z and 16:00:00Z are the two sides of midnight in Shanghai.
    const midnight = Date.UTC(2026, 2, 1, 16) / 1000;
    const times = Uint32Array.of(midnight - 1, midnight, midnight + 6 * 3600);
    const rows = (hoursMask: number, weekdaysMask: number): number[] => [
      ...rowsInTimeWindow(times, {
        fromSeconds: 0,
        toSeconds: 2 ** 32,
        hoursMask,
        weekdaysMask,
        timeZone: 'Asia/Shanghai',
      }),
    ];
    expect(rows(0xffffff, 1 << 6)).toEqual([0]);
    expect(rows(0xffffff, 1 << 0)).toEqual([1, 2]);
    expect(rows(hoursMaskOf(20, 6), 0x7f)).toEqual([0, 1]);
    expect(rows(hoursMaskOf(6, 20), 0x7f)).toEqual([2]);
  });

  it('refuses masks and windows that mean nothing', () => {
    const columns = createIncidentColumns(1);
    const filter = { fromSeconds: 0, toSeconds: 1, timeZone: 'UTC' };
    expect(() => selectIncidents(columns, { ...filter, hoursMask: 1 << 24 })).toThrow('24 bits, got 0x1000000');
    expect(() => selectIncidents(columns, { ...filter, weekdaysMask: 128 })).toThrow('7 bits, got 0x80');
    expect(() => selectIncidents(columns, { ...filter, fromSeconds: 2 })).toThrow('got 2 to 1 seconds');
  });
});
