import { metersPerLongitude, placeOnSegment, type RoadPosition, segmentsAround } from './place-on-segment.ts';
import type { RoadIndex } from './road-index.ts';

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
  const scaleX = metersPerLongitude(lat);
  const ofEdge = new Map<number, RoadPosition>();
  for (const segment of segmentsAround(index, lon, lat, radiusMeters)) {
    const place = placeOnSegment(index, index.segmentEdge[segment], index.segmentVertex[segment], lon, lat, scaleX);
    if (place.distanceMeters > radiusMeters) continue;
    const known = ofEdge.get(place.edge);
    if (known === undefined || place.distanceMeters < known.distanceMeters) ofEdge.set(place.edge, place);
  }
  return [...ofEdge.values()].sort((a, b) => a.distanceMeters - b.distanceMeters || a.edge - b.edge).slice(0, most);
}

/** The nearest place on one edge, however far. O(vertices of the edge). */
export function nearestOnEdge(index: RoadIndex, edge: number, lon: number, lat: number): RoadPosition {
  const { geometryOffset } = index.graph;
  const scaleX = metersPerLongitude(lat);
  let best = placeOnSegment(index, edge, geometryOffset[edge], lon, lat, scaleX);
  for (let v = geometryOffset[edge] + 1; v < geometryOffset[edge + 1] - 1; v++) {
    const place = placeOnSegment(index, edge, v, lon, lat, scaleX);
    if (place.distanceMeters < best.distanceMeters) best = place;
  }
  return best;
}
