import type { DraftBeat, DraftPlan } from '@xunfang/geo-data/beats';
import type { DraftEdit, StoredDraftEdit } from '@xunfang/geo-data/contract';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createDraftHistory } from './draft-history.ts';
import { createDraftReplica, type DraftReplica, ReplicaGapError } from './draft-replica.ts';
import { noNewKeys, rebaseEdit } from './rebase-edit.ts';

const ATOMS = 12;
const BEATS = 3;
const START: DraftPlan = {
  beatOfAtom: Uint16Array.from({ length: ATOMS }, (_, atom) => atom % BEATS),
  lockedAtoms: new Uint8Array(ATOMS),
  beats: Array.from({ length: BEATS }, (_, key) => beat(key)),
  zones: [{ number: 1, name: { zh: '一', en: 'One' }, colour: 0, locked: false, removed: false }],
};

function beat(key: number): DraftBeat {
  return {
    number: key + 1,
    name: { zh: `${key}`, en: `${key}` },
    colour: key,
    locked: false,
    zone: 0,
    removed: false,
  };
}

let made = 0;
const edit = (parts: Partial<DraftEdit>): DraftEdit => ({
  id: `edit-${made++}`,
  tool: 'brush',
  paint: null,
  operations: [],
  undoOf: null,
  ...parts,
});
const paint = (replica: DraftReplica, atoms: readonly number[], to: number): DraftEdit => {
  const ascending = [...new Set(atoms)].sort((a, b) => a - b);
  return edit({
    paint: {
      atoms: ascending,
      before: ascending.map((atom) => replica.view.beatOfAtom[atom]),
      after: ascending.map(() => to),
    },
  });
};

/** One place that decides the order, by the rules of the server. */
function createServer() {
  const log: StoredDraftEdit[] = [];
  const truth = createDraftReplica(START, 0);
  return {
    log,
    truth,
    take(sent: DraftEdit, author: string): void {
      if (log.some(({ id }) => id === sent.id)) return;
      const effect = rebaseEdit(truth.confirmed, sent, noNewKeys()) ?? { ...sent, paint: null, operations: [] };
      const stored = { ...effect, revision: log.length + 1, author, at: '', overridden: [] };
      log.push(stored);
      truth.receive([stored]);
    },
  };
}

describe('copies of a draft', () => {
  it('end up the same whoever painted what, and when whose edits arrived', () => {
    const step = fc.record({
      who: fc.integer({ min: 0, max: 1 }),
      what: fc.constantFrom('paint', 'add', 'send', 'receive'),
      atoms: fc.array(fc.integer({ min: 0, max: ATOMS - 1 }), { minLength: 1, maxLength: 5 }),
      to: fc.integer({ min: 0, max: BEATS - 1 }),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        const server = createServer();
        const desks = [createDraftReplica(START, 0), createDraftReplica(START, 0)];
        const sync = (desk: DraftReplica) => {
          desk.receive(server.log);
          const stored = new Set(server.log.map(({ id }) => id));
          expect(desk.pending.some((one) => stored.has(one.edit.id))).toBe(false);
        };
        for (const { who, what, atoms, to } of steps) {
          const desk = desks[who];
          if (what === 'paint') desk.add({ edit: paint(desk, atoms, to), undoOfId: null });
          if (what === 'add') {
            const { removed: _removed, ...as } = beat(10 + made);
            const operations = [{ op: 'add-beat' as const, beat: desk.view.beats.length, as }];
            desk.add({ edit: edit({ operations }), undoOfId: null });
          }
          if (what === 'send') for (const one of desk.pending) server.take(one.edit, `desk ${who}`);
          if (what === 'receive') sync(desk);
        }
        for (const [who, desk] of desks.entries()) {
          sync(desk);
          for (const one of desk.pending) server.take(one.edit, `desk ${who}`);
        }
        for (const desk of desks) {
          sync(desk);
          expect(desk.pending).toEqual([]);
          expect(desk.view).toEqual(server.truth.confirmed);
        }
      }),
    );
  });

  it('show an edit at once and lay it on top of what others stored before it', () => {
    const desk = createDraftReplica(START, 0);
    desk.add({ edit: paint(desk, [0, 3], 1), undoOfId: null });
    expect([...desk.view.beatOfAtom.subarray(0, 4)]).toEqual([1, 1, 2, 1]);
    const theirs = {
      ...paint(createDraftReplica(START, 0), [3, 4], 2),
      revision: 1,
      author: 'b',
      at: '',
      overridden: [],
    };
    desk.receive([theirs]);
    expect([...desk.view.beatOfAtom.subarray(0, 5)]).toEqual([1, 1, 2, 1, 2]);
    expect(desk.pending[0].edit.paint?.before).toEqual([0, 2]);
    expect(() => desk.receive([{ ...theirs, id: 'x', revision: 3 }])).toThrow(ReplicaGapError);
  });

  it('drop an edit that waits here and was stored before the copy was made', () => {
    const server = createServer();
    const { removed: _removed, ...as } = beat(BEATS);
    const kept = edit({ operations: [{ op: 'add-beat', beat: BEATS, as }] });
    server.take(kept, 'a');
    const desk = createDraftReplica(server.truth.confirmed, 1);
    const undo = edit({ tool: 'undo', operations: [{ op: 'remove-beat', beat: BEATS, as }] });
    desk.add({ edit: kept, undoOfId: null });
    desk.add({ edit: undo, undoOfId: kept.id });
    desk.receive(server.log);
    expect(desk.pending.map((one) => [one.edit.id, one.edit.undoOf, one.undoOfId])).toEqual([[undo.id, 1, null]]);
    desk.receive([{ ...undo, revision: 2, author: 'a', at: '', overridden: [] }]);
    expect(desk.pending).toEqual([]);
    expect(desk.view.beats.map(({ removed }) => removed)).toEqual([false, false, false, true]);
  });
});

describe('undo and redo', () => {
  it('go back to the beginning and forward to the end, also after a reload', () => {
    const strokes = fc.array(
      fc.record({
        atoms: fc.array(fc.integer({ min: 0, max: ATOMS - 1 }), { minLength: 1, maxLength: 5 }),
        to: fc.integer({ min: 0, max: BEATS - 1 }),
      }),
      { maxLength: 12 },
    );
    fc.assert(
      fc.property(strokes, fc.integer({ min: 0, max: 12 }), (all, reloadAfter) => {
        const server = createServer();
        const desk = createDraftReplica(START, 0);
        let history = createDraftHistory([], 'a');
        const make = (one: DraftEdit, target: string | null) => {
          const effect = desk.add({ edit: one, undoOfId: one.undoOf === null ? target : null });
          if (effect === null) return;
          history.made(effect, target);
          for (const waiting of desk.pending) server.take(waiting.edit, 'a');
          desk.receive(server.log);
          for (const stored of server.log) history.confirm(stored);
        };
        for (const { atoms, to } of all) make(paint(desk, atoms, to), null);
        const end = desk.view.beatOfAtom;
        let steps = 0;
        for (let next = history.undo(); next !== null; next = history.undo()) {
          make(next.edit, next.target);
          if (++steps === reloadAfter) history = createDraftHistory(server.log, 'a');
        }
        expect(desk.view.beatOfAtom).toEqual(START.beatOfAtom);
        expect(history.canUndo).toBe(false);
        if (reloadAfter > 6) history = createDraftHistory(server.log, 'a');
        for (let next = history.redo(); next !== null; next = history.redo()) make(next.edit, next.target);
        expect(desk.view.beatOfAtom).toEqual(end);
        expect(history.canRedo).toBe(false);
      }),
      { numRuns: 60 },
    );
  });

  it('leave other people’s edits alone', () => {
    const server = createServer();
    server.take(paint(server.truth, [0], 1), 'b');
    const history = createDraftHistory(server.log, 'a');
    expect([history.canUndo, history.undo()]).toEqual([false, null]);
  });
});
