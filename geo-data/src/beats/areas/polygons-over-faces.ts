import type { AreaMesh } from './area-mesh.ts';
import type { BureauLines } from './line-book.ts';

/**
 * The polygons over every face, ascending: those whose borders one crosses an odd number of times on the way there from outside.
 * O(edges, and the polygons over each face).
 */
export function polygonsOverFaces({ edges, faces }: AreaMesh, { polygon }: BureauLines): number[][] {
  const crossed = (edge: number): number[] => {
    const borders = new Set<number>();
    for (let i = edges.sourceOffset[edge]; i < edges.sourceOffset[edge + 1]; i++) {
      const of = polygon[edges.source[i]];
      // Drawn twice over the same ground, a border divides nothing.
      if (of >= 0 && !borders.delete(of)) borders.add(of);
    }
    return [...borders];
  };
  const edgesOfFace: number[][] = Array.from({ length: faces.count }, () => []);
  for (const [edge, left] of faces.leftFace.entries()) {
    if (left === faces.rightFace[edge]) continue;
    edgesOfFace[left].push(edge);
    edgesOfFace[faces.rightFace[edge]].push(edge);
  }
  const over: number[][] = Array.from({ length: faces.count }, () => []);
  const known = new Uint8Array(faces.count);
  known[0] = 1;
  const waiting = [0];
  for (let face = waiting.pop(); face !== undefined; face = waiting.pop()) {
    for (const edge of edgesOfFace[face]) {
      const other = faces.leftFace[edge] === face ? faces.rightFace[edge] : faces.leftFace[edge];
      if (known[other] === 1) continue;
      known[other] = 1;
      const above = new Set(over[face]);
      for (const of of crossed(edge)) if (!above.delete(of)) above.add(of);
      over[other] = [...above].sort((a, b) => a - b);
      waiting.push(other);
    }
  }
  return over;
}
