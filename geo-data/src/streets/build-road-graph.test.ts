import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { haversineDistanceMeters } from '../geometry/index.ts';
import { buildRoadGraph, type RoadEdgeCollection } from './build-road-graph.ts';
import { latticeSections, roadSections } from './fixtures/section.ts';
import { NO_EDGE, ROAD_CLASSES } from './road-graph.ts';
import { largestStronglyConnectedPart, stronglyConnectedComponents } from './strongly-connected.ts';

const chengdu = JSON.parse(
  readFileSync(new URL('../../datasets/chengdu-wuhou/roads.geojson', import.meta.url), 'utf8'),
) as RoadEdgeCollection;

describe('buildRoadGraph', () => {
  it('keeps every section of the Chengdu network', () => {
    const graph = buildRoadGraph(chengdu);
    expect([graph.nodeCount, graph.edgeCount]).toEqual([459, 852]);
    expect(graph.edgeOffset[graph.nodeCount]).toBe(852);
    expect(graph.geometryOffset[852]).toBe(graph.geometryLon.length);
    for (let node = 0; node < graph.nodeCount; node++) {
      for (let e = graph.edgeOffset[node]; e < graph.edgeOffset[node + 1]; e++) expect(graph.edgeSource[e]).toBe(node);
    }
    expect(graph.names).toContain('人民南路三段');
  });

  it('drives no section faster than its straight line allows at the highest speed', () => {
    const graph = buildRoadGraph(chengdu);
    for (let e = 0; e < graph.edgeCount; e++) {
      const [a, b] = [graph.edgeSource[e], graph.edgeTarget[e]];
      const straight = haversineDistanceMeters(graph.nodeLon[a], graph.nodeLat[a], graph.nodeLon[b], graph.nodeLat[b]);
      expect(graph.edgeTravelSeconds[e] * graph.maxSpeedKmh).toBeGreaterThanOrEqual(straight * 3.6 * (1 - 1e-12));
    }
  });

  it('pairs the two directions of a street, and leaves one-way streets alone', () => {
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
          'a',
          [
            [104.001, 30],
            [104, 30],
          ],
        ],
        [
          'b',
          'c',
          [
            [104.001, 30],
            [104.002, 30],
          ],
        ],
        // The way back from c is three times as long: another street.
        [
          'c',
          'b',
          [
            [104.002, 30],
            [104.0015, 30.0014],
            [104.001, 30],
          ],
        ],
      ]),
    );
    const reverse = Array.from(graph.edgeReverse);
    expect(reverse.filter((edge) => edge === NO_EDGE)).toHaveLength(2);
    for (const [edge, back] of reverse.entries()) {
      if (back === NO_EDGE) continue;
      expect(reverse[back]).toBe(edge);
      expect(graph.edgeSource[back]).toBe(graph.edgeTarget[edge]);
    }
  });

  it('takes the lower of stated limit and ordinary speed', () => {
    const line: [number, number][] = [
      [104, 30],
      [104.01, 30],
    ];
    const graph = buildRoadGraph(
      roadSections([
        ['a', 'b', line, { highway: 'primary', speed_mps: 27.78 }],
        ['b', 'c', line, { highway: 'primary', speed_mps: 5 }],
        ['c', 'd', line, { highway: 'primary' }],
        ['d', 'e', line, { highway: '' }],
      ]),
    );
    expect(Array.from(graph.edgeSpeedKmh)).toEqual([42, 18, 42, 20]);
    expect(ROAD_CLASSES[graph.edgeRoadClass[3]]).toBe('unknown');
  });

  it('refuses what is not a section', () => {
    expect(() => buildRoadGraph(roadSections([['a', 'b', [[104, 30]]]]))).toThrow(
      'Edge 0 has 1 vertices, expected at least 2.',
    );
    expect(() =>
      buildRoadGraph(
        roadSections([
          [
            'a',
            'b',
            [
              [1, 1],
              [2, 2],
            ],
            { length_m: -3 },
          ],
        ]),
      ),
    ).toThrow('Edge 0 is -3 m long, expected more than 0.');
    const nameless = { ...chengdu, features: [{ ...chengdu.features[0], properties: { to: 'x' } as never }] };
    expect(() => buildRoadGraph(nameless)).toThrow('Edge 0 goes from undefined to x, expected two node names.');
  });
});

describe('strong connection', () => {
  it('finds the part of Chengdu that can be driven without getting stuck', () => {
    const graph = buildRoadGraph(chengdu);
    const { sizes } = stronglyConnectedComponents(graph);
    expect(sizes[0]).toBe(372);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(459);
    const part = largestStronglyConnectedPart(graph);
    expect(part.nodeCount).toBe(372);
    expect(stronglyConnectedComponents(part).sizes).toEqual(Uint32Array.of(372));
    expect(part.geometryOffset[part.edgeCount]).toBe(part.geometryLon.length);
    for (const [edge, back] of part.edgeReverse.entries())
      if (back !== NO_EDGE) expect(part.edgeReverse[back]).toBe(edge);
  });

  it('separates a street that only leads away', () => {
    const lattice = latticeSections(3);
    const graph = buildRoadGraph(
      roadSections([
        ...lattice,
        [
          '2,2',
          'out',
          [
            [104.004, 30.004],
            [104.01, 30.01],
          ],
        ],
      ]),
    );
    const { component, sizes } = stronglyConnectedComponents(graph);
    expect(Array.from(sizes)).toEqual([9, 1]);
    expect(component.filter((c) => c === 1)).toHaveLength(1);
    expect(largestStronglyConnectedPart(graph).edgeCount).toBe(lattice.length);
  });

  it('does not overflow the stack on a long chain', () => {
    const sections = Array.from({ length: 20_000 }, (_, i) => {
      const line: [number, number][] = [
        [104 + i * 1e-5, 30],
        [104 + (i + 1) * 1e-5, 30],
      ];
      return [`${i}`, `${i + 1}`, line] as [string, string, [number, number][]];
    });
    expect(stronglyConnectedComponents(buildRoadGraph(roadSections(sections))).sizes).toHaveLength(20_001);
  });
});
