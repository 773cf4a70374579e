import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import type { FeatureCollection, Polygon } from 'geojson';
import { latLngToCell } from 'h3-js';
import { describe, expect, it } from 'vitest';
import { cellsToHex, createLocalPlane, polygonAreaSquareMeters } from '../geometry/index.ts';
import { buildRoadGraph, type RoadEdgeCollection } from '../streets/index.ts';
import { createAtomLookup, NO_ATOM } from './atom-lookup.ts';
import type { AtomSet } from './atom-set.ts';
import { createAtomSet } from './atoms.ts';
import { beatAdjacency } from './beat-adjacency.ts';
import { beatBoundaries } from './beat-boundaries.ts';
import { checkPlan } from './check-plan.ts';
import { colourOfBeat } from './colour-of-beat.ts';
import { createBeatLookup } from './create-beat-lookup.ts';
import { designBeats } from './design-beats.ts';
import { labelPoint } from './label-point.ts';
import { UNASSIGNED } from './plan.ts';
import { planFigures } from './plan-figures.ts';
import { workloadPerAtom } from './workload-per-atom.ts';

const plane = createLocalPlane(104.06, 30.63);

/** A polygon given in metres around the middle of Chengdu. */
function metresPolygon(...rings: [number, number][][]): Polygon {
  return {
    type: 'Polygon',
    coordinates: rings.map((ring) => [...ring, ring[0]].map(([x, y]) => plane.pointFromMeters(x, y))),
  };
}
const rectangle = (west: number, south: number, east: number, north: number): [number, number][] => [
  [west, south],
  [east, south],
  [east, north],
  [west, north],
];
const sum = (values: Float64Array): number => values.reduce((total, value) => total + value, 0);

const dataset = new URL('../../datasets/chengdu-wuhou/', import.meta.url);
const readJson = (name: string): unknown => JSON.parse(readFileSync(new URL(name, dataset), 'utf8'));
const wuhou = (readJson('boundary.geojson') as FeatureCollection<Polygon>).features[0];
const roads = buildRoadGraph(readJson('roads.geojson') as RoadEdgeCollection);

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
        const expectedKm2 = polygonAreaSquareMeters(boundary) / 1e6;
        expect(Math.abs(sum(atoms.areaKm2) / expectedKm2 - 1)).toBeLessThan(1e-4);
        expect(atoms.landPartCount).toBe(1);
        let ringMeters = 0;
        for (const [i, [x, y]] of ring.entries()) {
          const [nextX, nextY] = ring[(i + 1) % ring.length];
          ringMeters += Math.hypot(nextX - x, nextY - y);
        }
        expect(Math.abs(sum(atoms.outerEdgeMeters) / ringMeters - 1)).toBeLessThan(1e-3);
        expectSymmetric(atoms);
      }),
      { numRuns: 40 },
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

describe('a plan of the demonstration bureau', () => {
  const atoms = createAtomSet({ boundary: wuhou, resolution: 10, roads });
  const lon = Float64Array.from(roads.geometryLon);
  const lat = Float64Array.from(roads.geometryLat);
  const { workload, incidents, outside } = workloadPerAtom({ atoms, lon, lat });
  const { plan, beatsOutsideTolerance } = designBeats({ atoms, workload, beats: 27, zones: 14, seed: 1 });

  it('has 27 sound beats in 14 zones within ten per cent', () => {
    expect(checkPlan({ atoms, plan })).toEqual([]);
    expect([plan.beatCount, plan.zoneCount]).toEqual([27, 14]);
    expect(beatsOutsideTolerance).toEqual([]);
    const { deviation } = planFigures({ atoms, plan, workload, incidents }).beats;
    for (const share of deviation) expect(Math.abs(share)).toBeLessThanOrEqual(0.1);
  });

  it('counts every incident and every square metre once, in beats and in zones', () => {
    const figures = planFigures({ atoms, plan, workload, incidents });
    for (const areas of [figures.beats, figures.zones]) {
      expect(areas.incidents.reduce((total, count) => total + count, 0)).toBe(lon.length - outside);
      expect(sum(areas.areaKm2)).toBeCloseTo(sum(atoms.areaKm2), 9);
      expect(sum(areas.workload)).toBeCloseTo(sum(workload), 6);
      expect(sum(areas.streetKm)).toBeCloseTo(sum(atoms.streetMeters) / 1000, 6);
      expect(areas.atoms.reduce((total, count) => total + count, 0)).toBe(atoms.count);
    }
  });

  it('derives outlines whose area and perimeter are those of the figures, and that hold their labels', () => {
    const figures = planFigures({ atoms, plan, workload });
    for (const level of ['beat', 'zone'] as const) {
      const { features } = beatBoundaries({ atoms, plan, level });
      const columns = level === 'beat' ? figures.beats : figures.zones;
      expect(features).toHaveLength(columns.areaKm2.length);
      for (const { geometry, properties } of features) {
        const km2 = polygonAreaSquareMeters(geometry) / 1e6;
        expect(Math.abs(km2 / columns.areaKm2[properties.area] - 1)).toBeLessThan(2e-4);
        let meters = 0;
        for (const ring of geometry.coordinates.flat()) {
          const points = ring.map(([x, y]) => plane.pointToMeters(x, y));
          for (let i = 1; i < points.length; i++) {
            meters += Math.hypot(points[i][0] - points[i - 1][0], points[i][1] - points[i - 1][1]);
          }
        }
        expect(Math.abs(meters / 1000 / columns.perimeterKm[properties.area] - 1)).toBeLessThan(1e-3);
        const [labelLon, labelLat] = labelPoint(geometry);
        const cell = latLngToCell(labelLat, labelLon, 10);
        const atom = cellsToHex(atoms.cells).indexOf(cell);
        const beat = plan.beatOfAtom[atom];
        expect(level === 'beat' ? beat : plan.zoneOfBeat[beat]).toBe(properties.area);
      }
    }
  });

  it('colours neighbours differently with at most six hues', () => {
    const colour = colourOfBeat({ atoms, plan });
    const { offset, neighbour } = beatAdjacency(atoms, plan);
    for (let beat = 0; beat < plan.beatCount; beat++) {
      for (let e = offset[beat]; e < offset[beat + 1]; e++) expect(colour[neighbour[e]]).not.toBe(colour[beat]);
    }
    expect(Math.max(...colour)).toBeLessThan(6);
  });

  it('finds the beat of a point by its cell', () => {
    const lookup = createBeatLookup({ atoms, plan });
    expect(lookup.beatsOfPoints(atoms.lon, atoms.lat)).toEqual(plan.beatOfAtom);
    expect(lookup.beatsOfCells(atoms.cells)).toEqual(plan.beatOfAtom);
    expect(lookup.beatOfPoint(atoms.lon[5], atoms.lat[5])).toBe(plan.beatOfAtom[5]);
    expect(lookup.beatOfPoint(105, 30.6)).toBe(UNASSIGNED);
    const [west, south, east, north] = [104.03, 30.61, 104.085, 30.66];
    const hexes = new Map(cellsToHex(atoms.cells).map((hex, atom) => [hex, atom]));
    const points = fc.record({
      x: fc.double({ min: west, max: east, noNaN: true }),
      y: fc.double({ min: south, max: north, noNaN: true }),
    });
    fc.assert(
      fc.property(points, ({ x, y }) => {
        const atom = hexes.get(latLngToCell(y, x, 10));
        expect(lookup.beatOfPoint(x, y)).toBe(atom === undefined ? UNASSIGNED : plan.beatOfAtom[atom]);
      }),
      { numRuns: 500 },
    );
    expect(() => createBeatLookup({ atoms, plan: { beatOfAtom: new Uint16Array(3) } })).toThrow(
      `The plan assigns 3 atoms, expected ${atoms.count}.`,
    );
  });

  it('finds every fault that is put into it', () => {
    const empty = 3;
    const faulty = { ...plan, beatOfAtom: plan.beatOfAtom.slice(), zoneOfBeat: plan.zoneOfBeat.slice() };
    faulty.beatOfAtom[0] = UNASSIGNED;
    const taker = plan.beatOfAtom.findIndex((beat) => beat !== empty);
    for (let atom = 1; atom < atoms.count; atom++) {
      if (faulty.beatOfAtom[atom] === empty) faulty.beatOfAtom[atom] = plan.beatOfAtom[taker];
    }
    faulty.zoneOfBeat[26] = UNASSIGNED;
    const codes = checkPlan({ atoms, plan: faulty }).map(({ code }) => code);
    expect(codes).toContain('ATOMS_UNASSIGNED');
    expect(codes).toContain('BEAT_EMPTY');
    expect(codes).toContain('BEAT_WITHOUT_ZONE');

    // Swapping the beats of two places far apart tears both, and their zones.
    const [first, last] = [plan.beatOfAtom.indexOf(0), plan.beatOfAtom.lastIndexOf(26)];
    const torn = { ...plan, beatOfAtom: plan.beatOfAtom.slice() };
    [torn.beatOfAtom[first], torn.beatOfAtom[last]] = [26, 0];
    const found = checkPlan({ atoms, plan: torn });
    expect(found).toContainEqual(expect.objectContaining({ code: 'BEAT_NOT_CONTIGUOUS', beat: 0 }));
    expect(found).toContainEqual(expect.objectContaining({ code: 'BEAT_NOT_CONTIGUOUS', beat: 26 }));
    expect(found).toContainEqual(expect.objectContaining({ code: 'ZONE_NOT_CONTIGUOUS', zone: plan.zoneOfBeat[0] }));
    expect(() => checkPlan({ atoms, plan: { ...plan, zoneOfBeat: new Uint16Array(1) } })).toThrow(
      'The plan gives zones to 1 beats, expected 27.',
    );
  });
});

describe('workloadPerAtom', () => {
  const atoms = createAtomSet({ boundary: metresPolygon(rectangle(-1000, -1000, 1000, 1000)), resolution: 9 });

  it('adds weights where they fall and a base everywhere', () => {
    const lon = Float64Array.of(atoms.lon[2], atoms.lon[2], atoms.lon[7], 100);
    const lat = Float64Array.of(atoms.lat[2], atoms.lat[2], atoms.lat[7], 30);
    const weight = Float64Array.of(1, 3, 6, 50);
    const answer = workloadPerAtom({ atoms, lon, lat, weight, baseShare: 0.2 });
    expect(answer.outside).toBe(1);
    expect(Array.from(answer.incidents.subarray(2, 8))).toEqual([2, 0, 0, 0, 0, 1]);
    expect(sum(answer.workload)).toBeCloseTo(10 * 1.2, 9);
    const base = (atom: number): number => (2 * atoms.areaKm2[atom]) / sum(atoms.areaKm2);
    expect(answer.workload[2]).toBeCloseTo(4 + base(2), 9);
    expect(answer.workload[3]).toBeCloseTo(base(3), 9);
    expect(answer.workload.every((work) => work > 0)).toBe(true);
  });

  it('leaves the base alone where nothing ever happened', () => {
    const nothing = workloadPerAtom({ atoms, lon: new Float64Array(0), lat: new Float64Array(0) });
    expect(sum(nothing.workload)).toBeCloseTo(1, 12);
  });

  it('spreads half of the base by streets', () => {
    const withStreets: AtomSet = { ...atoms, streetMeters: new Float64Array(atoms.count).fill(700, 4, 5) };
    const { workload } = workloadPerAtom({ atoms: withStreets, lon: new Float64Array(0), lat: new Float64Array(0) });
    expect(workload[4]).toBeCloseTo(0.5 + atoms.areaKm2[4] / sum(atoms.areaKm2) / 2, 9);
  });

  it('refuses columns that do not fit and negative weights', () => {
    const one = Float64Array.of(atoms.lon[0]);
    expect(() => workloadPerAtom({ atoms, lon: one, lat: new Float64Array(2) })).toThrow(
      'There are 2 latitudes, expected 1.',
    );
    expect(() =>
      workloadPerAtom({ atoms, lon: one, lat: Float64Array.of(atoms.lat[0]), weight: Float64Array.of(-1) }),
    ).toThrow('Incident 0 weighs -1, expected 0 or more.');
    expect(createAtomLookup(atoms).atomsOfPoints(Float64Array.of(0), Float64Array.of(0))[0]).toBe(NO_ATOM);
  });
});
