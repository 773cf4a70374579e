import { DEVICE_COORDINATE_SYSTEMS, type DeviceCoordinateSystem } from '@xunfang/geo-data/contract';
import { type CoordinateConverter, createCoordinateConverter } from '@xunfang/geo-data/geometry';
import type { BureauArea } from '../incidents/index.ts';

const CONVERTERS = Object.fromEntries(
  DEVICE_COORDINATE_SYSTEMS.map((system) => [system, createCoordinateConverter(system)]),
) as Record<DeviceCoordinateSystem, CoordinateConverter>;

/** CGCS2000 is WGS 84 within map precision: trying both would tell nothing. */
const CANDIDATES: readonly DeviceCoordinateSystem[] = ['WGS84', 'GCJ02', 'BD09'];
/** Fixes this far apart are places of their own; a parked car says the same thing again and again. */
const LEAST_MOVE_DEGREES = 0.001;
const FEWEST_SAMPLES = 20;
/** Then the older half of what is known weighs half. */
const MOST_SAMPLES = 400;
/** What import advice asks for as well: most of the points fit, and clearly more of them than as declared. */
const LEAST_SHARE = 0.6;
const LEAST_GAIN = 0.02;

const point = new Float64Array(2);

export function isWgs84(system: DeviceCoordinateSystem): boolean {
  return system === 'WGS84' || system === 'CGCS2000';
}

/** Longitude and latitude in WGS 84, in an array that the next call overwrites. */
export function toWgs84(system: DeviceCoordinateSystem, lon: number, lat: number): Float64Array {
  CONVERTERS[system](lon, lat, point, 0);
  return point;
}

/** The other systems under which a place would lie in the area, the likeliest first. O(candidates). */
export function systemThatFits(
  declared: DeviceCoordinateSystem,
  lon: number,
  lat: number,
  area: BureauArea,
): DeviceCoordinateSystem | null {
  return othersThan(declared).find((system) => holds(area, system, lon, lat)) ?? null;
}

/** How many of a device's places lay in the bureau itself, as declared and under each other system. */
export interface SystemEvidence {
  samples: number;
  declared: number;
  others: { system: DeviceCoordinateSystem; inside: number }[];
  lon: number;
  lat: number;
}

export function createSystemEvidence(declared: DeviceCoordinateSystem): SystemEvidence {
  const others = othersThan(declared).map((system) => ({ system, inside: 0 }));
  return { samples: 0, declared: 0, others, lon: Number.NaN, lat: Number.NaN };
}

/**
 * Takes one place as sent into account; false for one too near to the last to say anything new. `home` is the bureau without its margin: a shift of 500 m shows at the border or nowhere.
 * O(1) for a device that has hardly moved, O(candidates) otherwise.
 */
export function notePlace(
  evidence: SystemEvidence,
  declared: DeviceCoordinateSystem,
  lon: number,
  lat: number,
  home: BureauArea,
): boolean {
  if (Math.abs(lon - evidence.lon) + Math.abs(lat - evidence.lat) < LEAST_MOVE_DEGREES) return false;
  evidence.lon = lon;
  evidence.lat = lat;
  if (evidence.samples === MOST_SAMPLES) {
    evidence.samples /= 2;
    evidence.declared /= 2;
    for (const other of evidence.others) other.inside /= 2;
  }
  evidence.samples++;
  if (holds(home, declared, lon, lat)) evidence.declared++;
  for (const other of evidence.others) if (holds(home, other.system, lon, lat)) other.inside++;
  return true;
}

/** The system that the device seems to speak instead of the declared one; null: nothing speaks against that. */
export function suspectedSystem({ samples, declared, others }: SystemEvidence): DeviceCoordinateSystem | null {
  if (samples < FEWEST_SAMPLES) return null;
  const own = declared / samples;
  const best = others.reduce((a, b) => (b.inside > a.inside ? b : a));
  const share = best.inside / samples;
  const standardError = Math.sqrt((own * (1 - own) + share * (1 - share)) / samples);
  return share >= LEAST_SHARE && share - own > Math.max(LEAST_GAIN, 3 * standardError) ? best.system : null;
}

function othersThan(declared: DeviceCoordinateSystem): DeviceCoordinateSystem[] {
  return CANDIDATES.filter((system) => system !== declared && !(isWgs84(system) && isWgs84(declared)));
}

function holds(area: BureauArea, system: DeviceCoordinateSystem, lon: number, lat: number): boolean {
  const [x, y] = toWgs84(system, lon, lat);
  return area.holds(x, y);
}
