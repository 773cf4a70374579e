import { applyDraftEdit, type DraftPlan, invertDraftEdit } from '@xunfang/geo-data/beats';
import type { Proposal, ProposedPlan } from '@xunfang/geo-data/contract';
import { describe, expect, it } from 'vitest';
import { decimalsOf, neighbour, paretoScales, rankOf, shareOn } from './pareto.ts';
import { editOfProposal, planOfProposal } from './proposal-plan.ts';

const area = (number: number) => ({
  number,
  name: { zh: `${number}`, en: `${number}` },
  colour: 0,
  locked: false,
  removed: false,
});
const view: DraftPlan = {
  beatOfAtom: Uint16Array.of(0, 0, 1, 2, 2),
  lockedAtoms: new Uint8Array(5),
  beats: [0, 1, 1].map((zone, key) => ({ ...area(key + 1), zone })),
  zones: [area(1), area(2)],
};
const proposed: ProposedPlan = {
  run: 'r',
  proposal: 1,
  beatOfAtom: [0, 1, 1, 1, 2],
  zoneOfBeat: [0, 0, 1].map((zone, beat) => ({ beat, zone })),
};

describe('a proposal', () => {
  it('is one edit that makes of the draft what was shown, and that undo takes back whole', () => {
    const edit = editOfProposal(view, proposed);
    expect([...(edit.paint?.atoms ?? [])]).toEqual([1, 3]);
    expect(edit.operations).toEqual([{ op: 'set-beat', beat: 1, before: { zone: 1 }, after: { zone: 0 } }]);
    const after = applyDraftEdit(view, edit);
    expect(after).toEqual(planOfProposal(view, proposed));
    expect(applyDraftEdit(after, invertDraftEdit(edit))).toEqual(view);
    expect(editOfProposal(after, proposed)).toEqual({ paint: null, operations: [] });
  });
});

const point = (id: number, response: number, balance: number): Proposal => ({
  id,
  response,
  balance,
  compactness: 0.5,
  change: 0,
});
const points = [point(1, 3, 0.04), point(2, 2, 0.08), point(3, 2.5, 0.06), point(4, 2.8, 0.02)];

describe('the Pareto chart', () => {
  it('holds every point, with round numbers at its edges', () => {
    const { response, balance } = paretoScales(points);
    for (const one of points)
      for (const share of [shareOn(response, one.response), shareOn(balance, one.balance)]) {
        expect(share).toBeGreaterThan(0);
        expect(share).toBeLessThan(1);
      }
    expect(balance.ticks.map((tick) => tick.toFixed(decimalsOf(balance)))).toEqual(['0.02', '0.04', '0.06', '0.08']);
    expect(paretoScales([point(1, 0, 0)]).response.ticks.length).toBeGreaterThan(0);
    expect(rankOf([1, 3], 3)).toBe(1);
    expect(rankOf([2], 2)).toBe(0.5);
  });

  it('is walked through by arrow keys as its points lie, and stays at the ends', () => {
    const walk = (from: number | null, key: string) => neighbour(points, from, key)?.id;
    expect(walk(null, 'ArrowRight')).toBe(2);
    expect([2, 3, 4, 1].map((id) => walk(id, 'ArrowRight'))).toEqual([3, 4, 1, 1]);
    expect([4, 1, 3, 2].map((id) => walk(id, 'ArrowUp'))).toEqual([1, 3, 2, 2]);
    expect([walk(2, 'ArrowLeft'), walk(3, 'ArrowDown'), walk(1, 'Home'), walk(1, 'End')]).toEqual([2, 1, 2, 1]);
    expect(walk(1, 'a')).toBeUndefined();
    expect(neighbour([], null, 'ArrowRight')).toBeNull();
  });
});
