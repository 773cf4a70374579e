import { quantileSorted } from '../numeric/index.ts';
import type { ReplayOutcome, ReplayRequest } from './create-replay.ts';

/** Times of calls that were answered, seconds. */
export interface TimeFigures {
  count: number;
  mean: number;
  p50: number;
  p90: number;
}

export interface ReplaySummary {
  /** Counted calls: those that came in within the span. */
  calls: number;
  answered: number;
  /** Lost where there is no line, or nobody came until the end. */
  unanswered: number;
  /** From coming in to arrival, and from dispatch to arrival. */
  response: TimeFigures;
  travel: TimeFigures;
  /** Answered calls by response time in classes of `HISTOGRAM_SECONDS`; the last one holds all that took longer. */
  histogram: Uint32Array;
  tiers: TierAttainment[];
  /** Share of answered calls that a unit of another beat answered. */
  crossBeatShare: number;
  /** Share of answered calls that had to wait; mean over all answered, and over those that waited. */
  waitShare: number;
  meanWaitSeconds: number;
  meanWaitOfWaitingSeconds: number;
  /** Mean and largest number of calls that waited. */
  queueLength: number;
  longestQueue: number;
  /** One per unit: work over duty; above 1 when calls outlast shifts, NaN without duty. */
  utilisation: Float64Array;
  /** One per beat: response of the calls of its places. */
  beats: TimeFigures[];
}

export interface TierAttainment {
  seconds: number;
  /** Calls of the tier, all when calls have no tiers, and those reached in time. Calls that nobody answered were not. */
  calls: number;
  met: number;
}

export const HISTOGRAM_SECONDS = 30;
const HISTOGRAM_CLASSES = 121;

/**
 * The figures of a replay. Quantiles are exact, by linear interpolation between the sorted times. O(calls · log calls).
 * @throws a RangeError for tiers that don't fit.
 */
export function summariseReplay(
  request: Pick<ReplayRequest, 'calls' | 'fleet' | 'beatOfPlace'>,
  outcome: ReplayOutcome,
  options: {
    beatCount: number;
    /** Seconds of tiers 1, 2, …; 1, 3 and 5 minutes by default. */
    tierSeconds?: readonly number[];
    /** One per call: its tier from 1, 0 for none. Without it every call counts in every tier. */
    tierOfCall?: Uint8Array;
    /** When the clock of the tiers starts: at `dispatch` (default) or at `receipt`. */
    tierClock?: 'dispatch' | 'receipt';
  },
): ReplaySummary {
  const { calls, fleet, beatOfPlace } = request;
  const { beatCount, tierSeconds = [60, 180, 300], tierOfCall, tierClock = 'dispatch' } = options;
  if (tierOfCall !== undefined && tierOfCall.length !== calls.count) {
    throw new RangeError(`The column tierOfCall has ${tierOfCall.length} values, expected ${calls.count}.`);
  }
  const tiers = tierSeconds.map((seconds) => ({ seconds, calls: 0, met: 0 }));
  const histogram = new Uint32Array(HISTOGRAM_CLASSES);
  const [first, end] = countedCalls(calls.atSeconds, outcome);
  const response = new Float64Array(end - first);
  const travel = new Float64Array(end - first);
  const beatOfAnswer = new Uint16Array(end - first);
  const perBeat = new Uint32Array(beatCount);
  let [answered, cross, waiting, waitSum] = [0, 0, 0, 0];
  for (let call = first; call < end; call++) {
    const unit = outcome.unitOfCall[call];
    const [wait, drive] = [outcome.waitSeconds[call], outcome.travelSeconds[call]];
    const clock = tierClock === 'dispatch' ? drive : wait + drive;
    for (const [tier, figures] of tiers.entries()) {
      if (tierOfCall !== undefined && tierOfCall[call] !== tier + 1) continue;
      figures.calls++;
      if (unit >= 0 && clock <= figures.seconds) figures.met++;
    }
    if (unit < 0) continue;
    const beat = beatOfPlace[calls.place[call]];
    response[answered] = wait + drive;
    travel[answered] = drive;
    beatOfAnswer[answered++] = beat;
    if (beat < beatCount) perBeat[beat]++;
    if (fleet.beatOfUnit[unit] !== beat) cross++;
    if (wait > 0) waiting++;
    waitSum += wait;
    histogram[Math.min(HISTOGRAM_CLASSES - 1, Math.floor((wait + drive) / HISTOGRAM_SECONDS))]++;
  }
  const ofBeat = Array.from(perBeat, (count) => new Float64Array(count));
  const filled = new Uint32Array(beatCount);
  for (let i = 0; i < answered; i++) {
    const beat = beatOfAnswer[i];
    if (beat < beatCount) ofBeat[beat][filled[beat]++] = response[i];
  }
  return {
    calls: end - first,
    answered,
    unanswered: end - first - answered,
    response: timeFigures(response.subarray(0, answered)),
    travel: timeFigures(travel.subarray(0, answered)),
    histogram,
    tiers,
    crossBeatShare: cross / answered,
    waitShare: waiting / answered,
    meanWaitSeconds: waitSum / answered,
    meanWaitOfWaitingSeconds: waitSum / waiting,
    // Little's law: whoever waits adds its seconds to the sum over time.
    queueLength: waitSum / (outcome.toSeconds - outcome.fromSeconds),
    longestQueue: outcome.longestQueue,
    utilisation: outcome.busySeconds.map((seconds, unit) => seconds / outcome.dutySeconds[unit]),
    beats: ofBeat.map(timeFigures),
  };
}

/** The calls that came in within the counted span: first, and one after the last. */
export function countedCalls(
  atSeconds: Float64Array,
  { fromSeconds, toSeconds }: Pick<ReplayOutcome, 'fromSeconds' | 'toSeconds'>,
): [number, number] {
  let first = 0;
  while (first < atSeconds.length && atSeconds[first] < fromSeconds) first++;
  let end = atSeconds.length;
  while (end > first && atSeconds[end - 1] > toSeconds) end--;
  return [first, end];
}

/** Sorts `seconds`. */
function timeFigures(seconds: Float64Array): TimeFigures {
  const sum = seconds.reduce((total, value) => total + value, 0);
  seconds.sort();
  return {
    count: seconds.length,
    mean: sum / seconds.length,
    p50: quantileSorted(seconds, 0.5),
    p90: quantileSorted(seconds, 0.9),
  };
}
