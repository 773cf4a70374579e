import type {
  Draft,
  DraftChecks,
  ErrorBody,
  Plan,
  PlanComment,
  PlanComparison,
  PlanSummary,
} from '@xunfang/geo-data/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ConnectedConsole, createTestBureau, publishPlan, type TestSession } from '../testing/index.ts';
import {
  BUREAU,
  type DraftDesk,
  editOf,
  get,
  INCIDENTS,
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

beforeAll(async () => {
  desk = await startDraftDesk();
  ({ anna, bo, base } = desk);
  await createTestBureau(desk.test.database.db, { slug: 'elsewhere' });
  const place = { bureau_id: desk.bureauId, name_zh: '地点', name_en: 'Place' };
  await desk.test.database.db
    .insertInto('place')
    .values([
      { ...place, kind: 'school', lon: 104.04, lat: 30.64, tier: 1 },
      { ...place, kind: 'park', lon: 104.03, lat: 30.63, tier: null },
    ])
    .execute();
});

afterAll(() => desk.close());

describe('a draft', () => {
  it('cannot be submitted while a beat is empty or in pieces; each problem has its place', async () => {
    const id = await desk.clone('检查');
    const start = await desk.assignment(id);
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
    const { columns } = await desk.columns(id);
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
    const id = await desk.clone('光标');
    const [a, b, c] = [await desk.openConsole(anna), await desk.openConsole(bo), await desk.openConsole(bo)];
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

    const start = await desk.assignment(id);
    await send(bo, id, 0, [stroke(start, [1, 2], (start[1] + 1) % 6)]);
    b.close();
    await expect.poll(() => editors, SOON).toEqual([anna.username]);
    // A sitting is one line of the audit.
    const painted = () =>
      desk.test.database.db
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
    const id = await desk.clone('角色');
    const dispatcher = await desk.test.signInAs('dispatcher', BUREAU);
    const stranger = await desk.test.signInAs('supervisor', 'elsewhere');
    const edits = [editOf({})];
    const answers = [dispatcher, stranger].map((one) => post(one, `/api/drafts/${id}/edits`, { madeOn: 0, edits }));
    expect((await Promise.all(answers)).map(({ statusCode }) => statusCode)).toEqual([403, 404]);
    const theirs = await desk.openConsole(stranger, 'elsewhere');
    const join = (one: ConnectedConsole) => one.socket.timeout(10_000).emitWithAck('draft:join', { draft: id });
    expect(await join(theirs)).toMatchObject({ ok: false, code: 'BUREAU_REFUSED' });
    expect(await join(await desk.openConsole(dispatcher))).toMatchObject({ ok: false, code: 'ROLE_REFUSED' });
    const nothing = await (await desk.openConsole(anna)).socket
      .timeout(10_000)
      .emitWithAck('draft:join', { draft: 999_999 });
    expect(nothing).toMatchObject({ ok: false, code: 'NOT_FOUND' });
  });

  it('says what changes for whom against another plan', async () => {
    const id = await desk.clone('比较');
    const start = await desk.assignment(id);
    const { columns } = await desk.columns(id);
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
    expect(comparison.total).toMatchObject({ atoms: start.length, incidents: INCIDENTS, keyPlaces: 1 });
    expect(comparison.successors.every(({ fromBeat, toBeat }) => fromBeat === toBeat)).toBe(true);
  });

  it('is not compared, nor even opened, from another bureau', async () => {
    const stranger = await desk.test.signInAs('supervisor', 'elsewhere');
    const order = { name: '他处', beats: 3, zones: 1, resolution: 7 };
    const { id } = (await post(stranger, '/api/plans/design?bureau=elsewhere', order)).json<Plan>().summary;
    for (const pair of [`from=${base.summary.id}&to=${id}`, `from=${id}&to=${base.summary.id}`]) {
      const answer = await anna.inject({ method: 'GET', url: `/api/plans/comparison?bureau=${BUREAU}&${pair}` });
      expect([answer.statusCode, answer.json<ErrorBody>().error.code]).toEqual([404, 'NOT_FOUND']);
    }
    const made = desk.test.database.db.selectFrom('plan_draft').select('plan_id').where('plan_id', '=', id);
    expect(await made.execute()).toEqual([]);
  });

  it('is withdrawn as it was edited last, and cloned as it was withdrawn', async () => {
    const id = await desk.clone('撤回');
    const start = await desk.assignment(id);
    const into = (start[20] + 1) % 6;
    await send(anna, id, 0, [stroke(start, [20], into)]);
    expect((await post(anna, `/api/plans/${id}/withdrawal`, {})).statusCode).toBe(200);
    const cloned = await post(anna, `/api/plans/${id}/clone`, { name: '再来' });
    expect(cloned.statusCode, cloned.body).toBe(201);
    expect(await desk.assignment(cloned.json<PlanSummary>().id)).toEqual(start.with(20, into));
  });

  it('is commented on at a beat and at a place, and comments are resolved', async () => {
    const id = await desk.clone('批注');
    await get<Draft>(anna, `/api/drafts/${id}`);
    const watching = await desk.openConsole(anna);
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

describe('soft checks', () => {
  it('say to the submitter and to the reviewer by how much response gets worse, and are never in the way', async () => {
    const admin = await desk.test.signInAs('admin', BUREAU);
    const inForce = await desk.clone('生效');
    const checksOf = (session: TestSession, id: number) => get<DraftChecks>(session, `/api/drafts/${id}/checks`);
    const merged = await desk.clone('并区');
    expect((await checksOf(anna, merged)).response).toBeNull();
    const published = await publishPlan({ author: anna, approver: admin }, inForce, { effectiveFrom: null });
    expect(published.statusCode, published.body).toBe(200);
    const alike = (await checksOf(anna, merged)).response;
    expect(alike).toMatchObject({ planInForce: inForce, planName: '生效', worstBeat: null, method: 'exact' });
    expect(alike?.mean.after).toBeCloseTo(alike?.mean.before ?? 0, 9);

    // Two beats of one zone become one: the work of two for one unit, and longer ways.
    const start = await desk.assignment(merged);
    const { beats } = await get<Draft>(anna, `/api/drafts/${merged}`);
    const { removed: _, ...as } = beats[5];
    const own = start.flatMap((beat, atom) => (beat === 5 ? [atom] : []));
    const operations = [{ op: 'remove-beat' as const, beat: 5, as }];
    await send(anna, merged, 0, [{ ...stroke(start, own, 4), tool: 'merge', operations }]);
    const told = await checksOf(anna, merged);
    expect(told.problems).toEqual([]);
    expect(told.warnings).toContainEqual({ code: 'UNBALANCED', beat: 4, value: expect.any(Number), limit: 0.1 });
    const { mean, p90, worstBeat } = told.response ?? {};
    expect(mean?.after).toBeGreaterThan(mean?.before ?? Number.NaN);
    expect(p90?.after).toBeGreaterThan(p90?.before ?? Number.NaN);
    expect(worstBeat).toMatchObject({ beat: 4, numberBefore: expect.toBeOneOf([5, 6]) });
    expect(worstBeat?.p90.after).toBeGreaterThan(worstBeat?.p90.before ?? Number.NaN);

    const submitted = await post(anna, `/api/plans/${merged}/submission`, { revision: told.revision });
    expect(submitted.json<PlanSummary>()).toMatchObject({ state: 'submitted' });
    expect(await checksOf(admin, merged)).toEqual(told);
    // The plan in force is not compared with itself.
    expect((await checksOf(admin, inForce)).response).toBeNull();
  });
});

describe('a bureau whose boundary has changed', () => {
  it('refuses plans of its old atoms, with a place where they differ', async () => {
    const edited = await desk.clone('旧界');
    const start = await desk.assignment(edited);
    await send(anna, edited, 0, [stroke(start, [20], (start[20] + 1) % 6)]);
    const admin = await desk.test.signInAs('admin', BUREAU);
    const published = await publishPlan({ author: anna, approver: admin }, base.summary.id, { effectiveFrom: null });
    expect(published.statusCode, published.body).toBe(200);
    const { db } = desk.test.database;
    const { boundary } = await db
      .selectFrom('bureau')
      .select('boundary')
      .where('id', '=', desk.bureauId)
      .executeTakeFirstOrThrow();
    const [ring] = boundary.coordinates as [number, number][][];
    const smaller = ring.map(([lon, lat]) => [Math.min(lon, 104.05), lat]);
    await db
      .updateTable('bureau')
      .set({ boundary: { type: 'Polygon', coordinates: [smaller] } })
      .where('id', '=', desk.bureauId)
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
    // A draft that cannot be drawn any more is still seen, as it was drawn last, and withdrawn.
    expect((await get<Plan>(anna, `/api/plans/${edited}`)).beats).toHaveLength(6);
    const withdrawn = await post(anna, `/api/plans/${edited}/withdrawal`, {});
    expect(withdrawn.json<PlanSummary>()).toMatchObject({ state: 'withdrawn' });
  });
});
