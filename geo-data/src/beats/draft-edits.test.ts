import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyDraftEdit } from './apply-draft-edit.ts';
import { applyEdit, type PlanEdit } from './apply-edit.ts';
import { type DraftEdit, type DraftOperation, type DraftPlan, isBeatLocked, isStanding } from './draft-plan.ts';
import { invertDraftEdit } from './invert-draft-edit.ts';
import { invertEdit } from './invert-edit.ts';
import { UNASSIGNED } from './plan.ts';
import { PlanEditError } from './plan-edit-error.ts';
import { rebaseDraftEdit } from './rebase-draft-edit.ts';
import { renameKeys } from './rename-keys.ts';

const ATOMS = 24;
const BEATS = 5;
const attributes = (number: number) => ({
  number,
  name: { zh: `第${number}`, en: `No ${number}` },
  colour: 0,
  locked: false,
});

function draftOf(beatOfAtom: number[]): DraftPlan {
  return {
    beatOfAtom: Uint16Array.from(beatOfAtom),
    lockedAtoms: new Uint8Array(ATOMS),
    beats: Array.from({ length: BEATS }, (_, key) => ({ ...attributes(key + 1), zone: key % 2, removed: false })),
    zones: [0, 1].map((key) => ({ ...attributes(key + 1), removed: false })),
  };
}

const beat = fc.integer({ min: 0, max: BEATS - 1 });
const draftArbitrary = fc.array(beat, { minLength: ATOMS, maxLength: ATOMS }).map(draftOf);

/** What somebody may do to a draft, by intention: made into an edit of whatever draft it meets. */
const intention = fc.record({
  atoms: fc.uniqueArray(fc.integer({ min: 0, max: ATOMS - 1 }), { maxLength: 8 }),
  into: fc.oneof(beat, fc.constant(UNASSIGNED)),
  rename: fc.option(fc.record({ beat, number: fc.integer({ min: 1, max: 9 }), zone: fc.integer({ min: 0, max: 1 }) })),
  add: fc.boolean(),
  lock: fc.array(fc.integer({ min: 0, max: ATOMS - 1 }), { maxLength: 3 }),
  lockBeat: fc.option(beat),
  merge: fc.option(fc.tuple(beat, beat)),
});
type Intention = typeof intention extends fc.Arbitrary<infer T> ? T : never;

function editOf(draft: DraftPlan, wish: Intention): DraftEdit {
  const operations: DraftOperation[] = [];
  const standing = (key: number) => isStanding(draft.beats[key]);
  const set = (key: number, after: Partial<DraftPlan['beats'][number]>) => {
    const before = Object.fromEntries(
      Object.keys(after).map((name) => [name, draft.beats[key][name as 'number']]),
    ) as typeof after;
    operations.push({ op: 'set-beat', beat: key, before, after });
  };
  if (wish.rename && standing(wish.rename.beat))
    set(wish.rename.beat, { number: wish.rename.number, zone: wish.rename.zone });
  if (wish.lockBeat !== null && standing(wish.lockBeat))
    set(wish.lockBeat, { locked: !draft.beats[wish.lockBeat].locked });
  const added = draft.beats.length;
  if (wish.add) operations.push({ op: 'add-beat', beat: added, as: { ...attributes(added + 1), zone: 0 } });
  const lock = [...new Set(wish.lock)].filter((atom) => draft.lockedAtoms[atom] === 0);
  if (lock.length > 0) operations.push({ op: 'lock-atoms', atoms: lock, locked: true });
  const into = wish.add ? added : wish.into;
  const after = new Map<number, number>();
  if (into === UNASSIGNED || wish.add || standing(into)) for (const atom of wish.atoms) after.set(atom, into);
  if (wish.merge && wish.merge[0] !== wish.merge[1] && wish.merge.every(standing)) {
    const [from, to] = wish.merge;
    for (const [atom, is] of draft.beatOfAtom.entries()) if (is === from) after.set(atom, to);
    for (const [atom, becomes] of after) if (becomes === from) after.set(atom, to);
    const sets = operations.flatMap((o) => (o.op === 'set-beat' && o.beat === from ? [o.after] : []));
    const { removed: _, ...as } = Object.assign({}, draft.beats[from], ...sets) as DraftPlan['beats'][number];
    operations.push({ op: 'remove-beat', beat: from, as });
  }
  const atoms = [...after.keys()].sort((a, b) => a - b);
  const paint: PlanEdit = {
    atoms: Uint32Array.from(atoms),
    before: Uint16Array.from(atoms, (atom) => draft.beatOfAtom[atom]),
    after: Uint16Array.from(atoms, (atom) => after.get(atom) ?? 0),
  };
  return { paint: atoms.length === 0 ? null : paint, operations };
}

const rebase = (current: DraftPlan, edit: DraftEdit, isUndo = false) =>
  rebaseDraftEdit({ current, edit, isUndo, mostKeys: 100 });
const shown = (draft: DraftPlan) => ({ ...draft, beats: draft.beats.map((area) => (area.removed ? null : area)) });
/** Places that were added and taken back are empty, not absent. */
const trimmed = (draft: DraftPlan) => ({ ...shown(draft), beats: shown(draft).beats.slice(0, BEATS) });

describe('an edit of the assignment', () => {
  it('taken back leaves what was there', () => {
    fc.assert(
      fc.property(draftArbitrary, intention, (draft, wish) => {
        const { paint } = editOf(draft, wish);
        fc.pre(paint !== null);
        const done = applyEdit(draft.beatOfAtom, paint);
        expect(applyEdit(done, invertEdit(paint))).toEqual(draft.beatOfAtom);
      }),
    );
  });

  it.each([
    ['BEFORE_DIFFERS', 7, { atoms: [3, 7], before: [0, 2], after: [1, 1] }],
    ['ATOMS_NOT_ASCENDING', 3, { atoms: [7, 3], before: [0, 0], after: [1, 1] }],
    ['ATOM_UNKNOWN', 24, { atoms: [3, 24], before: [0, 0], after: [1, 1] }],
    ['COLUMNS_DIFFER', null, { atoms: [3, 4], before: [0], after: [1, 1] }],
  ])('%s names atom %s', (code, atom, { atoms, before, after }) => {
    const edit = {
      atoms: Uint32Array.from(atoms),
      before: Uint16Array.from(before),
      after: Uint16Array.from(after),
    };
    const beatOfAtom = new Uint16Array(ATOMS);
    expect(() => applyEdit(beatOfAtom, edit)).toThrow(PlanEditError);
    expect(() => applyEdit(beatOfAtom, edit)).toThrow(expect.objectContaining({ code, atom }));
    expect(beatOfAtom).toEqual(new Uint16Array(ATOMS));
  });
});

describe('an edit of a draft', () => {
  it('taken back leaves the draft as it was, whatever it did', () => {
    fc.assert(
      fc.property(draftArbitrary, intention, (draft, wish) => {
        const edit = editOf(draft, wish);
        const done = applyDraftEdit(draft, edit);
        expect(trimmed(applyDraftEdit(done, invertDraftEdit(edit)))).toEqual(shown(draft));
        expect(invertDraftEdit(invertDraftEdit(edit))).toEqual(edit);
      }),
    );
  });

  it('is refused by name where the draft is not as it found it', () => {
    const draft = draftOf(Array.from({ length: ATOMS }, () => 0));
    const renamed: DraftEdit = {
      paint: null,
      operations: [{ op: 'set-beat', beat: 1, before: { number: 9 }, after: { number: 3 } }],
    };
    const removal: DraftEdit = {
      paint: null,
      operations: [{ op: 'remove-beat', beat: 0, as: { ...attributes(1), zone: 0 } }],
    };
    const beyond: DraftEdit = {
      paint: null,
      operations: [{ op: 'add-beat', beat: 9, as: { ...attributes(9), zone: 0 } }],
    };
    for (const [edit, code, area] of [
      [renamed, 'ATTRIBUTES_DIFFER', 1],
      [removal, 'NOT_EMPTY', 0],
      [
        { ...removal, operations: [{ op: 'remove-beat', beat: 1, as: { ...attributes(9), zone: 1 } }] },
        'ATTRIBUTES_DIFFER',
        1,
      ],
      [beyond, 'KEY_NOT_NEXT', 9],
    ] as const) {
      expect(() => applyDraftEdit(draft, edit)).toThrow(expect.objectContaining({ code, area }));
    }
  });
});

describe('an edit made again on a draft that has changed', () => {
  it('takes effect as it was where nobody has been', () => {
    fc.assert(
      fc.property(draftArbitrary, intention, (draft, wish) => {
        // Locks of the edit itself count for its paint: left out here.
        const edit = editOf(draft, { ...wish, lock: [], lockBeat: null });
        const { edit: again, overridden, refused } = rebase(draft, edit);
        expect([overridden, refused]).toEqual([{ atoms: [], beats: [], zones: [] }, []]);
        expect(shown(applyDraftEdit(draft, again))).toEqual(shown(applyDraftEdit(draft, edit)));
      }),
    );
  });

  it('always fits, wins over others where they met, and never touches what is locked', () => {
    fc.assert(
      fc.property(draftArbitrary, intention, intention, (base, theirs, mine) => {
        const theirEdit = editOf(base, theirs);
        const current = applyDraftEdit(base, theirEdit);
        const myEdit = renameKeys(editOf(base, mine), {
          beats: new Map([[BEATS, current.beats.length]]),
          zones: new Map(),
        });
        const { edit, overridden, refused } = rebase(current, myEdit);
        const merged = applyDraftEdit(current, edit);
        const refusedAtoms = new Set(refused.flatMap(({ operation, atoms }) => (operation === null ? atoms : [])));
        for (const [i, atom] of (myEdit.paint?.atoms ?? new Uint32Array()).entries()) {
          const kept = refusedAtoms.has(atom) ? current.beatOfAtom[atom] : myEdit.paint?.after[i];
          expect(merged.beatOfAtom[atom]).toBe(kept);
        }
        const touched = new Set(myEdit.paint?.atoms);
        for (const [atom, is] of current.beatOfAtom.entries()) {
          if (!touched.has(atom)) expect(merged.beatOfAtom[atom]).toBe(is);
          if (merged.beatOfAtom[atom] === is) continue;
          expect(current.lockedAtoms[atom]).toBe(0);
        }
        const others = new Set(theirEdit.paint?.atoms);
        for (const atom of overridden.atoms) expect(others.has(atom)).toBe(true);
        for (const key of merged.beatOfAtom) expect(key === UNASSIGNED || !merged.beats[key].removed).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  it('of an undo changes only what still is as the edit left it', () => {
    fc.assert(
      fc.property(draftArbitrary, intention, intention, (base, first, second) => {
        const mine = editOf(base, { ...first, add: false, merge: null, lock: [], lockBeat: null, rename: null });
        const afterMine = applyDraftEdit(base, mine);
        const theirs = editOf(afterMine, { ...second, add: false, merge: null, lock: [], lockBeat: null });
        const current = applyDraftEdit(afterMine, theirs);
        const { edit, refused } = rebase(current, invertDraftEdit(mine), true);
        const result = applyDraftEdit(current, edit);
        for (const [i, atom] of (mine.paint?.atoms ?? new Uint32Array()).entries()) {
          const untouched = current.beatOfAtom[atom] === mine.paint?.after[i];
          expect(result.beatOfAtom[atom]).toBe(untouched ? base.beatOfAtom[atom] : current.beatOfAtom[atom]);
          if (!untouched && current.beatOfAtom[atom] !== base.beatOfAtom[atom])
            expect(refused).toContainEqual(expect.objectContaining({ reason: 'changed-since' }));
        }
      }),
    );
  });

  it('of an undo leaves an added beat or zone that somebody changed since, and says so', () => {
    const base = draftOf(Array.from({ length: ATOMS }, (_, atom) => Math.floor(atom / 5)));
    const addition: DraftEdit = {
      paint: null,
      operations: [
        { op: 'add-beat', beat: 5, as: { ...attributes(6), zone: 0 } },
        { op: 'add-zone', zone: 2, as: attributes(3) },
      ],
    };
    const added = applyDraftEdit(base, addition);
    const renamed = (name: string) => ({ name: { zh: name, en: name } });
    const current = applyDraftEdit(added, {
      paint: null,
      operations: [
        { op: 'set-beat', beat: 5, before: { name: attributes(6).name }, after: renamed('theirs') },
        { op: 'set-zone', zone: 2, before: { name: attributes(3).name }, after: renamed('theirs') },
      ],
    });
    const undo = invertDraftEdit(addition);
    const { edit, refused } = rebase(current, undo, true);
    expect(edit.operations).toEqual([]);
    expect(refused).toEqual([
      { reason: 'changed-since', atoms: [], operation: 0 },
      { reason: 'changed-since', atoms: [], operation: 1 },
    ]);
    expect(rebase(added, undo, true)).toMatchObject({ edit: undo, refused: [] });
    // A removal that is no undo wins and tells whose change it takes along.
    const removal = rebase(current, undo);
    expect(removal).toMatchObject({ overridden: { atoms: [], beats: [5], zones: [2] }, refused: [] });
    expect(applyDraftEdit(current, removal.edit).beats[5].removed).toBe(true);
  });

  it('names an area it overrides once, however many of its attributes', () => {
    const base = draftOf(Array.from({ length: ATOMS }, () => 0));
    const set = (before: { number: number; colour: number }, after: { number: number; colour: number }): DraftEdit => ({
      paint: null,
      operations: [
        { op: 'set-beat', beat: 1, before, after },
        { op: 'set-zone', zone: 1, before, after },
      ],
    });
    const was = { number: 2, colour: 0 };
    const current = applyDraftEdit(base, set(was, { number: 8, colour: 8 }));
    const { overridden } = rebase(current, set(was, { number: 9, colour: 9 }));
    expect(overridden).toEqual({ atoms: [], beats: [1], zones: [1] });
  });

  it('leaves a beat that somebody painted into meanwhile, and says so', () => {
    const base = draftOf(Array.from({ length: ATOMS }, (_, atom) => Math.floor(atom / 5)));
    const merge = editOf(base, { ...nothing, merge: [4, 3] });
    const current = applyDraftEdit(base, editOf(base, { ...nothing, atoms: [0], into: 4 }));
    const { edit, refused } = rebase(current, merge);
    expect(refused).toEqual([{ reason: 'not-empty', atoms: [], operation: 0 }]);
    const merged = applyDraftEdit(current, edit);
    expect([merged.beats[4].removed, merged.beatOfAtom[0], merged.beatOfAtom[23]]).toEqual([false, 4, 3]);
  });

  it('keeps out of a beat whose zone is locked', () => {
    const base = draftOf(Array.from({ length: ATOMS }, (_, atom) => Math.floor(atom / 5)));
    const locked = { ...base, zones: base.zones.map((zone, key) => ({ ...zone, locked: key === 0 })) };
    expect([isBeatLocked(locked, 2), isBeatLocked(locked, 1)]).toEqual([true, false]);
    const { edit, refused } = rebase(locked, editOf(base, { ...nothing, atoms: [0, 5, 15], into: 2 }));
    expect(edit.paint).toBeNull();
    expect(refused).toEqual([{ reason: 'locked', atoms: [0, 5, 15], operation: null }]);
  });
});

const nothing: Intention = {
  atoms: [],
  into: 0,
  rename: null,
  add: false,
  lock: [],
  lockBeat: null,
  merge: null,
};
