import { applyDraftEdit, type DraftPlan } from '@xunfang/geo-data/beats';
import type { DraftEdit, StoredDraftEdit } from '@xunfang/geo-data/contract';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { kernelEdit, type Merge, mergeEdits } from './merge-edits.ts';

const ATOMS = 12;
const attributes = (number: number) => ({
  number,
  name: { zh: `第${number}`, en: `No ${number}` },
  colour: 0,
  locked: false,
});
const START: DraftPlan = {
  beatOfAtom: Uint16Array.from({ length: ATOMS }, (_, atom) => atom % 3),
  lockedAtoms: new Uint8Array(ATOMS),
  beats: [1, 2, 3].map((number) => ({ ...attributes(number), zone: 0, removed: false })),
  zones: [{ ...attributes(1), removed: false }],
};

/** The server's side of a draft, and consoles that each know it as of some revision. */
class Server {
  plan = START;
  log: StoredDraftEdit[] = [];

  send(madeOn: number, edits: DraftEdit[], author: string): Merge {
    const merge = mergeEdits({
      plan: this.plan,
      revision: this.log.length,
      since: this.log.slice(madeOn),
      known: new Map(this.log.map((edit) => [edit.id, edit])),
      edits,
      author,
      at: '2026-01-01T00:00:00Z',
      mostKeys: 100,
    });
    this.plan = merge.plan;
    this.log.push(...merge.stored);
    return merge;
  }
}
const replay = (log: readonly StoredDraftEdit[]) =>
  log.reduce((plan, edit) => applyDraftEdit(plan, kernelEdit(edit)), START);

let ids = 0;
const edit = (changes: Partial<DraftEdit>): DraftEdit => ({
  id: `id-${ids++}`,
  tool: 'brush',
  paint: null,
  operations: [],
  undoOf: null,
  ...changes,
});
const stroke = (plan: DraftPlan, atoms: number[], into: number) =>
  edit({ paint: { atoms, before: atoms.map((atom) => plan.beatOfAtom[atom]), after: atoms.map(() => into) } });
const addBeat = (plan: DraftPlan, atoms: number[]): DraftEdit => {
  const beat = plan.beats.length;
  const { paint } = stroke(plan, atoms, beat);
  return edit({
    tool: 'split',
    paint,
    operations: [{ op: 'add-beat', beat, as: { ...attributes(beat + 1), zone: 0 } }],
  });
};

describe('the edits of two consoles', () => {
  it('merge into one history that replays to what the server has, whoever knew what', () => {
    const action = fc.record({
      author: fc.constantFrom('anna', 'bo'),
      behind: fc.integer({ min: 0, max: 4 }),
      atoms: fc.uniqueArray(fc.integer({ min: 0, max: ATOMS - 1 }), { minLength: 1, maxLength: 5 }),
      into: fc.integer({ min: 0, max: 2 }),
      add: fc.boolean(),
      again: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(action, { maxLength: 12 }), (actions) => {
        const server = new Server();
        for (const { author, behind, atoms, into, add, again } of actions) {
          const madeOn = Math.max(0, server.log.length - behind);
          const seen = replay(server.log.slice(0, madeOn));
          const sorted = atoms.toSorted((a, b) => a - b);
          const first = add ? addBeat(seen, sorted) : stroke(seen, sorted, into);
          const then = stroke(applyDraftEdit(seen, kernelEdit(first)), sorted.slice(0, 1), add ? seen.beats.length : 0);
          const before = server.log.length;
          const { outcomes } = server.send(madeOn, [first, then], author);
          // Nothing is locked or removed here: everything painted is as the last one wanted it.
          for (const atom of sorted.slice(1))
            expect(server.plan.beatOfAtom[atom]).toBe(add ? outcomes[0].stored.paint?.after[0] : into);
          if (!again) continue;
          const length = server.log.length;
          const repeated = server.send(madeOn, [first, then], author);
          expect(repeated.outcomes).toEqual(
            outcomes.map(({ stored, id }) => ({ id, stored, outcome: 'repeated', refused: [] })),
          );
          expect([server.log.length, length]).toEqual([length, before + 2]);
        }
        expect(replay(server.log)).toEqual(server.plan);
        expect(server.log.map(({ revision }) => revision)).toEqual(server.log.map((_, index) => index + 1));
      }),
      { numRuns: 200 },
    );
  });

  it('say whose work was won over, and where', () => {
    const server = new Server();
    server.send(0, [stroke(START, [0, 1, 2], 2)], 'anna');
    server.send(1, [stroke(server.plan, [2], 1)], 'carl');
    const { stored } = server.send(0, [stroke(START, [1, 2, 3], 0)], 'bo');
    expect(stored[0].overridden).toEqual([
      { revision: 2, author: 'carl', atoms: [2], beats: [], zones: [] },
      { revision: 1, author: 'anna', atoms: [1], beats: [], zones: [] },
    ]);
    expect(stored[0].paint).toEqual({ atoms: [1, 2], before: [2, 1], after: [0, 0] });
    expect(Array.from(server.plan.beatOfAtom.subarray(0, 4))).toEqual([2, 0, 0, 0]);
  });

  it('deal a new key to the later of two who add a beat at once, also in what it sends next', () => {
    const server = new Server();
    server.send(0, [addBeat(START, [0])], 'anna');
    const mine = addBeat(START, [1]);
    const then = stroke(applyDraftEdit(START, kernelEdit(mine)), [4], 3);
    const { outcomes } = server.send(0, [mine, then], 'bo');
    expect(outcomes.map(({ outcome }) => outcome)).toEqual(['stored', 'stored']);
    expect(server.plan.beats.length).toBe(5);
    expect(Array.from(server.plan.beatOfAtom.subarray(0, 5))).toEqual([3, 4, 2, 0, 4]);
    // The answer was lost: the first is known, the third is new and still means the same beat.
    const third = stroke(applyDraftEdit(applyDraftEdit(START, kernelEdit(mine)), kernelEdit(then)), [7], 3);
    const again = server.send(0, [mine, then, third], 'bo');
    expect(again.outcomes.map(({ outcome }) => outcome)).toEqual(['repeated', 'repeated', 'stored']);
    expect(server.plan.beatOfAtom[7]).toBe(4);
  });

  it('refuse an edit that does not fit where it was made', () => {
    const server = new Server();
    server.send(0, [stroke(START, [5], 0)], 'anna');
    // Made on revision 1, where atom 5 is no longer of beat 2.
    expect(() => server.send(1, [stroke(START, [4, 5], 2), stroke(START, [5], 1)], 'bo')).toThrow(
      expect.objectContaining({ code: 'BEFORE_DIFFERS', atom: 5 }),
    );
  });
});
