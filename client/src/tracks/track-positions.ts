import type { UnitTrack } from './track-data.ts';

/** Where a unit was at an instant. */
export interface PastPosition {
  lon: number;
  lat: number;
  /** NaN where it did not move. */
  headingDegrees: number;
  /** Since the fix before the instant; Infinity before the first. */
  ageSeconds: number;
}

const NOWHERE: PastPosition = {
  lon: Number.NaN,
  lat: Number.NaN,
  headingDegrees: Number.NaN,
  ageSeconds: Number.POSITIVE_INFINITY,
};
/** Two fixes closer than this tell no heading. */
const MIN_MOVE_DEGREES = 3e-5;
const RADIANS = Math.PI / 180;

/** Row of the last fix at or before the instant, -1 before the first. O(log n). */
export function rowAt(seconds: Uint32Array, instant: number): number {
  let [low, high] = [0, seconds.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (seconds[middle] <= instant) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** On the straight line between the fixes before and after; at the last place told when the next is beyond a silence. O(log n). */
export function positionAt(track: UnitTrack, instant: number): PastPosition {
  const { seconds, lon, lat, maxGapSeconds } = track;
  const row = rowAt(seconds, instant);
  if (row < 0) return NOWHERE;
  const ageSeconds = instant - seconds[row];
  const next = row + 1;
  const gap = next < seconds.length ? seconds[next] - seconds[row] : Number.POSITIVE_INFINITY;
  if (gap > maxGapSeconds || gap <= 0) return { lon: lon[row], lat: lat[row], headingDegrees: Number.NaN, ageSeconds };
  const share = ageSeconds / gap;
  const eastward = (lon[next] - lon[row]) * Math.cos(lat[row] * RADIANS);
  const northward = lat[next] - lat[row];
  const moved = Math.hypot(eastward, northward) > MIN_MOVE_DEGREES;
  return {
    lon: lon[row] + share * (lon[next] - lon[row]),
    lat: lat[row] + share * northward,
    headingDegrees: moved ? (Math.atan2(eastward, northward) / RADIANS + 360) % 360 : Number.NaN,
    ageSeconds,
  };
}
