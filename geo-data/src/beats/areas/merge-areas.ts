import { IndexedHeap } from '../../numeric/index.ts';
import { type AreaMesh, edgeMeters, measureAreas, OUTSIDE } from './area-mesh.ts';

interface Border {
  meters: number;
  /** Of it, what no barrier runs along. */
  openMeters: number;
}

/**
 * Gives areas that are too small, the smallest first, to the neighbour with the longest common border that is no barrier; where all of it
 * is one, to that with the longest border. An area without a neighbour that may take it in, `isHost`, stays. Areas are numbered anew in the old order.
 * O(edges + areas · neighbours · log areas).
 */
export function mergeAreas(
  mesh: AreaMesh,
  isTooSmall: (area: { areaM2: number; outlineMeters: number; number: number }) => boolean,
  isHost: (number: number) => boolean = () => true,
): AreaMesh {
  const { edges, faces, isBarrier, areaOfFace, areaCount } = mesh;
  const { areaM2, outlineMeters } = measureAreas(mesh);
  const borders = Array.from({ length: areaCount }, () => new Map<number, Border>());
  for (let edge = 0; edge < edges.from.length; edge++) {
    const [a, b] = [areaOfFace[faces.leftFace[edge]], areaOfFace[faces.rightFace[edge]]];
    if (a === b || a === OUTSIDE || b === OUTSIDE) continue;
    const meters = edgeMeters(edges, edge);
    const border = { meters, openMeters: isBarrier[edge] === 1 ? 0 : meters };
    lengthen(borders[a], b, border);
    lengthen(borders[b], a, border);
  }
  const takenInBy = Int32Array.from({ length: areaCount }, (_, area) => area);
  const tooSmall = (number: number): boolean =>
    isTooSmall({ areaM2: areaM2[number], outlineMeters: outlineMeters[number], number });
  const waiting = new IndexedHeap(areaCount);
  for (let area = 0; area < areaCount; area++) if (tooSmall(area)) waiting.pushOrDecrease(area, areaM2[area]);
  for (let area = waiting.pop(); area >= 0; area = waiting.pop()) {
    if (takenInBy[area] !== area || !tooSmall(area)) continue;
    if (areaM2[area] > waiting.keyOf(area)) {
      // It has grown since.
      waiting.pushOrDecrease(area, areaM2[area]);
      continue;
    }
    const host = bestNeighbour(borders[area], isHost);
    if (host < 0) continue;
    takenInBy[area] = host;
    areaM2[host] += areaM2[area];
    outlineMeters[host] += outlineMeters[area] - 2 * (borders[area].get(host)?.meters ?? 0);
    borders[host].delete(area);
    for (const [other, border] of borders[area]) {
      borders[other].delete(area);
      if (other === host) continue;
      lengthen(borders[host], other, border);
      lengthen(borders[other], host, border);
    }
    borders[area].clear();
    if (tooSmall(host) && !waiting.has(host)) waiting.pushOrDecrease(host, areaM2[host]);
  }
  return { ...mesh, ...numberAnew(areaOfFace, takenInBy) };
}

function lengthen(row: Map<number, Border>, other: number, { meters, openMeters }: Border): void {
  const known = row.get(other);
  row.set(other, {
    meters: (known?.meters ?? 0) + meters,
    openMeters: (known?.openMeters ?? 0) + openMeters,
  });
}

function bestNeighbour(row: ReadonlyMap<number, Border>, isHost: (number: number) => boolean): number {
  let best = -1;
  let [bestOpen, bestMeters] = [-1, -1];
  for (const [other, { meters, openMeters }] of row) {
    if (!isHost(other)) continue;
    const isBetter =
      openMeters > bestOpen ||
      (openMeters === bestOpen && (meters > bestMeters || (meters === bestMeters && other < best)));
    if (isBetter) [best, bestOpen, bestMeters] = [other, openMeters, meters];
  }
  return best;
}

function numberAnew(areaOfFace: Int32Array, takenInBy: Int32Array): Pick<AreaMesh, 'areaOfFace' | 'areaCount'> {
  const hostOf = (area: number): number => {
    let host = area;
    while (takenInBy[host] !== host) host = takenInBy[host] = takenInBy[takenInBy[host]];
    return host;
  };
  const numbers = new Int32Array(takenInBy.length).fill(-1);
  let areaCount = 0;
  for (let area = 0; area < takenInBy.length; area++) if (hostOf(area) === area) numbers[area] = areaCount++;
  return { areaOfFace: areaOfFace.map((area) => (area === OUTSIDE ? OUTSIDE : numbers[hostOf(area)])), areaCount };
}
