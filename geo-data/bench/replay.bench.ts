import { createSeededRandom } from '../src/numeric/index.ts';
import {
  compareReplays,
  createReplay,
  type ReplayOutcome,
  type ReplayRequest,
  resampleCalls,
  summariseReplay,
} from '../src/simulation/index.ts';
import { type Bench, type BenchRow, formatMs, measure } from './bench.ts';
import { plainReplay } from './plain-replay.ts';

const CALLS = 200_000;
const UNITS = 27;
const SIDE = 45;
const PLACES = SIDE * SIDE;

/** Two years of 200,000 calls over 2,025 places, 27 units in beats of columns and rows, about half of their time at work. */
function makeRequest(shift: number): ReplayRequest {
  const random = createSeededRandom(12);
  const exponential = (): number => -Math.log(1 - random.uniform());
  const secondsPerCall = (2 * 365 * 86_400) / CALLS;
  let now = 0;
  const beatAt = (x: number, y: number): number => Math.floor((y * 9) / SIDE) * 3 + Math.floor((x * 3) / SIDE);
  const travelSeconds = new Float32Array(PLACES * PLACES);
  for (let from = 0; from < PLACES; from++) {
    for (let to = 0; to < PLACES; to++) {
      const [dx, dy] = [(from % SIDE) - (to % SIDE), Math.floor(from / SIDE) - Math.floor(to / SIDE)];
      travelSeconds[from * PLACES + to] = 20 + 40 * Math.hypot(dx, dy);
    }
  }
  return {
    calls: {
      count: CALLS,
      atSeconds: Float64Array.from({ length: CALLS }, () => (now += exponential() * secondsPerCall)),
      place: Uint32Array.from({ length: CALLS }, () => random.int(PLACES)),
      priority: Uint8Array.from({ length: CALLS }, () => 1 + random.int(4)),
      serviceSeconds: Float64Array.from({ length: CALLS }, () => exponential() * 3600),
    },
    fleet: {
      unitCount: UNITS,
      beatOfUnit: Uint16Array.from({ length: UNITS }, (_, unit) => unit),
      homeOfUnit: Uint32Array.from(
        { length: UNITS },
        (_, unit) => (Math.floor(unit / 3) * 5 + 2) * SIDE + (unit % 3) * 15 + 7 + shift,
      ),
    },
    placeCount: PLACES,
    travelSeconds,
    beatOfPlace: Uint16Array.from({ length: PLACES }, (_, place) => beatAt(place % SIDE, Math.floor(place / SIDE))),
    rule: 'own_beat_first',
  };
}

function replay(request: ReplayRequest): ReplayOutcome {
  const steps = createReplay(request);
  while (steps.advance(10_000));
  return steps.outcome;
}

async function run(): Promise<BenchRow[]> {
  const [first, second] = [makeRequest(0), makeRequest(4)];
  const ours = await measure(() => replay(first), 5);
  const theirs = await measure(() => plainReplay(first), 3);
  const outcome = replay(first);
  const same = plainReplay(first).every((unit, call) => unit === outcome.unitOfCall[call]);
  const summary = summariseReplay(first, outcome, { beatCount: UNITS });
  const other = replay(second);
  const figures = await measure(() => summariseReplay(first, outcome, { beatCount: UNITS }), 5);
  const comparison = await measure(() => compareReplays(first.calls, outcome, other, { seed: 1 }), 3);
  const { p90, blocks } = compareReplays(first.calls, outcome, other, { seed: 1 });
  const minutes = (seconds: number): string => (seconds / 60).toFixed(2);
  const resampling = {
    calls: first.calls,
    historyFromSeconds: 0,
    historyToSeconds: 2 * 365 * 86_400,
    fromSeconds: 0,
    toSeconds: 2 * 365 * 86_400,
    timeZone: 'Asia/Shanghai',
    seed: 1,
  };
  const resampled = await measure(() => resampleCalls(resampling), 5);
  return [
    {
      what: `replay of ${CALLS} calls with ${UNITS} units`,
      ours: formatMs(ours),
      peer: `${formatMs(theirs)} objects and sorted lists`,
      ratio: `${(ours.medianMs / theirs.medianMs).toFixed(2)} × the time`,
      goal: '≤ 2 s',
      met: ours.maxMs <= 2000,
      note: `${same ? 'the same unit for every call' : 'units differ'}; P90 ${minutes(summary.response.p90)} min, ${(100 * summary.crossBeatShare).toFixed(0)} % across beats`,
    },
    { what: 'its figures', ours: formatMs(figures) },
    {
      what: `comparison of two plans, ${blocks} days, 1,000 bootstrap samples`,
      ours: formatMs(comparison),
      note: `P90 ${minutes(p90.estimate)} min (95 % ${minutes(p90.low)} to ${minutes(p90.high)})`,
    },
    { what: `two years resampled by the hour of the week`, ours: formatMs(resampled) },
  ];
}

export const bench: Bench = { name: 'replay', run };
