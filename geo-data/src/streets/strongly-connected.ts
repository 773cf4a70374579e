import { NO_EDGE, type RoadGraph } from './road-graph.ts';

/**
 * The strongly connected component of every node (Tarjan 1972, iterative). Components are numbered by size, the largest 0,
 * equal ones by their smallest node. O(n + m).
 */
export function stronglyConnectedComponents(graph: RoadGraph): { component: Uint32Array; sizes: Uint32Array } {
  const { nodeCount, edgeOffset, edgeTarget } = graph;
  const index = new Uint32Array(nodeCount);
  const low = new Uint32Array(nodeCount);
  const found = new Int32Array(nodeCount).fill(-1);
  const nextEdge = edgeOffset.slice(0, nodeCount);
  const open: number[] = [];
  const path: number[] = [];
  let visited = 0;
  let componentCount = 0;
  for (let root = 0; root < nodeCount; root++) {
    if (index[root] !== 0) continue;
    path.push(root);
    while (path.length > 0) {
      const node = path[path.length - 1];
      if (index[node] === 0) {
        index[node] = low[node] = ++visited;
        open.push(node);
      }
      if (nextEdge[node] < edgeOffset[node + 1]) {
        const target = edgeTarget[nextEdge[node]++];
        if (index[target] === 0) path.push(target);
        else if (found[target] < 0) low[node] = Math.min(low[node], index[target]);
        continue;
      }
      path.pop();
      if (path.length > 0) low[path[path.length - 1]] = Math.min(low[path[path.length - 1]], low[node]);
      if (low[node] !== index[node]) continue;
      for (let member = -1; member !== node; ) {
        member = open.pop() ?? node;
        found[member] = componentCount;
      }
      componentCount++;
    }
  }
  return numberBySize(found, componentCount);
}

/**
 * The graph cut down to its largest strongly connected part, in which every place can be reached from every other:
 * what units drive on. Extracts have dead ends where they were cut. O(n + m).
 */
export function largestStronglyConnectedPart(graph: RoadGraph): RoadGraph {
  const { component, sizes } = stronglyConnectedComponents(graph);
  if (sizes.length <= 1) return graph;
  const nodes = Uint32Array.from(component.keys()).filter((node) => component[node] === 0);
  const newNode = new Uint32Array(graph.nodeCount).fill(NO_EDGE);
  for (const [i, node] of nodes.entries()) newNode[node] = i;
  const edges = Uint32Array.from({ length: graph.edgeCount }, (_, edge) => edge).filter(
    (edge) => component[graph.edgeSource[edge]] === 0 && component[graph.edgeTarget[edge]] === 0,
  );
  const newEdge = new Uint32Array(graph.edgeCount).fill(NO_EDGE);
  for (const [i, edge] of edges.entries()) newEdge[edge] = i;

  const edgeOffset = new Uint32Array(nodes.length + 1);
  const geometryOffset = new Uint32Array(edges.length + 1);
  for (const [i, edge] of edges.entries()) {
    edgeOffset[newNode[graph.edgeSource[edge]] + 1]++;
    geometryOffset[i + 1] = geometryOffset[i] + graph.geometryOffset[edge + 1] - graph.geometryOffset[edge];
  }
  for (let i = 0; i < nodes.length; i++) edgeOffset[i + 1] += edgeOffset[i];
  const geometryLon = new Float64Array(geometryOffset[edges.length]);
  const geometryLat = new Float64Array(geometryOffset[edges.length]);
  for (const [i, edge] of edges.entries()) {
    const [start, end] = [graph.geometryOffset[edge], graph.geometryOffset[edge + 1]];
    geometryLon.set(graph.geometryLon.subarray(start, end), geometryOffset[i]);
    geometryLat.set(graph.geometryLat.subarray(start, end), geometryOffset[i]);
  }
  const ofEdges = (column: Float64Array): Float64Array => Float64Array.from(edges, (edge) => column[edge]);
  return {
    nodeCount: nodes.length,
    edgeCount: edges.length,
    nodeLon: Float64Array.from(nodes, (node) => graph.nodeLon[node]),
    nodeLat: Float64Array.from(nodes, (node) => graph.nodeLat[node]),
    edgeOffset,
    edgeSource: edges.map((edge) => newNode[graph.edgeSource[edge]]),
    edgeTarget: edges.map((edge) => newNode[graph.edgeTarget[edge]]),
    edgeLengthMeters: ofEdges(graph.edgeLengthMeters),
    edgeSpeedKmh: ofEdges(graph.edgeSpeedKmh),
    edgeTravelSeconds: ofEdges(graph.edgeTravelSeconds),
    edgeRoadClass: Uint8Array.from(edges, (edge) => graph.edgeRoadClass[edge]),
    edgeNameIndex: edges.map((edge) => graph.edgeNameIndex[edge]),
    edgeReverse: edges.map((edge) =>
      graph.edgeReverse[edge] === NO_EDGE ? NO_EDGE : newEdge[graph.edgeReverse[edge]],
    ),
    geometryOffset,
    geometryLon,
    geometryLat,
    names: graph.names,
    maxSpeedKmh: graph.maxSpeedKmh,
  };
}

function numberBySize(found: Int32Array, componentCount: number): { component: Uint32Array; sizes: Uint32Array } {
  const size = new Uint32Array(componentCount);
  const firstNode = new Uint32Array(componentCount).fill(found.length);
  for (const [node, raw] of found.entries()) {
    size[raw]++;
    firstNode[raw] = Math.min(firstNode[raw], node);
  }
  const order = Array.from(size.keys()).sort((a, b) => size[b] - size[a] || firstNode[a] - firstNode[b]);
  const rank = new Uint32Array(componentCount);
  for (const [i, raw] of order.entries()) rank[raw] = i;
  return { component: Uint32Array.from(found, (raw) => rank[raw]), sizes: Uint32Array.from(order, (raw) => size[raw]) };
}
