import { type AtomSet, type BeatPlan, createAtomSet, designBeats, workloadPerAtom } from '@xunfang/geo-data/beats';
import { createSeededRandom } from '@xunfang/geo-data/numeric';
import { type Bench, type BenchRow, formatMs, measure } from './bench.ts';
import { growAndSwap } from './grow-and-swap.ts';

const BEATS = 27;
const ZONES = 14;

/** A lobed city of about 2,000 atoms with 20,000 incidents around 30 centres. */
function makeCity(): { atoms: AtomSet; workload: Float64Array } {
  const ring = Array.from({ length: 401 }, (_, i) => {
    const turn = ((i % 400) / 400) * 2 * Math.PI;
    const radius = 0.07 * (1 + 0.15 * Math.sin(3 * turn) + 0.03 * Math.sin(17 * turn));
    return [104.05 + (radius * Math.cos(turn)) / 0.86, 30.63 + radius * Math.sin(turn)];
  });
  const atoms = createAtomSet({ boundary: { type: 'Polygon', coordinates: [ring] }, resolution: 9 });
  const random = createSeededRandom(5);
  const centres = Array.from({ length: 30 }, () => [random.normal(104.05, 0.03), random.normal(30.63, 0.03)]);
  const lon = new Float64Array(20_000);
  const lat = new Float64Array(20_000);
  for (let i = 0; i < lon.length; i++) {
    const [x, y] = random.pick(centres);
    const spread = random.uniform() < 0.3 ? 0.04 : 0.006;
    lon[i] = random.normal(x, spread);
    lat[i] = random.normal(y, spread);
  }
  return { atoms, workload: workloadPerAtom({ atoms, lon, lat }).workload };
}

function maxDeviation(plan: BeatPlan, workload: Float64Array): number {
  const work = new Float64Array(plan.beatCount);
  for (const [atom, beat] of plan.beatOfAtom.entries()) work[beat] += workload[atom];
  const mean = work.reduce((sum, value) => sum + value, 0) / plan.beatCount;
  return Math.max(...work.map((value) => Math.abs(value / mean - 1)));
}

function cutEdges(atoms: AtomSet, { beatOfAtom }: BeatPlan): number {
  let cut = 0;
  for (let atom = 0; atom < atoms.count; atom++) {
    for (let e = atoms.neighbourOffset[atom]; e < atoms.neighbourOffset[atom + 1]; e++) {
      if (beatOfAtom[atom] !== beatOfAtom[atoms.neighbour[e]]) cut++;
    }
  }
  return cut / 2;
}

async function run(): Promise<BenchRow[]> {
  const { atoms, workload } = makeCity();
  const design = (): BeatPlan => designBeats({ atoms, workload, beats: BEATS, zones: ZONES, seed: 1 }).plan;
  const baseline = (): BeatPlan => growAndSwap(atoms, workload, BEATS, ZONES, createSeededRandom(1));
  const [ours, peer] = [await measure(design, 3), await measure(baseline, 3)];
  const [plan, peerPlan] = [design(), baseline()];
  const deviation = maxDeviation(plan, workload);
  const peerDeviation = maxDeviation(peerPlan, workload);
  const [cut, peerCut] = [cutEdges(atoms, plan), cutEdges(atoms, peerPlan)];
  return [
    {
      what: `${BEATS} beats in ${ZONES} zones from ${atoms.count} atoms`,
      ours: formatMs(ours),
      peer: `${formatMs(peer)} seeds grown, then swaps`,
      ratio: `${(ours.medianMs / peer.medianMs).toFixed(1)} × the time`,
      goal: '≤ 5 s',
      met: ours.maxMs <= 5000,
    },
    {
      what: 'largest deviation of a beat from the mean',
      ours: `${(deviation * 100).toFixed(1)} %`,
      peer: `${(peerDeviation * 100).toFixed(1)} %`,
      ratio: (deviation / peerDeviation).toFixed(2),
      goal: '≤ 10 %',
      met: deviation <= 0.1,
    },
    {
      what: 'neighbouring atoms cut apart (fewer: more compact)',
      ours: `${cut}`,
      peer: `${peerCut}`,
      ratio: (cut / peerCut).toFixed(2),
    },
  ];
}

export const bench: Bench = { name: 'beat-design', run };
