import fc from 'fast-check';
import type { Polygon } from 'geojson';
import { cellArea, cellToLatLng, gridDisk, latLngToCell, polygonToCells } from 'h3-js';
import { describe, expect, it } from 'vitest';
import { createSeededRandom } from '../numeric/index.ts';
import { cellAreasSquareKilometres, cellCentres } from './cell-centres.ts';
import { CellIndex, indexCells } from './cell-index.ts';
import { cellsOfPolygon } from './cells-of-polygon.ts';
import { cellsToHex, hexToCells } from './h3-cells.ts';
import { latLngToCellColumns } from './lat-lng-to-cell-columns.ts';

const hole: Polygon = {
  type: 'Polygon',
  coordinates: [
    [
      [104, 30.6],
      [104.05, 30.6],
      [104.05, 30.65],
      [104, 30.65],
      [104, 30.6],
    ],
    [
      [104.02, 30.62],
      [104.03, 30.62],
      [104.03, 30.63],
      [104.02, 30.63],
      [104.02, 30.62],
    ],
  ],
};

describe('cellsOfPolygon', () => {
  it('covers the whole area when overlapping, and agrees with h3 by centre', () => {
    const cells = cellsOfPolygon(hole, 9);
    const hexes = cellsToHex(cells);
    expect(hexes).toEqual(hexes.toSorted());
    const index = indexCells(cells);
    const random = createSeededRandom(8);
    const lat = Float64Array.from({ length: 5000 }, () => 30.6 + 0.05 * random.uniform());
    const lng = Float64Array.from({ length: 5000 }, () => 104 + 0.05 * random.uniform());
    const points = latLngToCellColumns(lat, lng, 9);
    for (let row = 0; row < lat.length; row++) {
      const isInHole = lat[row] > 30.62 && lat[row] < 30.63 && lng[row] > 104.02 && lng[row] < 104.03;
      if (!isInHole) expect(index.indexOf(points.hi[row], points.lo[row])).toBeGreaterThanOrEqual(0);
    }
    expect(cellsToHex(cellsOfPolygon(hole, 9, 'centre'))).toEqual(polygonToCells(hole.coordinates, 9, true).sort());
  });

  it('takes the parts of a multipolygon once', () => {
    const twice = { type: 'MultiPolygon' as const, coordinates: [hole.coordinates, hole.coordinates] };
    expect(cellsOfPolygon(twice, 8)).toEqual(cellsOfPolygon(hole, 8));
    expect(() => cellsOfPolygon({ type: 'Polygon', coordinates: [] }, 8)).toThrow('got 0');
    expect(() => cellsOfPolygon(hole, 16)).toThrow('got 16');
  });
});

describe('CellIndex', () => {
  it('numbers distinct keys in order of arrival, as a Map does', () => {
    const key = fc.tuple(fc.integer({ min: 0, max: 3 }), fc.integer({ min: 0, max: 0xffffffff }));
    fc.assert(
      fc.property(fc.array(key, { maxLength: 400 }), (keys) => {
        const index = new CellIndex(2);
        const model = new Map<string, number>();
        for (const [hi, lo] of keys) {
          expect(index.indexOf(hi, lo)).toBe(model.get(`${hi}/${lo}`) ?? -1);
          if (!model.has(`${hi}/${lo}`)) model.set(`${hi}/${lo}`, model.size);
          expect(index.add(hi, lo)).toBe(model.get(`${hi}/${lo}`));
        }
        expect(index.size).toBe(model.size);
        const { hi, lo } = index.keys();
        expect(Array.from(hi, (high, row) => `${high}/${lo[row]}`)).toEqual([...model.keys()]);
      }),
    );
  });

  it('refuses repeated cells, naming both rows', () => {
    const cell = latLngToCell(30, 104, 9);
    expect(() => indexCells(hexToCells([cell, cell]))).toThrow('row 1 repeats row 0');
  });
});

describe('centres and areas of cells', () => {
  it('are those of h3', () => {
    const hexes = gridDisk(latLngToCell(30.6, 104, 9), 2);
    const cells = hexToCells(hexes);
    const { lon, lat } = cellCentres(cells);
    expect(Array.from(lat, (y, row) => [y, lon[row]])).toEqual(hexes.map((hex) => cellToLatLng(hex)));
    expect([...cellAreasSquareKilometres(cells)]).toEqual(hexes.map((hex) => cellArea(hex, 'km2')));
  });
});
