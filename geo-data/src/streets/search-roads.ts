import type { PathWorkspace } from './path-workspace.ts';
import { NO_EDGE, type RoadGraph } from './road-graph.ts';

/** A node where a search begins, and the time already spent when it does. */
export interface SearchSeed {
  node: number;
  seconds: number;
}

/** A lower bound of the seconds from a node to wherever the search is going; must not drop faster than travel time grows. */
export type Potential = (node: number) => number;

/**
 * Dijkstra's search from all seeds at once, or A* when a potential is given (Hart, Nilsson, Raphael 1968), leaving times
 * and predecessors in the workspace. `settle` hears every node once, nearest first, with its final time, and ends the
 * search by returning true. O((n + m) log n) on what is reached.
 */
export function searchRoads(
  graph: RoadGraph,
  workspace: PathWorkspace,
  seeds: readonly SearchSeed[],
  settle: (node: number, seconds: number) => boolean,
  potential?: Potential,
): void {
  if (workspace.nodeCount !== graph.nodeCount) {
    throw new RangeError(`The workspace is for ${workspace.nodeCount} nodes, expected ${graph.nodeCount}.`);
  }
  clear(workspace);
  const { seconds, viaEdge, heap, touched } = workspace;
  const { edgeOffset, edgeTarget, edgeTravelSeconds } = graph;
  for (const seed of seeds) {
    if (!(seed.node < graph.nodeCount))
      throw new RangeError(`Node is ${seed.node}, expected less than ${graph.nodeCount}.`);
    if (seed.seconds >= seconds[seed.node]) continue;
    if (seconds[seed.node] === Number.POSITIVE_INFINITY) touched[workspace.touchedCount++] = seed.node;
    seconds[seed.node] = seed.seconds;
    heap.pushOrDecrease(seed.node, seed.seconds + (potential?.(seed.node) ?? 0));
  }
  for (let node = heap.pop(); node >= 0; node = heap.pop()) {
    const nodeSeconds = seconds[node];
    if (settle(node, nodeSeconds)) break;
    for (let edge = edgeOffset[node]; edge < edgeOffset[node + 1]; edge++) {
      const target = edgeTarget[edge];
      const reached = nodeSeconds + edgeTravelSeconds[edge];
      const known = seconds[target];
      if (reached >= known) continue;
      if (known === Number.POSITIVE_INFINITY) touched[workspace.touchedCount++] = target;
      seconds[target] = reached;
      viaEdge[target] = edge;
      heap.pushOrDecrease(target, potential === undefined ? reached : reached + potential(target));
    }
  }
}

/** The edges from the nearest seed to `node`, in driving order. */
export function edgesTo(graph: RoadGraph, workspace: PathWorkspace, node: number): Uint32Array {
  let length = 0;
  for (let v = node; workspace.viaEdge[v] !== NO_EDGE; v = graph.edgeSource[workspace.viaEdge[v]]) length++;
  const edges = new Uint32Array(length);
  for (let v = node; length > 0; v = graph.edgeSource[workspace.viaEdge[v]]) edges[--length] = workspace.viaEdge[v];
  return edges;
}

function clear(workspace: PathWorkspace): void {
  for (let i = 0; i < workspace.touchedCount; i++) {
    workspace.seconds[workspace.touched[i]] = Number.POSITIVE_INFINITY;
    workspace.viaEdge[workspace.touched[i]] = NO_EDGE;
  }
  workspace.touchedCount = 0;
  workspace.heap.clear();
}
