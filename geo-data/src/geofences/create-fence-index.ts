import Flatbush from 'flatbush';
import type { MultiPolygon, Polygon } from 'geojson';
import { type LocalPlane, poleOfInaccessibility } from '../geometry/index.ts';

export interface FenceIndex {
  readonly count: number;
  /** How deep one can be inside each fence: the distance from its border of the place farthest from it, metres. */
  readonly deepestMeters: Float64Array;
  /** Indexes of the fences whose bounding box holds the place: no other fence does. O(log fences + answers). */
  near(xMeters: number, yMeters: number): number[];
  /** Metres to the border of a fence: positive inside, negative outside and in holes. O(vertices of the fence). */
  depthMeters(fence: number, xMeters: number, yMeters: number): number;
}

/** A metre of the deepest place does not matter to a margin of tens. */
const DEEPEST_PRECISION_METERS = 1;

/**
 * Fences as edges on a metric plane under a packed R-tree of their boxes. Holes and multipolygons are one even-odd question,
 * which is right for what `findFenceFault` lets pass. O(vertices) memory, O(fences log fences) to build.
 */
export function createFenceIndex(geometries: readonly (Polygon | MultiPolygon)[], plane: LocalPlane): FenceIndex {
  const count = geometries.length;
  const deepestMeters = new Float64Array(count);
  const edgeStart = new Uint32Array(count + 1);
  const edges: number[] = [];
  const tree = count === 0 ? undefined : new Flatbush(count);
  for (const [fence, geometry] of geometries.entries()) {
    const polygons = geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates;
    let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity];
    for (const rings of polygons) {
      const onPlane = rings.map((ring) => ring.map(([lon, lat]) => plane.pointToMeters(lon, lat)));
      const { distance } = poleOfInaccessibility(onPlane, DEEPEST_PRECISION_METERS);
      deepestMeters[fence] = Math.max(deepestMeters[fence], distance);
      for (const ring of onPlane)
        for (const [i, [x, y]] of ring.entries()) {
          west = Math.min(west, x);
          south = Math.min(south, y);
          east = Math.max(east, x);
          north = Math.max(north, y);
          if (i > 0) edges.push(ring[i - 1][0], ring[i - 1][1], x, y);
        }
    }
    edgeStart[fence + 1] = edges.length;
    tree?.add(west, south, east, north);
  }
  tree?.finish();
  const xy = Float64Array.from(edges);

  return {
    count,
    deepestMeters,
    near: (x, y) => tree?.search(x, y, x, y) ?? [],
    depthMeters(fence, x, y) {
      let inside = false;
      let nearest = Number.POSITIVE_INFINITY;
      for (let i = edgeStart[fence]; i < edgeStart[fence + 1]; i += 4) {
        const x1 = xy[i];
        const y1 = xy[i + 1];
        const dx = xy[i + 2] - x1;
        const dy = xy[i + 3] - y1;
        if (y1 > y !== xy[i + 3] > y && x < (dx * (y - y1)) / dy + x1) inside = !inside;
        const square = dx * dx + dy * dy;
        const along = square === 0 ? 0 : ((x - x1) * dx + (y - y1) * dy) / square;
        const t = along < 0 ? 0 : along > 1 ? 1 : along;
        const ex = x - x1 - t * dx;
        const ey = y - y1 - t * dy;
        const distance = ex * ex + ey * ey;
        if (distance < nearest) nearest = distance;
      }
      const meters = Math.sqrt(nearest);
      return inside ? meters : -meters;
    },
  };
}
