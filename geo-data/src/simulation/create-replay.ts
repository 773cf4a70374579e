import { IndexedHeap } from '../numeric/index.ts';
import { assertCalls, type CallColumns } from './call-columns.ts';
import { createCallQueue } from './call-queue.ts';
import { assertFleet, type Fleet } from './fleet.ts';

export interface ReplayRequest {
  calls: CallColumns;
  fleet: Fleet;
  placeCount: number;
  /** placeCount × placeCount, a row per start: seconds of driving. Infinity where no street leads is taken as a day. */
  travelSeconds: Float32Array;
  /** One per place: its beat under the plan, any number that no unit has for none. */
  beatOfPlace: Uint16Array;
  /**
   * Who is sent, of those free and on duty: `own_beat_first`, the nearest one of the beat, else the nearest one at all;
   * `nearest`; `preference`, the first one in the order of the place.
   */
  rule: 'own_beat_first' | 'nearest' | 'preference';
  /** places × units, for the rule `preference`: a row per place, its units from first to last choice. */
  preference?: Uint16Array;
  /** What becomes of a call when nobody is free: it waits (`infinite`, default), or goes to others (`none`). */
  line?: 'infinite' | 'none';
  /** Whether `serviceSeconds` run from dispatch and so hold the drive; otherwise (default) from arrival. */
  serviceIncludesTravel?: boolean;
  /** After a call a unit `drives_home` (default) and can be sent from wherever it is; or it is `at_home` at once. */
  afterCall?: 'drives_home' | 'at_home';
  /** The span that is counted: calls before it only fill the streets. From the first to the last call by default. */
  fromSeconds?: number;
  toSeconds?: number;
}

/** What became of every call, and of every unit's time. */
export interface ReplayOutcome {
  /** One per call: who answered, -1 for a call that was lost or never answered. */
  unitOfCall: Int16Array;
  /** One per call: from coming in to dispatch, and from dispatch to arrival; NaN where nobody came. */
  waitSeconds: Float64Array;
  travelSeconds: Float64Array;
  /** One per unit, within the counted span: time at work, and on duty. */
  busySeconds: Float64Array;
  dutySeconds: Float64Array;
  /** The most calls that waited at the same time. */
  longestQueue: number;
  fromSeconds: number;
  toSeconds: number;
}

export interface Replay {
  /** Calls that have come in so far. */
  readonly done: number;
  /** Lets up to `calls` more come in; false when there are none left and all that can be answered are. */
  advance(calls: number): boolean;
  /** What has happened so far. Final when `advance` has returned false. */
  readonly outcome: ReplayOutcome;
}

const DAY_SECONDS = 86_400;

/**
 * A discrete-event replay of calls under a plan, a roster and a dispatch rule, to be advanced step by step so that a host can
 * show progress and stop it. Events are calls, completions and changes of duty; at the same instant completions come first, then
 * duty, then calls. A unit that becomes free takes the next waiting call (by priority, then first come first served) from where it
 * is. One that is driving home is taken to be as far from a call as the share of its way lets it be between both ends. Nothing is
 * random: the same calls give the same outcome, so that plans can be compared on the same calls (common random numbers).
 * O(calls · units), about 100 ns a call and unit. See `replayCalls` for hosts with an event loop.
 * @throws a RangeError for columns that don't fit each other.
 */
export function createReplay(request: ReplayRequest): Replay {
  assertReplay(request);
  const { calls, fleet, placeCount, travelSeconds, beatOfPlace, rule, preference } = request;
  const { line = 'infinite', serviceIncludesTravel = false, afterCall = 'drives_home' } = request;
  const { unitCount, beatOfUnit, homeOfUnit, roster } = fleet;
  const fromSeconds = request.fromSeconds ?? calls.atSeconds[0] ?? 0;
  const toSeconds = request.toSeconds ?? calls.atSeconds[calls.count - 1] ?? 0;

  const outcome: ReplayOutcome = {
    unitOfCall: new Int16Array(calls.count).fill(-1),
    waitSeconds: new Float64Array(calls.count).fill(Number.NaN),
    travelSeconds: new Float64Array(calls.count).fill(Number.NaN),
    busySeconds: new Float64Array(unitCount),
    dutySeconds: dutyWithin(fleet, fromSeconds, toSeconds),
    longestQueue: 0,
    fromSeconds,
    toSeconds,
  };
  const between = (from: number, to: number): number => Math.min(travelSeconds[from * placeCount + to], DAY_SECONDS);
  // places × units: most units are at home when a call comes, and rows are read from end to end.
  const fromHome = new Float64Array(placeCount * unitCount);
  for (let place = 0; place < placeCount; place++) {
    for (let unit = 0; unit < unitCount; unit++) fromHome[place * unitCount + unit] = between(homeOfUnit[unit], place);
  }

  const busy = new Uint8Array(unitCount);
  const onDuty = new Uint8Array(unitCount).fill(roster === undefined ? 1 : 0);
  const shift = roster === undefined ? new Uint32Array(unitCount) : roster.offset.slice(0, unitCount);
  /** Where it was last free, since when, and when it is home from there. */
  const lastPlace = Uint32Array.from(homeOfUnit);
  const freeSince = new Float64Array(unitCount);
  const homeAt = new Float64Array(unitCount).fill(Number.NEGATIVE_INFINITY);
  const completions = new IndexedHeap(unitCount);
  const dutyChanges = new IndexedHeap(unitCount);
  const queue = createCallQueue(calls.count);
  let done = 0;

  for (let unit = 0; unit < unitCount; unit++) scheduleDuty(unit);

  function scheduleDuty(unit: number): void {
    if (roster === undefined || shift[unit] === roster.offset[unit + 1]) return;
    const times = onDuty[unit] === 1 ? roster.toSeconds : roster.fromSeconds;
    dutyChanges.pushOrDecrease(unit, times[shift[unit]]);
  }

  function drive(unit: number, place: number, now: number): number {
    const home = fromHome[place * unitCount + unit];
    if (now >= homeAt[unit]) return home;
    const way = (now - freeSince[unit]) / (homeAt[unit] - freeSince[unit]);
    return (1 - way) * between(lastPlace[unit], place) + way * home;
  }

  /** The free unit on duty to send, -1 when there is none. */
  function choose(place: number, now: number): number {
    if (rule === 'preference' && preference !== undefined) {
      for (let i = place * unitCount; i < (place + 1) * unitCount; i++) {
        const unit = preference[i];
        if (busy[unit] === 0 && onDuty[unit] === 1) return unit;
      }
      return -1;
    }
    const ownBeat = beatOfPlace[place];
    let best = -1;
    let bestSeconds = Number.POSITIVE_INFINITY;
    let bestIsOwn = false;
    for (let unit = 0; unit < unitCount; unit++) {
      if (busy[unit] === 1 || onDuty[unit] === 0) continue;
      const own = rule === 'own_beat_first' && beatOfUnit[unit] === ownBeat;
      if (bestIsOwn && !own) continue;
      const seconds = drive(unit, place, now);
      if (seconds >= bestSeconds && own === bestIsOwn) continue;
      best = unit;
      bestSeconds = seconds;
      bestIsOwn = own;
    }
    return best;
  }

  function dispatch(unit: number, call: number, now: number): void {
    const place = calls.place[call];
    const travel = drive(unit, place, now);
    const work = calls.serviceSeconds[call] + (serviceIncludesTravel ? 0 : travel);
    outcome.unitOfCall[call] = unit;
    outcome.waitSeconds[call] = now - calls.atSeconds[call];
    outcome.travelSeconds[call] = travel;
    outcome.busySeconds[unit] += Math.max(0, Math.min(now + work, toSeconds) - Math.max(now, fromSeconds));
    busy[unit] = 1;
    lastPlace[unit] = place;
    completions.pushOrDecrease(unit, now + work);
  }

  function takeNext(unit: number, now: number): void {
    const call = queue.shift();
    if (call >= 0) dispatch(unit, call, now);
  }

  function complete(unit: number, now: number): void {
    busy[unit] = 0;
    freeSince[unit] = now;
    homeAt[unit] = afterCall === 'at_home' ? now : now + between(lastPlace[unit], homeOfUnit[unit]);
    if (onDuty[unit] === 1) takeNext(unit, now);
  }

  function changeDuty(unit: number, now: number): void {
    onDuty[unit] = 1 - onDuty[unit];
    if (onDuty[unit] === 0) shift[unit]++;
    scheduleDuty(unit);
    if (onDuty[unit] === 1 && busy[unit] === 0) takeNext(unit, now);
  }

  const nextCompletion = (): number => (completions.size > 0 ? completions.keyOf(completions.peek()) : Infinity);
  const nextDutyChange = (): number => (dutyChanges.size > 0 ? dutyChanges.keyOf(dutyChanges.peek()) : Infinity);

  /** Lets the earliest event happen if it does not come after `until`; whether it did. */
  function step(until: number): boolean {
    const [completion, change] = [nextCompletion(), nextDutyChange()];
    const now = Math.min(completion, change);
    if (now > until || now === Infinity) return false;
    if (completion <= change) complete(completions.pop(), now);
    else changeDuty(dutyChanges.pop(), now);
    return true;
  }

  return {
    get done() {
      return done;
    },
    outcome,
    advance(more) {
      const end = Math.min(calls.count, done + more);
      for (; done < end; done++) {
        const now = calls.atSeconds[done];
        while (step(now));
        const unit = choose(calls.place[done], now);
        if (unit >= 0) dispatch(unit, done, now);
        else if (line === 'infinite') {
          queue.push(done, calls.priority[done]);
          outcome.longestQueue = Math.max(outcome.longestQueue, queue.length);
        }
      }
      if (done < calls.count) return true;
      // Who still waits is answered as long as anybody comes.
      while (queue.length > 0 && step(Infinity));
      return false;
    },
  };
}

function assertReplay({ calls, fleet, placeCount, travelSeconds, beatOfPlace, rule, preference }: ReplayRequest): void {
  assertCalls(calls, placeCount);
  assertFleet(fleet, placeCount);
  if (travelSeconds.length !== placeCount ** 2) {
    throw new RangeError(`There are ${travelSeconds.length} travel times, expected ${placeCount} × ${placeCount}.`);
  }
  if (beatOfPlace.length !== placeCount) {
    throw new RangeError(`There are beats for ${beatOfPlace.length} places, expected ${placeCount}.`);
  }
  if (rule !== 'preference') return;
  const length = preference?.length ?? 0;
  if (length !== placeCount * fleet.unitCount) {
    throw new RangeError(`There are ${length} preferences, expected ${placeCount} × ${fleet.unitCount}.`);
  }
  const wrong = preference?.find((unit) => unit >= fleet.unitCount);
  if (wrong !== undefined)
    throw new RangeError(`A preference names unit ${wrong}, expected less than ${fleet.unitCount}.`);
}

function dutyWithin({ unitCount, roster }: Fleet, fromSeconds: number, toSeconds: number): Float64Array {
  const duty = new Float64Array(unitCount);
  if (roster === undefined) return duty.fill(Math.max(0, toSeconds - fromSeconds));
  for (let unit = 0; unit < unitCount; unit++) {
    for (let shift = roster.offset[unit]; shift < roster.offset[unit + 1]; shift++) {
      const [start, end] = [
        Math.max(fromSeconds, roster.fromSeconds[shift]),
        Math.min(toSeconds, roster.toSeconds[shift]),
      ];
      duty[unit] += Math.max(0, end - start);
    }
  }
  return duty;
}
