import { type CellColumns, latLngToCellColumns } from '../geometry/index.ts';
import type { AtomSet } from './atom-set.ts';
import { ABSENT, createCellTable, rowOfCell } from './cell-table.ts';
import { type BeatPlan, UNASSIGNED } from './plan.ts';

export interface BeatLookup {
  /** Beat of every point, `UNASSIGNED` where there is none; written to `out` if given. */
  beatsOfPoints(lon: Float64Array, lat: Float64Array, out?: Uint16Array): Uint16Array;
  /** Beat of every cell of the plan's resolution: the quick way where the cell is already known. */
  beatsOfCells(cells: CellColumns, out?: Uint16Array): Uint16Array;
  beatOfPoint(lon: number, lat: number): number;
}

/**
 * From points to beats under one plan, by the H3 cell a point lies in and not by scanning polygons. In cells that the bureau's
 * boundary crosses, the cell decides: a point just outside the boundary still gets the beat of its cell.
 * Building is O(atoms); a point costs an H3 conversion and a hash probe.
 * Throws a RangeError when plan and atoms differ in length, or columns do.
 */
export function createBeatLookup(request: {
  atoms: Pick<AtomSet, 'cells' | 'resolution'>;
  plan: Pick<BeatPlan, 'beatOfAtom'>;
}): BeatLookup {
  const { cells, resolution } = request.atoms;
  const { beatOfAtom } = request.plan;
  if (beatOfAtom.length !== cells.hi.length) {
    throw new RangeError(`The plan assigns ${beatOfAtom.length} atoms, expected ${cells.hi.length}.`);
  }
  const table = createCellTable(cells);

  function beatsOfCells({ hi, lo }: CellColumns, out: Uint16Array = new Uint16Array(hi.length)): Uint16Array {
    if (out.length !== hi.length) throw new RangeError(`The answer holds ${out.length} beats, expected ${hi.length}.`);
    for (let i = 0; i < hi.length; i++) {
      const atom = rowOfCell(table, hi[i], lo[i]);
      out[i] = atom === ABSENT ? UNASSIGNED : beatOfAtom[atom];
    }
    return out;
  }
  return {
    beatsOfCells,
    beatsOfPoints: (lon, lat, out) => beatsOfCells(latLngToCellColumns(lat, lon, resolution), out),
    beatOfPoint: (lon, lat) =>
      beatsOfCells(latLngToCellColumns(Float64Array.of(lat), Float64Array.of(lon), resolution))[0],
  };
}
