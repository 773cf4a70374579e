import type { AtomShapes } from '@xunfang/geo-data/beats';
import { describe, expect, it } from 'vitest';
import { atomParts, hatchOf, labelAtoms, outlineOf } from './map-picture.ts';

/** Two squares of 0.01° side by side at the equator, the second with a hole of half its width. */
function squares(): AtomShapes {
  const square = (x: number, y: number, side: number) => [x, y, x + side, y, x + side, y + side, x, y + side, x, y];
  const places = [...square(0, 0, 0.01), ...square(0.01, 0, 0.01), ...square(0.0125, 0.0025, 0.005)];
  return {
    atomOfPart: Uint32Array.of(0, 1),
    ringOfPart: Uint32Array.of(0, 1, 3),
    ringOffset: Uint32Array.of(0, 5, 10, 15),
    ringPlaces: Float64Array.from(places),
    edgeAtom: Uint32Array.of(0, 0, 1),
    edgeOther: Uint32Array.of(1, 0xffffffff, 0xffffffff),
    edgePlaces: Float64Array.of(0.01, 0, 0.01, 0.01, 0, 0, 0, 0.01, 0.02, 0, 0.02, 0.01),
  };
}

describe('the picture of a draft', () => {
  it('hatches an area by lines whose length is area over spacing, holes left out', () => {
    const parts = atomParts(squares());
    const spacing = 0.00005;
    for (const slope of [1, -1] as const) {
      for (const [atom, areaSquareDegrees] of [
        [0, 1e-4],
        [1, 1e-4 - 2.5e-5],
      ]) {
        const { attributes, length } = hatchOf(parts, new Set([atom]), slope, spacing);
        const places = attributes.getPath.value;
        let total = 0;
        for (let i = 0; i < length; i++)
          total += Math.hypot(places[4 * i + 2] - places[4 * i], places[4 * i + 3] - places[4 * i + 1]);
        // At 45° lines `spacing` of latitude apart lie spacing / √2 from each other.
        expect(total / ((areaSquareDegrees * Math.SQRT2) / spacing)).toBeCloseTo(1, 1);
      }
    }
  });

  it('outlines a set of atoms without the edges inside of it', () => {
    expect(outlineOf(squares(), new Set([0])).length).toBe(2);
    expect(outlineOf(squares(), new Set([0, 1])).length).toBe(2);
    expect(outlineOf(squares(), new Set()).length).toBe(0);
  });

  it('writes a name where its beat is deepest, and nowhere for one without atoms', () => {
    const side = 7;
    const count = side * side;
    const neighbour: number[] = [];
    const neighbourOffset = [0];
    for (let atom = 0; atom < count; atom++) {
      const [x, y] = [atom % side, Math.floor(atom / side)];
      for (const [dx, dy] of [
        [0, -1],
        [-1, 0],
        [1, 0],
        [0, 1],
        [1, 1],
        [-1, -1],
      ])
        if (x + dx >= 0 && x + dx < side && y + dy >= 0 && y + dy < side) neighbour.push(atom + dx + dy * side);
      neighbourOffset.push(neighbour.length);
    }
    const atoms = {
      count,
      neighbour: Uint32Array.from(neighbour),
      neighbourOffset: Uint32Array.from(neighbourOffset),
      lon: Float64Array.from({ length: count }, (_, atom) => atom % side),
      lat: Float64Array.from({ length: count }, (_, atom) => Math.floor(atom / side)),
    };
    const one = { number: 1, name: { zh: '', en: '' }, colour: 0, locked: false, zone: 0, removed: false };
    expect(labelAtoms(atoms, new Uint16Array(count), [one, one])).toEqual([24, null]);
  });
});
