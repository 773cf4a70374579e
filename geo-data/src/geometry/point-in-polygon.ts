import type { MultiPolygon, Polygon } from 'geojson';

function crossings(ring: readonly (readonly number[])[], x: number, y: number): boolean {
  let inside = false;
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
    const yi = ring[i][1];
    const yj = ring[j][1];
    if (yi > y !== yj > y && x < ((ring[j][0] - ring[i][0]) * (y - yi)) / (yj - yi) + ring[i][0]) inside = !inside;
  }
  return inside;
}

/**
 * Whether a point lies in a GeoJSON polygon, holes left out, by the even-odd rule on plane coordinates (so of areas
 * smaller than a country that do not span the date line). A border belongs to one of the two areas it parts. O(vertices).
 */
export function pointInPolygon(lon: number, lat: number, geometry: Polygon | MultiPolygon): boolean {
  const polygons = geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates;
  return polygons.some((rings) => pointInRings(lon, lat, rings));
}

/** The same for rings on any plane, outer ones and holes alike. */
export function pointInRings(x: number, y: number, rings: readonly (readonly (readonly number[])[])[]): boolean {
  let inside = false;
  for (const ring of rings) if (crossings(ring, x, y)) inside = !inside;
  return inside;
}
