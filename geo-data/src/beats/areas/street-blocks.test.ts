import fc from 'fast-check';
import type { MultiLineString } from 'geojson';
import { describe, expect, it } from 'vitest';
import type { AreaAtoms } from '../atom-set.ts';
import { designBeats } from '../design-beats.ts';
import { metresPolygon, plane, rectangle, roads as wuhouRoads, sum, wuhou } from '../fixtures/chengdu.ts';
import { expectTiling } from '../fixtures/expect-tiling.ts';
import { streetsOf } from '../fixtures/streets.ts';
import { toMultiPolygon } from '../plane-rings.ts';
import { createStreetBlocks } from './street-blocks.ts';

const lineOf = (...places: [number, number][]): MultiLineString => ({
  type: 'MultiLineString',
  coordinates: [places.map(([x, y]) => plane.pointFromMeters(x, y))],
});
const atomAt = (atoms: AreaAtoms, x: number, y: number): number => {
  const [lon, lat] = plane.pointFromMeters(x, y);
  const distance = Array.from(atoms.lon, (atomLon, atom) => Math.hypot(atomLon - lon, atoms.lat[atom] - lat));
  return distance.indexOf(Math.min(...distance));
};
/** undefined: they have no common border. */
const connection = (atoms: AreaAtoms, a: number, b: number): number | undefined => {
  for (let e = atoms.neighbourOffset[a]; e < atoms.neighbourOffset[a + 1]; e++)
    if (atoms.neighbour[e] === b) return atoms.connected[e];
  return undefined;
};

describe('createStreetBlocks', () => {
  it('tiles any bureau under any streets', () => {
    const place = fc.tuple(
      fc.double({ min: -1500, max: 1500, noNaN: true }),
      fc.double({ min: -1500, max: 1500, noNaN: true }),
    );
    const corner = fc.record({
      angle: fc.double({ min: 0, max: 1, noNaN: true }),
      radius: fc.double({ min: 300, max: 1200, noNaN: true }),
    });
    fc.assert(
      fc.property(
        fc.array(corner, { minLength: 5, maxLength: 20 }),
        fc.array(fc.tuple(place, place), { maxLength: 20 }),
        fc.constantFrom(0, 2_000, 40_000),
        (corners, lines, leastAreaM2) => {
          const ring = corners.map(({ radius, angle }, i): [number, number] => {
            const at = ((i + 0.8 * angle) / corners.length) * 2 * Math.PI;
            return [radius * Math.cos(at), radius * Math.sin(at)];
          });
          const streets = streetsOf(lines.map(([from, to]) => ({ highway: 'tertiary', places: [from, to] })));
          const atoms = createStreetBlocks({ boundary: metresPolygon(ring), roads: streets, leastAreaM2 });
          expectTiling(atoms);
          expect(atoms.landPartCount).toBe(1);
          if (atoms.count > 1) expect(Math.min(...atoms.areaKm2) * 1e6).toBeGreaterThanOrEqual(leastAreaM2);
        },
      ),
      { numRuns: 60, endOnFailure: true },
    );
  });

  it('keeps to holes and islands of the bureau', () => {
    const mainland = metresPolygon(rectangle(-2000, -2000, 2000, 2000), rectangle(-900, -700, 1100, 800)).coordinates;
    const island = metresPolygon(rectangle(4000, 0, 5000, 1000)).coordinates;
    const boundary = { type: 'MultiPolygon' as const, coordinates: [island, mainland] };
    const roads = streetsOf([
      {
        highway: 'primary',
        places: [
          [-3000, 0],
          [6000, 0],
        ],
      },
      {
        highway: 'primary',
        places: [
          [4500, -500],
          [4500, 1500],
        ],
      },
    ]);
    const atoms = createStreetBlocks({ boundary, roads });
    expectTiling(atoms);
    // The hole lets the street divide the mainland into a northern and a southern half, and the island is cut once.
    expect(atoms.count).toBe(4);
    expect(atoms.landPartCount).toBe(2);
  });

  it('cuts along streets: blocks of a grid are its squares, and what ends inside of one divides nothing', () => {
    const grid = [-500, 0, 500].flatMap((at) => [
      {
        highway: 'residential',
        places: [
          [-1000, at],
          [1000, at],
        ] as [number, number][],
      },
      {
        highway: 'residential',
        places: [
          [at, -1000],
          [at, 1000],
        ] as [number, number][],
      },
    ]);
    const culDeSac = {
      highway: 'service',
      places: [
        [250, 0],
        [250, 250],
      ] as [number, number][],
    };
    const ring = {
      highway: 'service',
      places: [
        [-300, 100],
        [-200, 100],
        [-200, 200],
        [-300, 100],
      ] as [number, number][],
    };
    const atoms = createStreetBlocks({
      boundary: metresPolygon(rectangle(-1000, -1000, 1000, 1000)),
      roads: streetsOf([...grid, culDeSac, ring]),
    });
    expectTiling(atoms);
    // Sixteen squares; the ring of streets encloses a block of its own, a hole in the square around it.
    expect(atoms.count).toBe(17);
    const sizes = Array.from(atoms.areaKm2, (km2) => Math.round((km2 * 1e6) / 1000) / 1000).sort((a, b) => a - b);
    expect(sizes).toEqual([0.005, 0.245, ...Array.from({ length: 15 }, () => 0.25)]);
    expect(sum(atoms.streetMeters)).toBeCloseTo(6 * 2000 + 250 + 200 + Math.hypot(100, 100), 0);
  });

  it('gives the strip between two carriageways to the side with the longer border, and tiny blocks too', () => {
    const carriageways = [0, 12].map((y) => ({
      highway: 'primary',
      places: [
        [-1000, y],
        [1000, y],
      ] as [number, number][],
    }));
    const crossing = {
      highway: 'residential',
      places: [
        [0, -600],
        [0, 600],
      ] as [number, number][],
    };
    const atoms = createStreetBlocks({
      boundary: metresPolygon(rectangle(-1000, -600, 1000, 600)),
      roads: streetsOf([...carriageways, crossing]),
    });
    expectTiling(atoms);
    expect(atoms.count).toBe(4);
  });

  it('leads streets that end just before the boundary on to it', () => {
    const cut = {
      highway: 'primary',
      places: [
        [-900, 0],
        [880, 0],
      ] as [number, number][],
    };
    const boundary = metresPolygon(rectangle(-1000, -600, 1000, 600));
    expect(createStreetBlocks({ boundary, roads: streetsOf([cut]) }).count).toBe(2);
    const far = {
      highway: 'primary',
      places: [
        [-700, 0],
        [700, 0],
      ] as [number, number][],
    };
    expect(createStreetBlocks({ boundary, roads: streetsOf([far]) }).count).toBe(1);
  });

  describe('at a barrier', () => {
    const boundary = metresPolygon(rectangle(-1500, -800, 1500, 800));
    const banks = [-400, 400].map((y) => ({
      highway: 'tertiary',
      places: [
        [-1500, y],
        [1500, y],
      ] as [number, number][],
    }));
    const cross = (x: number, from: number, to: number) => ({
      highway: 'tertiary',
      places: [
        [x, from],
        [x, to],
      ] as [number, number][],
    });
    const river = lineOf([-1500, 0], [1500, 0]);
    const motorway = {
      highway: 'motorway',
      places: [
        [-1500, 0],
        [1500, 0],
      ] as [number, number][],
    };

    it('land on both sides is connected where a street crosses, and nowhere else', () => {
      // A bridge in the west; in the east streets come down to both banks, but do not meet.
      const streets = [...banks, cross(-500, -800, 800), cross(500, 0, 800), cross(520, -800, 0)];
      for (const barrier of [
        { roads: streetsOf(streets), barriers: river },
        { roads: streetsOf([...streets, motorway]) },
      ]) {
        const atoms = createStreetBlocks({ boundary, ...barrier });
        expectTiling(atoms);
        const across = (x: number): number | undefined =>
          connection(atoms, atomAt(atoms, x, 200), atomAt(atoms, x, -200));
        expect([across(-1000), across(0), across(1000)]).toEqual([1, 1, 0]);
        // Without the barrier the streets in its place would connect them all.
        const street = streetsOf([...streets, { ...motorway, highway: 'primary' }]);
        const open = createStreetBlocks({ boundary, roads: street });
        expect(connection(open, atomAt(open, 1000, 200), atomAt(open, 1000, -200))).toBe(1);
      }
    });

    it('land on either side hangs together by a single link where nothing crosses', () => {
      const sides = [cross(-500, 0, 800), cross(-480, -800, 0), cross(500, 0, 800), cross(520, -800, 0)];
      const roads = streetsOf([...banks, ...sides]);
      const atoms = createStreetBlocks({ boundary, roads, barriers: river });
      expectTiling(atoms);
      expect(atoms.landPartCount).toBe(1);
      const isNorth = Array.from(atoms.lat, (lat) => lat > plane.pointFromMeters(0, 0)[1]);
      let links = 0;
      for (let a = 0; a < atoms.count; a++)
        for (let e = atoms.neighbourOffset[a]; e < atoms.neighbourOffset[a + 1]; e++)
          if (isNorth[a] && !isNorth[atoms.neighbour[e]] && atoms.connected[e] === 1) links++;
      expect(links).toBe(1);
    });
  });

  it('gives the demonstration bureau blocks that beats can be designed of', () => {
    const atoms = createStreetBlocks({ boundary: wuhou, roads: wuhouRoads });
    expectTiling(atoms);
    expect(toMultiPolygon(wuhou)).toEqual(atoms.boundary);
    expect(atoms.landPartCount).toBe(1);
    expect(atoms.count).toBeGreaterThan(100);
    expect(Math.min(...atoms.areaKm2)).toBeGreaterThanOrEqual(0.002);
    const again = createStreetBlocks({ boundary: wuhou, roads: wuhouRoads });
    expect(again).toEqual(atoms);
    const workload = atoms.areaKm2.slice();
    const { plan } = designBeats({ atoms, workload, beats: 9, zones: 3, seed: 1, tolerance: 0.25 });
    expect(new Set(plan.beatOfAtom).size).toBe(9);
  });

  it('refuses limits below nothing', () => {
    const boundary = metresPolygon(rectangle(0, 0, 100, 100));
    const request = { boundary, roads: streetsOf([]) };
    expect(() => createStreetBlocks({ ...request, leastAreaM2: -1 })).toThrow('The least area is -1 m²');
    expect(() => createStreetBlocks({ ...request, leastWidthMeters: Number.NaN })).toThrow('The least width is NaN m');
    expect(createStreetBlocks(request).count).toBe(1);
  });
});
