import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createAtomLookup, NO_ATOM } from '../atom-lookup.ts';
import { createAtomSet } from '../atoms.ts';
import { metresPolygon, plane, rectangle } from '../fixtures/chengdu.ts';
import {
  anyPlan,
  atomOf,
  bands,
  COLUMNS,
  columnOf,
  flags,
  grid,
  gridOnMap,
  links,
  ROWS,
  rowOf,
} from '../fixtures/gesture-grid.ts';
import { linkRows } from '../link-rows.ts';
import { atomsAlong } from './atoms-along.ts';
import { atomsInLasso } from './atoms-in-lasso.ts';
import { atomsInRectangle } from './atoms-in-rectangle.ts';
import { brushAtoms } from './brush-atoms.ts';
import { fillAtoms } from './fill-atoms.ts';
import { moveBoundary } from './move-boundary.ts';
import { splitBeat } from './split-beat.ts';

describe('what a gesture covers', () => {
  it('is, under a brush of n rings, everything at most n - 1 neighbours away', () => {
    fc.assert(
      fc.property(atomOf, fc.integer({ min: 1, max: 5 }), (centre, rings) => {
        const steps = (atom: number) =>
          Math.abs(columnOf(atom) - columnOf(centre)) + Math.abs(rowOf(atom) - rowOf(centre));
        const expected = Array.from(grid.areaKm2.keys()).filter((atom) => steps(atom) < rings);
        expect([...brushAtoms(grid, centre, rings)].sort((a, b) => a - b)).toEqual(expected);
      }),
    );
    expect(() => brushAtoms(grid, 0, 6)).toThrow('The brush has 6 rings, expected 1 to 5.');
    expect(() => brushAtoms(grid, 120, 1)).toThrow('The brush is at atom 120, expected less than 120.');
  });

  it('is without gaps on the way of the pointer, however far apart the places it reports', () => {
    const atoms = createAtomSet({ boundary: metresPolygon(rectangle(-1500, -1500, 1500, 1500)), resolution: 9 });
    const lookup = createAtomLookup(atoms);
    const meters = fc.double({ min: -1400, max: 1400, noNaN: true });
    fc.assert(
      fc.property(meters, meters, meters, meters, (ax, ay, bx, by) => {
        const [from, to] = [plane.pointFromMeters(ax, ay), plane.pointFromMeters(bx, by)];
        const passed = [...atomsAlong({ atoms, lookup, from, to })];
        expect(passed).not.toContain(NO_ATOM);
        const ends = lookup.atomsOfPoints(Float64Array.of(from[0], to[0]), Float64Array.of(from[1], to[1]));
        expect([passed[0], passed.at(-1)]).toEqual([...ends]);
        for (let i = 1; i < passed.length; i++) {
          const row = atoms.neighbour.subarray(
            atoms.neighbourOffset[passed[i - 1]],
            atoms.neighbourOffset[passed[i - 1] + 1],
          );
          expect([...row]).toContain(passed[i]);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('is the same in a rectangle and in a lasso round it, from whichever corner', () => {
    // Off the centres, so that no square lies exactly on the edge.
    const edge = fc.double({ min: -0.2, max: 1.4, noNaN: true }).filter((value) => Math.abs((value * 10) % 1) > 1e-6);
    fc.assert(
      fc.property(edge, edge, edge, edge, (a, b, c, d) => {
        const [south, north] = [-b, -d];
        const found = atomsInRectangle(gridOnMap, [a, south], [c, north]);
        expect(atomsInRectangle(gridOnMap, [c, north], [a, south])).toEqual(found);
        const loop = [
          [a, south],
          [c, south],
          [c, north],
          [a, north],
        ] as const;
        expect(atomsInLasso(gridOnMap, loop)).toEqual(found);
        expect(atomsInLasso(gridOnMap, [...loop].reverse())).toEqual(found);
      }),
    );
    expect(
      atomsInLasso(gridOnMap, [
        [0, 0],
        [1, 1],
      ]),
    ).toHaveLength(0);
  });

  it('is, for a fill, one whole piece of a beat between barriers and locks', () => {
    fc.assert(
      fc.property(anyPlan(3), flags(grid.count), atomOf, (beatOfAtom, locked, start) => {
        const filled = fillAtoms(links, beatOfAtom, start, locked);
        if (locked[start] === 1) {
          expect(filled).toHaveLength(0);
          return;
        }
        const inside = new Set(filled);
        expect(inside.has(start)).toBe(true);
        for (const atom of filled) {
          expect([beatOfAtom[atom], locked[atom]]).toEqual([beatOfAtom[start], 0]);
          // Nothing that could still be reached is left out.
          for (let e = links.offset[atom]; e < links.offset[atom + 1]; e++) {
            const other = links.target[e];
            if (beatOfAtom[other] === beatOfAtom[start] && locked[other] === 0) expect(inside.has(other)).toBe(true);
          }
        }
      }),
    );
    const barrier = { ...grid, connected: Uint8Array.from(grid.neighbour, () => 1) };
    for (let atom = 0; atom < grid.count; atom++) {
      for (let e = grid.neighbourOffset[atom]; e < grid.neighbourOffset[atom + 1]; e++) {
        if (
          columnOf(atom) !== columnOf(grid.neighbour[e]) &&
          Math.max(columnOf(atom), columnOf(grid.neighbour[e])) === 6
        )
          barrier.connected[e] = 0;
      }
    }
    const west = fillAtoms(linkRows(barrier), new Uint16Array(grid.count), 0);
    expect([...west].every((atom) => columnOf(atom) < 6)).toBe(true);
    expect(west).toHaveLength(6 * ROWS);
  });

  it('is, for a boundary, a fringe that grows from the other beat and never jumps', () => {
    fc.assert(
      fc.property(anyPlan(3), flags(grid.count), fc.array(atomOf), (beatOfAtom, locked, under) => {
        const moved = moveBoundary({ links, beatOfAtom, from: 0, to: 1, under, locked });
        const after = beatOfAtom.slice();
        for (const atom of moved) {
          expect([beatOfAtom[atom], locked[atom], under.includes(atom)]).toEqual([0, 0, true]);
          const row = links.target.subarray(links.offset[atom], links.offset[atom + 1]);
          expect([...row].some((other) => after[other] === 1)).toBe(true);
          after[atom] = 1;
        }
      }),
    );
    const all = Array.from(grid.areaKm2.keys());
    const beatOfAtom = bands(6);
    expect(
      moveBoundary({ links, beatOfAtom, from: 1, to: 0, under: all.filter((atom) => columnOf(atom) === 7) }),
    ).toHaveLength(0);
    expect(
      moveBoundary({ links, beatOfAtom, from: 1, to: 0, under: all.filter((atom) => columnOf(atom) <= 7) }),
    ).toHaveLength(2 * ROWS);
    expect(() => moveBoundary({ links, beatOfAtom, from: 1, to: 1, under: [] })).toThrow('got beat 1 on both sides');
  });

  it('is, for a line through a beat, the smaller side; a line that ends inside parts nothing', () => {
    const beatOfAtom = bands(COLUMNS);
    fc.assert(
      fc.property(fc.integer({ min: 1, max: COLUMNS - 1 }), fc.integer({ min: -4, max: 4 }), (column, lean) => {
        const west = column / 10 - 0.05;
        const shift = lean / 100;
        const line = [
          [west - shift, 0.2],
          [west, -0.4],
          [west + shift, -1.2],
        ] as const;
        const cut = splitBeat({ atoms: gridOnMap, links, beatOfAtom, beat: 0, line });
        const smaller =
          column * 2 <= COLUMNS
            ? (atom: number) => columnOf(atom) < column
            : (atom: number) => columnOf(atom) >= column;
        if (column * 2 === COLUMNS) expect(cut).toHaveLength(6 * ROWS);
        else expect([...cut]).toEqual(Array.from(grid.areaKm2.keys()).filter(smaller));
        const stub = splitBeat({
          atoms: gridOnMap,
          links,
          beatOfAtom,
          beat: 0,
          line: [
            [west, 0.2],
            [west, -0.45],
          ],
        });
        expect(stub).toHaveLength(0);
      }),
    );
    // Round a corner: a square of 4 × 3 is cut out of the south-west.
    const corner = splitBeat({
      atoms: gridOnMap,
      links,
      beatOfAtom,
      beat: 0,
      line: [
        [-0.2, -0.65],
        [0.35, -0.65],
        [0.35, -1.2],
      ],
    });
    expect([...corner].every((atom) => columnOf(atom) < 4 && rowOf(atom) >= 7)).toBe(true);
    expect(corner).toHaveLength(12);
  });
});
