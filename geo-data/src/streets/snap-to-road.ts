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
const METERS_PER_DEGREE = 111_195;
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
  if (index.tree === undefined) return undefined;
  const scaleX = METERS_PER_DEGREE * Math.cos(lat * RADIANS);
  // Boxes can only be searched by square, so search wider and wider until the best hit lies within the circle searched.
  for (let radius = FIRST_RADIUS_METERS; ; radius *= RADIUS_GROWTH) {
    const reach = Math.min(radius, maxDistanceMeters);
    const dx = reach / scaleX;
    const dy = reach / METERS_PER_DEGREE;
    const found = index.tree.search(lon - dx, lat - dy, lon + dx, lat + dy);
    const best = nearestSegment(index, found, lon, lat, scaleX);
    if (best !== undefined && best.distanceMeters <= reach) return placeOnEdge(index, best);
    if (reach >= maxDistanceMeters) return undefined;
  }
}

interface SegmentHit {
  segment: number;
  t: number;
  distanceMeters: number;
  lon: number;
  lat: number;
}

function nearestSegment(
  { graph, segmentVertex }: RoadIndex,
  segments: readonly number[],
  lon: number,
  lat: number,
  scaleX: number,
): SegmentHit | undefined {
  let best: SegmentHit | undefined;
  for (const segment of segments) {
    const v = segmentVertex[segment];
    const ax = (graph.geometryLon[v] - lon) * scaleX;
    const ay = (graph.geometryLat[v] - lat) * METERS_PER_DEGREE;
    const stepX = (graph.geometryLon[v + 1] - lon) * scaleX - ax;
    const stepY = (graph.geometryLat[v + 1] - lat) * METERS_PER_DEGREE - ay;
    const square = stepX * stepX + stepY * stepY;
    const t = square === 0 ? 0 : Math.min(1, Math.max(0, -(ax * stepX + ay * stepY) / square));
    const distanceMeters = Math.hypot(ax + t * stepX, ay + t * stepY);
    if (best !== undefined) {
      if (distanceMeters > best.distanceMeters) continue;
      if (distanceMeters === best.distanceMeters && segment > best.segment) continue;
    }
    best = {
      segment,
      t,
      distanceMeters,
      lon: graph.geometryLon[v] + t * (graph.geometryLon[v + 1] - graph.geometryLon[v]),
      lat: graph.geometryLat[v] + t * (graph.geometryLat[v + 1] - graph.geometryLat[v]),
    };
  }
  return best;
}

function placeOnEdge({ segmentEdge, segmentVertex, vertexFraction }: RoadIndex, hit: SegmentHit): RoadPosition {
  const v = segmentVertex[hit.segment];
  const fraction = vertexFraction[v] + hit.t * (vertexFraction[v + 1] - vertexFraction[v]);
  return {
    edge: segmentEdge[hit.segment],
    fraction: Math.min(1, fraction),
    distanceMeters: hit.distanceMeters,
    lon: hit.lon,
    lat: hit.lat,
  };
}
