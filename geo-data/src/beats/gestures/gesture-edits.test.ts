import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { assertEditFits } from '../apply-edit.ts';
import { drawnAtoms } from '../fixtures/atom-graphs.ts';
import { anyPlan, atomOf, bands, draftOf, flags, freeDraft, grid, links, ROWS } from '../fixtures/gesture-grid.ts';
import { UNASSIGNED } from '../plan.ts';
import { atomsOfBeat } from './atoms-of-beat.ts';
import { beatPieces } from './beat-pieces.ts';
import { fillAtoms } from './fill-atoms.ts';
import { lockedAgainst } from './may-move.ts';
import { paintAtoms } from './paint-atoms.ts';
import { pullBack } from './pull-back.ts';
import { repairBeat } from './repair-beat.ts';

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
