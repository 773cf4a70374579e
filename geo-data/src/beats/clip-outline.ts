import { bbox, bboxClip, feature, featureCollection, intersect, multiPolygon } from '@turf/turf';
import type { MultiPolygon } from 'geojson';

/** Margin around an outline within which the boundary is kept, so that what cutting adds lies outside of it. */
const MARGIN_DEGREES = 1e-4;

/** What of an outline lies inside the boundary, exactly; a MultiPolygon without polygons if nothing does. O(v log v) in the vertices nearby. */
export function clipOutline(outline: MultiPolygon, boundary: MultiPolygon): MultiPolygon {
  // Exact clipping is slow for every vertex there is; only those nearby matter.
  const [west, south, east, north] = bbox(outline);
  const cut = bboxClip(boundary, [
    west - MARGIN_DEGREES,
    south - MARGIN_DEGREES,
    east + MARGIN_DEGREES,
    north + MARGIN_DEGREES,
  ]).geometry;
  // Polygons far away are left behind without rings.
  const nearby = cut.type === 'MultiPolygon' ? cut.coordinates.filter((rings) => rings.length > 0) : [];
  const common = nearby.length === 0 ? null : intersect(featureCollection([feature(outline), multiPolygon(nearby)]));
  if (common === null) return { type: 'MultiPolygon', coordinates: [] };
  const { geometry } = common;
  return geometry.type === 'MultiPolygon' ? geometry : { type: 'MultiPolygon', coordinates: [geometry.coordinates] };
}
