import { haversineDistanceMeters } from '../geometry/index.ts';
import { createPathWorkspace, type PathWorkspace } from './path-workspace.ts';
import { NO_EDGE, type RoadGraph } from './road-graph.ts';
import { edgesTo, searchRoads } from './search-roads.ts';
import type { RoadPath } from './shortest-path.ts';
import { travelSeconds } from './travel-time.ts';

/** A place on a directed edge; `fraction` 0 to 1 in driving direction. */
export interface EdgePlace {
  edge: number;
  fraction: number;
}

/**
 * The fastest drive between two places on roads, or undefined where none leads. On a street with two directions one may
 * set out, and arrive, in either. Cost as `shortestPath`.
 */
export function routeBetween(
  graph: RoadGraph,
  from: EdgePlace,
  to: EdgePlace,
  workspace: PathWorkspace = createPathWorkspace(graph),
): RoadPath | undefined {
  const starts = bothDirections(graph, from);
  const ends = bothDirections(graph, to);
  let best = directDrive(graph, starts, ends);

  const { edgeSource, edgeTarget, edgeTravelSeconds, nodeLon, nodeLat, maxSpeedKmh } = graph;
  const seeds = starts.map(({ edge, fraction }) => ({
    node: edgeTarget[edge],
    seconds: (1 - fraction) * edgeTravelSeconds[edge],
  }));
  const goals = ends.map(({ edge, fraction }) => ({
    edge,
    fraction,
    node: edgeSource[edge],
    lastSeconds: fraction * edgeTravelSeconds[edge],
  }));
  const potential = (node: number): number => {
    let bound = Number.POSITIVE_INFINITY;
    for (const goal of goals) {
      const straight = haversineDistanceMeters(nodeLon[node], nodeLat[node], nodeLon[goal.node], nodeLat[goal.node]);
      bound = Math.min(bound, travelSeconds(straight, maxSpeedKmh));
    }
    return bound;
  };
  let bestSeconds = best?.seconds ?? Number.POSITIVE_INFINITY;
  let bestGoal: (typeof goals)[number] | undefined;
  searchRoads(
    graph,
    workspace,
    seeds,
    (node, seconds) => {
      for (const goal of goals) {
        if (goal.node === node && seconds + goal.lastSeconds < bestSeconds) {
          bestSeconds = seconds + goal.lastSeconds;
          bestGoal = goal;
        }
      }
      return seconds + potential(node) >= bestSeconds;
    },
    potential,
  );
  if (bestGoal === undefined) return best;

  const between = edgesTo(graph, workspace, bestGoal.node);
  const firstNode = between.length === 0 ? bestGoal.node : edgeSource[between[0]];
  const start = fastestStartTo(graph, starts, firstNode);
  best = {
    edges: Uint32Array.of(start.edge, ...between, bestGoal.edge),
    startFraction: start.fraction,
    endFraction: bestGoal.fraction,
    seconds: bestSeconds,
    lengthMeters: 0,
  };
  best.lengthMeters = drivenMeters(graph, best);
  return best;
}

/** The place itself and, on a street with two directions, the same place on the opposite one. */
export function bothDirections(graph: RoadGraph, place: EdgePlace): EdgePlace[] {
  if (!(place.edge < graph.edgeCount))
    throw new RangeError(`Edge is ${place.edge}, expected less than ${graph.edgeCount}.`);
  if (!(place.fraction >= 0 && place.fraction <= 1))
    throw new RangeError(`Fraction is ${place.fraction}, expected 0 to 1.`);
  const reverse = graph.edgeReverse[place.edge];
  return reverse === NO_EDGE ? [place] : [place, { edge: reverse, fraction: 1 - place.fraction }];
}

/** The drive along a single edge, when the goal lies ahead on the very edge one is on. */
function directDrive(graph: RoadGraph, starts: EdgePlace[], ends: EdgePlace[]): RoadPath | undefined {
  let best: RoadPath | undefined;
  for (const start of starts) {
    for (const end of ends) {
      if (start.edge !== end.edge || end.fraction < start.fraction) continue;
      const share = end.fraction - start.fraction;
      const seconds = share * graph.edgeTravelSeconds[start.edge];
      if (best !== undefined && best.seconds <= seconds) continue;
      best = {
        edges: Uint32Array.of(start.edge),
        startFraction: start.fraction,
        endFraction: end.fraction,
        seconds,
        lengthMeters: share * graph.edgeLengthMeters[start.edge],
      };
    }
  }
  return best;
}

function fastestStartTo(graph: RoadGraph, starts: EdgePlace[], node: number): EdgePlace {
  const reaching = starts.filter(({ edge }) => graph.edgeTarget[edge] === node);
  const rest = ({ edge, fraction }: EdgePlace): number => (1 - fraction) * graph.edgeTravelSeconds[edge];
  return reaching.reduce((best, start) => (rest(start) < rest(best) ? start : best));
}

function drivenMeters(graph: RoadGraph, path: RoadPath): number {
  const { edges, startFraction, endFraction } = path;
  let meters = 0;
  for (const edge of edges) meters += graph.edgeLengthMeters[edge];
  meters -= startFraction * graph.edgeLengthMeters[edges[0]];
  return meters - (1 - endFraction) * graph.edgeLengthMeters[edges[edges.length - 1]];
}
