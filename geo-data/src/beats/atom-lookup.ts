import { type CellColumns, latLngToCellColumns } from '../geometry/index.ts';
import type { AtomSet } from './atom-set.ts';
import { ABSENT, createCellTable, rowOfCell } from './cell-table.ts';

/** In answers of an atom lookup: outside of all atoms. */
export const NO_ATOM = ABSENT;

export interface AtomLookup {
  /** Atom of every point, `NO_ATOM` where there is none. */
  atomsOfPoints(lon: Float64Array, lat: Float64Array): Uint32Array;
  /** Atom of every cell of the atoms' resolution. */
  atomsOfCells(cells: CellColumns): Uint32Array;
}

/** From points and cells to atoms. Building is O(n); a point costs an H3 conversion and a hash probe. */
export function createAtomLookup(atoms: Pick<AtomSet, 'cells' | 'resolution'>): AtomLookup {
  const table = createCellTable(atoms.cells);
  function atomsOfCells(cells: CellColumns): Uint32Array {
    const answer = new Uint32Array(cells.hi.length);
    for (let i = 0; i < answer.length; i++) answer[i] = rowOfCell(table, cells.hi[i], cells.lo[i]);
    return answer;
  }
  return {
    atomsOfCells,
    atomsOfPoints: (lon, lat) => atomsOfCells(latLngToCellColumns(lat, lon, atoms.resolution)),
  };
}
