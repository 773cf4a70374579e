import { gatherPiece } from '../gather-piece.ts';
import type { LinkRows } from '../link-rows.ts';

/**
 * The connected pieces of a beat, the one with the most atoms first (of equal ones that with the lowest atom): a sound beat has one.
 * O(atoms + links of the beat).
 */
export function beatPieces(links: LinkRows, beatOfAtom: Uint16Array, beat: number): Uint32Array[] {
  const seen = new Uint8Array(links.count);
  const pieces: number[][] = [];
  for (let start = 0; start < links.count; start++) {
    if (beatOfAtom[start] !== beat || seen[start] === 1) continue;
    pieces.push(gatherPiece(links, start, seen, (atom) => beatOfAtom[atom] === beat));
  }
  return pieces.sort((a, b) => b.length - a.length).map((piece) => Uint32Array.from(piece));
}
