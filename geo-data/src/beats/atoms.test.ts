import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cellsToHex } from '../geometry/index.ts';
import { buildRoadGraph, type RoadEdgeCollection } from '../streets/index.ts';
import type { AtomSet } from './atom-set.ts';
import { createAtomSet } from './atoms.ts';
import { designBeats } from './design-beats.ts';
import { metresPolygon, plane, rectangle, roads, sum, wuhou } from './fixtures/chengdu.ts';
import { streetsOf } from './fixtures/streets.ts';
import { signedArea } from './plane-rings.ts';

function expectSymmetric(atoms: AtomSet): void {
  const key = (a: number, b: number, e: number): string =>
    `${a} ${b} ${atoms.sharedEdgeMeters[e].toFixed(6)} ${atoms.connected[e]}`;
  const forward = new Set<string>();
  const backward = new Set<string>();
  for (let atom = 0; atom < atoms.count; atom++) {
    for (let e = atoms.neighbourOffset[atom]; e < atoms.neighbourOffset[atom + 1]; e++) {
      forward.add(key(atom, atoms.neighbour[e], e));
      backward.add(key(atoms.neighbour[e], atom, e));
      if (e > atoms.neighbourOffset[atom]) expect(atoms.neighbour[e]).toBeGreaterThan(atoms.neighbour[e - 1]);
    }
  }
  expect(forward).toEqual(backward);
}

describe('createAtomSet', () => {
  it('covers any bureau without gap or overlap', () => {
    const corner = fc.record({
      angle: fc.double({ min: 0, max: 1, noNaN: true }),
      radius: fc.double({ min: 300, max: 3000, noNaN: true }),
    });
    fc.assert(
      fc.property(fc.array(corner, { minLength: 5, maxLength: 30 }), (corners) => {
        // A star around the origin: as concave as one likes, never crossing itself.
        const ring = corners.map(({ radius, angle }, i): [number, number] => {
          const turn = ((i + 0.8 * angle) / corners.length) * 2 * Math.PI;
          return [radius * Math.cos(turn), radius * Math.sin(turn)];
        });
        const boundary = metresPolygon(ring);
        const atoms = createAtomSet({ boundary, resolution: 9 });
        // On the plane: an edge of kilometres is straight there, on the sphere it bulges by decimetres.
        const expectedM2 = signedArea(
          ring.map(([x]) => x),
          ring.map(([, y]) => y),
        );
        expect(Math.abs((sum(atoms.areaKm2) * 1e6) / expectedM2 - 1)).toBeLessThan(1e-5);
        expect(atoms.landPartCount).toBe(1);
        let ringMeters = 0;
        for (const [i, [x, y]] of ring.entries()) {
          const [nextX, nextY] = ring[(i + 1) % ring.length];
          ringMeters += Math.hypot(nextX - x, nextY - y);
        }
        // Less than the boundary only by what lies in dropped slivers.
        expect(Math.abs(sum(atoms.outerEdgeMeters) / ringMeters - 1)).toBeLessThan(5e-3);
        expectSymmetric(atoms);
      }),
      // Shrinking a star of floating-point numbers takes minutes and explains nothing.
      { numRuns: 40, endOnFailure: true },
    );
  });

  it('leaves holes out, area and edge', () => {
    const atoms = createAtomSet({
      boundary: metresPolygon(rectangle(-2000, -2000, 2000, 2000), rectangle(-900, -700, 1100, 800)),
      resolution: 10,
    });
    expect(sum(atoms.areaKm2)).toBeCloseTo(16 - 3, 2);
    // What a dropped sliver of less than 1 m² held of the boundary is missing.
    expect(Math.abs(sum(atoms.outerEdgeMeters) / (16_000 + 2 * (2_000 + 1_500)) - 1)).toBeLessThan(1e-3);
    expect(atoms.landPartCount).toBe(1);
  });

  it('numbers atoms by their cells, whatever way the ring runs', () => {
    const ring = rectangle(-1500, -1000, 1500, 1000);
    const there = createAtomSet({ boundary: metresPolygon(ring), resolution: 9 });
    const back = createAtomSet({ boundary: metresPolygon([...ring].reverse()), resolution: 9 });
    const cells = cellsToHex(there.cells);
    expect(cellsToHex(back.cells)).toEqual(cells);
    expect([...cells].sort()).toEqual(cells);
    expect(Math.abs(sum(back.areaKm2) - sum(there.areaKm2))).toBeLessThan(1e-9);
  });

  it('sees islands, and that a design refuses them', () => {
    const mainland = metresPolygon(rectangle(-2000, -2000, 2000, 2000)).coordinates;
    const island = metresPolygon(rectangle(4000, 0, 5000, 1000)).coordinates;
    const atoms = createAtomSet({ boundary: { type: 'MultiPolygon', coordinates: [island, mainland] }, resolution: 9 });
    expect(atoms.landPartCount).toBe(2);
    const onIsland = atoms.xMeters.filter((_, atom) => atoms.landPart[atom] === 1);
    expect(Math.max(...atoms.xMeters.filter((_, atom) => atoms.landPart[atom] === 0))).toBeLessThan(
      Math.min(...onIsland),
    );
    const workload = new Float64Array(atoms.count).fill(1);
    expect(() => designBeats({ atoms, workload, beats: 3, zones: 1, seed: 1 })).toThrow('2 pieces that do not touch');
  });

  it('divides banks of a river by streets, unless a bridge is near', () => {
    // Two parallel roads 1.2 km apart with nothing between, and side streets; then the same with a bridge in the east.
    const street = (name: string, x0: number, y0: number, x1: number, y1: number): RoadEdgeCollection['features'] => [
      {
        type: 'Feature',
        properties: { frm: `${name}0`, to: `${name}1`, highway: 'tertiary' },
        geometry: { type: 'LineString', coordinates: [plane.pointFromMeters(x0, y0), plane.pointFromMeters(x1, y1)] },
      },
    ];
    const banks = [...street('n', -3000, 600, 3000, 600), ...street('s', -3000, -600, 3000, -600)];
    const bridge = street('b', 2800, -600, 2800, 600);
    const boundary = metresPolygon(rectangle(-3000, -800, 3000, 800));
    const atomsWith = (features: RoadEdgeCollection['features']): AtomSet =>
      createAtomSet({ boundary, resolution: 10, roads: buildRoadGraph({ type: 'FeatureCollection', features }) });
    /** Whether one gets from the north-west to the south-west by the links that `keep` keeps. */
    const crosses = (atoms: AtomSet, keep: (a: number, b: number) => boolean): boolean => {
      const nearestTo = (x: number, y: number): number => {
        const distance = Array.from(atoms.xMeters, (atomX, atom) => Math.hypot(atomX - x, atoms.yMeters[atom] - y));
        return distance.indexOf(Math.min(...distance));
      };
      const reached = new Set([nearestTo(-2500, 600)]);
      for (const atom of reached) {
        for (let e = atoms.neighbourOffset[atom]; e < atoms.neighbourOffset[atom + 1]; e++) {
          if (atoms.connected[e] === 1 && keep(atom, atoms.neighbour[e])) reached.add(atoms.neighbour[e]);
        }
      }
      return reached.has(nearestTo(-2500, -600));
    };
    const apart = atomsWith(banks);
    expect(apart.landPartCount).toBe(1);
    expect(crosses(apart, () => true)).toBe(true);
    // Without a bridge the banks hang together by a single link.
    const crossingLinks = Array.from(apart.neighbour.keys()).filter((e) => {
      const from = apart.neighbourOffset.findLastIndex((offset) => offset <= e);
      const to = apart.neighbour[e];
      if (apart.connected[e] === 0 || from > to) return false;
      return !crosses(apart, (a, b) => !((a === from && b === to) || (a === to && b === from)));
    });
    expect(crossingLinks.length).toBeGreaterThan(0);
    const bridged = atomsWith([...banks, ...bridge]);
    expect(crosses(bridged, () => true)).toBe(true);
    expect(crosses(bridged, (a, b) => bridged.xMeters[a] < 1500 && bridged.xMeters[b] < 1500)).toBe(false);
  });

  it('parts what a barrier lies between, but for streets across it', () => {
    const boundary = metresPolygon(rectangle(-1500, -800, 1500, 800));
    const at = (x: number, y: number) => plane.pointFromMeters(x, y);
    const barriers = { type: 'MultiLineString' as const, coordinates: [[at(-1500, 10), at(1500, 10)]] };
    /** Links from the northern half into the southern one, with the longitude of their middle. */
    const crossings = (atoms: AtomSet): number[] =>
      Array.from({ length: atoms.count }, (_, a) => a).flatMap((a) => {
        const row = Array.from({ length: atoms.neighbourOffset[a + 1] - atoms.neighbourOffset[a] }, (_, i) => i);
        return row.flatMap((i) => {
          const e = atoms.neighbourOffset[a] + i;
          const b = atoms.neighbour[e];
          const isAcross = atoms.yMeters[a] > 10 && atoms.yMeters[b] < 10 && atoms.connected[e] === 1;
          return isAcross ? [(atoms.xMeters[a] + atoms.xMeters[b]) / 2] : [];
        });
      });
    const open = createAtomSet({ boundary, resolution: 10 });
    expect(crossings(open).length).toBeGreaterThan(10);
    // Without any street the two halves still are one piece of land: a single link remains.
    const parted = createAtomSet({ boundary, resolution: 10, barriers });
    expect(parted.landPartCount).toBe(1);
    expect(crossings(parted)).toHaveLength(1);
    expectSymmetric(parted);
    // Open ground with a street in the west alone that crosses: what is far from it stays parted.
    const bridge = streetsOf([
      {
        highway: 'tertiary',
        places: [
          [-1200, -700],
          [-1200, 700],
        ],
      },
    ]);
    const bridged = createAtomSet({ boundary, resolution: 10, barriers, roads: bridge });
    expect(crossings(bridged).length).toBeGreaterThan(0);
    for (const x of crossings(bridged)) expect(Math.abs(x + 1200)).toBeLessThan(150);
    const withoutBarrier = createAtomSet({ boundary, resolution: 10, roads: bridge });
    expect(Math.max(...crossings(withoutBarrier))).toBeGreaterThan(0);
    // A motorway is a barrier by itself.
    const motorway = {
      highway: 'motorway',
      places: [
        [-1500, 10],
        [1500, 10],
      ] as [number, number][],
    };
    const streets = [
      {
        highway: 'tertiary',
        places: [
          [-1200, -700],
          [-1200, 700],
        ] as [number, number][],
      },
      motorway,
    ];
    expect(createAtomSet({ boundary, resolution: 10, roads: streetsOf(streets) }).connected).toEqual(bridged.connected);
  });

  it('keeps the demonstration bureau whole and knows its streets', () => {
    const atoms = createAtomSet({ boundary: wuhou, resolution: 10, roads });
    expect(atoms.landPartCount).toBe(1);
    expectSymmetric(atoms);
    const connected = atoms.connected.reduce((total, flag) => total + flag, 0);
    expect(connected).toBeLessThan(atoms.connected.length);
    // 104 km of street lie in the extract, both directions of a street counted once.
    expect(sum(atoms.streetMeters)).toBeGreaterThan(95_000);
    expect(sum(atoms.streetMeters)).toBeLessThan(115_000);
  });

  it('refuses what is not an area', () => {
    expect(() => createAtomSet({ boundary: { type: 'Point', coordinates: [1, 2] } as never, resolution: 9 })).toThrow(
      'The boundary is a Point, expected Polygon or MultiPolygon.',
    );
  });
});
