import { gatherPiece } from './gather-piece.ts';
import type { LinkRows } from './link-rows.ts';
import { UNASSIGNED } from './plan.ts';

export interface AreaParts {
  /** Connected pieces of every area; 0: it has no atom. */
  parts: Uint32Array;
  /** Per area the atoms outside of its largest piece, ascending; of equal pieces that with the lowest atom counts as the largest. */
  strays: number[][];
}

/** Which areas are in pieces along the links, and which atoms would have to change for them not to be. O(atoms + links). */
export function areaParts(links: LinkRows, areaOf: Uint16Array, areaCount: number): AreaParts {
  const { count } = links;
  const parts = new Uint32Array(areaCount);
  const seen = new Uint8Array(count);
  const largest: number[][] = Array.from({ length: areaCount }, () => []);
  const strays: number[][] = Array.from({ length: areaCount }, () => []);
  for (let start = 0; start < count; start++) {
    const area = areaOf[start];
    if (seen[start] === 1 || area === UNASSIGNED) continue;
    parts[area]++;
    const piece = gatherPiece(links, start, seen, (atom) => areaOf[atom] === area);
    const [smaller, larger] = piece.length > largest[area].length ? [largest[area], piece] : [piece, largest[area]];
    largest[area] = larger;
    for (const atom of smaller) strays[area].push(atom);
  }
  for (const list of strays) list.sort((a, b) => a - b);
  return { parts, strays };
}
