import type { MultiPolygon } from 'geojson';
import { createLocalPlane, type LocalPlane } from '../geometry/index.ts';

/** The metric plane in which a bureau's atoms are measured: about the middle of its extent. */
export function bureauPlane({ coordinates }: MultiPolygon): LocalPlane {
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const [outer] of coordinates) {
    for (const [lon, lat] of outer) {
      west = Math.min(west, lon);
      east = Math.max(east, lon);
      south = Math.min(south, lat);
      north = Math.max(north, lat);
    }
  }
  return createLocalPlane((west + east) / 2, (south + north) / 2);
}
