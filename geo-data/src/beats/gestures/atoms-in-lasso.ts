import { pointInPolygon } from '../../geometry/index.ts';
import type { AtomSet } from '../atom-set.ts';

/**
 * The atoms whose centre lies in a loop drawn by hand, degrees, which need not be closed; ascending. Where the loop crosses itself the
 * even-odd rule decides. Fewer than three places enclose nothing. O(atoms + atoms in its box × places).
 */
export function atomsInLasso(
  atoms: Pick<AtomSet, 'count' | 'lon' | 'lat'>,
  places: readonly (readonly [lon: number, lat: number])[],
): Uint32Array {
  if (places.length < 3) return new Uint32Array(0);
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const [lon, lat] of places) {
    west = Math.min(west, lon);
    east = Math.max(east, lon);
    south = Math.min(south, lat);
    north = Math.max(north, lat);
  }
  const loop = { type: 'Polygon' as const, coordinates: [places.map(([lon, lat]) => [lon, lat])] };
  const inside: number[] = [];
  for (let atom = 0; atom < atoms.count; atom++) {
    const [lon, lat] = [atoms.lon[atom], atoms.lat[atom]];
    if (lon < west || lon > east || lat < south || lat > north) continue;
    if (pointInPolygon(lon, lat, loop)) inside.push(atom);
  }
  return Uint32Array.from(inside);
}
