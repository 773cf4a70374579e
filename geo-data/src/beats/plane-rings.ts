import type { MultiPolygon, Position } from 'geojson';
import type { LocalPlane } from '../geometry/index.ts';
import type { BureauBoundary } from './atom-set.ts';

/** Rings on a metric plane, one after another, not closed; outer ones counter-clockwise, holes clockwise. */
export interface PlaneRings {
  x: Float64Array;
  y: Float64Array;
  /** Ring r has vertices `ringOffset[r] .. ringOffset[r + 1] - 1`. */
  ringOffset: Uint32Array;
}

/** The boundary as one MultiPolygon geometry. Throws a TypeError for any other geometry. */
export function toMultiPolygon(boundary: BureauBoundary): MultiPolygon {
  const geometry = boundary.type === 'Feature' ? boundary.geometry : boundary;
  if (geometry.type === 'MultiPolygon') return geometry;
  if (geometry.type === 'Polygon') return { type: 'MultiPolygon', coordinates: [geometry.coordinates] };
  throw new TypeError(`The boundary is a ${(geometry as { type: string }).type}, expected Polygon or MultiPolygon.`);
}

/** Projects the rings of a boundary and turns them as `PlaneRings` wants them. O(vertices). */
export function planeRings(boundary: MultiPolygon, plane: LocalPlane): PlaneRings {
  const rings: { points: Position[]; hole: boolean }[] = [];
  for (const polygon of boundary.coordinates) {
    for (const [i, ring] of polygon.entries()) {
      if (ring.length < 4)
        throw new RangeError(`A ring of the boundary has ${ring.length} points, expected at least 4.`);
      rings.push({ points: ring.slice(0, -1), hole: i > 0 });
    }
  }
  const vertexCount = rings.reduce((sum, { points }) => sum + points.length, 0);
  const x = new Float64Array(vertexCount);
  const y = new Float64Array(vertexCount);
  const ringOffset = new Uint32Array(rings.length + 1);
  for (const [r, { points, hole }] of rings.entries()) {
    const start = ringOffset[r];
    for (const [i, [lon, lat]] of points.entries()) {
      [x[start + i], y[start + i]] = plane.pointToMeters(lon, lat);
    }
    const end = start + points.length;
    ringOffset[r + 1] = end;
    const clockwise = signedArea(x.subarray(start, end), y.subarray(start, end)) < 0;
    if (clockwise !== hole) {
      x.subarray(start, end).reverse();
      y.subarray(start, end).reverse();
    }
  }
  return { x, y, ringOffset };
}

/** Area enclosed by a ring, positive when it runs counter-clockwise. */
export function signedArea(x: ArrayLike<number>, y: ArrayLike<number>): number {
  let twice = 0;
  for (let i = 0, j = x.length - 1; i < x.length; j = i++) twice += x[j] * y[i] - x[i] * y[j];
  return twice / 2;
}
