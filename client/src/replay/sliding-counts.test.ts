import { createIncidentColumns, fillCells } from '@xunfang/geo-data/incidents';
import fc from 'fast-check';
import { cellToParent, latLngToCell } from 'h3-js';
import { describe, expect, it } from 'vitest';
import { createSlidingCounts, moveWindow } from './sliding-counts.ts';

const incident = fc.record({
  at: fc.integer({ min: 0, max: 1000 }),
  lon: fc.double({ min: 104.05, max: 104.09, noNaN: true }),
  lat: fc.double({ min: 30.61, max: 30.65, noNaN: true }),
});

describe('sliding counts', () => {
  it('equals counting the window from scratch, wherever it moves', () => {
    fc.assert(
      fc.property(
        fc.array(incident, { maxLength: 60 }),
        fc.array(fc.tuple(fc.integer({ min: -50, max: 1050 }), fc.integer({ min: 0, max: 400 })), { minLength: 1 }),
        fc.integer({ min: 7, max: 11 }),
        (incidents, windows, resolution) => {
          incidents.sort((a, b) => a.at - b.at);
          const columns = createIncidentColumns(incidents.length);
          incidents.forEach(({ at, lon, lat }, row) => {
            columns.occurredAtSeconds[row] = at;
            columns.lon[row] = lon;
            columns.lat[row] = lat;
          });
          fillCells(columns);
          const sliding = createSlidingCounts(columns, resolution);
          for (const [from, length] of windows) {
            moveWindow(sliding, columns, from, from + length);
            const expected = new Map(sliding.cells.map((cell) => [cell, 0]));
            for (const { at, lon, lat } of incidents)
              if (at >= from && at < from + length) {
                const cell = cellToParent(latLngToCell(lat, lon, 11), resolution);
                expected.set(cell, (expected.get(cell) ?? 0) + 1);
              }
            expect(new Map(sliding.cells.map((cell, index) => [cell, sliding.counts[index]]))).toEqual(expected);
            expect(sliding.largest).toBe(Math.max(0, ...expected.values()));
          }
        },
      ),
    );
  });
});
