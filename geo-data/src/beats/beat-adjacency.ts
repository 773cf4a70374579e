import type { AtomGraph } from './atom-set.ts';
import { type BeatPlan, UNASSIGNED } from './plan.ts';

/** Neighbours of beats in compressed sparse rows: those of beat b are entries `offset[b] .. offset[b + 1] - 1`, ascending. */
export interface BeatAdjacency {
  offset: Uint32Array;
  neighbour: Uint32Array;
  /** Length of the common border on land, metres. */
  borderMeters: Float64Array;
}

/**
 * Which beats are neighbours: on the 'land' they share a border, or they are 'connected', so that one can get straight from one to
 * the other. O(atoms + beats²) in memory of the pairs that occur only.
 */
export function beatAdjacency(
  atoms: AtomGraph,
  plan: Pick<BeatPlan, 'beatOfAtom' | 'beatCount'>,
  by: 'land' | 'connected' = 'land',
): BeatAdjacency {
  const rows = Array.from({ length: plan.beatCount }, () => new Map<number, number>());
  for (let atom = 0; atom < atoms.count; atom++) {
    const beat = plan.beatOfAtom[atom];
    if (beat === UNASSIGNED) continue;
    for (let e = atoms.neighbourOffset[atom]; e < atoms.neighbourOffset[atom + 1]; e++) {
      const other = plan.beatOfAtom[atoms.neighbour[e]];
      if (other === beat || other === UNASSIGNED) continue;
      if (by === 'connected' ? atoms.connected[e] === 0 : atoms.sharedEdgeMeters[e] === 0) continue;
      rows[beat].set(other, (rows[beat].get(other) ?? 0) + atoms.sharedEdgeMeters[e]);
    }
  }
  const offset = new Uint32Array(plan.beatCount + 1);
  for (const [beat, row] of rows.entries()) offset[beat + 1] = offset[beat] + row.size;
  const ascending = rows.map((row) => [...row].sort(([a], [b]) => a - b));
  return {
    offset,
    neighbour: Uint32Array.from(ascending.flat().map(([other]) => other)),
    borderMeters: Float64Array.from(ascending.flat().map(([, meters]) => meters)),
  };
}
