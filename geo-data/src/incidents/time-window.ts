import { lowerBound } from '../numeric/index.ts';
import { utcOffsets } from './utc-offsets.ts';

export const ALL_HOURS = 0xffffff;
export const ALL_WEEKDAYS = 0x7f;

export interface TimeWindow {
  /** Seconds since 1970 UTC, included. */
  fromSeconds: number;
  /** Seconds since 1970 UTC, excluded. */
  toSeconds: number;
  /** Bit h (0-23) set: the local hour from h:00 counts. */
  hoursMask: number;
  /** Bit 0 Monday … bit 6 Sunday, of the local day. */
  weekdaysMask: number;
  /** IANA name of the bureau's zone, such as Asia/Shanghai. */
  timeZone: string;
}

/** Hours from `fromHour` until `toHour` (excluded), over midnight when from > to: night, 20 to 6, is hoursMaskOf(20, 6). */
export function hoursMaskOf(fromHour: number, toHour: number): number {
  let mask = 0;
  for (let hour = fromHour; hour !== toHour; hour = (hour + 1) % 24) mask |= 1 << hour;
  return mask;
}

/**
 * Rows, ascending, whose time falls into the window. `occurredAtSeconds` must ascend: the span is found by bisection,
 * hours and weekdays by integer arithmetic on the zone's offsets, about 15 ns a row of the span.
 * @throws when a mask has bits it cannot have, the span is reversed, or the time zone is unknown.
 */
export function rowsInTimeWindow(occurredAtSeconds: Uint32Array, window: TimeWindow): Uint32Array {
  const { fromSeconds, toSeconds, hoursMask, weekdaysMask, timeZone } = window;
  if (!(fromSeconds <= toSeconds)) throw new Error(`Expected a window, got ${fromSeconds} to ${toSeconds} seconds.`);
  if ((hoursMask & ~ALL_HOURS) !== 0) throw new Error(`An hours mask has 24 bits, got 0x${hoursMask.toString(16)}.`);
  if ((weekdaysMask & ~ALL_WEEKDAYS) !== 0) {
    throw new Error(`A weekdays mask has 7 bits, got 0x${weekdaysMask.toString(16)}.`);
  }
  const first = lowerBound(occurredAtSeconds, fromSeconds);
  const end = lowerBound(occurredAtSeconds, toSeconds);
  const rows = new Uint32Array(end - first);
  if (rows.length === 0) return rows;
  if (hoursMask === ALL_HOURS && weekdaysMask === ALL_WEEKDAYS) {
    for (let row = first; row < end; row++) rows[row - first] = row;
    return rows;
  }
  const { startsAtSeconds, offsetSeconds } = utcOffsets(timeZone, occurredAtSeconds[first], occurredAtSeconds[end - 1]);
  let period = 0;
  let found = 0;
  for (let row = first; row < end; row++) {
    const at = occurredAtSeconds[row];
    while (period + 1 < startsAtSeconds.length && startsAtSeconds[period + 1] <= at) period++;
    const local = at + offsetSeconds[period];
    const day = Math.floor(local / 86_400);
    const hour = ((local - day * 86_400) / 3600) | 0;
    // 1970-01-01 was a Thursday; the sum is never negative, as offsets stay within a day.
    if ((hoursMask >>> hour) & 1 && (weekdaysMask >>> ((day + 10) % 7)) & 1) rows[found++] = row;
  }
  return rows.slice(0, found);
}
