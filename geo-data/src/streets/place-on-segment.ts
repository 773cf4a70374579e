import { METERS_PER_DEGREE } from '../geometry/index.ts';
import type { RoadGraph } from './road-graph.ts';
import type { RoadIndex } from './road-index.ts';

/** Where on the road network a point belongs. */
export interface RoadPosition {
  edge: number;
  /** 0 to 1 along the edge's geometry, in driving direction. */
  fraction: number;
  /** From the point to the road. */
  distanceMeters: number;
  lon: number;
  lat: number;
}

const RADIANS = Math.PI / 180;

/** Segments whose box meets the square of twice `radiusMeters` around the point: all that come so near, and some more. O(log s + h). */
export function segmentsAround({ tree }: RoadIndex, lon: number, lat: number, radiusMeters: number): number[] {
  const dx = radiusMeters / metersPerLongitude(lat);
  const dy = radiusMeters / METERS_PER_DEGREE;
  return tree?.search(lon - dx, lat - dy, lon + dx, lat + dy) ?? [];
}

/** Metres of a degree of longitude at a latitude. */
export function metersPerLongitude(lat: number): number {
  return METERS_PER_DEGREE * Math.cos(lat * RADIANS);
}

/** Scratch for `projectOnSegment`: how far along the segment (0 to 1) and from the point. */
export interface Projection {
  t: number;
  distanceMeters: number;
}

/** Where the segment that begins at vertex `v` comes nearest to a point; `scaleX`: `metersPerLongitude` there. Allocates nothing. O(1). */
export function projectOnSegment(
  { geometryLon, geometryLat }: RoadGraph,
  v: number,
  lon: number,
  lat: number,
  scaleX: number,
  into: Projection,
): void {
  const ax = (geometryLon[v] - lon) * scaleX;
  const ay = (geometryLat[v] - lat) * METERS_PER_DEGREE;
  const stepX = (geometryLon[v + 1] - lon) * scaleX - ax;
  const stepY = (geometryLat[v + 1] - lat) * METERS_PER_DEGREE - ay;
  const square = stepX * stepX + stepY * stepY;
  into.t = square === 0 ? 0 : Math.min(1, Math.max(0, -(ax * stepX + ay * stepY) / square));
  into.distanceMeters = Math.hypot(ax + into.t * stepX, ay + into.t * stepY);
}

/** The nearest place on the segment of `edge` that begins at vertex `v`, however far. O(1). */
export function placeOnSegment(
  { graph, vertexFraction }: RoadIndex,
  edge: number,
  v: number,
  lon: number,
  lat: number,
  scaleX: number,
): RoadPosition {
  const { geometryLon, geometryLat } = graph;
  const at: Projection = { t: 0, distanceMeters: 0 };
  projectOnSegment(graph, v, lon, lat, scaleX, at);
  return {
    edge,
    fraction: Math.min(1, vertexFraction[v] + at.t * (vertexFraction[v + 1] - vertexFraction[v])),
    distanceMeters: at.distanceMeters,
    lon: geometryLon[v] + at.t * (geometryLon[v + 1] - geometryLon[v]),
    lat: geometryLat[v] + at.t * (geometryLat[v + 1] - geometryLat[v]),
  };
}
