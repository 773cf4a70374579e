import { localSecondsOf } from '@xunfang/geo-data/incidents';
import type { SummaryInstants } from './incidents.repository.ts';
import { localClockOf } from './local-clock.ts';

const DAY_SECONDS = 86_400;

/** The bounds of the counters, by the wall clock of the bureau: yesterday at the same time is so even over a change of clocks. */
export function summaryInstants(now: Date, timeZone: string): SummaryInstants {
  const clock = localClockOf(timeZone);
  const local = localSecondsOf(now.getTime() / 1000, timeZone);
  const midnight = Math.floor(local / DAY_SECONDS) * DAY_SECONDS;
  const instant = (localSeconds: number) => new Date(clock.toUtcSeconds(localSeconds) * 1000);
  return {
    now,
    todayFrom: instant(midnight),
    yesterdayFrom: instant(midnight - DAY_SECONDS),
    sameTimeYesterday: instant(local - DAY_SECONDS),
    sevenDaysAgo: instant(local - 7 * DAY_SECONDS),
    fourteenDaysAgo: instant(local - 14 * DAY_SECONDS),
  };
}
