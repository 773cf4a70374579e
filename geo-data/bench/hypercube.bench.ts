import {
  type AtomSet,
  type BeatPlan,
  atomOutlines,
  beatShapes,
  createAtomSet,
  designBeats,
  planFigures,
  workloadPerAtom,
} from '../src/beats/index.ts';
import { createSeededRandom } from '../src/numeric/index.ts';
import {
  approximateHypercube,
  createPlanScorer,
  type HypercubeModel,
  type PlanScorerOptions,
  solveHypercube,
} from '../src/response/index.ts';
import { type Bench, type BenchRow, formatMs, measure, type Timing } from './bench.ts';
import { denseHypercube, plainLarson, powerHypercube } from './plain-hypercube.ts';

const REGIONS = 2000;
const EXACT_REGIONS = 300;
const POWER_TOLERANCE = 1e-10;

/** Units and regions strewn over a square; the nearest free unit answers; half of the units' time is work. */
function makeModel(unitCount: number, regions: number): HypercubeModel & { travelMinutes: Float64Array } {
  const random = createSeededRandom(unitCount);
  const units = Array.from({ length: unitCount }, () => [random.uniform(), random.uniform()]);
  const travelMinutes = new Float64Array(regions * unitCount);
  const preference = new Uint16Array(regions * unitCount);
  for (let region = 0; region < regions; region++) {
    const [x, y] = [random.uniform(), random.uniform()];
    const minutes = units.map(([ux, uy]) => 20 * Math.hypot(ux - x, uy - y));
    travelMinutes.set(minutes, region * unitCount);
    preference.set(
      [...minutes.keys()].sort((a, b) => minutes[a] - minutes[b]),
      region * unitCount,
    );
  }
  return {
    unitCount,
    regionCount: regions,
    callsPerHour: Float64Array.from({ length: regions }, () => (2 * random.uniform() * unitCount) / regions),
    serviceMinutes: new Float64Array(unitCount).fill(30),
    preference,
    line: 'infinite',
    travelMinutes,
  };
}

function largestDifference(a: ArrayLike<number>, b: ArrayLike<number>): number {
  return Math.max(...Array.from(a, (value, i) => Math.abs(value - b[i])));
}

async function exactRow(unitCount: number): Promise<BenchRow> {
  const model: HypercubeModel = { ...makeModel(unitCount, EXACT_REGIONS), line: 'none' };
  const ours = await measure(() => solveHypercube(model), 5);
  const dense = unitCount <= 10;
  let answer: Float64Array = new Float64Array(0);
  const peer = (): void => {
    answer = dense ? denseHypercube(model) : powerHypercube(model, POWER_TOLERANCE);
  };
  // The slow ones run once, cold: seconds do not need warming.
  const theirs = unitCount < 12 ? await measure(peer, 3) : once(peer);
  const difference = largestDifference(answer, solveHypercube(model).utilisation);
  return {
    what: `exact, ${unitCount} units (${1 << unitCount} states), ${EXACT_REGIONS} regions`,
    ours: formatMs(ours),
    peer: `${formatMs(theirs)} ${dense ? 'dense elimination' : 'power iteration to 1e-10'}`,
    ratio: `${(ours.medianMs / theirs.medianMs).toFixed(3)} × the time`,
    note: `largest difference of a utilisation ${difference.toExponential(0)}`,
  };
}

function once(work: () => void): Timing {
  const started = performance.now();
  work();
  return timingOf([performance.now() - started]);
}

async function approximateRow(): Promise<BenchRow> {
  const model = makeModel(27, REGIONS);
  const ours = await measure(() => approximateHypercube(model), 20);
  const plain = (): number[] => plainLarson({ ...model, serviceMinutes: 30 });
  const theirs = await measure(plain, 20);
  return {
    what: `approximate, 27 units, ${REGIONS} regions`,
    ours: formatMs(ours),
    peer: `${formatMs(theirs)} the paper’s formulas on lists of objects, utilisations only`,
    ratio: `${(ours.medianMs / theirs.medianMs).toFixed(2)} × the time`,
    note: `largest difference of a utilisation ${largestDifference(plain(), approximateHypercube(model).utilisation).toExponential(0)}`,
  };
}

function makeCity(): { atoms: AtomSet; plan: BeatPlan; workload: Float64Array; options: PlanScorerOptions } {
  const ring = Array.from({ length: 401 }, (_, i) => {
    const turn = ((i % 400) / 400) * 2 * Math.PI;
    const radius = 0.07 * (1 + 0.15 * Math.sin(3 * turn));
    return [104.05 + (radius * Math.cos(turn)) / 0.86, 30.63 + radius * Math.sin(turn)];
  });
  const atoms = createAtomSet({ boundary: { type: 'Polygon', coordinates: [ring] }, resolution: 9 });
  const random = createSeededRandom(5);
  const lon = Float64Array.from({ length: 20_000 }, () => random.normal(104.05, 0.03));
  const lat = Float64Array.from(lon, () => random.normal(30.63, 0.03));
  const { workload } = workloadPerAtom({ atoms, lon, lat });
  const { plan } = designBeats({ atoms, workload, beats: 27, zones: 14, seed: 1 });
  const all = workload.reduce((sum, work) => sum + work, 0);
  const options: PlanScorerOptions = {
    atoms,
    // 27 calls an hour of about 30 minutes: half of the units' time.
    callsPerHour: workload.map((work) => (27 * work) / all),
    sceneMinutes: new Float64Array(atoms.count).fill(25),
    travel: { kind: 'straight', detourFactor: 1.3, speedKmh: 30 },
    keyPlaces: {
      atom: Uint32Array.from({ length: 300 }, () => random.int(atoms.count)),
      tier: Uint8Array.from({ length: 300 }, () => 1 + random.int(3)),
    },
  };
  return { atoms, plan, workload, options };
}

/** Paints a brush of two rings around an atom at the edge of a beat in the colour of its neighbour. */
function paint(atoms: AtomSet, plan: BeatPlan, atom: number): void {
  const row = (a: number): Uint32Array =>
    atoms.neighbour.subarray(atoms.neighbourOffset[a], atoms.neighbourOffset[a + 1]);
  const other = row(atom).find((a) => plan.beatOfAtom[a] !== plan.beatOfAtom[atom]);
  if (other === undefined) return;
  for (const a of new Set([atom, ...row(atom), ...[...row(atom)].flatMap((b) => [...row(b)])])) {
    plan.beatOfAtom[a] = plan.beatOfAtom[other];
  }
}

function timingOf(times: number[]): Timing {
  times.sort((a, b) => a - b);
  return { minMs: times[0], medianMs: times[times.length >> 1], maxMs: times[times.length - 1] };
}

function strokeRow(): BenchRow {
  const { atoms, plan, workload, options } = makeCity();
  const scorer = createPlanScorer(options);
  const outlines = atomOutlines(atoms);
  const score = (): unknown => [
    scorer.score(plan),
    planFigures({ atoms, plan, workload }),
    beatShapes({ atoms, plan, outlines }),
  ];
  const anew = (): unknown => [
    createPlanScorer(options).score(plan),
    planFigures({ atoms, plan, workload }),
    beatShapes({ atoms, plan, outlines }),
  ];
  for (let i = 0; i < 5; i++) {
    score();
    anew();
  }
  const random = createSeededRandom(9);
  const times: number[] = [];
  const timesAnew: number[] = [];
  for (let stroke = 0; stroke < 100; stroke++) {
    paint(atoms, plan, random.int(atoms.count));
    for (const [work, list] of [
      [score, times],
      [anew, timesAnew],
    ] as const) {
      const started = performance.now();
      work();
      list.push(performance.now() - started);
    }
  }
  const [ours, theirs] = [timingOf(times), timingOf(timesAnew)];
  return {
    what: `score after a stroke: response, figures and shapes of 27 beats, ${atoms.count} atoms, 300 key places`,
    ours: formatMs(ours),
    peer: `${formatMs(theirs)} the same from nothing`,
    ratio: `${(ours.medianMs / theirs.medianMs).toFixed(2)} × the time`,
    goal: '≤ 100 ms',
    met: ours.maxMs <= 100,
  };
}

async function run(): Promise<BenchRow[]> {
  const rows: BenchRow[] = [];
  for (const units of [8, 10, 12, 14, 16]) rows.push(await exactRow(units));
  rows.push(await approximateRow(), strokeRow());
  return rows;
}

export const bench: Bench = { name: 'hypercube', run };
