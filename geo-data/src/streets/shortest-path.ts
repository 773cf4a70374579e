import { haversineDistanceMeters } from '../geometry/index.ts';
import { createPathWorkspace, type PathWorkspace } from './path-workspace.ts';
import type { RoadGraph } from './road-graph.ts';
import { edgesTo, searchRoads } from './search-roads.ts';
import { travelSeconds } from './travel-time.ts';

/** A drive along roads. */
export interface RoadPath {
  /** Edges in driving order. */
  edges: Uint32Array;
  /** Where on the first edge it starts and where on the last it ends, 0 to 1 in driving direction. */
  startFraction: number;
  endFraction: number;
  seconds: number;
  lengthMeters: number;
}

/**
 * The fastest way from one node to another (A*, bounded by the straight line at the network's highest speed),
 * or undefined where none leads. O((n + m) log n) at worst, usually a small part of it.
 */
export function shortestPath(
  graph: RoadGraph,
  from: number,
  to: number,
  workspace: PathWorkspace = createPathWorkspace(graph),
): RoadPath | undefined {
  if (!(to < graph.nodeCount)) throw new RangeError(`Node is ${to}, expected less than ${graph.nodeCount}.`);
  const { nodeLon, nodeLat, maxSpeedKmh } = graph;
  const potential = (node: number): number =>
    travelSeconds(haversineDistanceMeters(nodeLon[node], nodeLat[node], nodeLon[to], nodeLat[to]), maxSpeedKmh);
  searchRoads(graph, workspace, [{ node: from, seconds: 0 }], (node) => node === to, potential);
  if (workspace.seconds[to] === Number.POSITIVE_INFINITY) return undefined;
  const edges = edgesTo(graph, workspace, to);
  let lengthMeters = 0;
  for (const edge of edges) lengthMeters += graph.edgeLengthMeters[edge];
  return { edges, startFraction: 0, endFraction: 1, seconds: workspace.seconds[to], lengthMeters };
}
