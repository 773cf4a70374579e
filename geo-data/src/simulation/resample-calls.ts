import { offsetAt, utcOffsets } from '../incidents/index.ts';
import { createSeededRandom, lowerBound } from '../numeric/index.ts';
import type { CallColumns } from './call-columns.ts';

export interface ResampleRequest {
  /** Historic calls, `atSeconds` since 1970 UTC. */
  calls: CallColumns;
  /** The span of the history: an hour in it without calls is an hour without calls. */
  historyFromSeconds: number;
  historyToSeconds: number;
  /** The span to fill, hour by hour. */
  fromSeconds: number;
  toSeconds: number;
  /** IANA name of the bureau's zone, in which hours of the week are told. */
  timeZone: string;
  seed: number;
}

export interface ResampledCalls extends CallColumns {
  /** One per call: the historic call it repeats. */
  source: Uint32Array;
}

const HOUR = 3600;
const WEEK_HOURS = 168;
/** 1 January 1970 was a Thursday; weeks start on Monday. */
const MONDAY_SHIFT_HOURS = 72;

/**
 * A period that might have been: every hour of it repeats, with all its calls, an hour drawn at random from those of the history that
 * have the same hour of the local week. So the rhythm of day and week, the mix of places and kinds and what comes in bunches
 * within an hour stay; what goes on for longer than an hour does not. The same seed gives the same calls. Only whole hours of the
 * history are drawn from, and a last part of an hour is filled in part. O(calls + hours).
 *
 * A block bootstrap with blocks of an hour in strata of the hour of the week: H. R. Künsch, The jackknife and the bootstrap
 * for general stationary observations, Annals of Statistics 17 (1989).
 * @throws a RangeError when spans are empty or the history lacks an hour of the week.
 */
export function resampleCalls(request: ResampleRequest): ResampledCalls {
  const { calls, historyFromSeconds, historyToSeconds, fromSeconds, toSeconds, timeZone, seed } = request;
  if (!(historyToSeconds > historyFromSeconds && toSeconds > fromSeconds)) {
    throw new RangeError(
      `The history runs from ${historyFromSeconds} to ${historyToSeconds} and the period from ${fromSeconds} to ${toSeconds}, expected spans.`,
    );
  }
  const hourOfWeek = createHourOfWeek(
    timeZone,
    Math.min(historyFromSeconds, fromSeconds),
    Math.max(historyToSeconds, toSeconds),
  );
  const hoursOf = Array.from({ length: WEEK_HOURS }, () => [] as number[]);
  for (let hour = Math.ceil(historyFromSeconds / HOUR); (hour + 1) * HOUR <= historyToSeconds; hour++) {
    hoursOf[hourOfWeek(hour * HOUR)].push(hour);
  }
  const random = createSeededRandom(seed);
  const source: number[] = [];
  const at: number[] = [];
  for (let start = Math.floor(fromSeconds / HOUR) * HOUR; start < toSeconds; start += HOUR) {
    const hours = hoursOf[hourOfWeek(start)];
    if (hours.length === 0) {
      throw new RangeError(`The history has no hour ${hourOfWeek(start)} of the week, expected at least a week.`);
    }
    const drawn = random.pick(hours) * HOUR;
    for (
      let call = lowerBound(calls.atSeconds, drawn);
      call < calls.count && calls.atSeconds[call] < drawn + HOUR;
      call++
    ) {
      const seconds = start + calls.atSeconds[call] - drawn;
      if (seconds < fromSeconds || seconds >= toSeconds) continue;
      source.push(call);
      at.push(seconds);
    }
  }
  return {
    count: source.length,
    atSeconds: Float64Array.from(at),
    place: Uint32Array.from(source, (call) => calls.place[call]),
    priority: Uint8Array.from(source, (call) => calls.priority[call]),
    serviceSeconds: Float64Array.from(source, (call) => calls.serviceSeconds[call]),
    source: Uint32Array.from(source),
  };
}

/** Hour of the local week, 0 from Monday 00:00, in which an instant falls. */
function createHourOfWeek(timeZone: string, fromSeconds: number, toSeconds: number): (atSeconds: number) => number {
  const offsets = utcOffsets(timeZone, fromSeconds - HOUR, toSeconds + HOUR);
  return (atSeconds) => {
    const localHour = Math.floor((atSeconds + offsetAt(offsets, atSeconds)) / HOUR) + MONDAY_SHIFT_HOURS;
    return ((localHour % WEEK_HOURS) + WEEK_HOURS) % WEEK_HOURS;
  };
}
