import { planarFaces, snapRound } from '../../geometry/index.ts';
import { type AreaMesh, OUTSIDE } from './area-mesh.ts';
import type { BureauLines } from './line-book.ts';

/**
 * Divides the bureau along its lines; every face within the boundary is an area. Inside is what an odd number of boundaries lies around.
 * O(n log n). Throws a RangeError for a boundary without land.
 */
export function meshOfLines({ segments, kind }: BureauLines): AreaMesh {
  const edges = snapRound(segments);
  const faces = planarFaces(edges);
  const edgeCount = edges.from.length;
  const isStreet = new Uint8Array(edgeCount);
  const isBarrier = new Uint8Array(edgeCount);
  const isBoundary = new Uint8Array(edgeCount);
  for (let edge = 0; edge < edgeCount; edge++) {
    for (let i = edges.sourceOffset[edge]; i < edges.sourceOffset[edge + 1]; i++) {
      const of = kind[edges.source[i]];
      if (of === 'street') isStreet[edge] = 1;
      else if (of === 'barrier') isBarrier[edge] = 1;
      else if (of === 'boundary') isBoundary[edge] ^= 1;
    }
    // A track in a street: one gets across.
    if (isStreet[edge] === 1) isBarrier[edge] = 0;
  }
  const edgesOfFace: number[][] = Array.from({ length: faces.count }, () => []);
  for (let edge = 0; edge < edgeCount; edge++) {
    const [left, right] = [faces.leftFace[edge], faces.rightFace[edge]];
    if (left === right) continue;
    edgesOfFace[left].push(edge);
    edgesOfFace[right].push(edge);
  }
  const UNKNOWN = 2;
  const inside = new Uint8Array(faces.count).fill(UNKNOWN);
  inside[0] = 0;
  const waiting = [0];
  for (let face = waiting.pop(); face !== undefined; face = waiting.pop()) {
    for (const edge of edgesOfFace[face]) {
      const other = faces.leftFace[edge] === face ? faces.rightFace[edge] : faces.leftFace[edge];
      if (inside[other] !== UNKNOWN) continue;
      inside[other] = inside[face] ^ isBoundary[edge];
      waiting.push(other);
    }
  }
  let areaCount = 0;
  const areaOfFace = Int32Array.from(inside, (flag) => (flag === 1 ? areaCount++ : OUTSIDE));
  if (areaCount === 0) throw new RangeError('The boundary encloses 0 m², expected some land.');
  return { edges, faces, isStreet, isBarrier, areaOfFace, areaCount };
}
