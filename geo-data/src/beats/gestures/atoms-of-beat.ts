/** The atoms of a beat, ascending: what goes over when it is merged into another. O(atoms). */
export function atomsOfBeat(beatOfAtom: Uint16Array, beat: number): Uint32Array {
  const found: number[] = [];
  for (let atom = 0; atom < beatOfAtom.length; atom++) if (beatOfAtom[atom] === beat) found.push(atom);
  return Uint32Array.from(found);
}
