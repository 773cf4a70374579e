import Flatbush from 'flatbush';
import type { Position } from 'geojson';

/**
 * Where rings of one polygon cross themselves or each other, null where they don't. Touching, also along an edge, is no crossing: exact
 * outlines do. Rings are closed. O(n log n) for the outlines of maps, whose segments are short; the first crossing found ends the search.
 */
export function selfCrossing(rings: readonly (readonly Position[])[]): [number, number] | null {
  const segments = rings.flatMap((ring) => ring.slice(1).map((to, i) => [ring[i][0], ring[i][1], to[0], to[1]]));
  if (segments.length < 2) return null;
  const tree = new Flatbush(segments.length);
  for (const [ax, ay, bx, by] of segments)
    tree.add(Math.min(ax, bx), Math.min(ay, by), Math.max(ax, bx), Math.max(ay, by));
  tree.finish();
  for (const [at, segment] of segments.entries()) {
    const [ax, ay, bx, by] = segment;
    const near = tree.search(Math.min(ax, bx), Math.min(ay, by), Math.max(ax, bx), Math.max(ay, by));
    for (const other of near) {
      const place = other > at ? crossingOf(segment, segments[other]) : null;
      if (place !== null) return place;
    }
  }
  return null;
}

/** Of the insides of two segments; null for touching ones. */
function crossingOf([ax, ay, bx, by]: number[], [cx, cy, dx, dy]: number[]): [number, number] | null {
  const sideOf = (px: number, py: number, qx: number, qy: number, x: number, y: number) =>
    (qx - px) * (y - py) - (qy - py) * (x - px);
  const [c, d] = [sideOf(ax, ay, bx, by, cx, cy), sideOf(ax, ay, bx, by, dx, dy)];
  if (c === 0 || d === 0 || c > 0 === d > 0) return null;
  const [a, b] = [sideOf(cx, cy, dx, dy, ax, ay), sideOf(cx, cy, dx, dy, bx, by)];
  if (a === 0 || b === 0 || a > 0 === b > 0) return null;
  const t = a / (a - b);
  return [ax + t * (bx - ax), ay + t * (by - ay)];
}
