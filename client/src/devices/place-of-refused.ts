import type { Device, QuarantinedFix } from '@xunfang/geo-data/contract';
import { createCoordinateConverter } from '@xunfang/geo-data/geometry';

/** Web Mercator ends there. */
const MOST_LATITUDE = 85;

/** Where a refused position would lie on the map, in WGS 84; or why there is no place worth showing. */
export type RefusedPlace = { lon: number; lat: number } | 'noCoordinates' | 'nullIsland' | 'offTheMap';

export function placeOfRefused(
  { lon, lat, reason }: Pick<QuarantinedFix, 'lon' | 'lat' | 'reason'>,
  system: Device['coordinateSystem'],
): RefusedPlace {
  if (lon === null || lat === null) return 'noCoordinates';
  if (reason === 'null_island' || (lon === 0 && lat === 0)) return 'nullIsland';
  if (Math.abs(lon) > 180 || Math.abs(lat) > MOST_LATITUDE) return 'offTheMap';
  const place = new Float64Array(2);
  createCoordinateConverter(system)(lon, lat, place, 0);
  return { lon: place[0], lat: place[1] };
}
