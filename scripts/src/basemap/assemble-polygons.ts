import type { Position } from 'geojson';

/** Joins ways at their ends into closed rings; what does not close is left out. O(n) on average. */
export function assembleRings(ways: readonly (readonly number[])[]): number[][] {
  const rings: number[][] = [];
  const open = new Map<number, Set<readonly number[]>>();
  const add = (way: readonly number[]): void => {
    for (const end of [way[0], way[way.length - 1]]) {
      const waysHere = open.get(end);
      if (waysHere) waysHere.add(way);
      else open.set(end, new Set([way]));
    }
  };
  const remove = (way: readonly number[]): void => {
    for (const end of [way[0], way[way.length - 1]]) open.get(end)?.delete(way);
  };
  for (const way of ways) {
    if (way.length < 2) continue;
    if (way[0] === way[way.length - 1]) rings.push([...way]);
    else add(way);
  }
  for (const start of ways) {
    if (!open.get(start[0])?.has(start)) continue;
    remove(start);
    const ring = [...start];
    while (ring[0] !== ring[ring.length - 1]) {
      const end = ring[ring.length - 1];
      const [next] = open.get(end) ?? [];
      if (next === undefined) break;
      remove(next);
      ring.push(...(next[0] === end ? next : next.toReversed()).slice(1));
    }
    if (ring[0] === ring[ring.length - 1]) rings.push(ring);
  }
  return rings.filter((ring) => ring.length >= 4);
}

/** Twice the signed area in square degrees: above 0 when the ring runs counter-clockwise. */
export function signedArea(ring: readonly Position[]): number {
  let sum = 0;
  for (let i = 1; i < ring.length; i++) sum += ring[i - 1][0] * ring[i][1] - ring[i][0] * ring[i - 1][1];
  return sum;
}

/** Polygons of outer rings, each with the inner rings that begin inside it, wound as RFC 7946 wants. */
export function nestRings(outers: readonly Position[][], inners: readonly Position[][]): Position[][][] {
  const polygons = outers.map((ring) => [signedArea(ring) > 0 ? ring : ring.toReversed()]);
  for (const inner of inners) {
    const home = polygons.find(([outer]) => ringHolds(outer, inner[0]));
    home?.push(signedArea(inner) < 0 ? inner : inner.toReversed());
  }
  return polygons;
}

export function ringHolds(ring: readonly Position[], [x, y]: Position): boolean {
  let inside = false;
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
    const [xi, yi] = ring[i];
    const [xj, yj] = ring[j];
    if (yi > y !== yj > y && x < ((xj - xi) * (y - yi)) / (yj - yi) + xi) inside = !inside;
  }
  return inside;
}
