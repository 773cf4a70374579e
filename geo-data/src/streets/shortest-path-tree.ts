import { createPathWorkspace, type PathWorkspace } from './path-workspace.ts';
import { NO_EDGE, type RoadGraph } from './road-graph.ts';
import { searchRoads } from './search-roads.ts';

/**
 * Travel seconds from one node to every node (Infinity where none leads), with the edge by which each is reached best
 * (`NO_EDGE` for the start and for unreached nodes). Nodes further than `maxSeconds` stay unreached.
 * O((n + m) log n). The columns are the workspace's own: the next search with it overwrites them.
 */
export function shortestPathTree(
  graph: RoadGraph,
  from: number,
  maxSeconds = Number.POSITIVE_INFINITY,
  workspace: PathWorkspace = createPathWorkspace(graph),
): { seconds: Float64Array; viaEdge: Uint32Array } {
  let beyond = false;
  searchRoads(graph, workspace, [{ node: from, seconds: 0 }], (_node, seconds) => {
    beyond = seconds > maxSeconds;
    return beyond;
  });
  if (beyond) forgetBeyond(workspace, maxSeconds);
  return { seconds: workspace.seconds, viaEdge: workspace.viaEdge };
}

function forgetBeyond(workspace: PathWorkspace, maxSeconds: number): void {
  for (let i = 0; i < workspace.touchedCount; i++) {
    const node = workspace.touched[i];
    if (workspace.seconds[node] <= maxSeconds) continue;
    workspace.seconds[node] = Number.POSITIVE_INFINITY;
    workspace.viaEdge[node] = NO_EDGE;
  }
}
