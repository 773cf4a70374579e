import { findStops, STOP_RULES, type StopRules, type Stops } from './find-stops.ts';
import type { TrackColumns } from './track-columns.ts';

/** What a unit did for a while. The position in the list is its code: append, never reorder. */
export const TRACK_ACTIVITIES = ['moving', 'stopped', 'silent'] as const;
export type TrackActivity = (typeof TRACK_ACTIVITIES)[number];

const MOVING = 0;
const STOPPED = 1;
const SILENT = 2;
/** Stands where a segment is no stop. */
export const NO_STOP = 0xffffffff;

/** A period cut into what the unit did, without holes and overlaps; one entry a segment, in order of time. */
export interface TrackSegments {
  count: number;
  /** Index into `TRACK_ACTIVITIES`; no two that follow one another are the same but two stops. */
  activity: Uint8Array;
  startSeconds: Float64Array;
  endSeconds: Float64Array;
  /** Row of `stops`, or `NO_STOP`. */
  stop: Uint32Array;
  stops: Stops;
}

/**
 * Cuts the period `[fromSeconds, toSeconds)` of a track into moving, stopped (`findStops`) and silent: no fix for more than
 * `maxGapSeconds`, before the first and after the last fix as well. A stop that reaches beyond the period is as long as its part
 * inside. O(n) beside `findStops`. Throws a RangeError for an empty period and as `findStops`.
 */
export function segmentTrack(
  track: TrackColumns,
  fromSeconds: number,
  toSeconds: number,
  rules: Partial<StopRules> = {},
): TrackSegments {
  if (!(toSeconds > fromSeconds))
    throw new RangeError(`The period goes from ${fromSeconds} to ${toSeconds} s, expected an end after its start.`);
  const stops = findStops(track, rules);
  const { maxGapSeconds } = { ...STOP_RULES, ...rules };
  const found: { activity: number; start: number; end: number; stop: number }[] = [];
  const add = (activity: number, start: number, end: number, stop = NO_STOP): void => {
    const last = found.at(-1);
    if (end <= start) return;
    if (last?.activity === activity && activity !== STOPPED) last.end = end;
    else found.push({ activity, start, end, stop });
  };
  const { seconds } = track;
  let at = fromSeconds;
  let stop = 0;
  for (let row = 0; row < seconds.length; row++) {
    const time = seconds[row];
    if (time < fromSeconds) continue;
    if (time >= toSeconds) break;
    while (stop < stops.count && stops.lastRow[stop] < row) stop++;
    if (stop < stops.count && row > stops.firstRow[stop] && row <= stops.lastRow[stop]) {
      if (row < stops.lastRow[stop]) continue;
      add(STOPPED, Math.max(at, stops.startSeconds[stop]), time, stop);
    } else add(time - at > maxGapSeconds ? SILENT : MOVING, at, time);
    at = time;
  }
  while (stop < stops.count && stops.endSeconds[stop] < toSeconds) stop++;
  // A stop that outlasts the period, else what is left of it.
  if (stop < stops.count && stops.startSeconds[stop] < toSeconds && stops.endSeconds[stop] >= toSeconds) {
    add(STOPPED, Math.max(at, stops.startSeconds[stop]), toSeconds, stop);
    at = toSeconds;
  }
  add(toSeconds - at > maxGapSeconds ? SILENT : MOVING, at, toSeconds);
  return {
    count: found.length,
    activity: Uint8Array.from(found, ({ activity }) => activity),
    startSeconds: Float64Array.from(found, ({ start }) => start),
    endSeconds: Float64Array.from(found, ({ end }) => end),
    stop: Uint32Array.from(found, (segment) => segment.stop),
    stops,
  };
}
