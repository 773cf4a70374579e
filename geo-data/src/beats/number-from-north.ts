import type { AtomGraph } from './atom-set.ts';
import type { BeatPlan } from './plan.ts';

/**
 * Renumbers zones from the north-west to the south-east and the beats zone by zone in the same way, as on a page, so that
 * numbers on a map read in order. O(atoms + beats log beats).
 */
export function numberFromNorth(atoms: AtomGraph, plan: BeatPlan): BeatPlan {
  const { beatOfAtom, zoneOfBeat, beatCount, zoneCount } = plan;
  const zoneOf = beatOfAtom.map((beat) => zoneOfBeat[beat]);
  const zonePlace = placesOnPage(atoms, zoneOf, zoneCount);
  const beatPlace = placesOnPage(atoms, beatOfAtom, beatCount);
  const newZone = ranks(Array.from({ length: zoneCount }, (_, zone) => [zonePlace[zone], zone]));
  const newBeat = ranks(
    Array.from({ length: beatCount }, (_, beat) => [newZone[zoneOfBeat[beat]], beatPlace[beat], beat]),
  );
  const renumbered = new Uint16Array(beatCount);
  for (let beat = 0; beat < beatCount; beat++) renumbered[newBeat[beat]] = newZone[zoneOfBeat[beat]];
  return { beatCount, zoneCount, beatOfAtom: beatOfAtom.map((beat) => newBeat[beat]), zoneOfBeat: renumbered };
}

/** A number per area that grows from north to south and, a third as fast, from west to east. */
function placesOnPage(atoms: AtomGraph, areaOf: Uint16Array, areaCount: number): Float64Array {
  const place = new Float64Array(areaCount);
  const atomCount = new Uint32Array(areaCount);
  for (const [atom, area] of areaOf.entries()) {
    place[area] += atoms.xMeters[atom] / 3 - atoms.yMeters[atom];
    atomCount[area]++;
  }
  return place.map((sum, area) => sum / Math.max(1, atomCount[area]));
}

/** Rank of every row when rows are sorted by their first column, then the second and so on. */
function ranks(rows: readonly (readonly number[])[]): Uint16Array {
  const order = rows
    .map((_, i) => i)
    .sort((a, b) => {
      const column = rows[a].findIndex((value, i) => value !== rows[b][i]);
      return column < 0 ? a - b : rows[a][column] - rows[b][column];
    });
  const rank = new Uint16Array(rows.length);
  for (const [i, row] of order.entries()) rank[row] = i;
  return rank;
}
