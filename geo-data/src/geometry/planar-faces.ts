import Flatbush from 'flatbush';
import type { PlanarEdges } from './snap-round.ts';

/** The areas into which edges divide the plane, numbered from 1; 0 is what lies around all of them. */
export interface PlanarFaces {
  /** Those areas, and the one around them. */
  count: number;
  /** Faces beside an edge, seen along it. Both are the same for an edge that divides nothing. */
  leftFace: Uint32Array;
  rightFace: Uint32Array;
  /**
   * Edges at a vertex, counter-clockwise: entries `spokeOffset[v] .. spokeOffset[v + 1] - 1` of `spoke`. An entry is `2 × edge` for an edge
   * that leaves from there, `2 × edge + 1` for one that ends there.
   */
  spokeOffset: Uint32Array;
  spoke: Uint32Array;
}

/**
 * The faces of planar edges, by walking each of them once with the face on the left; parts that touch nothing lie in the face around them. Exact
 * but for that last step, which compares places on other edges. O(n log n).
 * Source: half-edges (doubly connected edge list) as in M. de Berg et al., Computational Geometry (3rd ed. 2008), chapter 2.
 */
export function planarFaces({ x, y, from, to }: Pick<PlanarEdges, 'x' | 'y' | 'from' | 'to'>): PlanarFaces {
  const edgeCount = from.length;
  /** Half-edge 2e runs along edge e, 2e + 1 against it. */
  const origin = (half: number): number => (half & 1 ? to : from)[half >> 1];
  const target = (half: number): number => (half & 1 ? from : to)[half >> 1];
  const { spokeOffset, spoke } = spokes(x, y, from, to);
  const placeOf = new Uint32Array(2 * edgeCount);
  for (const [place, half] of spoke.entries()) placeOf[half] = place;
  const next = (half: number): number => {
    const place = placeOf[half ^ 1];
    const v = target(half);
    return spoke[place === spokeOffset[v] ? spokeOffset[v + 1] - 1 : place - 1];
  };

  const cycleOf = new Int32Array(2 * edgeCount).fill(-1);
  /** Of every cycle twice its area, positive when it runs counter-clockwise round a face, and where it begins. */
  const area2: number[] = [];
  const start: number[] = [];
  for (let half = 0; half < 2 * edgeCount; half++) {
    if (cycleOf[half] >= 0) continue;
    const cycle = area2.length;
    let area = 0;
    const [ox, oy] = [x[origin(half)], y[origin(half)]];
    for (let h = half; cycleOf[h] < 0; h = next(h)) {
      cycleOf[h] = cycle;
      const [a, b] = [origin(h), target(h)];
      area += (x[a] - ox) * (y[b] - oy) - (x[b] - ox) * (y[a] - oy);
    }
    area2.push(area);
    start.push(half);
  }

  let count = 1;
  const faceOfCycle = new Int32Array(area2.length).fill(-1);
  for (const [cycle, area] of area2.entries()) if (area > 0) faceOfCycle[cycle] = count++;
  const halfLeftOf = edgeFinder(x, y, from, to);
  // What lies left of the leftmost vertex of an outer cycle is the face around it, or an outer cycle further left.
  for (const cycle of area2.keys()) {
    const waiting: number[] = [];
    let at = cycle;
    while (faceOfCycle[at] < 0) {
      waiting.push(at);
      let leftmost = origin(start[at]);
      for (let h = next(start[at]); h !== start[at]; h = next(h)) {
        const v = origin(h);
        if (x[v] < x[leftmost] || (x[v] === x[leftmost] && y[v] < y[leftmost])) leftmost = v;
      }
      const half = halfLeftOf(leftmost);
      if (half < 0) faceOfCycle[at] = 0;
      else at = cycleOf[half];
    }
    for (const one of waiting) faceOfCycle[one] = faceOfCycle[at];
  }
  return {
    count,
    leftFace: Uint32Array.from(from, (_, edge) => faceOfCycle[cycleOf[2 * edge]]),
    rightFace: Uint32Array.from(from, (_, edge) => faceOfCycle[cycleOf[2 * edge + 1]]),
    spokeOffset,
    spoke,
  };
}

function spokes(
  x: Float64Array,
  y: Float64Array,
  from: Uint32Array,
  to: Uint32Array,
): Pick<PlanarFaces, 'spokeOffset' | 'spoke'> {
  const spokeOffset = new Uint32Array(x.length + 1);
  for (let edge = 0; edge < from.length; edge++) {
    spokeOffset[from[edge] + 1]++;
    spokeOffset[to[edge] + 1]++;
  }
  for (let v = 0; v < x.length; v++) spokeOffset[v + 1] += spokeOffset[v];
  const write = spokeOffset.slice();
  const spoke = new Uint32Array(2 * from.length);
  for (let edge = 0; edge < from.length; edge++) {
    spoke[write[from[edge]]++] = 2 * edge;
    spoke[write[to[edge]]++] = 2 * edge + 1;
  }
  for (let v = 0; v < x.length; v++) {
    const dx = (half: number): number => x[(half & 1 ? from : to)[half >> 1]] - x[v];
    const dy = (half: number): number => y[(half & 1 ? from : to)[half >> 1]] - y[v];
    /** 0 from east to just before west, 1 from west on. */
    const isLower = (half: number): number => (dy(half) < 0 || (dy(half) === 0 && dx(half) < 0) ? 1 : 0);
    spoke
      .subarray(spokeOffset[v], spokeOffset[v + 1])
      .sort((p, q) => isLower(p) - isLower(q) || dx(q) * dy(p) - dx(p) * dy(q));
  }
  return { spokeOffset, spoke };
}

/** Answers the half-edge whose face lies between it and a vertex to its right, -1 where nothing is to the left. */
function edgeFinder(x: Float64Array, y: Float64Array, from: Uint32Array, to: Uint32Array): (vertex: number) => number {
  let tree: Flatbush | undefined;
  const indexed = (): Flatbush => {
    if (tree !== undefined) return tree;
    tree = new Flatbush(from.length);
    for (let e = 0; e < from.length; e++) {
      const [a, b] = [from[e], to[e]];
      tree.add(Math.min(x[a], x[b]), Math.min(y[a], y[b]), Math.max(x[a], x[b]), Math.max(y[a], y[b]));
    }
    tree.finish();
    return tree;
  };
  const west = x.reduce((least, value) => Math.min(least, value), Infinity);
  return (vertex) => {
    const [vx, vy] = [x[vertex], y[vertex]];
    let best = -1;
    let [bestX, bestSlope] = [-Infinity, -Infinity];
    for (const e of indexed().search(west, vy, vx, vy)) {
      const [low, high] = y[from[e]] < y[to[e]] ? [from[e], to[e]] : [to[e], from[e]];
      // As if the ray ran a hair above the vertex: an edge counts with its lower end and without its upper one.
      if (!(y[low] <= vy && vy < y[high])) continue;
      const slope = (x[high] - x[low]) / (y[high] - y[low]);
      const at = x[low] + (vy - y[low]) * slope;
      if (at >= vx || at < bestX || (at === bestX && slope <= bestSlope)) continue;
      [best, bestX, bestSlope] = [e, at, slope];
    }
    if (best < 0) return -1;
    // East of an edge that rises is its right side.
    return y[from[best]] < y[to[best]] ? 2 * best + 1 : 2 * best;
  };
}
