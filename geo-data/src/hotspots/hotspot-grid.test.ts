import type { Polygon } from 'geojson';
import { describe, expect, it } from 'vitest';
import { cellsOfPolygon, hexToCells } from '../geometry/index.ts';
import { createIncidentColumns, fillCells } from '../incidents/index.ts';
import { createSeededRandom } from '../numeric/index.ts';
import { hotspotGrid } from './hotspot-grid.ts';
import { prepareStudyArea } from './study-area.ts';

const district: Polygon = {
  type: 'Polygon',
  coordinates: [
    [
      [104, 30.6],
      [104.1, 30.6],
      [104.1, 30.7],
      [104, 30.7],
      [104, 30.6],
    ],
  ],
};

/** Background noise, and one cluster of 400 m about 104.03, 30.63; the last 50 lie outside the district. */
function clustered(): ReturnType<typeof createIncidentColumns> {
  const random = createSeededRandom(17);
  const columns = createIncidentColumns(1050);
  for (let row = 0; row < columns.count; row++) {
    const isCluster = row < 300;
    columns.lon[row] = row >= 1000 ? 104.5 : isCluster ? random.normal(104.03, 0.003) : 104 + 0.1 * random.uniform();
    columns.lat[row] = isCluster ? random.normal(30.63, 0.003) : 30.6 + 0.1 * random.uniform();
  }
  fillCells(columns);
  return columns;
}

describe('hotspotGrid', () => {
  const area = prepareStudyArea(cellsOfPolygon(district, 9));
  const columns = clustered();
  const rows = Uint32Array.from({ length: columns.count }, (_, row) => row);
  const grid = hotspotGrid(area, columns, rows, { kernel: 'epanechnikov', bandwidthMeters: 500 });

  it('accounts for every selected incident', () => {
    expect(grid.counts.reduce((sum, n) => sum + n, 0)).toBe(1000);
    expect([grid.inside, grid.outside]).toEqual([1000, 50]);
    const people = grid.ratePerSquareKilometre.reduce((sum, rate, i) => sum + rate * area.areasSquareKilometres[i], 0);
    expect(people).toBeCloseTo(1000, 8);
  });

  it('finds the cluster, by density and by significance, and nothing far from it', () => {
    const densest = grid.density.indexOf(Math.max(...grid.density));
    expect(Math.hypot(area.centres.lon[densest] - 104.03, area.centres.lat[densest] - 30.63)).toBeLessThan(0.005);
    const hot = [...grid.q.keys()].filter((i) => grid.q[i] < 0.01 && grid.z[i] > 0);
    expect(hot.length).toBeGreaterThan(3);
    for (const i of hot) {
      expect(Math.hypot(area.centres.lon[i] - 104.03, area.centres.lat[i] - 30.63)).toBeLessThan(0.015);
    }
  });

  it('is empty, not absent, without incidents', () => {
    const empty = hotspotGrid(area, columns, new Uint32Array(0), { kernel: 'gaussian', bandwidthMeters: 300 });
    expect(empty.counts.length).toBe(area.cells.hi.length);
    for (const column of [empty.counts, empty.density, empty.z]) expect(new Set(column)).toEqual(new Set([0]));
    expect(new Set(empty.q)).toEqual(new Set([1]));
  });

  it('has no significance in an area of one cell', () => {
    const single = prepareStudyArea({ hi: area.cells.hi.slice(0, 1), lo: area.cells.lo.slice(0, 1) });
    const { q, z } = hotspotGrid(single, columns, rows, { kernel: 'gaussian', bandwidthMeters: 300 });
    expect([...q, ...z]).toEqual([1, 0]);
    expect(() => prepareStudyArea(hexToCells([]))).toThrow('got 0');
  });
});
