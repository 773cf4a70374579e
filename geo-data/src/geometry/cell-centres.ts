import { cellArea, cellToLatLng, UNITS } from 'h3-js';
import type { CellColumns } from './h3-cells.ts';
import type { PointColumns } from './local-plane.ts';

/** Centres of cells, WGS 84 degrees. O(n), about 0.3 µs a cell. */
export function cellCentres(cells: CellColumns): PointColumns {
  const count = cells.hi.length;
  const lon = new Float64Array(count);
  const lat = new Float64Array(count);
  for (let row = 0; row < count; row++) {
    const point = cellToLatLng([cells.lo[row], cells.hi[row]]);
    lat[row] = point[0];
    lon[row] = point[1];
  }
  return { lon, lat };
}

/** Areas of cells in km², on the sphere H3 uses. O(n), about 1.5 µs a cell. */
export function cellAreasSquareKilometres(cells: CellColumns): Float64Array {
  return Float64Array.from(cells.hi, (hi, row) => cellArea([cells.lo[row], hi], UNITS.km2));
}
