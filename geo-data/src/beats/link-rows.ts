import type { AtomGraph } from './atom-set.ts';

/** A graph in compressed sparse rows: neighbours of v are entries `offset[v] .. offset[v + 1] - 1`. */
export interface LinkRows {
  count: number;
  offset: Uint32Array;
  target: Uint32Array;
}

/** The connected neighbours only. O(entries). */
export function linkRows(atoms: AtomGraph): LinkRows {
  const offset = new Uint32Array(atoms.count + 1);
  const target = new Uint32Array(atoms.connected.reduce((sum, flag) => sum + flag, 0));
  let entry = 0;
  for (let atom = 0; atom < atoms.count; atom++) {
    for (let i = atoms.neighbourOffset[atom]; i < atoms.neighbourOffset[atom + 1]; i++) {
      if (atoms.connected[i] === 1) target[entry++] = atoms.neighbour[i];
    }
    offset[atom + 1] = entry;
  }
  return { count: atoms.count, offset, target };
}
