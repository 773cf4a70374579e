import type { Bench, BenchRow } from '../../geo-data/bench/bench.ts';
import { type FanOutResult, type FanOutServer, measureFanOut, startFanOutServer } from './fan-out/measure-fan-out.ts';

const LIMIT_P99_MS = 500;
const CONSOLES = [100, 300, 1000, 2000];
/** Tried downwards until one is borne. */
const UNITS = [1000, 2000, 5000, 10_000, 15_000, 20_000];
const SECONDS = 6;

export const bench: Bench = { name: 'load envelope', run };

/**
 * The most units × consoles at one fix a second and unit that one server bears, with its intake, PostgreSQL, gateway and consoles on the
 * same cores: of each number of consoles the most units with p99 from the snapshot to decoded within half a second, every frame delivered,
 * every report taken. More consoles never bear more units, so that each row starts where the last one ended.
 */
async function run(): Promise<BenchRow[]> {
  const rows: BenchRow[] = [];
  let from = UNITS.length - 1;
  for (const consoles of CONSOLES) {
    const best = await mostUnits(consoles, from);
    rows.push(rowOf(consoles, best));
    if (best === null) break;
    from = UNITS.indexOf(best.units);
  }
  return rows;
}

type Borne = FanOutResult & { units: number };

async function mostUnits(consoles: number, highest: number): Promise<Borne | null> {
  // A server that was overloaded is not measured again.
  for (let i = highest; i >= 0; i--) {
    const server = startFanOutServer('frames');
    try {
      const result = await measure(server, UNITS[i], consoles);
      if (result !== null) return { ...result, units: UNITS[i] };
    } finally {
      await server.stop();
    }
  }
  return null;
}

async function measure(server: FanOutServer, units: number, consoles: number): Promise<FanOutResult | null> {
  try {
    const result = await measureFanOut(server, { units, consoles, seconds: SECONDS });
    const { connected, fromTick, delivered, complete, refused } = result;
    const bears =
      connected === consoles && delivered >= 0.99 && complete && refused === 0 && fromTick.p99 <= LIMIT_P99_MS;
    process.stderr.write(
      `  ${units} units × ${consoles} consoles: p99 ${fromTick.p99.toFixed(0)} ms, ${(delivered * 100).toFixed(0)} % came${bears ? '' : ': too much'}\n`,
    );
    return bears ? result : null;
  } catch (cause) {
    process.stderr.write(`  ${units} units × ${consoles} consoles: ${String(cause)}\n`);
    return null;
  }
}

function rowOf(consoles: number, best: Borne | null): BenchRow {
  const goal = `p99 ≤ ${LIMIT_P99_MS} ms`;
  if (best === null) return { what: `${consoles} consoles`, ours: `fewer than ${UNITS[0]} units`, goal, met: false };
  const { units, fromTick, cpuShare } = best;
  return {
    what: `${consoles} consoles`,
    ours: `${units === UNITS.at(-1) ? '≥ ' : ''}${units} units at 1 Hz`,
    goal,
    met: true,
    note: `p50 ${fromTick.p50.toFixed(0)} p99 ${fromTick.p99.toFixed(0)} ms; the server takes ${(cpuShare * 100).toFixed(0)} % of a core`,
  };
}
