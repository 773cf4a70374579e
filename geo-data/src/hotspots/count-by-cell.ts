import {
  type CellColumns,
  CellIndex,
  latLngToCellColumns,
  type PointColumns,
  parentHi,
  parentLo,
  resolutionOf,
} from '../geometry/index.ts';
import type { IncidentColumns } from '../incidents/index.ts';
import { type CellCounts, sortedCellCounts } from './cell-counts.ts';

const CHUNK = 65_536;
const WITHOUT_RESOLUTION = ~(0xf << 20);

class CellCounter {
  readonly index = new CellIndex();
  #counts = new Float64Array(1024);

  /** Counts the parent of each cell. */
  addCells(cellHi: Uint32Array, cellLo: Uint32Array, rows: Uint32Array | undefined, resolution: number): void {
    const count = rows?.length ?? cellHi.length;
    const { index } = this;
    // The bits a parent sets are the same for every cell of one resolution.
    const setHi = parentHi(0, resolution);
    const setLo = parentLo(0, resolution);
    let counts = this.#counts;
    for (let i = 0; i < count; i++) {
      const row = rows === undefined ? i : rows[i];
      const entry = index.add((cellHi[row] & WITHOUT_RESOLUTION) | setHi, cellLo[row] | setLo);
      if (entry === counts.length) {
        const wider = new Float64Array(entry * 2);
        wider.set(counts);
        counts = wider;
      }
      counts[entry]++;
    }
    this.#counts = counts;
  }

  result(resolution: number): CellCounts {
    return sortedCellCounts(resolution, this.index, this.#counts);
  }
}

/**
 * How many incidents lie in each H3 cell of a resolution: the parents of the stored cells, by bit arithmetic. Only cells
 * with incidents; ascending. `rows` from `selectIncidents`, undefined for all. O(rows), about 45 ns a row.
 * @throws when the resolution is finer than the cells, or a row is outside the columns.
 */
export function countByCell(
  columns: Pick<IncidentColumns, 'cellHi' | 'cellLo'>,
  rows: Uint32Array | undefined,
  resolution: number,
): CellCounts {
  const { cellHi, cellLo } = columns;
  if (cellHi.length > 0 && !(resolution >= 0 && resolution <= resolutionOf(cellHi[0]))) {
    throw new Error(`Resolution must be an integer in [0, ${resolutionOf(cellHi[0])}], got ${resolution}.`);
  }
  if (rows !== undefined && rows.length > 0 && rows[rows.length - 1] >= cellHi.length) {
    throw new Error(`Row ${rows[rows.length - 1]} was selected of ${cellHi.length} incidents.`);
  }
  const counter = new CellCounter();
  counter.addCells(cellHi, cellLo, rows, resolution);
  return counter.result(resolution);
}

/** The same straight from longitude and latitude, for points that carry no cell. O(n), about 0.35 µs a point. */
export function countPointsByCell(points: PointColumns, resolution: number): CellCounts {
  const counter = new CellCounter();
  const scratch: CellColumns = { hi: new Uint32Array(CHUNK), lo: new Uint32Array(CHUNK) };
  for (let start = 0; start < points.lon.length; start += CHUNK) {
    const lat = points.lat.subarray(start, start + CHUNK);
    latLngToCellColumns(lat, points.lon.subarray(start, start + CHUNK), resolution, scratch);
    counter.addCells(scratch.hi.subarray(0, lat.length), scratch.lo.subarray(0, lat.length), undefined, resolution);
  }
  return counter.result(resolution);
}
