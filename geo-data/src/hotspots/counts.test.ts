import fc from 'fast-check';
import { latLngToCell } from 'h3-js';
import { describe, expect, it } from 'vitest';
import { cellToHex } from '../geometry/index.ts';
import { createIncidentColumns, fillCells, type IncidentColumns } from '../incidents/index.ts';
import type { CellCounts } from './cell-counts.ts';
import { countByCell, countPointsByCell } from './count-by-cell.ts';
import { mergeCounts } from './merge-counts.ts';
import { ratePerSquareKilometre } from './rate-per-square-kilometre.ts';

const place = fc.tuple(
  fc.double({ min: 104, max: 104.3, noNaN: true }),
  fc.double({ min: 30.5, max: 30.8, noNaN: true }),
);
const places = fc.array(place, { maxLength: 200 });
const resolution = fc.integer({ min: 7, max: 11 });

function columnsOf(points: readonly (readonly [number, number])[]): IncidentColumns {
  const columns = createIncidentColumns(points.length);
  points.forEach(([lon, lat], row) => {
    columns.lon[row] = lon;
    columns.lat[row] = lat;
  });
  fillCells(columns);
  return columns;
}

function toMap(counts: CellCounts): Map<string, number> {
  return new Map(Array.from(counts.counts, (n, row) => [cellToHex(counts.cellHi[row], counts.cellLo[row]), n]));
}

describe('countByCell', () => {
  it('counts what h3 and a Map count at the coarsest resolution of storage, and sums to n at all', () => {
    fc.assert(
      fc.property(places, resolution, (points, r) => {
        const columns = columnsOf(points);
        const counts = countByCell(columns, undefined, r);
        expect(counts.counts.reduce((sum, n) => sum + n, 0)).toBe(points.length);
        const direct = countPointsByCell(columns, r);
        const expected = new Map<string, number>();
        for (const [lon, lat] of points) {
          const cell = latLngToCell(lat, lon, r);
          expected.set(cell, (expected.get(cell) ?? 0) + 1);
        }
        expect(toMap(direct)).toEqual(expected);
        if (r === 11) expect(counts).toEqual(direct);
        const names = [...toMap(counts).keys()];
        expect(names).toEqual(names.toSorted());
      }),
    );
  });

  it('is consistent between resolutions: a parent has the sum of its children', () => {
    fc.assert(
      fc.property(places, resolution, (points, r) => {
        const fine = countByCell(columnsOf(points), undefined, 11);
        const again = countByCell(
          fine,
          Uint32Array.from([...fine.counts].flatMap((n, row) => Array.from({ length: n }, () => row))),
          r,
        );
        expect(again).toEqual(countByCell(columnsOf(points), undefined, r));
      }),
    );
  });

  it('counts the selected rows only', () => {
    const columns = columnsOf([
      [104.1, 30.6],
      [104.1, 30.6],
      [104.2, 30.7],
    ]);
    expect([...countByCell(columns, Uint32Array.of(0, 1), 9).counts]).toEqual([2]);
    expect(countByCell(columns, new Uint32Array(0), 9).counts.length).toBe(0);
    expect(() => countByCell(columns, Uint32Array.of(3), 9)).toThrow('Row 3 was selected of 3 incidents.');
    expect(() => countByCell(columns, undefined, 12)).toThrow('[0, 11], got 12');
  });

  it('keeps counting past the first allocation', () => {
    const points = Array.from(
      { length: 3000 },
      (_, i) => [104 + (i % 60) * 0.01, 30 + Math.floor(i / 60) * 0.01] as const,
    );
    expect(countByCell(columnsOf(points), undefined, 11).counts.length).toBe(3000);
  });
});

describe('mergeCounts', () => {
  it('does not depend on the order of the parts or on how the rows were parted', () => {
    fc.assert(
      fc.property(
        places,
        fc.array(fc.nat({ max: 2 }), { minLength: 200, maxLength: 200 }),
        resolution,
        (points, part, r) => {
          const columns = columnsOf(points);
          const parts = [0, 1, 2].map((k) =>
            countByCell(
              columns,
              Uint32Array.from(points.keys()).filter((row) => part[row] === k),
              r,
            ),
          );
          const whole = countByCell(columns, undefined, r);
          expect(mergeCounts(parts)).toEqual(whole);
          expect(mergeCounts(parts.toReversed())).toEqual(whole);
        },
      ),
    );
  });

  it('refuses nothing, and unlike resolutions', () => {
    const columns = columnsOf([[104, 30]]);
    expect(() => mergeCounts([])).toThrow('got 0');
    expect(() => mergeCounts([countByCell(columns, undefined, 9), countByCell(columns, undefined, 8)])).toThrow(
      'resolution 8 when expected 9',
    );
  });
});

describe('ratePerSquareKilometre', () => {
  it('divides, and refuses areas that are none', () => {
    expect([...ratePerSquareKilometre([0, 3], [0.1, 0.5])]).toEqual([0, 6]);
    expect(() => ratePerSquareKilometre([1], [])).toThrow('Expected 1 areas, got 0');
    expect(() => ratePerSquareKilometre([1], [0])).toThrow('got 0 km²');
  });
});
