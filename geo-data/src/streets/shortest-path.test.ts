import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createSeededRandom } from '../numeric/index.ts';
import { buildRoadGraph, type RoadEdgeCollection } from './build-road-graph.ts';
import { latticeSections, roadSections, type Section } from './fixtures/section.ts';
import { pathPolyline } from './path-polyline.ts';
import { createPathWorkspace } from './path-workspace.ts';
import { NO_EDGE, type RoadGraph } from './road-graph.ts';
import { createRoadIndex } from './road-index.ts';
import { routeBetween } from './route-between.ts';
import { shortestPath } from './shortest-path.ts';
import { shortestPathTree } from './shortest-path-tree.ts';
import { snapToRoad } from './snap-to-road.ts';
import { largestStronglyConnectedPart } from './strongly-connected.ts';
import { travelSecondsToMany } from './travel-seconds-to-many.ts';

const chengdu = largestStronglyConnectedPart(
  buildRoadGraph(
    JSON.parse(
      readFileSync(new URL('../../datasets/chengdu-wuhou/roads.geojson', import.meta.url), 'utf8'),
    ) as RoadEdgeCollection,
  ),
);

/** All-pairs travel times by Floyd and Warshall: slow, short, and independent of heaps. */
function allPairs(graph: RoadGraph): Float64Array[] {
  const times = Array.from({ length: graph.nodeCount }, (_, node) =>
    new Float64Array(graph.nodeCount).fill(Number.POSITIVE_INFINITY).fill(0, node, node + 1),
  );
  for (let e = 0; e < graph.edgeCount; e++) {
    const row = times[graph.edgeSource[e]];
    row[graph.edgeTarget[e]] = Math.min(row[graph.edgeTarget[e]], graph.edgeTravelSeconds[e]);
  }
  for (let k = 0; k < graph.nodeCount; k++) {
    for (const row of times) for (let j = 0; j < row.length; j++) row[j] = Math.min(row[j], row[k] + times[k][j]);
  }
  return times;
}

const randomNetwork = fc
  .tuple(fc.integer({ min: 2, max: 14 }), fc.integer({ min: 0, max: 2 ** 31 }))
  .map(([nodes, seed]) => {
    const random = createSeededRandom(seed);
    const place = Array.from({ length: nodes }, (): [number, number] => [
      104 + random.uniform() / 50,
      30 + random.uniform() / 50,
    ]);
    const sections = Array.from({ length: nodes * 3 }, (): Section => {
      const [a, b] = [random.int(nodes), random.int(nodes)];
      return [`${a}`, `${b}`, [place[a], place[b]], { highway: random.pick(['primary', 'residential', 'service']) }];
    });
    return buildRoadGraph(roadSections(sections));
  });

describe('searches on roads', () => {
  it('agree with Floyd and Warshall on any network', () => {
    fc.assert(
      fc.property(randomNetwork, (graph) => {
        const times = allPairs(graph);
        const workspace = createPathWorkspace(graph);
        for (let from = 0; from < graph.nodeCount; from++) {
          const tree = shortestPathTree(graph, from, undefined, workspace).seconds.slice();
          for (let to = 0; to < graph.nodeCount; to++) {
            const expected = times[from][to];
            const path = shortestPath(graph, from, to, workspace);
            if (expected === Number.POSITIVE_INFINITY) {
              expect(tree[to]).toBe(expected);
              expect(path).toBeUndefined();
              continue;
            }
            expect(tree[to]).toBeCloseTo(expected, 9);
            expect(path?.seconds).toBeCloseTo(expected, 9);
            let node = from;
            for (const edge of path?.edges ?? []) {
              expect(graph.edgeSource[edge]).toBe(node);
              node = graph.edgeTarget[edge];
            }
            expect(node).toBe(to);
          }
        }
      }),
      { numRuns: 60 },
    );
  });

  it('stop at the given time', () => {
    const graph = buildRoadGraph(roadSections(latticeSections(8)));
    const all = shortestPathTree(graph, 0);
    const near = shortestPathTree(graph, 0, 120);
    for (let node = 0; node < graph.nodeCount; node++) {
      expect(near.seconds[node]).toBe(all.seconds[node] <= 120 ? all.seconds[node] : Number.POSITIVE_INFINITY);
      if (all.seconds[node] > 120) expect(near.viaEdge[node]).toBe(NO_EDGE);
    }
  });

  it('refuse a workspace of another graph and nodes that do not exist', () => {
    const [small, large] = [2, 3].map((side) => buildRoadGraph(roadSections(latticeSections(side))));
    expect(() => shortestPathTree(small, 0, undefined, createPathWorkspace(large))).toThrow(
      'The workspace is for 9 nodes, expected 4.',
    );
    expect(() => shortestPath(small, 0, 4)).toThrow('Node is 4, expected less than 4.');
    expect(() => shortestPath(small, 9, 0)).toThrow('Node is 9, expected less than 4.');
  });
});

describe('routes between places on streets', () => {
  const places = fc.record({
    edge: fc.nat(chengdu.edgeCount - 1),
    fraction: fc.double({ min: 0, max: 1, noNaN: true }),
  });
  const workspace = createPathWorkspace(chengdu);

  it('take as long as the one-to-many search says, and never longer than by way of any third place', () => {
    fc.assert(
      fc.property(places, places, places, (from, to, third) => {
        const route = routeBetween(chengdu, from, to, workspace);
        const [seconds, toThird] = travelSecondsToMany(chengdu, from, [to, third], undefined, workspace);
        expect(route?.seconds).toBeCloseTo(seconds, 6);
        const [onward] = travelSecondsToMany(chengdu, third, [to], undefined, workspace);
        expect(seconds).toBeLessThanOrEqual(toThird + onward + 1e-6);
      }),
      { numRuns: 150 },
    );
  });

  it('are continuous lines from place to place whose seconds and metres only grow', () => {
    fc.assert(
      fc.property(places, places, (from, to) => {
        const route = routeBetween(chengdu, from, to, workspace);
        if (route === undefined) throw new Error('Every place can be reached from every other.');
        const line = pathPolyline(chengdu, route);
        const last = line.lon.length - 1;
        for (let i = 1; i <= last; i++) {
          expect(line.cumulativeMeters[i]).toBeGreaterThan(line.cumulativeMeters[i - 1]);
          expect(line.cumulativeSeconds[i]).toBeGreaterThan(line.cumulativeSeconds[i - 1]);
        }
        // What the line drives is what the route promised, but for the way across junctions.
        expect(Math.abs(line.cumulativeMeters[last] - route.lengthMeters)).toBeLessThan(30 + 0.1 * route.lengthMeters);
        expect(
          route.edges.every(
            (edge, i) => i === 0 || chengdu.edgeSource[edge] === chengdu.edgeTarget[route.edges[i - 1]],
          ),
        ).toBe(true);
      }),
      { numRuns: 150 },
    );
  });

  it('have a place even when they go nowhere, at the very end of a street', () => {
    for (let edge = 0; edge < chengdu.edgeCount; edge++) {
      const nowhere = { edges: Uint32Array.of(edge), startFraction: 1, endFraction: 1, seconds: 0, lengthMeters: 0 };
      expect(Array.from(pathPolyline(chengdu, nowhere).cumulativeMeters)).toEqual([0]);
    }
  });

  it('go straight ahead on one street, and turn round where it has two directions', () => {
    const graph = buildRoadGraph(roadSections(latticeSections(3)));
    const ahead = routeBetween(graph, { edge: 0, fraction: 0.25 }, { edge: 0, fraction: 0.75 });
    expect(Array.from(ahead?.edges ?? [])).toEqual([0]);
    expect(ahead?.lengthMeters).toBeCloseTo(graph.edgeLengthMeters[0] / 2, 6);
    const back = routeBetween(graph, { edge: 0, fraction: 0.75 }, { edge: 0, fraction: 0.25 });
    expect(Array.from(back?.edges ?? [])).toEqual([graph.edgeReverse[0]]);
    expect(back?.seconds).toBeCloseTo(ahead?.seconds ?? 0, 9);
  });

  it('go round where a street has one direction only', () => {
    const graph = buildRoadGraph(
      roadSections([
        [
          'a',
          'b',
          [
            [104, 30],
            [104.001, 30],
          ],
        ],
        [
          'b',
          'c',
          [
            [104.001, 30],
            [104.001, 30.001],
          ],
        ],
        [
          'c',
          'a',
          [
            [104.001, 30.001],
            [104, 30],
          ],
        ],
      ]),
    );
    const route = routeBetween(graph, { edge: 0, fraction: 0.9 }, { edge: 0, fraction: 0.1 });
    expect(Array.from(route?.edges ?? [])).toEqual([0, 1, 2, 0]);
    const all = graph.edgeLengthMeters.reduce((sum, length) => sum + length, 0);
    expect(route?.lengthMeters).toBeCloseTo(all - 0.8 * graph.edgeLengthMeters[0], 6);
  });
});

describe('snapToRoad', () => {
  const index = createRoadIndex(chengdu);

  it('finds what a scan over all segments finds', () => {
    const random = createSeededRandom(11);
    const metersPerDegree = 111_195;
    for (let trial = 0; trial < 200; trial++) {
      const lon = 104.03 + random.uniform() * 0.06;
      const lat = 30.61 + random.uniform() * 0.05;
      const scaleX = metersPerDegree * Math.cos((lat * Math.PI) / 180);
      let nearest = Number.POSITIVE_INFINITY;
      for (let e = 0; e < chengdu.edgeCount; e++) {
        for (let v = chengdu.geometryOffset[e]; v < chengdu.geometryOffset[e + 1] - 1; v++) {
          const ax = (chengdu.geometryLon[v] - lon) * scaleX;
          const ay = (chengdu.geometryLat[v] - lat) * metersPerDegree;
          const bx = (chengdu.geometryLon[v + 1] - lon) * scaleX;
          const by = (chengdu.geometryLat[v + 1] - lat) * metersPerDegree;
          const square = (bx - ax) ** 2 + (by - ay) ** 2;
          const t = square === 0 ? 0 : Math.min(1, Math.max(0, (ax * (ax - bx) + ay * (ay - by)) / square));
          nearest = Math.min(nearest, Math.hypot(ax + t * (bx - ax), ay + t * (by - ay)));
        }
      }
      expect(snapToRoad(index, lon, lat, 5000)?.distanceMeters).toBeCloseTo(nearest, 6);
    }
  });

  it('puts a point of a street back where it was', () => {
    fc.assert(
      fc.property(fc.nat(chengdu.edgeCount - 1), fc.double({ min: 0, max: 1, noNaN: true }), (edge, fraction) => {
        const line = pathPolyline(chengdu, {
          edges: Uint32Array.of(edge),
          startFraction: 0,
          endFraction: fraction,
          seconds: 0,
          lengthMeters: 0,
        });
        const last = line.lon.length - 1;
        const place = snapToRoad(index, line.lon[last], line.lat[last]);
        expect(place?.distanceMeters).toBeLessThan(0.01);
        if (place?.edge === edge) expect(Math.abs(place.fraction - fraction)).toBeLessThan(0.01);
      }),
      { numRuns: 200 },
    );
  });

  it('answers nothing far from roads or without any', () => {
    expect(snapToRoad(index, 104.5, 30.6, 1000)).toBeUndefined();
    expect(snapToRoad(createRoadIndex(buildRoadGraph(roadSections([]))), 104, 30)).toBeUndefined();
    expect(() => snapToRoad(index, Number.NaN, 30)).toThrow('The point is NaN, 30, expected degrees.');
  });
});
