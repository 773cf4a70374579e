import fc from 'fast-check';
import { cellToLatLng, getPentagons, latLngToCell } from 'h3-js';
import { describe, expect, it } from 'vitest';
import { createSeededRandom } from '../numeric/index.ts';
import { cellsToHex } from './h3-cells.ts';
import { latLngToCellColumns } from './lat-lng-to-cell-columns.ts';

/** Rows that h3 puts elsewhere. */
function differencesFromH3(lat: Float64Array, lng: Float64Array, resolution: number): string[] {
  return cellsToHex(latLngToCellColumns(lat, lng, resolution)).flatMap((cell, row) => {
    const expected = latLngToCell(lat[row], lng[row], resolution);
    return cell === expected ? [] : [`${lat[row]}, ${lng[row]}: ${cell} when expected ${expected}`];
  });
}

describe('latLngToCellColumns', () => {
  it('equals h3 everywhere on Earth, at every resolution', () => {
    const random = createSeededRandom(3);
    for (let resolution = 0; resolution <= 15; resolution++) {
      const lat = Float64Array.from({ length: 2000 }, () => (Math.asin(2 * random.uniform() - 1) * 180) / Math.PI);
      const lng = Float64Array.from({ length: 2000 }, () => 360 * random.uniform() - 180);
      expect(differencesFromH3(lat, lng, resolution)).toEqual([]);
    }
  });

  it('equals h3 in the cities of the samples', () => {
    const random = createSeededRandom(4);
    for (const [lat0, lng0] of [
      [30.64, 104.04],
      [41.88, -87.63],
      [43.73, 7.42],
    ]) {
      const lat = Float64Array.from({ length: 5000 }, () => lat0 + 0.4 * random.uniform() - 0.2);
      const lng = Float64Array.from({ length: 5000 }, () => lng0 + 0.4 * random.uniform() - 0.2);
      for (const resolution of [7, 8, 9, 10, 11]) expect(differencesFromH3(lat, lng, resolution)).toEqual([]);
    }
  });

  it('equals h3 around pentagons, at the poles and past the date line', () => {
    const random = createSeededRandom(5);
    const places = [
      ...getPentagons(5).map((pentagon) => cellToLatLng(pentagon)),
      [90, 0],
      [-90, 0],
      [0, 180],
      [12, -180],
    ];
    for (const [lat0, lng0] of places) {
      const lat = Float64Array.from({ length: 300 }, () => Math.max(-90, Math.min(90, lat0 + random.normal(0, 0.5))));
      const lng = Float64Array.from({ length: 300 }, () => lng0 + random.normal(0, 0.5));
      expect(differencesFromH3(lat, lng, 8)).toEqual([]);
    }
  });

  it('gives a cell back for its own centre', () => {
    const place = fc.record({
      lat: fc.double({ min: -89, max: 89, noNaN: true }),
      lng: fc.double({ min: -180, max: 180, noNaN: true }),
      resolution: fc.integer({ min: 0, max: 15 }),
    });
    fc.assert(
      fc.property(place, ({ lat, lng, resolution }) => {
        const cell = latLngToCell(lat, lng, resolution);
        const [centreLat, centreLng] = cellToLatLng(cell);
        const found = latLngToCellColumns(Float64Array.of(centreLat), Float64Array.of(centreLng), resolution);
        expect(cellsToHex(found)).toEqual([cell]);
      }),
      { numRuns: 500 },
    );
  });

  it('refuses what has no cell', () => {
    const one = Float64Array.of(1);
    expect(() => latLngToCellColumns(one, one, 16)).toThrow('got 16');
    expect(() => latLngToCellColumns(one, new Float64Array(2), 9)).toThrow('Expected 1 longitudes, got 2');
    expect(() => latLngToCellColumns(Float64Array.of(Number.NaN), one, 9)).toThrow('Row 0 has no finite position');
    expect(() => latLngToCellColumns(one, Float64Array.of(Number.POSITIVE_INFINITY), 9)).toThrow('Row 0');
  });
});
