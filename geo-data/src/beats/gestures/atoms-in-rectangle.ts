import type { AtomSet } from '../atom-set.ts';

/** The atoms whose centre lies in a rectangle between two corners, degrees; ascending. O(atoms). */
export function atomsInRectangle(
  atoms: Pick<AtomSet, 'count' | 'lon' | 'lat'>,
  corner: readonly [lon: number, lat: number],
  opposite: readonly [lon: number, lat: number],
): Uint32Array {
  const [west, east] = [Math.min(corner[0], opposite[0]), Math.max(corner[0], opposite[0])];
  const [south, north] = [Math.min(corner[1], opposite[1]), Math.max(corner[1], opposite[1])];
  const inside: number[] = [];
  for (let atom = 0; atom < atoms.count; atom++) {
    const [lon, lat] = [atoms.lon[atom], atoms.lat[atom]];
    if (lon >= west && lon <= east && lat >= south && lat <= north) inside.push(atom);
  }
  return Uint32Array.from(inside);
}
