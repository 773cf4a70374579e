import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildRoadGraph, type RoadEdgeCollection } from './build-road-graph.ts';
import { travelMatrix } from './travel-matrix.ts';
import { travelSecondsToMany } from './travel-seconds-to-many.ts';

const roads = buildRoadGraph(
  JSON.parse(
    readFileSync(new URL('../../datasets/chengdu-wuhou/roads.geojson', import.meta.url), 'utf8'),
  ) as RoadEdgeCollection,
);

describe('travelMatrix', () => {
  it('says of every pair what a search from one place to many says', () => {
    const place = fc.record({
      // Few edges, so that places share streets.
      edge: fc.oneof(fc.integer({ min: 0, max: 9 }), fc.integer({ min: 0, max: roads.edgeCount - 1 })),
      fraction: fc.double({ min: 0, max: 1, noNaN: true }),
    });
    fc.assert(
      fc.property(fc.array(place, { maxLength: 8 }), (places) => {
        const matrix = travelMatrix(roads, places);
        for (const [from, start] of places.entries()) {
          const expected = travelSecondsToMany(roads, start, places);
          for (const to of places.keys()) expect(matrix[from * places.length + to]).toBe(Math.fround(expected[to]));
        }
      }),
      { numRuns: 60 },
    );
  });
});
