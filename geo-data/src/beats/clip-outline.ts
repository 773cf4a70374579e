import { bbox, bboxClip, feature, featureCollection, intersect, multiPolygon } from '@turf/turf';
import type { MultiPolygon } from 'geojson';
import { cellToBoundary } from 'h3-js';
import type { AtomSet } from './atom-set.ts';

/** Margin around an outline within which the boundary is kept, so that what cutting adds lies outside of it. */
const MARGIN_DEGREES = 1e-4;

/**
 * What of an outline lies inside of the bureau. Exact, so that areas side by side keep common vertices; without rings where nothing
 * does. O(v log v) in the vertices of the outline and of the boundary near it.
 */
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

/** The outline of atom `atom`, whose cell is `hex`: of one at the bureau's edge what lies inside of the bureau. Rings are closed. */
export function landOfAtom(
  { clipped, boundary }: Pick<AtomSet, 'clipped' | 'boundary'>,
  atom: number,
  hex: string,
): MultiPolygon {
  const whole: MultiPolygon = { type: 'MultiPolygon', coordinates: [[cellToBoundary(hex, true)]] };
  return clipped[atom] === 1 ? clipOutline(whole, boundary) : whole;
}
