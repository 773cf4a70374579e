import type { LinkRows } from '../link-rows.ts';

/**
 * The piece of a beat around one of its atoms that a fill pours over: it spreads along connected atoms of the same beat and stops at
 * barriers (neighbours that are not connected) and at locked atoms. Empty when the atom itself is locked; atoms without a beat are
 * filled like those of a beat. O(atoms filled).
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
  const filled = [start];
  const seen = new Set(filled);
  for (const atom of filled) {
    for (let e = links.offset[atom]; e < links.offset[atom + 1]; e++) {
      const other = links.target[e];
      if (beatOfAtom[other] !== beat || locked[other] === 1 || seen.has(other)) continue;
      seen.add(other);
      filled.push(other);
    }
  }
  return Uint32Array.from(filled);
}
