import fc from 'fast-check';
import type { MultiPolygon } from 'geojson';
import { latLngToCell } from 'h3-js';
import { describe, expect, it } from 'vitest';
import { cellsToHex, polygonAreaSquareMeters } from '../geometry/index.ts';
import { createAtomSet } from './atoms.ts';
import { beatAdjacency } from './beat-adjacency.ts';
import { beatBoundaries } from './beat-boundaries.ts';
import { checkPlan } from './check-plan.ts';
import { colourOfBeat } from './colour-of-beat.ts';
import { createBeatLookup } from './create-beat-lookup.ts';
import { designBeats } from './design-beats.ts';
import { metresPolygon, plane, rectangle, roads, sum, wuhou } from './fixtures/chengdu.ts';
import { labelPoint } from './label-point.ts';
import { UNASSIGNED } from './plan.ts';
import { planFigures } from './plan-figures.ts';
import { workloadPerAtom } from './workload-per-atom.ts';

describe('outlines of beats', () => {
  it('fit together without gap or overlap, round bays, holes and exclaves', () => {
    const bay = metresPolygon(
      [
        [-2500, -2000],
        [2500, -2000],
        [2500, 2000],
        [400, 2000],
        [300, -1200],
        [-200, -1200],
        [-300, 2000],
        [-2500, 2000],
      ],
      rectangle(-1900, -900, -900, 300),
    );
    const exclave = metresPolygon(rectangle(2900, -500, 3300, 500));
    const boundary: MultiPolygon = { type: 'MultiPolygon', coordinates: [bay.coordinates, exclave.coordinates] };
    const atoms = createAtomSet({ boundary, resolution: 9 });
    // Bands from west to east, not contiguous, cut through everything.
    const beatOfAtom = Uint16Array.from(atoms.xMeters, (x) => Math.floor((x + 3000) / 900));
    const plan = { beatCount: 7, zoneCount: 1, beatOfAtom, zoneOfBeat: new Uint16Array(7) };
    const figures = planFigures({ atoms, plan, workload: new Float64Array(atoms.count) }).beats;
    let total = 0;
    for (const { geometry, properties } of beatBoundaries({ atoms, plan }).features) {
      const km2 = polygonAreaSquareMeters(geometry) / 1e6;
      expect(Math.abs(km2 / figures.areaKm2[properties.area] - 1)).toBeLessThan(1e-3);
      total += km2;
    }
    expect(Math.abs(total / (polygonAreaSquareMeters(boundary) / 1e6) - 1)).toBeLessThan(1e-5);
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
