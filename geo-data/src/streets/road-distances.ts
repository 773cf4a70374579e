import type { PathWorkspace } from './path-workspace.ts';
import { NO_EDGE, type RoadGraph } from './road-graph.ts';
import type { EdgePlace } from './route-between.ts';
import { edgesTo, searchRoads } from './search-roads.ts';

/** Driven metres between places on edges, in driving direction: what the matching of a track asks thousands of times. */
export interface RoadDistances {
  /**
   * Metres from each of `from` to each of `to`, row by row, Infinity where none leads within `maxMeters`. Back along the same edge by up to
   * `backMeters` counts as that many metres: noise, not a way round the block.
   */
  between(from: readonly EdgePlace[], to: readonly EdgePlace[], maxMeters: number, backMeters: number): Float64Array;
  /** The edges after `from.edge` up to and with `to.edge`; none for places of one edge. Undefined where none leads. */
  edgesBetween(from: EdgePlace, to: EdgePlace, maxMeters: number, backMeters: number): Uint32Array | undefined;
}

/** O((n + m) log n) a search on the part within `maxMeters`, one for every node at which an edge of `from` ends. */
export function createRoadDistances(graph: RoadGraph, workspace: PathWorkspace): RoadDistances {
  // The search adds up whatever the column of costs holds.
  const byLength: RoadGraph = { ...graph, edgeTravelSeconds: graph.edgeLengthMeters };
  const { edgeSource, edgeTarget, edgeLengthMeters } = graph;

  function direct(from: EdgePlace, to: EdgePlace, backMeters: number): number {
    if (from.edge !== to.edge) return Number.POSITIVE_INFINITY;
    const meters = (to.fraction - from.fraction) * edgeLengthMeters[to.edge];
    return meters >= -backMeters ? Math.abs(meters) : Number.POSITIVE_INFINITY;
  }

  function search(node: number, goals: ReadonlySet<number>, maxMeters: number): void {
    let left = goals.size;
    searchRoads(byLength, workspace, [{ node, seconds: 0 }], (settled, meters) => {
      if (goals.has(settled)) left--;
      return left === 0 || meters > maxMeters;
    });
  }

  return {
    between(from, to, maxMeters, backMeters) {
      const meters = new Float64Array(from.length * to.length).fill(Number.POSITIVE_INFINITY);
      const goals = new Set<number>();
      for (const { edge } of to) goals.add(edgeSource[edge]);
      const ends = new Map<number, number[]>();
      for (const [row, { edge }] of from.entries()) {
        const rows = ends.get(edgeTarget[edge]);
        if (rows === undefined) ends.set(edgeTarget[edge], [row]);
        else rows.push(row);
      }
      for (const [node, rows] of ends) {
        search(node, goals, maxMeters);
        for (const row of rows) {
          const rest = (1 - from[row].fraction) * edgeLengthMeters[from[row].edge];
          for (const [column, goal] of to.entries()) {
            const round = rest + workspace.seconds[edgeSource[goal.edge]] + goal.fraction * edgeLengthMeters[goal.edge];
            const best = Math.min(direct(from[row], goal, backMeters), round);
            if (best <= maxMeters) meters[row * to.length + column] = best;
          }
        }
      }
      return meters;
    },

    edgesBetween(from, to, maxMeters, backMeters) {
      if (direct(from, to, backMeters) < Number.POSITIVE_INFINITY) return new Uint32Array(0);
      const goal = edgeSource[to.edge];
      search(edgeTarget[from.edge], new Set([goal]), maxMeters);
      if (goal !== edgeTarget[from.edge] && workspace.viaEdge[goal] === NO_EDGE) return undefined;
      return Uint32Array.of(...edgesTo(byLength, workspace, goal), to.edge);
    },
  };
}
