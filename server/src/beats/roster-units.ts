import { haversineDistanceMeters } from '@xunfang/geo-data/geometry';

export interface RosteredUnit {
  id: number;
  /** Where it belongs: its base, or the middle of the beat it had. */
  near: readonly [lon: number, lat: number];
}

/**
 * Spreads units over beats: each in turn goes to a beat with the fewest units, and of those to the nearest. Every beat has one
 * before any has two. Returns the beat's number by unit. O(units × beats).
 */
export function rosterUnits(
  units: readonly RosteredUnit[],
  beats: readonly { number: number; labelAt: readonly [lon: number, lat: number] }[],
): Map<number, number> {
  const crews = new Map(beats.map(({ number }) => [number, 0]));
  const beatOfUnit = new Map<number, number>();
  for (const { id, near } of units) {
    let best: number | undefined;
    let [fewest, nearestMeters] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
    for (const { number, labelAt } of beats) {
      const crew = crews.get(number) ?? 0;
      const meters = haversineDistanceMeters(near[0], near[1], labelAt[0], labelAt[1]);
      if (crew > fewest || (crew === fewest && meters >= nearestMeters)) continue;
      [best, fewest, nearestMeters] = [number, crew, meters];
    }
    if (best === undefined) continue;
    crews.set(best, fewest + 1);
    beatOfUnit.set(id, best);
  }
  return beatOfUnit;
}
