import fc from 'fast-check';
import type { MultiPolygon, Polygon } from 'geojson';
import { describe, expect, it } from 'vitest';
import type { AreaAtoms } from '../atom-set.ts';
import { metresPolygon, plane, rectangle, roads, sum, wuhou } from '../fixtures/chengdu.ts';
import { expectTiling } from '../fixtures/expect-tiling.ts';
import { streetsOf } from '../fixtures/streets.ts';
import { atomsOfPolygons } from './atoms-of-polygons.ts';
import { createStreetBlocks } from './street-blocks.ts';

const multi = ({ coordinates }: Polygon): MultiPolygon => ({ type: 'MultiPolygon', coordinates: [coordinates] });
const box = (west: number, south: number, east: number, north: number): MultiPolygon =>
  multi(metresPolygon(rectangle(west, south, east, north)));
const boundary = metresPolygon(rectangle(0, 0, 2000, 1000));
const metres = (at: [number, number]) => plane.pointToMeters(...at);

/** Every atom as a polygon of a file with so many decimals. */
function polygonsOf({ shapes, count }: AreaAtoms, decimals: number): MultiPolygon[] {
  const polygons = Array.from({ length: count }, (): MultiPolygon => ({ type: 'MultiPolygon', coordinates: [] }));
  const digits = (value: number) => Number(value.toFixed(decimals));
  for (const [part, atom] of shapes.atomOfPart.entries()) {
    const rings: [number, number][][] = [];
    for (let ring = shapes.ringOfPart[part]; ring < shapes.ringOfPart[part + 1]; ring++) {
      const places: [number, number][] = [];
      for (let i = shapes.ringOffset[ring]; i < shapes.ringOffset[ring + 1]; i++)
        places.push([digits(shapes.ringPlaces[2 * i]), digits(shapes.ringPlaces[2 * i + 1])]);
      rings.push(places);
    }
    polygons[atom].coordinates.push(rings);
  }
  return polygons;
}

describe('atomsOfPolygons', () => {
  it('repairs borders that were drawn twice, and tiles the bureau', () => {
    const off = fc.double({ min: -1.2, max: 1.2, noNaN: true });
    const corners = fc.array(fc.tuple(off, off, off, off), { minLength: 8, maxLength: 8 });
    fc.assert(
      fc.property(corners, (drawn) => {
        // A grid of eight squares of 500 m, each with corners of its own.
        const polygons = drawn.map(([west, south, east, north], i) => {
          const [x, y] = [500 * (i % 4), 500 * Math.floor(i / 4)];
          return box(x + west, y + south, x + 500 + east, y + 500 + north);
        });
        const { atoms, polygonOfAtom, defects, outside } = atomsOfPolygons({ boundary, polygons });
        expect(outside).toEqual([]);
        expect(defects.every(({ isRepaired, widthMeters }) => isRepaired && widthMeters < 5)).toBe(true);
        if (atoms === null) throw new Error('There are no atoms.');
        expectTiling(atoms);
        expect(Array.from(polygonOfAtom).sort((a, b) => a - b)).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
        for (const km2 of atoms.areaKm2) expect(Math.abs(km2 - 0.25)).toBeLessThan(0.005);
      }),
      { numRuns: 40, endOnFailure: true },
    );
  });

  it('makes of the outlines of blocks, rounded to decimetres, the same blocks', () => {
    const blocks = createStreetBlocks({ boundary: wuhou, roads });
    const { atoms, polygonOfAtom, outside } = atomsOfPolygons({
      boundary: wuhou,
      polygons: polygonsOf(blocks, 6),
      roads,
    });
    if (atoms === null) throw new Error('There are no atoms.');
    expectTiling(atoms);
    expect(outside).toEqual([]);
    expect(atoms.count).toBe(blocks.count);
    for (const [atom, polygon] of polygonOfAtom.entries())
      expect(Math.abs(atoms.areaKm2[atom] - blocks.areaKm2[polygon])).toBeLessThan(0.001);
  });

  it('names gaps and overlaps that are too wide, with a place inside', () => {
    const polygons = [
      box(0, 0, 900, 1000),
      box(860, 0, 2000, 400),
      box(900, 400, 1500, 1000),
      box(1540, 400, 2000, 1000),
    ];
    const { atoms, defects } = atomsOfPolygons({ boundary, polygons });
    expect(atoms).toBeNull();
    // Straight lines of other lengths part by millimetres on another plane; those are repaired.
    const wide = defects.filter(({ isRepaired }) => !isRepaired);
    expect(wide.map(({ polygons: over }) => over)).toEqual([[], [0, 1]]);
    const [gap, double] = wide;
    expect(gap.areaM2).toBeCloseTo(40 * 600, -1);
    expect(double.areaM2).toBeCloseTo(40 * 400, -1);
    expect(gap.widthMeters).toBeCloseTo((40 * 600) / 640, 1);
    const [gapAt, doubleAt] = [metres(gap.at), metres(double.at)];
    expect(gapAt[0] > 1500 && gapAt[0] < 1540 && gapAt[1] > 400 && gapAt[1] < 1000).toBe(true);
    expect(doubleAt[0] > 860 && doubleAt[0] < 900 && doubleAt[1] > 0 && doubleAt[1] < 400).toBe(true);
    // A wider limit repairs them.
    const repaired = atomsOfPolygons({ boundary, polygons, repairBelowMeters: 40 });
    expect(repaired.defects.every(({ isRepaired }) => isRepaired)).toBe(true);
    expect(repaired.atoms?.count).toBe(4);
    expect(sum(repaired.atoms?.areaKm2 ?? new Float64Array())).toBeCloseTo(2, 4);
  });

  it('refuses polygons that cross themselves, each with the place', () => {
    const bow = multi(
      metresPolygon([
        [0, 0],
        [1000, 1000],
        [1000, 0],
        [0, 1000],
      ]),
    );
    const { atoms, selfCrossings, defects } = atomsOfPolygons({ boundary, polygons: [box(1000, 0, 2000, 1000), bow] });
    expect(atoms).toBeNull();
    expect(defects).toEqual([]);
    expect(selfCrossings.map(({ polygon }) => polygon)).toEqual([1]);
    const [x, y] = metres(selfCrossings[0].at);
    expect(Math.hypot(x - 500, y - 500)).toBeLessThan(1);
  });

  it('cuts off what lies beyond the bureau, names polygons elsewhere, and keeps a polygon in pieces whole', () => {
    const split: MultiPolygon = {
      type: 'MultiPolygon',
      coordinates: [...box(-500, -500, 700, 3000).coordinates, ...box(1300, -500, 2600, 3000).coordinates],
    };
    const elsewhere = box(900_000, 0, 901_000, 1000);
    const { atoms, polygonOfAtom, outside, defects } = atomsOfPolygons({
      boundary,
      polygons: [elsewhere, split, box(700, -500, 1300, 3000)],
    });
    expect(outside).toEqual([0]);
    expect(defects).toEqual([]);
    if (atoms === null) throw new Error('There are no atoms.');
    expectTiling(atoms);
    const areas = new Map(Array.from(polygonOfAtom, (polygon, atom) => [polygon, atoms.areaKm2[atom]]));
    expect(areas.get(1)).toBeCloseTo(1.4, 3);
    expect(areas.get(2)).toBeCloseTo(0.6, 3);
    expect(atomsOfPolygons({ boundary, polygons: [elsewhere] })).toMatchObject({ atoms: null, outside: [0] });
  });

  it('connects polygons between which a street passes', () => {
    const polygons = [
      box(0, 0, 1000, 500),
      box(1000, 0, 2000, 500),
      box(0, 500, 1000, 1000),
      box(1000, 500, 2000, 1000),
    ];
    const street = (...places: [number, number][]) => ({ highway: 'tertiary', places });
    // Round the middle from the south-west to the north-west; nothing passes between the two in the north.
    const streets = [street([200, 100], [1800, 100]), street([1800, 100], [1800, 900]), street([200, 100], [200, 900])];
    const { atoms, polygonOfAtom } = atomsOfPolygons({ boundary, polygons, roads: streetsOf(streets) });
    if (atoms === null) throw new Error('There are no atoms.');
    const links = new Set<string>();
    for (let a = 0; a < atoms.count; a++)
      for (let e = atoms.neighbourOffset[a]; e < atoms.neighbourOffset[a + 1]; e++)
        if (atoms.connected[e] === 1)
          links.add([polygonOfAtom[a], polygonOfAtom[atoms.neighbour[e]]].sort((p, q) => p - q).join('-'));
    expect(links).toEqual(new Set(['0-1', '0-2', '1-3']));
  });
});
