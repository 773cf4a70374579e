import { randomUUID } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import {
  type AuditEntry,
  type Draft,
  type DraftChecks,
  type DraftColumnsMeta,
  type DraftEdit,
  type DraftEditAnswer,
  type DraftHistory,
  decodeColumnBlock,
  type ErrorBody,
  type Plan,
  type PlanComment,
  type PlanComparison,
  type PlanSummary,
  type StoredDraftEdit,
} from '@xunfang/geo-data/contract';
import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildApp } from '../app.ts';
import { createWorkers, type Workers } from '../platform/index.ts';
import {
  addIncidents,
  type ConnectedConsole,
  connectConsole,
  createTestApp,
  createTestBureau,
  publishPlan,
  type TestApp,
  type TestSession,
} from '../testing/index.ts';

const BUREAU = 'drafts-test';
const SOON = { timeout: 10_000, interval: 10 };
const COUNT = 400;

let test: TestApp;
let workers: Workers;
let anna: TestSession;
let bo: TestSession;
let bureauId: number;
let base: Plan;
let origin: string;
const consoles: ConnectedConsole[] = [];
const apps: FastifyInstance[] = [];

const originOf = (app: FastifyInstance) => `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`;

async function openConsole(session: TestSession): Promise<ConnectedConsole> {
  const connected = await connectConsole(origin, session, BUREAU);
  consoles.push(connected);
  return connected;
}

async function get<Body>(session: TestSession, url: string): Promise<Body> {
  const answer = await session.inject({ method: 'GET', url });
  expect(answer.statusCode, answer.body).toBe(200);
  return answer.json<Body>();
}
const post = (session: TestSession, url: string, payload: object) => session.inject({ method: 'POST', url, payload });

async function cloneOf(id: number, name: string): Promise<number> {
  const answer = await post(anna, `/api/plans/${id}/clone`, { name });
  expect(answer.statusCode, answer.body).toBe(201);
  return answer.json<PlanSummary>().id;
}

async function columnsOf(id: number) {
  const answer = await anna.inject({ method: 'GET', url: `/api/drafts/${id}/columns` });
  expect(answer.statusCode).toBe(200);
  const bytes = answer.rawPayload;
  return decodeColumnBlock<DraftColumnsMeta>(Uint8Array.from(bytes).buffer);
}
/** Of the draft as it is stored; made by whoever opens it first. */
async function assignment(id: number): Promise<number[]> {
  const stored = () =>
    test.database.db.selectFrom('plan_draft').select('beat_of_atom').where('plan_id', '=', id).executeTakeFirst();
  if ((await stored()) === undefined) await get<Draft>(anna, `/api/drafts/${id}`);
  const bytes = Uint8Array.from((await stored())?.beat_of_atom ?? []);
  return Array.from(new Uint16Array(bytes.buffer));
}

const editOf = (changes: Partial<DraftEdit>): DraftEdit => ({
  id: randomUUID(),
  tool: 'brush',
  paint: null,
  operations: [],
  undoOf: null,
  ...changes,
});
const stroke = (beatOfAtom: readonly number[], atoms: number[], into: number) =>
  editOf({ paint: { atoms, before: atoms.map((atom) => beatOfAtom[atom]), after: atoms.map(() => into) } });
const inverse = ({ paint, revision }: StoredDraftEdit, atoms = paint?.atoms ?? []) => {
  const at = (column: number[] | undefined) => atoms.map((atom) => column?.[paint?.atoms.indexOf(atom) ?? 0] ?? 0);
  return editOf({
    tool: 'undo',
    undoOf: revision,
    paint: { atoms, before: at(paint?.after), after: at(paint?.before) },
  });
};

async function send(session: TestSession, id: number, madeOn: number, edits: DraftEdit[]): Promise<DraftEditAnswer> {
  const answer = await post(session, `/api/drafts/${id}/edits`, { madeOn, edits });
  expect(answer.statusCode, answer.body).toBe(200);
  return answer.json<DraftEditAnswer>();
}

beforeAll(async () => {
  test = await createTestApp();
  workers = createWorkers(1);
  bureauId = await createTestBureau(test.database.db, { slug: BUREAU });
  await createTestBureau(test.database.db, { slug: 'elsewhere' });
  const incidents = Array.from({ length: COUNT }, (_, row) => ({
    key: String(row),
    at: new Date(Date.parse('2026-01-01T00:00:00Z') + row * 3_600_000),
    lon: 104 + ((row * 37) % 100) / 1250,
    lat: 30.6 + ((row * 61) % 97) / 1250,
  }));
  await addIncidents(test.database.db, bureauId, incidents);
  await test.database.db
    .insertInto('place')
    .values([
      { bureau_id: bureauId, kind: 'school', name_zh: '学校', name_en: 'School', lon: 104.04, lat: 30.64, tier: 1 },
      { bureau_id: bureauId, kind: 'park', name_zh: '公园', name_en: 'Park', lon: 104.03, lat: 30.63, tier: null },
    ])
    .execute();
  await test.app.listen({ port: 0, host: '127.0.0.1' });
  origin = originOf(test.app);
  anna = await test.signInAs('supervisor', BUREAU);
  bo = await test.signInAs('supervisor', BUREAU);
  const answer = await post(anna, `/api/plans/design?bureau=${BUREAU}`, {
    name: '现行',
    beats: 6,
    zones: 3,
    resolution: 8,
  });
  base = answer.json<Plan>();
});

afterAll(async () => {
  for (const one of consoles) one.close();
  for (const app of apps) await app.close();
  await test.close();
  await workers.close();
});

describe('a draft', () => {
  it('opens with its areas by key, and everything to paint and score by', async () => {
    const id = await cloneOf(base.summary.id, '开');
    const draft = await get<Draft>(anna, `/api/drafts/${id}`);
    expect(draft).toMatchObject({ revision: 0, basedOnPlan: base.summary.id, authors: [], plan: { state: 'draft' } });
    expect(draft.beats.map(({ number, removed }) => [number, removed])).toEqual(
      [1, 2, 3, 4, 5, 6].map((n) => [n, false]),
    );
    const { meta, columns } = await columnsOf(id);
    expect(meta).toMatchObject({
      draft: id,
      revision: 0,
      atomCount: draft.atomSet.count,
      digest: draft.atomSet.digest,
    });
    const sum = (name: string) => Array.from(columns[name]).reduce((total, value) => total + value, 0);
    expect(sum('calls1') + sum('calls2') + sum('calls3') + sum('calls4')).toBe(COUNT);
    expect(columns.neighbourOffset.at(-1)).toBe(columns.neighbour.length);
    // The workload of each beat as the plan's own figures have it.
    for (const [key, beat] of base.beats.entries()) {
      const own = Array.from(columns.workload).filter((_, atom) => columns.beatOfAtom[atom] === key);
      expect(own.reduce((total, value) => total + value, 0)).toBeCloseTo(beat.figures.workload, 9);
    }
  });

  it('takes the edits of two supervisors at once; each hears of the other’s, and merged they are what both have', async () => {
    const id = await cloneOf(base.summary.id, '二人');
    const [a, b] = [await openConsole(anna), await openConsole(bo)];
    const heard = new Map([a, b].map((one) => [one, [] as StoredDraftEdit[]]));
    for (const [one, list] of heard) one.socket.on('draft:edits', ({ edits }) => void list.push(...edits));
    const joined = await a.socket.timeout(10_000).emitWithAck('draft:join', { draft: id });
    expect(joined).toMatchObject({ ok: true, revision: 0, editors: [{ account: anna.username }] });
    await b.socket.timeout(10_000).emitWithAck('draft:join', { draft: id });

    const start = await assignment(id);
    const strokes = Array.from({ length: 5 }, (_, i) => i);
    await Promise.all([
      ...strokes.map((i) => send(anna, id, 0, [stroke(start, [i], (start[i] + 1) % 6)])),
      ...strokes.map((i) => send(bo, id, 0, [stroke(start, [10 + i], (start[10 + i] + 1) % 6)])),
    ]);
    const now = await assignment(id);
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
    const id = await cloneOf(base.summary.id, '冲突');
    const a = await openConsole(anna);
    const told: StoredDraftEdit[] = [];
    a.socket.on('draft:edits', ({ edits }) => void told.push(...edits));
    await a.socket.timeout(10_000).emitWithAck('draft:join', { draft: id });
    const start = await assignment(id);
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
    expect((await assignment(id))[4]).toBe(other(4, 2));
    // She undoes his where he won over her: her own is back, the rest of his stays.
    await send(anna, id, 4, [inverse(outcomes[0].stored, [4])]);
    const now = await assignment(id);
    expect([now[3], now[4], now[5]]).toEqual([other(3, 1), other(4, 1), other(4, 2)]);
    // And Bo undoes, later, what is still his.
    const back = await send(bo, id, 3, [inverse(outcomes[0].stored)]);
    expect(back.outcomes[0].stored.paint?.atoms).toEqual([5]);
    expect((await assignment(id)).slice(4, 6)).toEqual([other(4, 1), start[5]]);
  });

  it('stores what is sent twice once, and loses nothing when the server goes down', async () => {
    const id = await cloneOf(base.summary.id, '崩溃');
    const start = await assignment(id);
    const first = stroke(start, [7], (start[7] + 1) % 6);
    const sent = await send(anna, id, 0, [first]);
    const { db, sql } = test.database;
    const next = await buildApp({ config: test.config, db, sql, workers });
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
    expect((await assignment(id))[7]).toBe(start[7]);
    await send(anna, id, 3, [{ ...inverse(undo.outcomes[0].stored), tool: 'redo' }]);
    expect((await assignment(id))[7]).toBe((start[7] + 1) % 6);
  });

  it('merges, divides and renames its areas, and is drawn as it stands', async () => {
    const id = await cloneOf(base.summary.id, '结构');
    const start = await assignment(id);
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
    const admin = await test.signInAs('admin', BUREAU);
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
    const id = await cloneOf(base.summary.id, '拒绝');
    const start = await assignment(id);
    const wrong = { ...stroke(start, [9], 1), paint: { atoms: [9], before: [(start[9] + 3) % 6], after: [1] } };
    const refused = async (payload: object) =>
      (await post(anna, `/api/drafts/${id}/edits`, payload)).json<ErrorBody>().error;
    const { columns } = await columnsOf(id);
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

  it('cannot be submitted while a beat is empty or in pieces; each problem has its place', async () => {
    const id = await cloneOf(base.summary.id, '检查');
    const start = await assignment(id);
    const far = start.findLastIndex((beat) => beat !== start[0]);
    const add = editOf({
      tool: 'split',
      operations: [
        {
          op: 'add-beat',
          beat: 6,
          as: { number: 1, name: { zh: '新', en: 'New' }, colour: 1, locked: false, zone: 0 },
        },
      ],
    });
    await send(anna, id, 0, [stroke(start, [far], start[0]), add]);
    const checks = await get<DraftChecks>(anna, `/api/drafts/${id}/checks`);
    expect(checks.revision).toBe(2);
    const { columns } = await columnsOf(id);
    expect(checks.problems).toContainEqual({
      code: 'BEAT_NOT_CONTIGUOUS',
      beats: [start[0]],
      zones: [],
      atoms: [far],
      parts: 2,
      at: [columns.lon[far], columns.lat[far]],
    });
    expect(checks.problems.map(({ code }) => code)).toEqual(
      expect.arrayContaining(['BEAT_EMPTY', 'BEAT_NUMBER_TAKEN']),
    );
    const stale = await post(anna, `/api/plans/${id}/submission`, { revision: 1 });
    expect([stale.statusCode, stale.json<ErrorBody>().error.code]).toEqual([409, 'DRAFT_REVISION_STALE']);
    const unsound = await post(anna, `/api/plans/${id}/submission`, { revision: 2 });
    expect(unsound.statusCode).toBe(422);
    expect(unsound.json<ErrorBody>().error).toMatchObject({
      code: 'DRAFT_UNSOUND',
      params: { count: checks.problems.length, problem: checks.problems[0].code },
    });
  });

  it('shows who is there and where they point, to those who have it open only', async () => {
    const id = await cloneOf(base.summary.id, '光标');
    const [a, b, c] = [await openConsole(anna), await openConsole(bo), await openConsole(bo)];
    const pointed: unknown[] = [];
    let editors: string[] = [];
    a.socket.on('draft:pointer', (message) => void pointed.push(message));
    a.socket.on('draft:editors', (message) => (editors = message.editors.map(({ account }) => account)));
    c.socket.on('draft:pointer', () => pointed.push('heard outside'));
    await a.socket.timeout(10_000).emitWithAck('draft:join', { draft: id });
    const joined = await b.socket.timeout(10_000).emitWithAck('draft:join', { draft: id });
    await expect.poll(() => editors.toSorted(), SOON).toEqual([anna.username, bo.username].toSorted());
    const pointer = { draft: id, lon: 104.04, lat: 30.64, beat: 2 };
    c.socket.emit('draft:pointer', pointer);
    b.socket.emit('draft:pointer', { ...pointer, lon: Number.NaN });
    // Volatile: pointed at until it is seen.
    await expect
      .poll(() => {
        b.socket.emit('draft:pointer', pointer);
        return pointed[0];
      }, SOON)
      .toEqual({ ...pointer, editor: joined.ok ? joined.editor : '' });
    expect(pointed).not.toContain('heard outside');

    const start = await assignment(id);
    await send(bo, id, 0, [stroke(start, [1, 2], (start[1] + 1) % 6)]);
    b.close();
    await expect.poll(() => editors, SOON).toEqual([anna.username]);
    // A sitting is one line of the audit.
    const painted = () =>
      test.database.db
        .selectFrom('audit_entry')
        .select(['actor', 'detail'])
        .where('action', '=', 'draft.painted')
        .where('subject', '=', `plan:${id}`)
        .execute();
    await expect
      .poll(painted, SOON)
      .toEqual([
        { actor: bo.username, detail: expect.objectContaining({ strokes: 1, fromRevision: 1, toRevision: 1 }) },
      ]);
  });

  it('is open to the supervisors of its bureau only', async () => {
    const id = await cloneOf(base.summary.id, '角色');
    const dispatcher = await test.signInAs('dispatcher', BUREAU);
    const stranger = await test.signInAs('supervisor', 'elsewhere');
    const edits = [editOf({})];
    const answers = [dispatcher, stranger].map((one) => post(one, `/api/drafts/${id}/edits`, { madeOn: 0, edits }));
    expect((await Promise.all(answers)).map(({ statusCode }) => statusCode)).toEqual([403, 404]);
    const theirs = await connectConsole(origin, stranger, 'elsewhere');
    consoles.push(theirs);
    const join = (one: ConnectedConsole) => one.socket.timeout(10_000).emitWithAck('draft:join', { draft: id });
    expect(await join(theirs)).toMatchObject({ ok: false, code: 'BUREAU_REFUSED' });
    expect(await join(await openConsole(dispatcher))).toMatchObject({ ok: false, code: 'ROLE_REFUSED' });
    const nothing = await (await openConsole(anna)).socket
      .timeout(10_000)
      .emitWithAck('draft:join', { draft: 999_999 });
    expect(nothing).toMatchObject({ ok: false, code: 'NOT_FOUND' });
  });

  it('says what changes for whom against another plan', async () => {
    const id = await cloneOf(base.summary.id, '比较');
    const start = await assignment(id);
    const { columns } = await columnsOf(id);
    const from = start[20];
    const into = (from + 1) % 6;
    await send(anna, id, 0, [stroke(start, [20], into)]);
    const comparison = await get<PlanComparison>(
      anna,
      `/api/plans/comparison?bureau=${BUREAU}&from=${base.summary.id}&to=${id}`,
    );
    const incidents = ['calls1', 'calls2', 'calls3', 'calls4'].reduce((sum, name) => sum + columns[name][20], 0);
    expect(comparison.moved).toMatchObject([
      { fromBeat: from + 1, toBeat: into + 1, atoms: 1, incidents, areaKm2: columns.areaKm2[20] },
    ]);
    expect(comparison.atoms).toMatchObject([{ fromBeat: from + 1, toBeat: into + 1 }]);
    expect(comparison.total).toMatchObject({ atoms: start.length, incidents: COUNT, keyPlaces: 1 });
    expect(comparison.successors.every(({ fromBeat, toBeat }) => fromBeat === toBeat)).toBe(true);
  });

  it('is commented on at a beat and at a place, and comments are resolved', async () => {
    const id = await cloneOf(base.summary.id, '批注');
    await get<Draft>(anna, `/api/drafts/${id}`);
    const watching = await openConsole(anna);
    const at = { kind: 'place' as const, lon: 104.04, lat: 30.64 };
    const made = await post(bo, `/api/plans/${id}/comments`, { text: '这里应归二巡区', anchor: at });
    expect(made.statusCode, made.body).toBe(201);
    await post(bo, `/api/plans/${id}/comments`, { text: '太大', anchor: { kind: 'beat', beat: 2 } });
    const unknown = await post(bo, `/api/plans/${id}/comments`, { text: '?', anchor: { kind: 'beat', beat: 99 } });
    expect(unknown.json<ErrorBody>().error.code).toBe('COMMENT_BEAT_UNKNOWN');
    const resolved = await post(anna, `/api/plan-comments/${made.json<PlanComment>().id}/resolution`, {});
    expect(resolved.json<PlanComment>()).toMatchObject({ resolvedBy: anna.username });
    const { comments } = await get<{ comments: PlanComment[] }>(anna, `/api/plans/${id}/comments`);
    expect(comments).toMatchObject([
      { author: bo.username, anchor: at, resolvedBy: anna.username },
      { anchor: { kind: 'beat', beat: 2 }, resolvedBy: null },
    ]);
    await expect.poll(() => watching.events.filter(({ event }) => event === 'plan:commented').length, SOON).toBe(3);
  });
});

describe('a bureau whose boundary has changed', () => {
  it('refuses plans of its old atoms, with a place where they differ', async () => {
    const admin = await test.signInAs('admin', BUREAU);
    const published = await publishPlan({ author: anna, approver: admin }, base.summary.id, { effectiveFrom: null });
    expect(published.statusCode, published.body).toBe(200);
    const { db } = test.database;
    const { boundary } = await db
      .selectFrom('bureau')
      .select('boundary')
      .where('id', '=', bureauId)
      .executeTakeFirstOrThrow();
    const [ring] = boundary.coordinates as [number, number][][];
    const smaller = ring.map(([lon, lat]) => [Math.min(lon, 104.05), lat]);
    await db
      .updateTable('bureau')
      .set({ boundary: { type: 'Polygon', coordinates: [smaller] } })
      .where('id', '=', bureauId)
      .execute();
    const opened = await anna.inject({ method: 'GET', url: `/api/drafts/${base.summary.id}` });
    expect(opened.statusCode).toBe(409);
    const { code, params } = opened.json<ErrorBody>().error;
    expect(code).toBe('PLAN_OTHER_ATOMS');
    expect(params?.lon).toBeGreaterThan(104.04);
    const cloned = await post(anna, `/api/plans/${base.summary.id}/clone`, { name: '克隆' });
    expect(cloned.json<ErrorBody>().error.code).toBe('PLAN_OTHER_ATOMS');
    // What was published is still to be seen.
    expect((await get<Plan>(anna, `/api/plans/${base.summary.id}`)).beats).toHaveLength(6);
  });
});
