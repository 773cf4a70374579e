import { createPathWorkspace, type PathWorkspace } from './path-workspace.ts';
import type { RoadGraph } from './road-graph.ts';
import { bothDirections, type EdgePlace } from './route-between.ts';
import { searchRoads } from './search-roads.ts';

/**
 * Driving seconds between all places on roads: places × places, a row per start, Infinity where no road leads; what scores of plans and
 * replays take. On a street with two directions one may set out, and arrive, in either. A search per place, whose ends are looked up once for
 * all: O(places · ((n + m) log n + places)).
 */
export function travelMatrix(
  graph: RoadGraph,
  places: readonly EdgePlace[],
  workspace: PathWorkspace = createPathWorkspace(graph),
): Float32Array {
  const count = places.length;
  const directions = places.map((place) => bothDirections(graph, place));
  // The ways to arrive: the node before the place, and the seconds from there.
  const endOffset = new Uint32Array(count + 1);
  for (const [place, ways] of directions.entries()) endOffset[place + 1] = endOffset[place] + ways.length;
  const ends = directions.flat();
  const endNode = Uint32Array.from(ends, ({ edge }) => graph.edgeSource[edge]);
  const endSeconds = Float64Array.from(ends, ({ edge, fraction }) => fraction * graph.edgeTravelSeconds[edge]);
  const placesOnEdge = new Map<number, number[]>();
  for (const [place, ways] of directions.entries()) {
    for (const { edge } of ways) {
      const others = placesOnEdge.get(edge);
      if (others === undefined) placesOnEdge.set(edge, [place]);
      else others.push(place);
    }
  }

  const matrix = new Float32Array(count * count);
  for (const [from, starts] of directions.entries()) {
    const seeds = starts.map(({ edge, fraction }) => ({
      node: graph.edgeTarget[edge],
      seconds: (1 - fraction) * graph.edgeTravelSeconds[edge],
    }));
    searchRoads(graph, workspace, seeds, () => false);
    const row = matrix.subarray(from * count, (from + 1) * count);
    for (let to = 0; to < count; to++) {
      let least = Number.POSITIVE_INFINITY;
      for (let end = endOffset[to]; end < endOffset[to + 1]; end++) {
        least = Math.min(least, workspace.seconds[endNode[end]] + endSeconds[end]);
      }
      row[to] = least;
    }
    // Places further along the same street need no node.
    for (const { edge, fraction } of starts) {
      for (const to of placesOnEdge.get(edge) ?? []) {
        for (const end of directions[to]) {
          if (end.edge !== edge || end.fraction < fraction) continue;
          row[to] = Math.min(row[to], (end.fraction - fraction) * graph.edgeTravelSeconds[edge]);
        }
      }
    }
  }
  return matrix;
}
