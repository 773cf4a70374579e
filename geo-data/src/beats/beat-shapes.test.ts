import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { smallestCircle } from '../geometry/index.ts';
import { atomOutlines } from './atom-outlines.ts';
import { createAtomSet } from './atoms.ts';
import { beatBoundaries } from './beat-boundaries.ts';
import { beatShapes } from './beat-shapes.ts';
import { bureauPlane } from './bureau-plane.ts';
import { designBeats } from './design-beats.ts';
import { rectangleOfAtoms } from './fixtures/atom-graphs.ts';
import { roads, wuhou } from './fixtures/chengdu.ts';
import { UNASSIGNED } from './plan.ts';
import { workloadPerAtom } from './workload-per-atom.ts';

/** The corners of square atoms of 200 m. */
function squareOutlines(atoms: { count: number; xMeters: Float64Array; yMeters: Float64Array }) {
  const corners = [-100, 100].flatMap((dx) => [-100, 100].map((dy) => [dx, dy]));
  return {
    offset: Uint32Array.from({ length: atoms.count + 1 }, (_, i) => 4 * i),
    xMeters: Float64Array.from({ length: 4 * atoms.count }, (_, i) => atoms.xMeters[i >> 2] + corners[i & 3][0]),
    yMeters: Float64Array.from({ length: 4 * atoms.count }, (_, i) => atoms.yMeters[i >> 2] + corners[i & 3][1]),
  };
}

describe('shapes of beats', () => {
  it('knows squares and rectangles: 2/π of the circle around a square, π/3 … of its inertia', () => {
    const atoms = rectangleOfAtoms(20, 10);
    // A square of 10 × 10 atoms, and two rectangles of 10 × 5 next to it.
    const beatOfAtom = Uint16Array.from({ length: 200 }, (_, atom) => (atom % 20 < 10 ? 0 : atom < 100 ? 1 : 2));
    const { reock, inertia, radiusMeters } = beatShapes({
      atoms,
      plan: { beatOfAtom, beatCount: 4 },
      outlines: squareOutlines(atoms),
    });
    expect(reock[0]).toBeCloseTo(2 / Math.PI, 9);
    expect(radiusMeters[0]).toBeCloseTo(Math.SQRT1_2 * 2000, 6);
    // Sides a and b: inertia ab(a² + b²)/12, so area²/2π over it is 6ab / π(a² + b²).
    expect(inertia[0]).toBeCloseTo(3 / Math.PI, 2);
    expect(inertia[1]).toBeCloseTo((6 * 2) / (5 * Math.PI), 2);
    expect(reock[1]).toBeCloseTo((4 * 2) / (5 * Math.PI), 9);
    expect([reock[2], inertia[2]]).toEqual([reock[1], expect.closeTo(inertia[1], 9)]);
    expect([reock[3], inertia[3]]).toEqual([Number.NaN, Number.NaN]);
  });

  it('does not change when the city is moved, and lies between 0 and 1 (discs)', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 80, maxLength: 80 }),
        fc.integer({ min: -20_000, max: 20_000 }),
        (beats, shift) => {
          const atoms = rectangleOfAtoms(10, 8);
          const plan = {
            beatOfAtom: Uint16Array.from(beats, (beat) => (beat === 3 ? UNASSIGNED : beat)),
            beatCount: 3,
          };
          const shapes = beatShapes({ atoms, plan });
          const moved = beatShapes({ atoms: { ...atoms, xMeters: atoms.xMeters.map((x) => x + shift) }, plan });
          for (const name of ['reock', 'inertia'] as const) {
            for (const [beat, value] of shapes[name].entries()) {
              if (Number.isNaN(value)) continue;
              expect(value).toBeGreaterThan(0);
              // A disc is stood for by 24 points.
              expect(value).toBeLessThan(1.01);
              expect(moved[name][beat]).toBeCloseTo(value, 6);
            }
          }
        },
      ),
      { numRuns: 50 },
    );
  });

  it('agrees with the outlines of a real plan, clipped atoms and all', { timeout: 30_000 }, () => {
    const atoms = createAtomSet({ boundary: wuhou, resolution: 9, roads });
    const { workload } = workloadPerAtom({
      atoms,
      lon: Float64Array.from(roads.geometryLon),
      lat: Float64Array.from(roads.geometryLat),
    });
    const { plan } = designBeats({ atoms, workload, beats: 6, zones: 3, seed: 1 });
    const shapes = beatShapes({ atoms, plan, outlines: atomOutlines(atoms) });
    const plane = bureauPlane(atoms.boundary);
    for (const { geometry, properties } of beatBoundaries({ atoms, plan }).features) {
      const points = geometry.coordinates.flat(2).map(([lon, lat]) => plane.pointToMeters(lon, lat));
      const { radius } = smallestCircle(
        points.map(([x]) => x),
        points.map(([, y]) => y),
      );
      expect(shapes.radiusMeters[properties.area] / radius).toBeCloseTo(1, 5);
    }
    // Without corners a cell is a disc: a little less round it.
    const discs = beatShapes({ atoms, plan });
    for (const [beat, reock] of discs.reock.entries())
      expect(Math.abs(reock / shapes.reock[beat] - 1)).toBeLessThan(0.12);
  });

  it('refuses plans and outlines of other atoms', () => {
    const atoms = rectangleOfAtoms(2, 2);
    const plan = { beatOfAtom: new Uint16Array(4), beatCount: 1 };
    expect(() => beatShapes({ atoms, plan: { ...plan, beatOfAtom: new Uint16Array(3) } })).toThrow(
      '3 atoms, expected 4',
    );
    const outlines = squareOutlines(rectangleOfAtoms(1, 1));
    expect(() => beatShapes({ atoms, plan, outlines })).toThrow('outlines of 1 atoms, expected 4');
  });
});
