import fc from 'fast-check';
import type { MultiPolygon, Polygon } from 'geojson';
import { describe, expect, it } from 'vitest';
import { polygonAreaSquareMeters, selfCrossing } from '../geometry/index.ts';
import { createAtomSet } from './atoms.ts';
import { beatBoundaries } from './beat-boundaries.ts';
import { designBeats } from './design-beats.ts';
import { layOnAtoms } from './lay-on-atoms.ts';
import { UNASSIGNED } from './plan.ts';

const [WEST, SOUTH, EAST, NORTH] = [104, 30.6, 104.05, 30.64];
/** A slanted edge and a notch: atoms at the edge are clipped every way. */
const boundary: Polygon = {
  type: 'Polygon',
  coordinates: [
    [
      [WEST, SOUTH],
      [EAST, SOUTH + 0.006],
      [EAST, NORTH],
      [104.03, NORTH],
      [104.028, 30.63],
      [104.022, NORTH],
      [WEST, NORTH],
      [WEST, SOUTH],
    ],
  ],
};
const atoms = createAtomSet({ boundary, resolution: 9 });

const box = (west: number, south: number, east: number, north: number): MultiPolygon => ({
  type: 'MultiPolygon',
  coordinates: [
    [
      [
        [west, south],
        [east, south],
        [east, north],
        [west, north],
        [west, south],
      ],
    ],
  ],
});

describe('layOnAtoms', () => {
  it('gives every atom back from the outlines of any plan, and their areas', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1e6 }), fc.integer({ min: 1, max: 12 }), (seed, beats) => {
        const workload = new Float64Array(atoms.count).fill(1);
        const { plan } = designBeats({ atoms, workload, beats, zones: 1, seed, tolerance: 1 });
        const { features } = beatBoundaries({ atoms, plan, level: 'beat' });
        const laid = layOnAtoms(
          atoms,
          features.map(({ geometry }) => geometry),
        );
        expect(laid.outlineOfAtom).toEqual(plan.beatOfAtom);
        for (const share of laid.coveredShare) expect(Math.abs(share - 1)).toBeLessThan(0.01);
        for (const [beat, { geometry }] of features.entries())
          expect(Math.abs((laid.areaKm2[beat] * 1e6) / polygonAreaSquareMeters(geometry) - 1)).toBeLessThan(2e-4);
      }),
      { numRuns: 5 },
    );
  });

  it('gives an atom to the larger of two outlines on either side of a line, and measures both whole', () => {
    fc.assert(
      fc.property(fc.double({ min: WEST, max: EAST, noNaN: true }), (lon) => {
        const laid = layOnAtoms(atoms, [box(103.9, 30.5, lon, 30.7), box(lon, 30.5, 104.2, 30.7)]);
        const landKm2 = atoms.areaKm2.reduce((sum, km2) => sum + km2, 0);
        // Edges are cut in degrees here and on the plane there.
        expect((laid.areaKm2[0] + laid.areaKm2[1]) / landKm2).toBeCloseTo(1, 3);
        for (let atom = 0; atom < atoms.count; atom++) {
          expect(Math.abs(laid.coveredShare[atom] - 1)).toBeLessThan(0.01);
          // Whole hexagons are symmetric: the larger part has the centre.
          if (atoms.clipped[atom] === 0 && Math.abs(atoms.lon[atom] - lon) > 1e-7)
            expect(laid.outlineOfAtom[atom]).toBe(atoms.lon[atom] < lon ? 0 : 1);
        }
      }),
      { numRuns: 30 },
    );
  });

  it('leaves gaps to nobody, sees overlaps and respects holes', () => {
    const west = box(103.9, 30.5, 104.02, 30.7);
    const holed = box(104.01, 30.5, 104.2, 30.7);
    holed.coordinates[0].push(box(104.03, 30.61, 104.04, 30.625).coordinates[0][0]);
    const laid = layOnAtoms(atoms, [west, holed]);
    const at = (lon: number, lat: number) => {
      const distances = Array.from(atoms.lon, (x, atom) => Math.hypot(x - lon, atoms.lat[atom] - lat));
      return distances.indexOf(Math.min(...distances));
    };
    const hole = at(104.035, 30.617);
    expect([laid.outlineOfAtom[hole], laid.coveredShare[hole]]).toEqual([UNASSIGNED, 0]);
    const both = at(104.015, 30.62);
    expect(laid.coveredShare[both]).toBeCloseTo(2, 6);
    expect([laid.outlineOfAtom[both], laid.secondOfAtom[both]]).toEqual([0, 1]);
  });
});

describe('selfCrossing', () => {
  it('finds the knot of a bow tie, and none in a ring that touches itself', () => {
    const bow = [
      [0, 0],
      [2, 2],
      [2, 0],
      [0, 2],
      [0, 0],
    ];
    expect(selfCrossing([bow])).toEqual([1, 1]);
    const touching = [
      [0, 0],
      [2, 0],
      [1, 1],
      [2, 2],
      [0, 2],
      [1, 1],
      [0, 0],
    ];
    expect(selfCrossing([touching])).toBeNull();
  });
});
