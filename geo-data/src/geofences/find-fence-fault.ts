import type { MultiPolygon, Polygon, Position } from 'geojson';
import { pointInPolygon } from '../geometry/index.ts';

/** What is wrong with a fence and where: the ring, counted over all rings, and the place in degrees. */
export interface FenceFault {
  code:
    | 'too_few_points'
    | 'not_closed'
    | 'not_a_place'
    | 'crosses_itself'
    | 'rings_cross'
    | 'hole_outside'
    | 'overlaps';
  ring: number;
  at: readonly [lon: number, lat: number] | null;
}

/** A corner narrower than this is a line there and back: 1 mm wide after 100 m. */
const SPIKE_RADIANS = 1e-5;

interface Ring {
  points: readonly Position[];
  polygon: number;
  /** Among the rings of its polygon; 0 is the outer one. */
  place: number;
}

/**
 * The first thing that keeps a GeoJSON area from being a fence, undefined for a sound one: rings closed and of at least three
 * corners, no ring crossing or touching itself or another, holes inside their outer ring and not in each other, polygons apart.
 * Everything else here relies on that. Plane coordinates, so areas of a city's size. O(vertices²), 5 ms for 1,000.
 */
export function findFenceFault(geometry: Polygon | MultiPolygon): FenceFault | undefined {
  const polygons = geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates;
  const rings: Ring[] = polygons.flatMap((list, polygon) => list.map((points, place) => ({ points, polygon, place })));
  if (rings.length === 0 || polygons.some((list) => list.length === 0))
    return { code: 'too_few_points', ring: 0, at: null };
  for (const [ring, { points }] of rings.entries()) {
    const fault = ringFault(points);
    if (fault) return { ...fault, ring };
  }
  for (let first = 0; first < rings.length; first++)
    for (let second = first + 1; second < rings.length; second++) {
      const at = whereTheyMeet(rings[first].points, rings[second].points);
      if (at) return { code: 'rings_cross', ring: second, at };
    }
  return nestingFault(rings, polygons);
}

function ringFault(points: readonly Position[]): Omit<FenceFault, 'ring'> | undefined {
  const odd = points.find((point) => point.length < 2 || !(Math.abs(point[0]) <= 180 && Math.abs(point[1]) <= 90));
  if (odd) return { code: 'not_a_place', at: null };
  if (points.length < 4) return { code: 'too_few_points', at: placeOf(points[0]) };
  const last = points.length - 1;
  if (points[0][0] !== points[last][0] || points[0][1] !== points[last][1])
    return { code: 'not_closed', at: placeOf(points[last]) };
  for (let i = 0; i < last; i++) {
    for (let j = i + 1; j < last; j++) {
      const adjacent = j === i + 1 || (i === 0 && j === last - 1);
      const at = adjacent ? turnsBack(points, i, j, last) : meet(points[i], points[i + 1], points[j], points[j + 1]);
      if (at) return { code: 'crosses_itself', at };
    }
  }
  return undefined;
}

/** Two edges that share a corner meet nowhere else, unless the second runs back over the first or one has no length. */
function turnsBack(points: readonly Position[], i: number, j: number, last: number) {
  const [before, corner, after] =
    j === i + 1 ? [points[i], points[j], points[j + 1]] : [points[last - 1], points[0], points[1]];
  const [ax, ay, bx, by] = [before[0] - corner[0], before[1] - corner[1], after[0] - corner[0], after[1] - corner[1]];
  if ((ax === 0 && ay === 0) || (bx === 0 && by === 0)) return placeOf(corner);
  const lengths = Math.hypot(ax, ay) * Math.hypot(bx, by);
  const turned = Math.abs(ax * by - ay * bx) > SPIKE_RADIANS * lengths;
  return !turned && ax * bx + ay * by > 0 ? placeOf(corner) : undefined;
}

function whereTheyMeet(first: readonly Position[], second: readonly Position[]) {
  for (let i = 1; i < first.length; i++)
    for (let j = 1; j < second.length; j++) {
      const at = meet(first[i - 1], first[i], second[j - 1], second[j]);
      if (at) return at;
    }
  return undefined;
}

function nestingFault(rings: readonly Ring[], polygons: readonly Position[][][]): FenceFault | undefined {
  const holds = (points: readonly Position[], [lon, lat]: Position) =>
    pointInPolygon(lon, lat, { type: 'Polygon', coordinates: [points as Position[]] });
  for (const [ring, one] of rings.entries()) {
    const [at] = one.points;
    if (one.place > 0 && !holds(polygons[one.polygon][0], at)) return { code: 'hole_outside', ring, at: placeOf(at) };
    for (const other of rings) {
      if (other === one) continue;
      const sameLevel = one.polygon === other.polygon && one.place > 0 && other.place > 0;
      if (sameLevel && holds(other.points, at)) return { code: 'overlaps', ring, at: placeOf(at) };
    }
    if (one.place > 0) continue;
    const inside = polygons.findIndex(
      (coordinates, polygon) =>
        polygon !== one.polygon && pointInPolygon(at[0], at[1], { type: 'Polygon', coordinates }),
    );
    if (inside >= 0) return { code: 'overlaps', ring, at: placeOf(at) };
  }
  return undefined;
}

/** Where two closed segments share a point, undefined where they do not. */
function meet(a: Position, b: Position, c: Position, d: Position): [number, number] | undefined {
  if (Math.max(a[0], b[0]) < Math.min(c[0], d[0]) || Math.max(c[0], d[0]) < Math.min(a[0], b[0])) return undefined;
  if (Math.max(a[1], b[1]) < Math.min(c[1], d[1]) || Math.max(c[1], d[1]) < Math.min(a[1], b[1])) return undefined;
  const abc = side(a, b, c);
  const abd = side(a, b, d);
  const cda = side(c, d, a);
  const cdb = side(c, d, b);
  if (abc === 0 && within(a, b, c)) return [c[0], c[1]];
  if (abd === 0 && within(a, b, d)) return [d[0], d[1]];
  if (cda === 0 && within(c, d, a)) return [a[0], a[1]];
  if (cdb === 0 && within(c, d, b)) return [b[0], b[1]];
  if (abc > 0 === abd > 0 || cda > 0 === cdb > 0) return undefined;
  const share = cda / (cda - cdb);
  return [a[0] + share * (b[0] - a[0]), a[1] + share * (b[1] - a[1])];
}

/** Twice the area of the triangle, positive when it turns left. Differences first, so that a city's digits are kept. */
function side(a: Position, b: Position, c: Position): number {
  return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]);
}

function within(a: Position, b: Position, c: Position): boolean {
  return (
    c[0] >= Math.min(a[0], b[0]) &&
    c[0] <= Math.max(a[0], b[0]) &&
    c[1] >= Math.min(a[1], b[1]) &&
    c[1] <= Math.max(a[1], b[1])
  );
}

const placeOf = ([lon, lat]: Position): [number, number] => [lon, lat];
