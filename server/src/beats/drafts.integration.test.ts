import type {
  AuditEntry,
  Draft,
  DraftEditAnswer,
  DraftHistory,
  ErrorBody,
  Plan,
  PlanSummary,
  StoredDraftEdit,
} from '@xunfang/geo-data/contract';
import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildApp } from '../app.ts';
import { createWorkers, type Workers } from '../platform/index.ts';
import type { TestSession } from '../testing/index.ts';
import {
  BUREAU,
  type DraftDesk,
  editOf,
  get,
  INCIDENTS,
  inverse,
  post,
  send,
  SOON,
  startDraftDesk,
  stroke,
} from './testing/draft-desk.ts';

let desk: DraftDesk;
let anna: TestSession;
let bo: TestSession;
let base: Plan;
let workers: Workers;
const apps: FastifyInstance[] = [];

beforeAll(async () => {
  desk = await startDraftDesk();
  ({ anna, bo, base } = desk);
  workers = createWorkers(1);
});

afterAll(async () => {
  for (const app of apps) await app.close();
  await desk.close();
  await workers.close();
});

describe('a draft', () => {
  it('opens with its areas by key, and everything to paint and score by', async () => {
    const id = await desk.clone('开');
    const draft = await get<Draft>(anna, `/api/drafts/${id}`);
    expect(draft).toMatchObject({ revision: 0, basedOnPlan: base.summary.id, authors: [], plan: { state: 'draft' } });
    expect(draft.beats.map(({ number, removed }) => [number, removed])).toEqual(
      [1, 2, 3, 4, 5, 6].map((n) => [n, false]),
    );
    const { meta, columns } = await desk.columns(id);
    expect(meta).toMatchObject({
      draft: id,
      revision: 0,
      atomCount: draft.atomSet.count,
      digest: draft.atomSet.digest,
    });
    const sum = (name: string) => Array.from(columns[name]).reduce((total, value) => total + value, 0);
    expect(sum('calls1') + sum('calls2') + sum('calls3') + sum('calls4')).toBe(INCIDENTS);
    expect(columns.neighbourOffset.at(-1)).toBe(columns.neighbour.length);
    // The workload of each beat as the plan's own figures have it.
    for (const [key, beat] of base.beats.entries()) {
      const own = Array.from(columns.workload).filter((_, atom) => columns.beatOfAtom[atom] === key);
      expect(own.reduce((total, value) => total + value, 0)).toBeCloseTo(beat.figures.workload, 9);
    }
  });

  it('takes the edits of two supervisors at once; each hears of the other’s, and merged they are what both have', async () => {
    const id = await desk.clone('二人');
    const [a, b] = [await desk.openConsole(anna), await desk.openConsole(bo)];
    const heard = new Map([a, b].map((one) => [one, [] as StoredDraftEdit[]]));
    for (const [one, list] of heard) one.socket.on('draft:edits', ({ edits }) => void list.push(...edits));
    const joined = await a.socket.timeout(10_000).emitWithAck('draft:join', { draft: id });
    expect(joined).toMatchObject({ ok: true, revision: 0, editors: [{ account: anna.username }] });
    await b.socket.timeout(10_000).emitWithAck('draft:join', { draft: id });

    const start = await desk.assignment(id);
    const strokes = Array.from({ length: 5 }, (_, i) => i);
    await Promise.all([
      ...strokes.map((i) => send(anna, id, 0, [stroke(start, [i], (start[i] + 1) % 6)])),
      ...strokes.map((i) => send(bo, id, 0, [stroke(start, [10 + i], (start[10 + i] + 1) % 6)])),
    ]);
    const now = await desk.assignment(id);
    for (const [atom, beat] of start.entries()) {
      const painted = atom < 5 || (atom >= 10 && atom < 15);
      expect(now[atom]).toBe(painted ? (beat + 1) % 6 : beat);
    }
    for (const list of heard.values()) {
      await expect.poll(() => list.length, SOON).toBe(10);
      expect(list.map(({ revision }) => revision).toSorted((x, y) => x - y)).toEqual(
        Array.from({ length: 10 }, (_, i) => i + 1),
      );
      expect(list.flatMap(({ overridden }) => overridden)).toEqual([]);
    }
    const { edits, revision } = await get<DraftHistory>(bo, `/api/drafts/${id}/edits?after=7&limit=2`);
    expect([revision, edits.map((edit) => edit.revision)]).toEqual([10, [8, 9]]);
  });

  it('lets the later of two win where they met, tells the earlier, and lets either take back what is still theirs', async () => {
    const id = await desk.clone('冲突');
    const a = await desk.openConsole(anna);
    const told: StoredDraftEdit[] = [];
    a.socket.on('draft:edits', ({ edits }) => void told.push(...edits));
    await a.socket.timeout(10_000).emitWithAck('draft:join', { draft: id });
    const start = await desk.assignment(id);
    const other = (atom: number, by: number) => (start[atom] + by) % 6;

    const first = await send(anna, id, 0, [stroke(start, [3], other(3, 1)), stroke(start, [4], other(4, 1))]);
    const mine = first.outcomes.map(({ stored }) => stored);
    const { outcomes, since, revision } = await send(bo, id, 0, [stroke(start, [4, 5], other(4, 2))]);
    expect(outcomes[0].stored.overridden).toEqual([
      { revision: 2, author: anna.username, atoms: [4], beats: [], zones: [] },
    ]);
    expect([revision, since.map((edit) => edit.revision)]).toEqual([3, [1, 2, 3]]);
    await expect.poll(() => told.find((edit) => edit.overridden.length > 0)?.author, SOON).toBe(bo.username);

    // Anna takes her second stroke back: nothing of it is left, Bo's stays.
    const undone = await send(anna, id, 2, [inverse(mine[1])]);
    expect(undone.outcomes[0]).toMatchObject({
      outcome: 'empty',
      refused: [{ reason: 'changed-since', atoms: [4], operation: null }],
    });
    expect((await desk.assignment(id))[4]).toBe(other(4, 2));
    // She undoes his where he won over her: her own is back, the rest of his stays.
    await send(anna, id, 4, [inverse(outcomes[0].stored, [4])]);
    const now = await desk.assignment(id);
    expect([now[3], now[4], now[5]]).toEqual([other(3, 1), other(4, 1), other(4, 2)]);
    // And Bo undoes, later, what is still his.
    const back = await send(bo, id, 3, [inverse(outcomes[0].stored)]);
    expect(back.outcomes[0].stored.paint?.atoms).toEqual([5]);
    expect((await desk.assignment(id)).slice(4, 6)).toEqual([other(4, 1), start[5]]);
  });

  it('stores what is sent twice once, and loses nothing when the server goes down', async () => {
    const id = await desk.clone('崩溃');
    const start = await desk.assignment(id);
    const first = stroke(start, [7], (start[7] + 1) % 6);
    const sent = await send(anna, id, 0, [first]);
    const { db, sql } = desk.test.database;
    const next = await buildApp({ config: desk.test.config, db, sql, workers });
    apps.push(next);
    await next.ready();
    const then = stroke(start, [8], (start[8] + 1) % 6);
    const { cookie, view } = anna;
    const again = await next.inject({
      method: 'POST',
      url: `/api/drafts/${id}/edits`,
      headers: { cookie, 'x-csrf-token': view.csrfToken },
      payload: { madeOn: 0, edits: [first, then] },
    });
    const answer = again.json<DraftEditAnswer>();
    expect(answer.outcomes.map(({ outcome, stored }) => [outcome, stored.revision])).toEqual([
      ['repeated', 1],
      ['stored', 2],
    ]);
    expect(answer.outcomes[0].stored).toEqual(sent.outcomes[0].stored);
    // Undone and done again by what the history holds.
    const { edits } = await get<DraftHistory>(anna, `/api/drafts/${id}/edits`);
    const undo = await send(anna, id, 2, [inverse(edits[0])]);
    expect((await desk.assignment(id))[7]).toBe(start[7]);
    await send(anna, id, 3, [{ ...inverse(undo.outcomes[0].stored), tool: 'redo' }]);
    expect((await desk.assignment(id))[7]).toBe((start[7] + 1) % 6);
  });

  it('merges, divides and renames its areas, and is drawn as it stands', async () => {
    const id = await desk.clone('结构');
    const start = await desk.assignment(id);
    const { beats } = await get<Draft>(anna, `/api/drafts/${id}`);
    const { removed: _, ...as } = beats[5];
    const own = start.flatMap((beat, atom) => (beat === 5 ? [atom] : []));
    const merge = {
      ...stroke(start, own, 4),
      tool: 'merge' as const,
      operations: [{ op: 'remove-beat' as const, beat: 5, as }],
    };
    const rename = editOf({
      tool: 'attributes',
      operations: [
        { op: 'set-beat', beat: 0, before: { name: beats[0].name }, after: { name: { zh: '春熙', en: 'Chunxi' } } },
      ],
    });
    await send(anna, id, 0, [merge, rename]);
    const { plans } = await get<{ plans: PlanSummary[] }>(anna, `/api/plans?bureau=${BUREAU}`);
    expect(plans.find((one) => one.id === id)).toMatchObject({ beats: 5, zones: 3 });
    const plan = await get<Plan>(anna, `/api/plans/${id}`);
    expect(plan.beats.map(({ number }) => number)).toEqual([1, 2, 3, 4, 5]);
    expect(plan.beats[0].name.zh).toBe('春熙');
    expect(plan.beats[4].figures.atoms).toBe(start.filter((beat) => beat >= 4).length);
    expect(plan.beats[4].figures.incidents).toBe(base.beats[4].figures.incidents + base.beats[5].figures.incidents);
    const admin = await desk.test.signInAs('admin', BUREAU);
    const { entries } = await get<{ entries: AuditEntry[] }>(admin, `/api/audit?bureau=${BUREAU}`);
    const structure = entries.filter(
      ({ action, subject }) => action === 'draft.structure-changed' && subject === `plan:${id}`,
    );
    expect(structure.map(({ detail }) => detail)).toMatchObject([
      { tool: 'attributes', operations: [{ op: 'set-beat', beat: 0 }] },
      { tool: 'merge', operations: [{ op: 'remove-beat', beat: 5 }] },
    ]);
  });

  it('refuses what does not fit, with the place', async () => {
    const id = await desk.clone('拒绝');
    const start = await desk.assignment(id);
    const wrong = { ...stroke(start, [9], 1), paint: { atoms: [9], before: [(start[9] + 3) % 6], after: [1] } };
    const refused = async (payload: object) =>
      (await post(anna, `/api/drafts/${id}/edits`, payload)).json<ErrorBody>().error;
    const { columns } = await desk.columns(id);
    expect(await refused({ madeOn: 0, edits: [wrong] })).toMatchObject({
      code: 'DRAFT_EDIT_BEFORE_DIFFERS',
      params: { atom: 9, lon: columns.lon[9], lat: columns.lat[9] },
    });
    const beyond = editOf({ paint: { atoms: [start.length], before: [0], after: [1] } });
    expect(await refused({ madeOn: 0, edits: [beyond] })).toMatchObject({
      code: 'DRAFT_EDIT_ATOM_UNKNOWN',
    });
    expect(await refused({ madeOn: 9, edits: [stroke(start, [9], 1)] })).toMatchObject({
      code: 'DRAFT_REVISION_STALE',
      params: { madeOn: 9, revision: 0 },
    });
    expect(await refused({ madeOn: 0, edits: [{ ...stroke(start, [9], 1), undoOf: 4 }] })).toMatchObject({
      code: 'DRAFT_UNDO_UNKNOWN',
    });
    expect((await get<Draft>(anna, `/api/drafts/${id}`)).revision).toBe(0);
  });
});
