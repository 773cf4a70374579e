import type { ImportPreview } from '@xunfang/geo-data/contract';
import type { CoordinateConverter, CoordinateSystem } from '@xunfang/geo-data/geometry';
import type { BureauArea } from '../bureau-area.ts';
import { converterOf } from '../converter-of.ts';

const DEGREE_SYSTEMS: readonly CoordinateSystem[] = ['WGS84', 'GCJ02', 'BD09'];
/** Below this many points nothing is said. */
const FEWEST_POINTS = 20;
/** A better system puts at least this share of all points more into the bureau … */
const LEAST_GAIN = 0.02;
/** … and holds most of them. */
const LEAST_SHARE = 0.6;

export interface AdviceRequest {
  x: ArrayLike<number>;
  y: ArrayLike<number>;
  declared: string;
  /** The bureau itself, without margin: a shift of 500 m shows at the border. */
  area: BureauArea;
  centreLon: number;
}

/**
 * Tries other coordinate systems on the sample and says `better` only when one fits clearly better than the declared: by two
 * points in a hundred and three standard errors. Degrees are tried as WGS 84, GCJ-02 and BD-09, metres as UTM and the
 * 3° Gauss-Krüger belt of CGCS2000 at the bureau; and longitude and latitude exchanged. O(points · systems).
 */
export async function adviseCoordinates(request: AdviceRequest): Promise<ImportPreview['advice']> {
  const { x, y, declared, area } = request;
  const count = x.length;
  const inMeters = count > 0 && Array.from(x, (value, i) => Math.abs(value) > 180 || Math.abs(y[i]) > 90).some(Boolean);
  const candidates = inMeters ? meterSystems(request.centreLon) : DEGREE_SYSTEMS;
  const systems = [declared, ...candidates.filter((system) => !sameSystem(system, declared))];
  const shares: { system: string; insideShare: number }[] = [];
  for (const system of systems)
    shares.push({ system, insideShare: shareInside(x, y, await converterOf(system), area) });
  const swappedShare = shareInside(y, x, await converterOf(declared), area);
  const own = shares[0].insideShare;
  const best = shares.reduce((a, b) => (b.insideShare > a.insideShare ? b : a));
  return {
    shares,
    better: clearlyBetter(best.insideShare, own, count) ? best.system : null,
    swapped: clearlyBetter(swappedShare, own, count) && swappedShare > best.insideShare,
  };
}

const sameSystem = (a: string, b: string) =>
  a === b || (a === 'WGS84' && ['CGCS2000', 'EPSG:4326', 'EPSG:4490'].includes(b));

function meterSystems(centreLon: number): string[] {
  const utmZone = Math.floor((centreLon + 180) / 6) + 1;
  const systems = [`EPSG:${32600 + utmZone}`];
  const belt = Math.round(centreLon / 3);
  // CGCS2000 3° belts 25-45: EPSG 4513-4533 with the belt number before the easting, 4534-4554 without.
  if (belt >= 25 && belt <= 45) systems.push(`EPSG:${4513 + belt - 25}`, `EPSG:${4534 + belt - 25}`);
  return systems;
}

function clearlyBetter(share: number, declared: number, count: number): boolean {
  const standardError = Math.sqrt((declared * (1 - declared) + share * (1 - share)) / Math.max(1, count));
  return count >= FEWEST_POINTS && share >= LEAST_SHARE && share - declared > Math.max(LEAST_GAIN, 3 * standardError);
}

function shareInside(
  x: ArrayLike<number>,
  y: ArrayLike<number>,
  convert: CoordinateConverter,
  area: BureauArea,
): number {
  const point = new Float64Array(2);
  let inside = 0;
  for (let i = 0; i < x.length; i++) {
    convert(x[i], y[i], point, 0);
    if (area.holds(point[0], point[1])) inside++;
  }
  return x.length === 0 ? 0 : inside / x.length;
}
