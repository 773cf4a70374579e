import type { Bench, BenchRow } from '../../geo-data/bench/bench.ts';
import type { FanOutMode } from './fan-out/consoles.ts';
import { type FanOutResult, measureFanOut, type Spread, startFanOutServer } from './fan-out/measure-fan-out.ts';

const UNITS = 2000;
const CONSOLES = 200;
const LARGE = { units: 10_000, consoles: CONSOLES };
const MANY = { units: UNITS, consoles: 1000 };
const GOAL_TIMES_FEWER = 12;
const GOAL_P99_MS = 60;
const GOAL_LARGE_P99_MS = 250;
/** One message per fix is hundreds of thousands a second: what waits fills the memory. */
const PER_FIX_SECONDS = 5;

export const bench: Bench = { name: 'position fan-out', run };

/**
 * The whole server with its intake (gate, tracks, PostgreSQL), a gateway that reports every unit once a second, and consoles, each part in
 * processes of its own. The peers are the same server with the same intake and another way out: a JSON array a second, or a JSON message
 * per fix. Every tenth console decodes, the others read.
 */
async function run(): Promise<BenchRow[]> {
  const load = { units: UNITS, consoles: CONSOLES };
  const [array] = await measureEach('array', [load]);
  const [perFix] = await measureEach('per fix', [{ ...load, seconds: PER_FIX_SECONDS }]);
  const [ours, many, large] = await measureEach('frames', [load, MANY, LARGE]);
  const what = `${UNITS} units at 1 Hz, ${CONSOLES} consoles`;
  const timesFewer = array.bytesPerConsoleSecond / ours.bytesPerConsoleSecond;
  return [
    {
      what: `${what}: bytes a console and second`,
      ours: kilobytes(ours),
      peer: `${kilobytes(array)} (JSON array), ${kilobytes(perFix)} (message per fix, ${share(perFix.delivered)} of them came)`,
      ratio: `${timesFewer.toFixed(1)}× fewer than the array`,
      goal: `≥ ${GOAL_TIMES_FEWER}× fewer`,
      met: timesFewer >= GOAL_TIMES_FEWER,
      note: 'as received, everything else on the socket included',
    },
    {
      what: `${what}: from the snapshot on the server to decoded`,
      ours: spread(ours.fromTick),
      peer: `${spread(array.fromTick)} (JSON array)`,
      ratio: `${(array.fromTick.p99 / ours.fromTick.p99).toFixed(1)}×`,
      ...goal(ours, GOAL_P99_MS),
    },
    {
      what: `${what}: from the report on its way to the server to decoded`,
      ours: spread(ours.fromReceipt),
      peer: `${spread(array.fromReceipt)} (JSON array), ${spread(perFix.fromReceipt)} (message per fix)`,
      note: 'a snapshot a second: up to 1 s of it is waiting for the next one',
    },
    {
      what: `${what}: CPU of the server per console`,
      ours: cpu(ours, CONSOLES),
      peer: `${cpu(array, CONSOLES)} (JSON array), ${cpu(perFix, CONSOLES)} (message per fix)`,
      ratio: `${(array.cpuShare / ours.cpuShare).toFixed(2)}×`,
      goal: '≤ the array’s',
      met: ours.cpuShare <= array.cpuShare,
      note: 'of one core, intake included, PostgreSQL not; the same intake for all',
    },
    largeRow(MANY, many),
    largeRow(LARGE, large),
  ];
}

/** One server, one load after the other. */
async function measureEach(mode: FanOutMode, loads: Parameters<typeof measureFanOut>[1][]): Promise<FanOutResult[]> {
  const server = startFanOutServer(mode);
  try {
    const results: FanOutResult[] = [];
    for (const load of loads) results.push(await measureFanOut(server, load));
    return results;
  } finally {
    await server.stop();
  }
}

function largeRow({ units, consoles }: { units: number; consoles: number }, result: FanOutResult): BenchRow {
  return {
    what: `${units} units at 1 Hz, ${consoles} consoles: from the snapshot to decoded`,
    ours: spread(result.fromTick),
    ...goal(result, GOAL_LARGE_P99_MS),
    note: `${kilobytes(result)} and ${cpu(result, consoles)} a console; from the report ${spread(result.fromReceipt)}`,
  };
}

const goal = ({ fromTick, delivered, complete, refused }: FanOutResult, p99Ms: number) => ({
  goal: `p99 ≤ ${p99Ms} ms`,
  met: fromTick.p99 <= p99Ms && delivered >= 0.99 && complete && refused === 0,
  note: `${share(delivered)} of the frames came`,
});
const kilobytes = ({ bytesPerConsoleSecond }: FanOutResult) => `${(bytesPerConsoleSecond / 1000).toFixed(1)} kB/s`;
const spread = ({ p50, p99 }: Spread) => `p50 ${p50.toFixed(0)} p99 ${p99.toFixed(0)} ms`;
const share = (value: number) => `${(value * 100).toFixed(0)} %`;
const cpu = ({ cpuShare }: FanOutResult, consoles: number) => `${((cpuShare * 100) / consoles).toFixed(3)} %`;
