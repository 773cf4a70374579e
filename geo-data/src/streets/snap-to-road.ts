import {
  metersPerLongitude,
  type Projection,
  placeOnSegment,
  projectOnSegment,
  type RoadPosition,
  segmentsAround,
} from './place-on-segment.ts';
import type { RoadIndex } from './road-index.ts';

const FIRST_RADIUS_METERS = 60;
const RADIUS_GROWTH = 4;

/**
 * The nearest place on any edge within `maxDistanceMeters`, or undefined. Where two directions of a street coincide, the
 * lower edge number wins. O(log s) for a point near roads. Throws a RangeError for coordinates that are not numbers.
 */
export function snapToRoad(
  index: RoadIndex,
  lon: number,
  lat: number,
  maxDistanceMeters = 2000,
): RoadPosition | undefined {
  if (!Number.isFinite(lon) || !Number.isFinite(lat))
    throw new RangeError(`The point is ${lon}, ${lat}, expected degrees.`);
  // Boxes can only be searched by square, so search wider and wider until the best hit lies within the circle searched.
  for (let radius = FIRST_RADIUS_METERS; ; radius *= RADIUS_GROWTH) {
    const reach = Math.min(radius, maxDistanceMeters);
    const best = nearestPlace(index, segmentsAround(index, lon, lat, reach), lon, lat);
    if (best !== undefined && best.distanceMeters <= reach) return best;
    if (reach >= maxDistanceMeters) return undefined;
  }
}

function nearestPlace(
  index: RoadIndex,
  segments: readonly number[],
  lon: number,
  lat: number,
): RoadPosition | undefined {
  const scaleX = metersPerLongitude(lat);
  const at: Projection = { t: 0, distanceMeters: 0 };
  let best = -1;
  let least = Number.POSITIVE_INFINITY;
  for (const segment of segments) {
    projectOnSegment(index.graph, index.segmentVertex[segment], lon, lat, scaleX, at);
    if (at.distanceMeters > least || (at.distanceMeters === least && segment > best)) continue;
    best = segment;
    least = at.distanceMeters;
  }
  if (best < 0) return undefined;
  return placeOnSegment(index, index.segmentEdge[best], index.segmentVertex[best], lon, lat, scaleX);
}
