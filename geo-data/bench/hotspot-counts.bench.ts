import { once } from 'node:events';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import { cellToParent, latLngToCell } from 'h3-js';
import { cellsToHex } from '../src/geometry/index.ts';
import { type CellCounts, countByCell, countPointsByCell, mergeCounts } from '../src/hotspots/index.ts';
import { createIncidentColumns, fillCells, type IncidentColumns, incidentColumnsOn } from '../src/incidents/index.ts';
import { createSeededRandom } from '../src/numeric/index.ts';
import type { Bench } from './bench.ts';
import { formatMs, measure } from './bench.ts';

const INCIDENTS = 1_000_000;
const RESOLUTION = 9;
const GOAL_MS = 1500;

type Method = 'ours' | 'peer';

interface Part {
  from: number;
  to: number;
  method: Method;
}

/** Clusters on a background, as incidents are: 40 centres within 30 km of Chengdu. */
function makeIncidents(): IncidentColumns {
  const random = createSeededRandom(20_261_123);
  const columns = createIncidentColumns(INCIDENTS, 'shared');
  const centres = Array.from({ length: 40 }, () => [104.06 + random.normal(0, 0.12), 30.65 + random.normal(0, 0.1)]);
  for (let row = 0; row < INCIDENTS; row++) {
    const [lon, lat] = random.pick(centres);
    const spread = random.uniform() < 0.7 ? 0.01 : 0.08;
    columns.lon[row] = lon + random.normal(0, spread);
    columns.lat[row] = lat + random.normal(0, spread);
  }
  fillCells(columns);
  return columns;
}

function countWithMap(columns: IncidentColumns, from: number, to: number): Map<string, number> {
  const counts = new Map<string, number>();
  for (let row = from; row < to; row++) {
    const cell = latLngToCell(columns.lat[row], columns.lon[row], RESOLUTION);
    counts.set(cell, (counts.get(cell) ?? 0) + 1);
  }
  return counts;
}

function serveParts(columns: IncidentColumns): void {
  parentPort?.on('message', ({ from, to, method }: Part) => {
    const points = { lon: columns.lon.subarray(from, to), lat: columns.lat.subarray(from, to) };
    const counted = method === 'ours' ? countPointsByCell(points, RESOLUTION) : countWithMap(columns, from, to);
    parentPort?.postMessage(counted);
  });
}

async function ask<T>(worker: Worker, part: Part): Promise<T> {
  const answer = once(worker, 'message');
  worker.postMessage(part);
  const [counted] = (await answer) as [T];
  return counted;
}

/** Half of the rows to each worker. */
function askBoth<T>(workers: readonly Worker[], method: Method): Promise<T[]> {
  const size = Math.ceil(INCIDENTS / workers.length);
  return Promise.all(
    workers.map((worker, k) => ask<T>(worker, { from: k * size, to: Math.min(INCIDENTS, (k + 1) * size), method })),
  );
}

async function countPeer(workers: readonly Worker[]): Promise<Map<string, number>> {
  const total = new Map<string, number>();
  for (const part of await askBoth<Map<string, number>>(workers, 'peer')) {
    for (const [cell, count] of part) total.set(cell, (total.get(cell) ?? 0) + count);
  }
  return total;
}

function requireEqual(ours: CellCounts, peer: Map<string, number>): void {
  const names = cellsToHex({ hi: ours.cellHi, lo: ours.cellLo });
  const differing = names.filter((name, row) => peer.get(name) !== ours.counts[row]).length;
  if (names.length !== peer.size || differing > 0) {
    throw new Error(`${differing} of ${names.length} cells differ from the ${peer.size} of the peer.`);
  }
}

if (!isMainThread) serveParts(incidentColumnsOn(workerData as SharedArrayBuffer, 0, INCIDENTS));

export const bench: Bench = {
  name: 'hotspot counts',
  async run() {
    const columns = makeIncidents();
    const workers = [0, 1].map(() => new Worker(new URL(import.meta.url), { workerData: columns.lon.buffer }));
    const oursTwo = await measure(async () => mergeCounts(await askBoth<CellCounts>(workers, 'ours')));
    const peerTwo = await measure(() => countPeer(workers), 3);
    requireEqual(mergeCounts(await askBoth<CellCounts>(workers, 'ours')), await countPeer(workers));
    await Promise.all(workers.map((worker) => worker.terminate()));

    const oursStored = await measure(() => countByCell(columns, undefined, RESOLUTION));
    const names = cellsToHex({ hi: columns.cellHi, lo: columns.cellLo });
    const countStoredWithMap = (): Map<string, number> => {
      const counts = new Map<string, number>();
      for (const name of names) {
        const parent = cellToParent(name, RESOLUTION);
        counts.set(parent, (counts.get(parent) ?? 0) + 1);
      }
      return counts;
    };
    const peerStored = await measure(countStoredWithMap, 3);
    requireEqual(countByCell(columns, undefined, RESOLUTION), countStoredWithMap());
    return [
      {
        what: '1,000,000 incidents, lon/lat → res-9 counts, 2 workers',
        ours: formatMs(oursTwo),
        peer: `h3-js + Map, 2 workers: ${formatMs(peerTwo)}`,
        ratio: `${(peerTwo.medianMs / oursTwo.medianMs).toFixed(1)}×`,
        goal: '≤ 1.5 s',
        met: oursTwo.medianMs <= GOAL_MS,
        note: 'merged; equal cell by cell',
      },
      {
        what: '1,000,000 incidents, stored cells → res-9 counts, 1 thread',
        ours: formatMs(oursStored),
        peer: `h3-js cellToParent + Map: ${formatMs(peerStored)}`,
        ratio: `${(peerStored.medianMs / oursStored.medianMs).toFixed(1)}×`,
        note: 'what the server does; equal cell by cell',
      },
    ];
  },
};
