import { GRID_METERS, type PlanarEdges, type PlanarFaces } from '../../geometry/index.ts';

/** Outside of the bureau. */
export const OUTSIDE = -1;

/** Areas as sets of faces of one planar network of lines: gaps and overlaps between them cannot exist. */
export interface AreaMesh {
  edges: PlanarEdges;
  faces: PlanarFaces;
  /** Per edge 1 where a street that one may stop on runs along it. */
  isStreet: Uint8Array;
  /** Per edge 1 where a river, a railway or a motorway runs along it. */
  isBarrier: Uint8Array;
  /** Per face its area, numbered from 0, or `OUTSIDE`. */
  areaOfFace: Int32Array;
  areaCount: number;
}

/** Length of an edge. */
export function edgeMeters({ x, y, from, to }: PlanarEdges, edge: number): number {
  return GRID_METERS * Math.hypot(x[to[edge]] - x[from[edge]], y[to[edge]] - y[from[edge]]);
}

/** Per area its size and the length of its outline, m² and m. O(edges). */
export function measureAreas({ edges, faces, areaOfFace, areaCount }: AreaMesh): {
  areaM2: Float64Array;
  outlineMeters: Float64Array;
} {
  const { x, y, from, to } = edges;
  const areaM2 = new Float64Array(areaCount);
  const outlineMeters = new Float64Array(areaCount);
  for (let edge = 0; edge < from.length; edge++) {
    const left = areaOfFace[faces.leftFace[edge]];
    const right = areaOfFace[faces.rightFace[edge]];
    if (left === right) continue;
    const meters = edgeMeters(edges, edge);
    // Integers: sums are exact.
    const twice = x[from[edge]] * y[to[edge]] - x[to[edge]] * y[from[edge]];
    if (left !== OUTSIDE) {
      areaM2[left] += twice;
      outlineMeters[left] += meters;
    }
    if (right !== OUTSIDE) {
      areaM2[right] -= twice;
      outlineMeters[right] += meters;
    }
  }
  return { areaM2: areaM2.map((twice) => (twice / 2) * GRID_METERS ** 2), outlineMeters };
}

/** Area over half the outline: the width of a strip, m. */
export const widthMeters = (areaM2: number, outlineMeters: number): number => (2 * areaM2) / outlineMeters;
