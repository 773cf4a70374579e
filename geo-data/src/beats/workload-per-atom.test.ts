import { describe, expect, it } from 'vitest';
import { createAtomLookup, NO_ATOM } from './atom-lookup.ts';
import type { AtomSet } from './atom-set.ts';
import { createAtomSet } from './atoms.ts';
import { metresPolygon, rectangle, sum } from './fixtures/chengdu.ts';
import { workloadPerAtom } from './workload-per-atom.ts';

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
