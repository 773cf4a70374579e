import { haversineDistanceMeters } from '../geometry/index.ts';
import type { RoadGraph } from './road-graph.ts';
import type { RoadPath } from './shortest-path.ts';

/** A drive as a line to move along; all columns have one entry per vertex and the last two never fall. */
export interface PathPolyline {
  lon: Float64Array;
  lat: Float64Array;
  /** Driven since the start. Includes the crossing of junctions, which edge lengths leave out. */
  cumulativeMeters: Float64Array;
  /** Passed since the start, at every edge's ordinary speed. */
  cumulativeSeconds: Float64Array;
}

/** The line of a path, from its start place to its end place. O(vertices). */
export function pathPolyline(graph: RoadGraph, path: RoadPath): PathPolyline {
  const { edges, startFraction, endFraction } = path;
  const lon: number[] = [];
  const lat: number[] = [];
  const meters: number[] = [];
  const seconds: number[] = [];
  const add = (x: number, y: number, speedKmh: number): void => {
    const last = lon.length - 1;
    if (last < 0) {
      meters.push(0);
      seconds.push(0);
    } else {
      const step = haversineDistanceMeters(lon[last], lat[last], x, y);
      if (step === 0) return;
      meters.push(meters[last] + step);
      seconds.push(seconds[last] + (step * 3.6) / speedKmh);
    }
    lon.push(x);
    lat.push(y);
  };
  for (const [i, edge] of edges.entries()) {
    const from = i === 0 ? startFraction : 0;
    const to = i === edges.length - 1 ? endFraction : 1;
    addEdge(graph, edge, from, to, add);
  }
  return {
    lon: Float64Array.from(lon),
    lat: Float64Array.from(lat),
    cumulativeMeters: Float64Array.from(meters),
    cumulativeSeconds: Float64Array.from(seconds),
  };
}

function addEdge(
  graph: RoadGraph,
  edge: number,
  fromFraction: number,
  toFraction: number,
  add: (lon: number, lat: number, speedKmh: number) => void,
): void {
  const { geometryLon, geometryLat } = graph;
  const [start, end] = [graph.geometryOffset[edge], graph.geometryOffset[edge + 1]];
  const speedKmh = graph.edgeSpeedKmh[edge];
  let total = 0;
  for (let v = start; v < end - 1; v++) total += segmentMeters(graph, v);
  const from = fromFraction * total;
  const to = toFraction * total;
  let passed = 0;
  for (let v = start; v < end - 1; v++) {
    const step = segmentMeters(graph, v);
    const enter = step > 0 ? Math.max(0, (from - passed) / step) : 0;
    const leave = step > 0 ? Math.min(1, (to - passed) / step) : 1;
    passed += step;
    // Rounding may put the very end of the edge just beyond its last segment.
    const beyond = enter > 1 && v < end - 2;
    if (beyond || leave < 0) continue;
    for (const t of [Math.min(1, enter), leave]) {
      const lon = geometryLon[v] + t * (geometryLon[v + 1] - geometryLon[v]);
      const lat = geometryLat[v] + t * (geometryLat[v + 1] - geometryLat[v]);
      add(lon, lat, speedKmh);
    }
  }
}

function segmentMeters({ geometryLon, geometryLat }: RoadGraph, v: number): number {
  return haversineDistanceMeters(geometryLon[v], geometryLat[v], geometryLon[v + 1], geometryLat[v + 1]);
}
