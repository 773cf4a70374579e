import { utcOffsets } from '@xunfang/geo-data/incidents';

/** Last second a row may carry: incident columns hold times as unsigned 32-bit seconds. */
export const LATEST_SECONDS = 2 ** 32 - 1;

export interface LocalClock {
  /** Seconds since 1970 UTC of a local wall-clock time given as if it were UTC. */
  toUtcSeconds(localSeconds: number): number;
}

const clocks = new Map<string, LocalClock>();

/**
 * From the wall clock of a time zone to UTC. A time that occurs twice (clocks set back) is the first of the two; one that
 * never occurs (clocks set forward) is read with the offset before the change: what java.time and Temporal do.
 * The first of a zone takes about 40 ms, a conversion a comparison or two when times ascend, else a bisection.
 * @throws RangeError for an unknown time zone.
 */
export function localClockOf(timeZone: string): LocalClock {
  const known = clocks.get(timeZone);
  if (known !== undefined) return known;
  const clock = createLocalClock(timeZone);
  clocks.set(timeZone, clock);
  return clock;
}

function createLocalClock(timeZone: string): LocalClock {
  const { startsAtSeconds, offsetSeconds } = utcOffsets(timeZone, 0, LATEST_SECONDS);
  /** Local time from which offset k is used: on either side of the change the larger offset ends or begins it. */
  const localStart = startsAtSeconds.map((start, k) =>
    k === 0 ? Number.NEGATIVE_INFINITY : start + Math.max(offsetSeconds[k - 1], offsetSeconds[k]),
  );
  let period = 0;
  return {
    toUtcSeconds(localSeconds) {
      const holds =
        localStart[period] <= localSeconds &&
        (period + 1 === localStart.length || localSeconds < localStart[period + 1]);
      if (!holds) {
        let low = 0;
        let high = localStart.length;
        while (high - low > 1) {
          const middle = (low + high) >>> 1;
          if (localStart[middle] <= localSeconds) low = middle;
          else high = middle;
        }
        period = low;
      }
      return localSeconds - offsetSeconds[period];
    },
  };
}
