import Flatbush from 'flatbush';
import { haversineDistanceMeters } from '../geometry/index.ts';
import type { RoadGraph } from './road-graph.ts';

/** A spatial index of the straight segments of a road graph. */
export interface RoadIndex {
  graph: RoadGraph;
  /** Absent for a graph without edges, which flatbush cannot hold. */
  tree: Flatbush | undefined;
  /** Edge and first vertex of every segment. */
  segmentEdge: Uint32Array;
  segmentVertex: Uint32Array;
  /** Of every vertex of the graph's geometry: 0 to 1 along its edge. */
  vertexFraction: Float64Array;
}

/** Indexes all segments; O(s log s), about 60 bytes per segment. */
export function createRoadIndex(graph: RoadGraph): RoadIndex {
  const { geometryOffset, geometryLon, geometryLat, edgeCount } = graph;
  const segmentCount = geometryLon.length - edgeCount;
  const segmentEdge = new Uint32Array(segmentCount);
  const segmentVertex = new Uint32Array(segmentCount);
  const vertexFraction = fractionsOf(graph);
  if (segmentCount <= 0) return { graph, tree: undefined, segmentEdge, segmentVertex, vertexFraction };
  const tree = new Flatbush(segmentCount);
  let segment = 0;
  for (let edge = 0; edge < edgeCount; edge++) {
    for (let v = geometryOffset[edge]; v < geometryOffset[edge + 1] - 1; v++) {
      segmentEdge[segment] = edge;
      segmentVertex[segment++] = v;
      tree.add(
        Math.min(geometryLon[v], geometryLon[v + 1]),
        Math.min(geometryLat[v], geometryLat[v + 1]),
        Math.max(geometryLon[v], geometryLon[v + 1]),
        Math.max(geometryLat[v], geometryLat[v + 1]),
      );
    }
  }
  tree.finish();
  return { graph, tree, segmentEdge, segmentVertex, vertexFraction };
}

function fractionsOf({ geometryOffset, geometryLon: x, geometryLat: y, edgeCount }: RoadGraph): Float64Array {
  const fraction = new Float64Array(x.length);
  for (let edge = 0; edge < edgeCount; edge++) {
    const [first, last] = [geometryOffset[edge], geometryOffset[edge + 1] - 1];
    for (let v = first; v < last; v++)
      fraction[v + 1] = fraction[v] + haversineDistanceMeters(x[v], y[v], x[v + 1], y[v + 1]);
    const total = fraction[last];
    if (total > 0) for (let v = first; v <= last; v++) fraction[v] /= total;
  }
  return fraction;
}
