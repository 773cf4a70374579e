import type { LinkRows } from '../link-rows.ts';

/**
 * What of beat `from` goes over to beat `to` when their common boundary is pushed across the atoms in `under`: those that connect to
 * `to`, directly or through others that go over, so that the boundary moves and never jumps. Locked atoms stay and stop it. In the
 * order in which the boundary reaches them. O(atoms under the drag and their neighbours).
 */
export function moveBoundary(request: {
  links: LinkRows;
  beatOfAtom: Uint16Array;
  from: number;
  to: number;
  /** Atoms the pointer has passed over. */
  under: Iterable<number>;
  locked?: Uint8Array;
}): Uint32Array {
  const { links, beatOfAtom, from, to, under, locked } = request;
  if (from === to) throw new RangeError(`A boundary lies between two beats, got beat ${from} on both sides.`);
  const candidates = new Set<number>();
  for (const atom of under) if (beatOfAtom[atom] === from && locked?.[atom] !== 1) candidates.add(atom);
  const moved: number[] = [];
  for (const atom of candidates) {
    for (let e = links.offset[atom]; e < links.offset[atom + 1]; e++) {
      if (beatOfAtom[links.target[e]] !== to) continue;
      moved.push(atom);
      break;
    }
  }
  for (const atom of moved) candidates.delete(atom);
  for (const atom of moved) {
    for (let e = links.offset[atom]; e < links.offset[atom + 1]; e++) {
      if (candidates.delete(links.target[e])) moved.push(links.target[e]);
    }
  }
  return Uint32Array.from(moved);
}
