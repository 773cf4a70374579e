import { createSeededRandom } from '@xunfang/geo-data/numeric';
import {
  buildRoadGraph,
  createPathWorkspace,
  type RoadEdgeCollection,
  type RoadGraph,
  shortestPath,
  shortestPathTree,
  travelSecondsToMany,
} from '@xunfang/geo-data/streets';
import { type Bench, type BenchRow, formatMs, measure } from './bench.ts';

/** 224 × 224 nodes: about 50,000 nodes and 199,000 edges, the size of a large city. */
const SIDE = 224;
const CLASSES = ['primary', 'secondary', 'tertiary', 'residential'];

function makeCity(): RoadGraph {
  const random = createSeededRandom(3);
  const places = Array.from({ length: SIDE * SIDE }, (_, node) => [
    104 + ((node % SIDE) + 0.4 * random.uniform()) * 0.0012,
    30.5 + (Math.floor(node / SIDE) + 0.4 * random.uniform()) * 0.001,
  ]);
  const features: RoadEdgeCollection['features'] = [];
  const connect = (a: number, b: number, highway: string): void => {
    for (const [from, to] of [
      [a, b],
      [b, a],
    ]) {
      features.push({
        type: 'Feature',
        properties: { frm: `${from}`, to: `${to}`, highway },
        geometry: { type: 'LineString', coordinates: [places[from], places[to]] },
      });
    }
  };
  for (let node = 0; node < SIDE * SIDE; node++) {
    const [column, row] = [node % SIDE, Math.floor(node / SIDE)];
    if (column + 1 < SIDE) connect(node, node + 1, row % 12 === 0 ? CLASSES[0] : random.pick(CLASSES));
    if (row + 1 < SIDE) connect(node, node + SIDE, column % 12 === 0 ? CLASSES[0] : random.pick(CLASSES));
  }
  return buildRoadGraph({ type: 'FeatureCollection', features });
}

/** Dijkstra as textbooks give it: a binary heap of pairs, stale ones skipped when they surface. */
function textbookDijkstra(graph: RoadGraph, from: number): Float64Array {
  const seconds = new Float64Array(graph.nodeCount).fill(Number.POSITIVE_INFINITY);
  seconds[from] = 0;
  const heap: { node: number; key: number }[] = [{ node: from, key: 0 }];
  const swap = (i: number, j: number): void => {
    [heap[i], heap[j]] = [heap[j], heap[i]];
  };
  while (heap.length > 0) {
    const { node, key } = heap[0];
    const last = heap.pop();
    if (heap.length > 0 && last !== undefined) {
      heap[0] = last;
      for (let i = 0; ; ) {
        const left = 2 * i + 1;
        if (left >= heap.length) break;
        const child = left + 1 < heap.length && heap[left + 1].key < heap[left].key ? left + 1 : left;
        if (heap[i].key <= heap[child].key) break;
        swap(i, child);
        i = child;
      }
    }
    if (key > seconds[node]) continue;
    for (let e = graph.edgeOffset[node]; e < graph.edgeOffset[node + 1]; e++) {
      const reached = key + graph.edgeTravelSeconds[e];
      const target = graph.edgeTarget[e];
      if (reached >= seconds[target]) continue;
      seconds[target] = reached;
      heap.push({ node: target, key: reached });
      for (let i = heap.length - 1; i > 0; ) {
        const parent = (i - 1) >> 1;
        if (heap[parent].key <= heap[i].key) break;
        swap(i, parent);
        i = parent;
      }
    }
  }
  return seconds;
}

async function run(): Promise<BenchRow[]> {
  const graph = makeCity();
  const workspace = createPathWorkspace(graph);
  const middle = Math.floor(graph.nodeCount / 2) + SIDE / 2;
  const size = `${graph.nodeCount} nodes, ${graph.edgeCount} edges`;

  const all = await measure(() => shortestPathTree(graph, middle, undefined, workspace), 15);
  const textbook = await measure(() => textbookDijkstra(graph, middle), 15);
  const expected = textbookDijkstra(graph, middle);
  const tree = shortestPathTree(graph, middle, undefined, workspace).seconds;
  const largestError = expected.reduce((worst, seconds, node) => Math.max(worst, Math.abs(seconds - tree[node])), 0);

  const random = createSeededRandom(8);
  const places = Array.from({ length: 200 }, () => ({ edge: random.int(graph.edgeCount), fraction: random.uniform() }));
  const many = await measure(() => travelSecondsToMany(graph, places[0], places, undefined, workspace), 15);
  const pairs = Array.from({ length: 50 }, () => [random.int(graph.nodeCount), random.int(graph.nodeCount)]);
  const paths = await measure(() => {
    for (const [from, to] of pairs) shortestPath(graph, from, to, workspace);
  }, 5);
  return [
    {
      what: `one → all travel times, ${size}`,
      ours: formatMs(all),
      peer: `${formatMs(textbook)} textbook Dijkstra on the same graph`,
      ratio: `${(all.medianMs / textbook.medianMs).toFixed(2)} × the time`,
      note: `largest difference ${largestError.toExponential(1)} s`,
    },
    {
      what: 'one → 200 places on streets',
      ours: formatMs(many),
      note: 'pgRouting took 141 ms on a network of this size',
    },
    {
      what: 'one → one with its edges (A*), mean of 50 random pairs',
      ours: `${(paths.medianMs / pairs.length).toFixed(2)} ms`,
      note: 'ngraph.path took 26 ms a pair on a network of this size',
    },
  ];
}

export const bench: Bench = { name: 'shortest-paths', run };
