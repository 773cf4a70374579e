import { type AtomSet, addBaseWorkload, createAtomLookup } from '@xunfang/geo-data/beats';
import { bigIntsToCells } from '@xunfang/geo-data/geometry';
import type { CellLoad } from './plan-design.ts';

/** What an incident of priority 1 to 4 weighs in the workload: the graver, the longer it binds a unit. */
export const WEIGHT_OF_PRIORITY: [number, number, number, number] = [2, 1.5, 1, 0.75];

export interface AtomLoad {
  workload: Float64Array;
  incidents: Uint32Array;
  /** Per priority 1 to 4, one entry per atom. */
  calls: [Uint32Array, Uint32Array, Uint32Array, Uint32Array];
}

/**
 * Incidents and workload of every atom. An incident belongs to the atom of its H3 cell, here as at its intake: by its own coordinates the two
 * would differ for a few points at the edges of cells. Those outside count nowhere. O(rows + atoms).
 */
export function workloadOfLoad(atoms: AtomSet, load: CellLoad): AtomLoad {
  const workload = new Float64Array(atoms.count);
  const incidents = new Uint32Array(atoms.count);
  const column = () => new Uint32Array(atoms.count);
  const calls: AtomLoad['calls'] = [column(), column(), column(), column()];
  for (const [row, atom] of createAtomLookup(atoms).atomsOfCells(bigIntsToCells(load.cell)).entries()) {
    if (atom >= atoms.count) continue;
    const [priority, count] = [load.priority[row] - 1, load.count[row]];
    workload[atom] += WEIGHT_OF_PRIORITY[priority] * count;
    incidents[atom] += count;
    calls[priority][atom] += count;
  }
  addBaseWorkload({ atoms, workload });
  return { workload, incidents, calls };
}
