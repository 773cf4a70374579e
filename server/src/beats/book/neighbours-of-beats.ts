import { haversineDistanceMeters } from '@xunfang/geo-data/geometry';
import type { MultiPolygon } from 'geojson';

/** Clockwise from north. */
export const COMPASS = ['n', 'ne', 'e', 'se', 's', 'sw', 'w', 'nw'] as const;
export interface Neighbour {
  number: number;
  borderMeters: number;
  /** Where the border lies, seen from the beat's label. */
  direction: (typeof COMPASS)[number];
}

interface Bordered {
  number: number;
  labelAt: readonly [lon: number, lat: number];
  boundary: MultiPolygon;
}

/**
 * Beats that share border, clockwise from north, for each beat by number. Outlines of one plan share their vertices, so a shared side is the
 * same pair of coordinates. O(vertices).
 */
export function neighboursOfBeats(beats: readonly Bordered[]): Map<number, Neighbour[]> {
  const sides = new Map<string, { beat: Bordered; lon: number; lat: number }[]>();
  const shared = new Map<Bordered, Map<Bordered, { meters: number; lon: number; lat: number }>>();
  for (const beat of beats) {
    shared.set(beat, new Map());
    for (const ring of beat.boundary.coordinates.flat())
      for (let i = 1; i < ring.length; i++) {
        const [[aLon, aLat], [bLon, bLat]] = [ring[i - 1], ring[i]];
        const key = [`${aLon},${aLat}`, `${bLon},${bLat}`].sort().join(' ');
        const meters = haversineDistanceMeters(aLon, aLat, bLon, bLat);
        const middle = { beat, lon: (aLon + bLon) / 2, lat: (aLat + bLat) / 2 };
        for (const other of sides.get(key) ?? []) {
          add(shared.get(beat), other.beat, meters, middle);
          add(shared.get(other.beat), beat, meters, middle);
        }
        sides.set(key, [...(sides.get(key) ?? []), middle]);
      }
  }
  return new Map(
    [...shared].map(([beat, others]) => [
      beat.number,
      [...others]
        .filter(([other]) => other !== beat)
        .map(([other, { meters, lon, lat }]) => {
          const [east, north] = [lon / meters - beat.labelAt[0], lat / meters - beat.labelAt[1]];
          const turn = Math.atan2(east * Math.cos((beat.labelAt[1] * Math.PI) / 180), north) / (2 * Math.PI);
          // North begins half a step before north.
          return { number: other.number, borderMeters: meters, at: (8 * turn + 8.5) % 8 };
        })
        .sort((a, b) => a.at - b.at || a.number - b.number)
        .map(({ at, ...neighbour }) => ({ ...neighbour, direction: COMPASS[Math.floor(at)] })),
    ]),
  );
}

function add(
  others: Map<Bordered, { meters: number; lon: number; lat: number }> | undefined,
  other: Bordered,
  meters: number,
  middle: { lon: number; lat: number },
): void {
  const sum = others?.get(other) ?? { meters: 0, lon: 0, lat: 0 };
  others?.set(other, {
    meters: sum.meters + meters,
    lon: sum.lon + middle.lon * meters,
    lat: sum.lat + middle.lat * meters,
  });
}
