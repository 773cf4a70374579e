import type { LinkRows } from './link-rows.ts';

/**
 * The atoms that can be reached from `start` by links that `mayEnter` lets pass, in the order in which they are met; `start` is the
 * first, whatever it is. What is marked in `seen` is left out, what is found is marked there. O(links of the piece).
 */
export function gatherPiece(
  { offset, target }: LinkRows,
  start: number,
  seen: Uint8Array,
  mayEnter: (atom: number, from: number) => boolean,
): number[] {
  seen[start] = 1;
  const piece = [start];
  for (const atom of piece) {
    for (let e = offset[atom]; e < offset[atom + 1]; e++) {
      const other = target[e];
      if (seen[other] === 1 || !mayEnter(other, atom)) continue;
      seen[other] = 1;
      piece.push(other);
    }
  }
  return piece;
}
