import { createPathWorkspace, type PathWorkspace } from './path-workspace.ts';
import type { RoadGraph } from './road-graph.ts';
import { bothDirections, type EdgePlace } from './route-between.ts';
import { searchRoads } from './search-roads.ts';

/**
 * Driving seconds from one place on a road to each of many, Infinity where none leads or it takes longer than `maxSeconds`.
 * One search that ends as soon as all are reached: O((n + m) log n).
 */
export function travelSecondsToMany(
  graph: RoadGraph,
  from: EdgePlace,
  to: readonly EdgePlace[],
  maxSeconds = Number.POSITIVE_INFINITY,
  workspace: PathWorkspace = createPathWorkspace(graph),
): Float64Array {
  const answer = new Float64Array(to.length).fill(Number.POSITIVE_INFINITY);
  const starts = bothDirections(graph, from);
  const waiting = new Set<number>();
  const ends = to.map((place) => bothDirections(graph, place));
  for (const [i, places] of ends.entries()) {
    for (const end of places) {
      waiting.add(graph.edgeSource[end.edge]);
      for (const start of starts) {
        if (start.edge !== end.edge || end.fraction < start.fraction) continue;
        answer[i] = Math.min(answer[i], (end.fraction - start.fraction) * graph.edgeTravelSeconds[end.edge]);
      }
    }
  }
  const seeds = starts.map(({ edge, fraction }) => ({
    node: graph.edgeTarget[edge],
    seconds: (1 - fraction) * graph.edgeTravelSeconds[edge],
  }));
  searchRoads(graph, workspace, seeds, (node, seconds) => {
    waiting.delete(node);
    return waiting.size === 0 || seconds > maxSeconds;
  });
  for (const [i, places] of ends.entries()) {
    for (const { edge, fraction } of places) {
      const seconds = workspace.seconds[graph.edgeSource[edge]] + fraction * graph.edgeTravelSeconds[edge];
      answer[i] = Math.min(answer[i], seconds);
    }
    if (answer[i] > maxSeconds) answer[i] = Number.POSITIVE_INFINITY;
  }
  return answer;
}
