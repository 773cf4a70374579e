import { readFileSync } from 'node:fs';
import { createSeededRandom } from '@xunfang/geo-data/numeric';
import {
  buildRoadGraph,
  createPathWorkspace,
  createRoadIndex,
  matchToRoads,
  type RoadEdgeCollection,
  snapToRoad,
} from '@xunfang/geo-data/streets';
import { type NoisyDrive, noisyDrive } from '../src/streets/fixtures/noisy-drive.ts';
import { type Bench, type BenchRow, measure } from './bench.ts';

const DRIVES = 60;
const SAMPLINGS = [
  [1, 5],
  [5, 8],
  [15, 8],
  [30, 8],
] as const;

async function run(): Promise<BenchRow[]> {
  const roads = new URL('../datasets/chengdu-wuhou/roads.geojson', import.meta.url);
  const graph = buildRoadGraph(JSON.parse(readFileSync(roads, 'utf8')) as RoadEdgeCollection);
  const index = createRoadIndex(graph);
  const workspace = createPathWorkspace(graph);
  const rows: BenchRow[] = [];
  for (const [everySeconds, noiseMeters] of SAMPLINGS) {
    const random = createSeededRandom(11);
    const drives: NoisyDrive[] = [];
    while (drives.length < DRIVES) {
      const drive = noisyDrive(graph, workspace, random, { everySeconds, noiseMeters });
      if (drive !== undefined) drives.push(drive);
    }
    const fixes = drives.reduce((sum, drive) => sum + drive.lon.length, 0);
    let right = 0;
    let nearest = 0;
    for (const drive of drives) {
      const match = matchToRoads(index, drive, {}, workspace);
      for (const [row, edge] of drive.trueEdge.entries()) {
        if (match.edge[row] === edge) right++;
        if (snapToRoad(index, drive.lon[row], drive.lat[row])?.edge === edge) nearest++;
      }
    }
    const matching = await measure(() => {
      for (const drive of drives) matchToRoads(index, drive, {}, workspace);
    });
    const snapping = await measure(() => {
      for (const drive of drives)
        for (let row = 0; row < drive.lon.length; row++) snapToRoad(index, drive.lon[row], drive.lat[row]);
    });
    const perSecond = (ms: number) => `${Math.round(fixes / (ms / 1000)).toLocaleString('en')} fixes/s`;
    const percent = (count: number) => `${((100 * count) / fixes).toFixed(1)} % on the right edge`;
    rows.push({
      what: `${DRIVES} drives over Chengdu (${graph.edgeCount} edges), a fix every ${everySeconds} s, noise ${noiseMeters} m`,
      ours: `${percent(right)}, ${perSecond(matching.medianMs)}`,
      peer: `${percent(nearest)}, ${perSecond(snapping.medianMs)} nearest edge`,
      ratio: `${((fixes - nearest) / (fixes - right)).toFixed(1)} × fewer wrong`,
      note: `${fixes} fixes`,
    });
  }
  return rows;
}

export const bench: Bench = { name: 'map-matching', run };
