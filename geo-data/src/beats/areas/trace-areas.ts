import { type AreaMesh, OUTSIDE } from './area-mesh.ts';

/** Rings of one area as vertices of its mesh, not closed; outer ones counter-clockwise, each followed by its holes. */
export type AreaRings = number[][][];

/**
 * The outlines of all areas: polygons of an outer ring and its holes. No ring touches itself; where an outline does, it is split in
 * two. O(edges), and holes × outer rings for areas in several pieces.
 */
export function traceAreas({ edges, faces, areaOfFace, areaCount }: AreaMesh): AreaRings[] {
  const { x, y, from, to } = edges;
  const { leftFace, rightFace, spokeOffset, spoke } = faces;
  const placeOf = new Uint32Array(spoke.length);
  for (const [place, half] of spoke.entries()) placeOf[half] = place;
  const areaLeftOf = (half: number): number => areaOfFace[(half & 1 ? rightFace : leftFace)[half >> 1]];
  const isBorder = (half: number, area: number): boolean => areaLeftOf(half) === area && areaLeftOf(half ^ 1) !== area;
  const target = (half: number): number => (half & 1 ? from : to)[half >> 1];
  const next = (half: number, area: number): number => {
    const v = target(half);
    let place = placeOf[half ^ 1];
    for (;;) {
      place = place === spokeOffset[v] ? spokeOffset[v + 1] - 1 : place - 1;
      if (isBorder(spoke[place], area)) return spoke[place];
    }
  };

  const rings: number[][][] = Array.from({ length: areaCount }, () => []);
  const walked = new Uint8Array(spoke.length);
  for (let start = 0; start < spoke.length; start++) {
    const area = areaLeftOf(start);
    if (walked[start] === 1 || area === OUTSIDE || !isBorder(start, area)) continue;
    const walk: number[] = [];
    for (let half = start; walked[half] === 0; half = next(half, area)) {
      walked[half] = 1;
      walk.push(target(half));
    }
    rings[area].push(...simpleRings(walk));
  }
  return rings.map((all) => withHoles(all, x, y));
}

/** A closed walk as rings that pass every vertex once. */
function simpleRings(walk: readonly number[]): number[][] {
  const rings: number[][] = [];
  const open: number[] = [];
  const placeOf = new Map<number, number>();
  for (const vertex of walk) {
    const place = placeOf.get(vertex);
    if (place !== undefined) {
      const loop = open.splice(place);
      for (const passed of loop) placeOf.delete(passed);
      rings.push(loop);
    }
    placeOf.set(vertex, open.length);
    open.push(vertex);
  }
  rings.push(open);
  return rings;
}

function withHoles(rings: number[][], x: Float64Array, y: Float64Array): AreaRings {
  const polygons: { area2: number; rings: number[][] }[] = [];
  const holes: number[][] = [];
  for (const ring of rings) {
    const area2 = twiceArea(ring, x, y);
    if (area2 > 0) polygons.push({ area2, rings: [ring] });
    else holes.push(ring);
  }
  const smallestFirst = polygons.slice().sort((p, q) => p.area2 - q.area2);
  for (const hole of holes) {
    // The middle of an edge lies on no other edge.
    const [mx, my] = [(x[hole[0]] + x[hole[1]]) / 2, (y[hole[0]] + y[hole[1]]) / 2];
    const around = smallestFirst.find(({ rings: [outer] }) => isInside(mx, my, outer, x, y)) ?? smallestFirst.at(-1);
    around?.rings.push(hole);
  }
  return polygons.map((polygon) => polygon.rings);
}

function twiceArea(ring: readonly number[], x: Float64Array, y: Float64Array): number {
  let twice = 0;
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i++)
    twice += x[ring[j]] * y[ring[i]] - x[ring[i]] * y[ring[j]];
  return twice;
}

function isInside(px: number, py: number, ring: readonly number[], x: Float64Array, y: Float64Array): boolean {
  let inside = false;
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
    const [cx, cy, dx, dy] = [x[ring[j]], y[ring[j]], x[ring[i]], y[ring[i]]];
    if (cy > py !== dy > py && px < ((dx - cx) * (py - cy)) / (dy - cy) + cx) inside = !inside;
  }
  return inside;
}
