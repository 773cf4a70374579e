import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { assertEditFits } from '../apply-edit.ts';
import { createAtomLookup, NO_ATOM } from '../atom-lookup.ts';
import { createAtomSet } from '../atoms.ts';
import { type DraftBeat, type DraftPlan, type DraftZone } from '../draft-plan.ts';
import { drawnAtoms, rectangleOfAtoms } from '../fixtures/atom-graphs.ts';
import { metresPolygon, plane, rectangle } from '../fixtures/chengdu.ts';
import { linkRows } from '../link-rows.ts';
import { UNASSIGNED } from '../plan.ts';
import { atomsAlong } from './atoms-along.ts';
import { atomsInLasso } from './atoms-in-lasso.ts';
import { atomsInRectangle } from './atoms-in-rectangle.ts';
import { atomsOfBeat } from './atoms-of-beat.ts';
import { beatPieces } from './beat-pieces.ts';
import { brushAtoms } from './brush-atoms.ts';
import { fillAtoms } from './fill-atoms.ts';
import { lockedAgainst } from './may-move.ts';
import { moveBoundary } from './move-boundary.ts';
import { paintAtoms } from './paint-atoms.ts';
import { pullBack } from './pull-back.ts';
import { repairBeat } from './repair-beat.ts';
import { splitBeat } from './split-beat.ts';

const COLUMNS = 12;
const ROWS = 10;
const grid = rectangleOfAtoms(COLUMNS, ROWS);
const links = linkRows(grid);
/** The squares at a tenth of a degree each, north up, as a map would show them. */
const gridOnMap = {
  ...grid,
  lon: grid.xMeters.map((x) => x / 2000),
  lat: grid.yMeters.map((y) => y / 2000),
};
const columnOf = (atom: number) => atom % COLUMNS;
const rowOf = (atom: number) => Math.floor(atom / COLUMNS);
const atomOf = fc.integer({ min: 0, max: grid.count - 1 });
/** Any assignment of the grid to so many beats, some atoms without one. */
const anyPlan = (beats: number) =>
  fc
    .array(fc.integer({ min: -1, max: beats - 1 }), { minLength: grid.count, maxLength: grid.count })
    .map((numbers) => Uint16Array.from(numbers, (beat) => (beat < 0 ? UNASSIGNED : beat)));
const flags = (count: number) =>
  fc.array(fc.constantFrom(0, 0, 0, 1), { minLength: count, maxLength: count }).map((all) => Uint8Array.from(all));
const attributes = (key: number, locked: boolean): DraftZone => ({
  number: key + 1,
  name: { zh: `${key + 1}`, en: `${key + 1}` },
  colour: key,
  locked,
  removed: false,
});
/** Beats in turn of the zones. */
function draftOf(
  beatOfAtom: Uint16Array,
  locks: { atoms?: Uint8Array; beats: Uint8Array; zones?: Uint8Array },
): DraftPlan {
  const zones = Array.from(locks.zones ?? [0], (locked, key) => attributes(key, locked === 1));
  const beats: DraftBeat[] = Array.from(locks.beats, (locked, key) => ({
    ...attributes(key, locked === 1),
    zone: key % zones.length,
  }));
  return { beatOfAtom, lockedAtoms: locks.atoms ?? new Uint8Array(beatOfAtom.length), beats, zones };
}
const freeDraft = (beatOfAtom: Uint16Array, beats: number) => draftOf(beatOfAtom, { beats: new Uint8Array(beats) });

/** Bands of so many columns each: beats 0, 1, 2 … from west to east. */
const bands = (width: number) =>
  Uint16Array.from({ length: grid.count }, (_, atom) => Math.floor(columnOf(atom) / width));

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

describe('an edit', () => {
  it('moves what the locks let go, once each, and counts what they hold', () => {
    const locks = fc.record({ atoms: flags(grid.count), beats: flags(3), zones: flags(2) });
    fc.assert(
      fc.property(
        anyPlan(3),
        locks,
        fc.array(atomOf),
        fc.integer({ min: 0, max: 2 }),
        (beatOfAtom, lock, atoms, to) => {
          const draft = draftOf(beatOfAtom, lock);
          const { edit, held } = paintAtoms(draft, atoms, to);
          const wanted = new Set(atoms.filter((atom) => beatOfAtom[atom] !== to));
          expect(edit.atoms.length + held).toBe(wanted.size);
          assertEditFits(grid.count, edit);
          const locked = lockedAgainst(draft, to);
          for (const [i, atom] of edit.atoms.entries()) {
            const from = beatOfAtom[atom];
            expect([edit.before[i], edit.after[i], locked[atom], lock.atoms[atom]]).toEqual([from, to, 0, 0]);
            for (const beat of [from, to]) {
              if (beat !== UNASSIGNED) expect([lock.beats[beat], lock.zones[beat % 2]]).toEqual([0, 0]);
            }
          }
        },
      ),
    );
  });

  it('merges a beat into another whole', () => {
    const beatOfAtom = bands(4);
    const { edit } = paintAtoms(freeDraft(beatOfAtom, 3), atomsOfBeat(beatOfAtom, 1), 0);
    expect(edit.atoms).toHaveLength(4 * ROWS);
    expect(new Set(edit.before)).toEqual(new Set([1]));
  });
});

describe('a beat in pieces', () => {
  it('is told piece by piece, the largest first', () => {
    fc.assert(
      fc.property(anyPlan(2), (beatOfAtom) => {
        const pieces = beatPieces(links, beatOfAtom, 0);
        expect(pieces.flatMap((piece) => [...piece]).sort((a, b) => a - b)).toEqual([...atomsOfBeat(beatOfAtom, 0)]);
        for (let i = 1; i < pieces.length; i++) expect(pieces[i].length).toBeLessThanOrEqual(pieces[i - 1].length);
        for (const piece of pieces) expect(fillAtoms(links, beatOfAtom, piece[0])).toHaveLength(piece.length);
      }),
    );
  });

  it('is whole after a repair unless locks or empty land keep a piece', () => {
    fc.assert(
      fc.property(anyPlan(3), (mixed) => {
        const beatOfAtom = mixed.map((beat) => (beat === UNASSIGNED ? 0 : beat));
        const [largest] = beatPieces(links, beatOfAtom, 1);
        const edit = repairBeat(grid, freeDraft(beatOfAtom, 3), 1);
        const after = beatOfAtom.slice();
        for (const [i, atom] of edit.atoms.entries()) after[atom] = edit.after[i];
        expect(beatPieces(links, after, 1)).toEqual(largest ? [largest] : []);
      }),
    );
  });

  it('gives a cut-off piece to the neighbour with the longest common border', () => {
    const atoms = drawnAtoms(['aaabaa', 'aaabca', 'ddddcc']);
    const beatOfAtom = Uint16Array.from('aaabaaaaabcaddddcc', (mark) => 'abcd'.indexOf(mark));
    // The three squares in the north-east have 1 edge with b and 3 with c.
    const edit = repairBeat(atoms, freeDraft(beatOfAtom, 4), 0);
    expect([[...edit.atoms], [...edit.after]]).toEqual([
      [4, 5, 11],
      [2, 2, 2],
    ]);
    const locked = repairBeat(atoms, draftOf(beatOfAtom, { beats: Uint8Array.of(0, 0, 1, 0) }), 0);
    expect([...locked.after]).toEqual([1, 1, 1]);
    expect(repairBeat(atoms, draftOf(beatOfAtom, { beats: Uint8Array.of(1, 0, 0, 0) }), 0).atoms).toHaveLength(0);
  });

  it('is as it was after the edit that tore it is pulled back', () => {
    fc.assert(
      fc.property(anyPlan(3), fc.array(atomOf), (beatOfAtom, atoms) => {
        const { edit } = paintAtoms(freeDraft(beatOfAtom, 3), atoms, 2);
        const after = beatOfAtom.slice();
        for (const [i, atom] of edit.atoms.entries()) after[atom] = edit.after[i];
        const back = pullBack(edit, after, 0);
        for (const [i, atom] of back.atoms.entries()) after[atom] = back.after[i];
        expect(atomsOfBeat(after, 0)).toEqual(atomsOfBeat(beatOfAtom, 0));
        for (const [i, atom] of edit.atoms.entries()) if (edit.before[i] !== 0) expect(after[atom]).toBe(2);
      }),
    );
  });
});
