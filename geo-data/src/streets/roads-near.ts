import type { RoadIndex } from './road-index.ts';
import type { RoadPosition } from './snap-to-road.ts';

const RADIANS = Math.PI / 180;
const METERS_PER_DEGREE = 111_195;

/**
 * The nearest place on every edge that comes within `radiusMeters`, nearest first and no more than `most`; both directions of a street
 * are two edges. O(log s + h log h) with h segments in the square around the point. Throws a RangeError for coordinates that
 * are not numbers.
 */
export function roadsNear(
  index: RoadIndex,
  lon: number,
  lat: number,
  radiusMeters: number,
  most: number,
): RoadPosition[] {
  if (!Number.isFinite(lon) || !Number.isFinite(lat))
    throw new RangeError(`The point is ${lon}, ${lat}, expected degrees.`);
  if (index.tree === undefined) return [];
  const dx = radiusMeters / (METERS_PER_DEGREE * Math.cos(lat * RADIANS));
  const dy = radiusMeters / METERS_PER_DEGREE;
  const ofEdge = new Map<number, RoadPosition>();
  for (const segment of index.tree.search(lon - dx, lat - dy, lon + dx, lat + dy)) {
    const place = placeOnSegment(index, index.segmentEdge[segment], index.segmentVertex[segment], lon, lat);
    if (place.distanceMeters > radiusMeters) continue;
    const known = ofEdge.get(place.edge);
    if (known === undefined || place.distanceMeters < known.distanceMeters) ofEdge.set(place.edge, place);
  }
  return [...ofEdge.values()].sort((a, b) => a.distanceMeters - b.distanceMeters || a.edge - b.edge).slice(0, most);
}

/** The nearest place on one edge, however far. O(vertices of the edge). */
export function nearestOnEdge(index: RoadIndex, edge: number, lon: number, lat: number): RoadPosition {
  const { geometryOffset } = index.graph;
  let best = placeOnSegment(index, edge, geometryOffset[edge], lon, lat);
  for (let v = geometryOffset[edge] + 1; v < geometryOffset[edge + 1] - 1; v++) {
    const place = placeOnSegment(index, edge, v, lon, lat);
    if (place.distanceMeters < best.distanceMeters) best = place;
  }
  return best;
}

function placeOnSegment(
  { graph, vertexFraction }: RoadIndex,
  edge: number,
  v: number,
  lon: number,
  lat: number,
): RoadPosition {
  const { geometryLon, geometryLat } = graph;
  const scaleX = METERS_PER_DEGREE * Math.cos(lat * RADIANS);
  const ax = (geometryLon[v] - lon) * scaleX;
  const ay = (geometryLat[v] - lat) * METERS_PER_DEGREE;
  const stepX = (geometryLon[v + 1] - lon) * scaleX - ax;
  const stepY = (geometryLat[v + 1] - lat) * METERS_PER_DEGREE - ay;
  const square = stepX * stepX + stepY * stepY;
  const t = square === 0 ? 0 : Math.min(1, Math.max(0, -(ax * stepX + ay * stepY) / square));
  return {
    edge,
    fraction: Math.min(1, vertexFraction[v] + t * (vertexFraction[v + 1] - vertexFraction[v])),
    distanceMeters: Math.hypot(ax + t * stepX, ay + t * stepY),
    lon: geometryLon[v] + t * (geometryLon[v + 1] - geometryLon[v]),
    lat: geometryLat[v] + t * (geometryLat[v + 1] - geometryLat[v]),
  };
}
