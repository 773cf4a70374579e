import type { Place } from '@xunfang/geo-data/contract';
import type { LocalPlane } from '@xunfang/geo-data/geometry';
import type { BookOrder } from './book-order.ts';
import { type AreaOnGround, isInside, type Point } from './ground.ts';
import type { StreetLine } from './street-lines.ts';

/** How a place is drawn and where it stands in the list. */
export const SIGNS = ['station', 'keyPlace', 'post', 'camera', 'other'] as const;
export type Sign = (typeof SIGNS)[number];

export interface BeatPlace extends Omit<Place, 'id'> {
  /** On the map and in the list of its beat, from 1. */
  mark: number;
  sign: Sign;
  at: Point;
}

export interface BeatStreet {
  /** Empty: all those without a name. */
  name: string;
  meters: number;
}

const STATIONS: ReadonlySet<Place['kind']> = new Set(['police_station', 'outpost']);
const POSTS: ReadonlySet<Place['kind']> = new Set([
  'standing_point',
  'mandatory_point',
  'school_post',
  'checkpoint',
  'blocking_point',
]);

function signOf({ kind, tier }: Pick<Place, 'kind' | 'tier'>): Sign {
  if (STATIONS.has(kind)) return 'station';
  if (POSTS.has(kind)) return 'post';
  if (kind === 'camera_gate') return 'camera';
  return tier === null ? 'other' : 'keyPlace';
}

/** Stations first, then key places by the minutes they must be reached in, posts, cameras. */
export function placesOfBeat(beat: AreaOnGround, places: BookOrder['places'], plane: LocalPlane): BeatPlace[] {
  return places
    .map((place) => ({ ...place, sign: signOf(place), at: plane.pointToMeters(place.lon, place.lat) }))
    .filter(({ at }) => isInside(beat.shape, at))
    .sort(
      (a, b) =>
        SIGNS.indexOf(a.sign) - SIGNS.indexOf(b.sign) ||
        (a.tier ?? 9) - (b.tier ?? 9) ||
        a.kind.localeCompare(b.kind) ||
        a.name.zh.localeCompare(b.name.zh),
    )
    .map((place, i) => ({ ...place, mark: i + 1 }));
}

const STEP_METERS = 5;

/**
 * Streets of every beat by number, the longest first, nameless ones last; measured by steps, each where its middle lies. Motorways are left
 * out, as in the beat's length of streets. O(street length / step · beats whose box it lies in).
 */
export function streetsOfBeats(
  beats: readonly AreaOnGround[],
  lines: readonly StreetLine[],
): Map<number, BeatStreet[]> {
  const meters = new Map(beats.map(({ number }) => [number, new Map<string, number>()]));
  for (const { name, points, isMotorway } of lines) {
    if (isMotorway) continue;
    for (let i = 1; i < points.length; i++) {
      const [[ax, ay], [bx, by]] = [points[i - 1], points[i]];
      const length = Math.hypot(bx - ax, by - ay);
      const steps = Math.max(1, Math.ceil(length / STEP_METERS));
      for (let step = 0; step < steps; step++) {
        const share = (step + 0.5) / steps;
        const at: Point = [ax + share * (bx - ax), ay + share * (by - ay)];
        const beat = beats.find(({ shape }) => isInside(shape, at));
        const ofBeat = beat && meters.get(beat.number);
        ofBeat?.set(name, (ofBeat.get(name) ?? 0) + length / steps);
      }
    }
  }
  return new Map(
    [...meters].map(([number, ofBeat]) => [
      number,
      [...ofBeat]
        .map(([name, length]) => ({ name, meters: length }))
        .sort(
          (a, b) =>
            Number(a.name === '') - Number(b.name === '') || b.meters - a.meters || a.name.localeCompare(b.name),
        ),
    ]),
  );
}
