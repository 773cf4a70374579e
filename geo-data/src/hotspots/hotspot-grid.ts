import type { PointColumns } from '../geometry/index.ts';
import type { IncidentColumns } from '../incidents/index.ts';
import { benjaminiHochberg } from './benjamini-hochberg.ts';
import { countByCell } from './count-by-cell.ts';
import { getisOrdLocal } from './getis-ord-local.ts';
import { type KernelDensityOptions, kernelDensity } from './kernel-density.ts';
import { ratePerSquareKilometre } from './rate-per-square-kilometre.ts';
import type { StudyArea } from './study-area.ts';

/** The measures of every cell of a study area, cells without incidents included; columns in the order of its cells. */
export interface HotspotGrid {
  resolution: number;
  cellHi: Uint32Array;
  cellLo: Uint32Array;
  counts: Uint32Array;
  ratePerSquareKilometre: Float64Array;
  /** Events per km². */
  density: Float64Array;
  /** Gi*, its two-sided p, and p adjusted for the false discovery rate. */
  z: Float64Array;
  p: Float64Array;
  q: Float64Array;
  /** Incidents counted in the cells, and those selected that lie in none of them (they still add to the density). */
  inside: number;
  outside: number;
}

/** Longitudes and latitudes of selected rows. O(rows). */
export function pointsOfRows(columns: Pick<IncidentColumns, 'lon' | 'lat'>, rows: Uint32Array): PointColumns {
  const lon = new Float64Array(rows.length);
  const lat = new Float64Array(rows.length);
  for (let i = 0; i < rows.length; i++) {
    lon[i] = columns.lon[rows[i]];
    lat[i] = columns.lat[rows[i]];
  }
  return { lon, lat };
}

/**
 * Counts, rates, kernel density and Gi* with false discovery rate of selected incidents over a study area.
 * With fewer than 3 cells z is 0 and p is 1. O(rows + cells · (neighbours + events within reach)).
 * @throws as the kernels it is made of.
 */
export function hotspotGrid(
  area: StudyArea,
  columns: IncidentColumns,
  rows: Uint32Array,
  density: KernelDensityOptions,
): HotspotGrid {
  const { cells, resolution } = area;
  const cellCount = cells.hi.length;
  const found = countByCell(columns, rows, resolution);
  const counts = new Uint32Array(cellCount);
  let inside = 0;
  for (let k = 0; k < found.counts.length; k++) {
    const cell = area.index.indexOf(found.cellHi[k], found.cellLo[k]);
    if (cell < 0) continue;
    counts[cell] = found.counts[k];
    inside += found.counts[k];
  }
  const { z, p } =
    cellCount < 3
      ? { z: new Float64Array(cellCount), p: new Float64Array(cellCount).fill(1) }
      : getisOrdLocal(Float64Array.from(counts), area.neighbours);
  return {
    resolution,
    cellHi: cells.hi,
    cellLo: cells.lo,
    counts,
    ratePerSquareKilometre: ratePerSquareKilometre(counts, area.areasSquareKilometres),
    density: kernelDensity(pointsOfRows(columns, rows), area.centres, density),
    z,
    p,
    q: benjaminiHochberg(p),
    inside,
    outside: rows.length - inside,
  };
}
