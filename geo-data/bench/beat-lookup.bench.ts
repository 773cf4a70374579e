import { booleanPointInPolygon } from '@turf/turf';
import { beatBoundaries, createAtomSet, createBeatLookup, designBeats, UNASSIGNED } from '@xunfang/geo-data/beats';
import { createSeededRandom } from '@xunfang/geo-data/numeric';
import Flatbush from 'flatbush';
import { type Bench, type BenchRow, formatMs, measure, type Timing } from './bench.ts';

const POINTS = 1_000_000;
/** The peers are slow: they answer fewer points and are compared by rate. */
const PEER_POINTS = 20_000;
const GOAL_PER_SECOND = 500_000;

async function run(): Promise<BenchRow[]> {
  const ring = Array.from({ length: 201 }, (_, i) => {
    const turn = ((i % 200) / 200) * 2 * Math.PI;
    const radius = 0.07 * (1 + 0.15 * Math.sin(3 * turn));
    return [104.05 + (radius * Math.cos(turn)) / 0.86, 30.63 + radius * Math.sin(turn)];
  });
  const atoms = createAtomSet({ boundary: { type: 'Polygon', coordinates: [ring] }, resolution: 9 });
  const workload = new Float64Array(atoms.count).fill(1);
  const { plan } = designBeats({ atoms, workload, beats: 27, zones: 14, seed: 1 });
  const polygons = beatBoundaries({ atoms, plan }).features;
  const random = createSeededRandom(9);
  const lon = Float64Array.from({ length: POINTS }, () => 103.96 + 0.18 * random.uniform());
  const lat = Float64Array.from({ length: POINTS }, () => 30.55 + 0.16 * random.uniform());

  const lookup = createBeatLookup({ atoms, plan });
  const beats = new Uint16Array(POINTS);
  const ours = await measure(() => lookup.beatsOfPoints(lon, lat, beats), 5);

  const scan = (point: number[]): number =>
    polygons.find((polygon) => booleanPointInPolygon(point, polygon))?.properties.area ?? UNASSIGNED;
  const tree = new Flatbush(polygons.length);
  for (const { geometry } of polygons) {
    const corners = geometry.coordinates.flat(2);
    const [x, y] = [corners.map((corner) => corner[0]), corners.map((corner) => corner[1])];
    tree.add(Math.min(...x), Math.min(...y), Math.max(...x), Math.max(...y));
  }
  tree.finish();
  const filtered = ([x, y]: number[]): number =>
    tree
      .search(x, y, x, y)
      .map((i) => polygons[i])
      .find((polygon) => booleanPointInPolygon([x, y], polygon))?.properties.area ?? UNASSIGNED;
  const peer = async (find: (point: number[]) => number): Promise<Timing> =>
    measure(() => {
      for (let i = 0; i < PEER_POINTS; i++) find([lon[i], lat[i]]);
    }, 3);
  const [scanned, prefiltered] = [await peer(scan), await peer(filtered)];

  let inside = 0;
  let agreeing = 0;
  for (let i = 0; i < PEER_POINTS; i++) {
    const expected = filtered([lon[i], lat[i]]);
    if (expected === UNASSIGNED) continue;
    inside++;
    if (expected === beats[i]) agreeing++;
  }
  const rate = (timing: Timing, points: number): number => (points / timing.medianMs) * 1000;
  const oursRate = rate(ours, POINTS);
  const row = (what: string, timing: Timing): BenchRow => ({
    what,
    ours: `${formatMs(ours)}, ${perSecond(oursRate)}`,
    peer: perSecond(rate(timing, PEER_POINTS)),
    ratio: `${(oursRate / rate(timing, PEER_POINTS)).toFixed(1)} × the rate`,
    goal: '≥ 0.5 M points/s',
    met: oursRate >= GOAL_PER_SECOND,
    note: `${((100 * agreeing) / inside).toFixed(2)} % equal answers inside the bureau`,
  });
  return [
    row('beat of 1 M points; peer: turf booleanPointInPolygon behind flatbush', prefiltered),
    row('beat of 1 M points; peer: turf booleanPointInPolygon, polygon by polygon', scanned),
  ];
}

function perSecond(rate: number): string {
  return rate >= 1e6 ? `${(rate / 1e6).toFixed(1)} M points/s` : `${(rate / 1e3).toFixed(0)} k points/s`;
}

export const bench: Bench = { name: 'beat-lookup', run };
