import type { MultiPolygon, Polygon } from 'geojson';
import { poleOfInaccessibility } from '../geometry/index.ts';
import { signedArea } from './plane-rings.ts';

const RADIANS = Math.PI / 180;
/** About 10 m, a pixel or two at the scale of a bureau. */
const PRECISION_DEGREES = 1e-4;

/**
 * Where to put an area's label, degrees: the point inside its largest polygon that is farthest from the outline, so that a label
 * never lies in a hole or outside a crescent. O(vertices) as a rule. Throws a RangeError for a geometry without polygons.
 */
export function labelPoint(geometry: Polygon | MultiPolygon): [lon: number, lat: number] {
  const polygons = geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates;
  let largest: number[][][] | undefined;
  let largestArea = -1;
  for (const rings of polygons) {
    const area = Math.abs(
      signedArea(
        rings[0].map(([lon]) => lon),
        rings[0].map(([, lat]) => lat),
      ),
    );
    if (area > largestArea) {
      largest = rings;
      largestArea = area;
    }
  }
  if (largest === undefined) throw new RangeError('The geometry has 0 polygons, expected at least 1.');
  // Degrees of longitude are shorter than those of latitude; the farthest point is one in metres.
  const shrink = Math.cos(largest[0][0][1] * RADIANS);
  const { x, y } = poleOfInaccessibility(
    largest.map((ring) => ring.map(([lon, lat]) => [lon * shrink, lat])),
    PRECISION_DEGREES,
  );
  return [x / shrink, y];
}
