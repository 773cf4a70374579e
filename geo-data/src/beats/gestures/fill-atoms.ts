import { gatherPiece } from '../gather-piece.ts';
import type { LinkRows } from '../link-rows.ts';

/**
 * The piece of a beat around one of its atoms that a fill pours over: it spreads along connected atoms of the same beat and stops at
 * barriers (neighbours that are not connected) and at locked atoms. Empty when the atom itself is locked; atoms without a beat are
 * filled like those of a beat. O(atoms).
 */
export function fillAtoms(
  links: LinkRows,
  beatOfAtom: Uint16Array,
  start: number,
  locked: Uint8Array = new Uint8Array(links.count),
): Uint32Array {
  if (!(start >= 0 && start < links.count)) {
    throw new RangeError(`The fill starts at atom ${start}, expected less than ${links.count}.`);
  }
  if (locked[start] === 1) return new Uint32Array(0);
  const beat = beatOfAtom[start];
  const seen = new Uint8Array(links.count);
  return Uint32Array.from(gatherPiece(links, start, seen, (atom) => beatOfAtom[atom] === beat && locked[atom] === 0));
}
