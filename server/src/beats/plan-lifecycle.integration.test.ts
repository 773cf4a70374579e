import type { AddressInfo } from 'node:net';
import type { DraftEdit, ErrorBody, Plan, PlanCalendar, PlanInForce, PlanSummary } from '@xunfang/geo-data/contract';
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
import { draftsService } from './drafts.service.ts';
import { planLifecycleService, plansService } from './index.ts';
import { createPlanClock, type PlanClock } from './plan-clock.ts';
import { plansRepository } from './plans.repository.ts';

const BUREAU = 'life-test';
const SOON = { timeout: 10_000, interval: 10 };
const HOUR_MS = 3_600_000;
const local = (text: string) => new Date(`${text}+08:00`);

/** The server's clock. It goes only when a test sets it. */
let now = local('2026-06-01T09:00');
let test: TestApp;
let workers: Workers;
let clock: PlanClock;
let author: TestSession;
let approver: TestSession;
let dispatcher: TestSession;
let bureauId: number;
/** A second bureau. */
let fresh: number;
let desk: ConnectedConsole;
const plans: PlanSummary[] = [];
let restarted: FastifyInstance | undefined;

const post = (session: TestSession, url: string, payload: object = {}) =>
  session.inject({ method: 'POST', url, payload });
const publish = (plan: PlanSummary, effectiveFrom: Date | null, variant = {}) =>
  publishPlan({ author, approver }, plan.id, {
    effectiveFrom: effectiveFrom?.toISOString() ?? null,
    ...variant,
  });
const codeOf = async (answer: ReturnType<typeof post>) => (await answer).json<ErrorBody>().error.code;

/** Beside the one that the server runs by itself: told when to look. */
const newClock = () => createPlanClock({ db: test.database.db, now: () => now, onError: () => {} });

async function setClock(at: Date): Promise<void> {
  now = at;
  await test.keepSessions(at);
}

async function inForce(at?: Date): Promise<string> {
  const query = at === undefined ? '' : `&at=${encodeURIComponent(at.toISOString())}`;
  const answer = await author.inject({ method: 'GET', url: `/api/plans/in-force?bureau=${BUREAU}${query}` });
  return answer.json<Plan>().summary.name;
}

/** What the consoles were told took effect, oldest first. */
const told = async () =>
  (
    await test.database.db
      .selectFrom('outbox_event')
      .select('payload')
      .where('bureau_id', '=', bureauId)
      .where('event', '=', 'plan:in-force')
      .orderBy('seq')
      .execute()
  ).map(({ payload }) => payload as PlanInForce);

beforeAll(async () => {
  test = await createTestApp({ now: () => now });
  workers = createWorkers(1);
  const { db } = test.database;
  clock = newClock();
  bureauId = await createTestBureau(db, { slug: BUREAU });
  await addIncidents(
    db,
    bureauId,
    Array.from({ length: 200 }, (_, row) => ({
      key: String(row),
      at: new Date(local('2026-05-01T00:00').getTime() + row * HOUR_MS),
      lon: 104 + ((row * 37) % 100) / 1250,
      lat: 30.6 + ((row * 61) % 97) / 1250,
    })),
  );
  await test.app.listen({ port: 0, host: '127.0.0.1' });
  author = await test.signInAs('supervisor', BUREAU);
  approver = await test.signInAs('supervisor', BUREAU);
  for (const [name, beats] of [
    ['甲', 4],
    ['乙', 5],
  ] as const) {
    const payload = { name, beats, zones: 2, resolution: 8 };
    const answer = await post(author, `/api/plans/design?bureau=${BUREAU}`, payload);
    expect(answer.statusCode, answer.body).toBe(201);
    plans.push(answer.json<Plan>().summary);
  }
  for (const name of ['夜', '警', '丙']) {
    const answer = await post(author, `/api/plans/${plans[0].id}/clone`, { name });
    expect(answer.statusCode, answer.body).toBe(201);
    plans.push(answer.json<PlanSummary>());
  }
  const origin = `http://127.0.0.1:${(test.app.server.address() as AddressInfo).port}`;
  dispatcher = await test.signInAs('dispatcher', BUREAU);
  desk = await connectConsole(origin, dispatcher, BUREAU);
});

afterAll(async () => {
  desk.close();
  await restarted?.close();
  await test.close();
  await workers.close();
});

describe('the way of a plan', () => {
  it('goes from the draft over somebody else’s approval to its publication, each step from the one before only', async () => {
    const [summary] = plans;
    const url = (step: string) => `/api/plans/${summary.id}/${step}`;
    const approve = { decision: 'approve', note: '可行' };
    expect(await codeOf(post(author, url('publication'), { effectiveFrom: null }))).toBe('PLAN_NOT_APPROVED');
    expect(await codeOf(post(approver, url('review'), approve))).toBe('PLAN_NOT_SUBMITTED');
    const submitted = await post(author, url('submission'), { revision: 0 });
    expect(submitted.json<PlanSummary>()).toMatchObject({ state: 'submitted', submittedBy: author.username });
    expect(await codeOf(post(author, url('submission'), { revision: 0 }))).toBe('PLAN_NOT_DRAFT');
    expect(await codeOf(post(author, url('review'), approve))).toBe('PLAN_APPROVED_BY_AUTHOR');
    const edits = [{ id: crypto.randomUUID(), tool: 'brush', paint: null, operations: [], undoOf: null }];
    expect(await codeOf(post(author, `/api/drafts/${summary.id}/edits`, { madeOn: 0, edits }))).toBe('PLAN_NOT_DRAFT');

    const back = await post(approver, url('review'), { decision: 'send-back', note: '东侧过大' });
    expect(back.json<PlanSummary>()).toMatchObject({ state: 'draft', submittedBy: null, reviewNote: '东侧过大' });
    // Whoever has changed it since is its author as well.
    await post(approver, `/api/drafts/${summary.id}/edits`, { madeOn: 0, edits });
    await post(author, url('submission'), { revision: 1 });
    expect(await codeOf(post(approver, url('review'), approve))).toBe('PLAN_APPROVED_BY_AUTHOR');
    const third = await test.signInAs('admin', BUREAU);
    const approved = await post(third, url('review'), approve);
    expect(approved.json<PlanSummary>()).toMatchObject({ state: 'approved', approvedBy: third.username });
    const published = await post(author, url('publication'), { effectiveFrom: null });
    expect(published.json<PlanSummary>()).toMatchObject({
      state: 'published',
      inForce: true,
      shift: 'all',
      dutyLevel: null,
    });
    await expect.poll(() => desk.events.map(({ event }) => event), SOON).toContain('plan:in-force');
    const actions = await test.database.db
      .selectFrom('audit_entry')
      .select('action')
      .where('subject', '=', `plan:${summary.id}`)
      .orderBy('id')
      .execute();
    expect(actions.map(({ action }) => action)).toEqual([
      'plan.designed',
      'plan.submitted',
      'plan.sent-back',
      'plan.submitted',
      'plan.approved',
      'plan.published',
      'plan.in-force',
    ]);
  });

  it('is held to one plan in force per variant, and to four eyes, by the database itself', async () => {
    const { sql } = test.database;
    const [, second] = plans;
    await expect(
      sql`UPDATE plan SET state = 'published', effective = tstzrange(now(), null) WHERE id = ${second.id}`,
    ).rejects.toThrow('one_plan_in_force');
    await expect(sql`UPDATE plan SET approved_by = created_by WHERE id = ${second.id}`).rejects.toThrow(
      'approved_by_another',
    );
    await expect(sql`DELETE FROM draft_edit`).rejects.toThrow('append-only');
  });
});

describe('the first plan of a bureau', () => {
  it('comes with the installation, unapproved; the next does not', async () => {
    const deps = { db: test.database.db, workers, now: () => now };
    fresh = await createTestBureau(deps.db, { slug: 'fresh' });
    const installer = { actor: 'installation', address: null };
    const design = () => plansService(deps).design(fresh, { name: '首', beats: 3, zones: 1, resolution: 7 }, installer);
    const { summary, beats } = await design();
    const name = { zh: '春熙', en: 'Chunxi' };
    const rename: DraftEdit = {
      id: crypto.randomUUID(),
      tool: 'attributes',
      paint: null,
      operations: [{ op: 'set-beat', beat: 0, before: { name: beats[0].name }, after: { name } }],
      undoOf: null,
    };
    await draftsService(deps).edit(summary.id, { madeOn: 0, edits: [rename] }, installer);
    const installed = await planLifecycleService(deps).install(summary.id, local('2026-01-01T00:00'), installer);
    expect(installed).toMatchObject({ state: 'published', inForce: true, approvedBy: null });
    // As it was edited last.
    expect((await plansService(deps).byId(summary.id)).beats[0].name).toEqual(name);
    const second = (await design()).summary.id;
    const again = planLifecycleService(deps).install(second, local('2026-06-02T00:00'), installer);
    await expect(again).rejects.toMatchObject({ code: 'PLAN_NOT_APPROVED' });
  });

  it('takes effect also while the plans of another bureau are locked', async () => {
    const { db } = test.database;
    const underWay = async () =>
      (await db.selectFrom('plan_in_force').select('bureau_id').execute()).map(({ bureau_id }) => bureau_id);
    let ticked: Promise<unknown> = Promise.resolve();
    await db.transaction().execute(async (trx) => {
      await plansRepository(trx).lockPlans(bureauId);
      await db.deleteFrom('plan_in_force').where('bureau_id', 'in', [bureauId, fresh]).execute();
      ticked = clock.tick();
      await expect.poll(underWay, SOON).toContain(fresh);
      expect(await underWay()).not.toContain(bureauId);
    });
    await ticked;
    expect(await underWay()).toContain(bureauId);
  });
});

describe('the moment at which a plan takes effect', () => {
  const midnight = local('2026-06-08T00:00');

  it('is a local midnight: units and open incidents have their new beats then and not before, and every console hears it', async () => {
    const { db } = test.database;
    const unit = { bureau_id: bureauId, kind: 'car', force_layer: 'station_patrol' };
    await db
      .insertInto('unit')
      .values(Array.from({ length: 10 }, (_, i) => ({ ...unit, call_sign: `u${i}`, beat_number: 1 + (i % 4) })))
      .execute();
    await setClock(local('2026-06-07T22:00'));
    const calls = Array.from({ length: 12 }, (_, row) => ({
      source: 'desk',
      sourceId: `open ${row}`,
      occurredAt: new Date(now.getTime() - row * 60_000).toISOString(),
      lon: 104 + ((row * 31) % 90) / 1250,
      lat: 30.6 + ((row * 17) % 90) / 1250,
    }));
    const taken = await post(dispatcher, `/api/incidents?bureau=${BUREAU}`, calls);
    expect(taken.statusCode, taken.body).toBe(200);
    await publish(plans[1], midnight);
    const openBeats = async () =>
      (await author.inject({ method: 'GET', url: `/api/incidents?bureau=${BUREAU}&open=true` }))
        .json<{ incidents: { sourceId: string; beat: { zh: string } | null }[] }>()
        .incidents.map(({ sourceId, beat }) => [sourceId, beat?.zh ?? null]);
    const unitBeats = async () =>
      (await db.selectFrom('unit').select('beat_number').where('bureau_id', '=', bureauId).orderBy('id').execute()).map(
        ({ beat_number }) => beat_number,
      );
    const [beatsBefore, openBefore] = [await unitBeats(), await openBeats()];
    const toldBefore = (await told()).length;

    await setClock(new Date(midnight.getTime() - 1));
    expect(await clock.tick()).toEqual(midnight);
    expect([await inForce(), await unitBeats(), await openBeats()]).toEqual(['甲', beatsBefore, openBefore]);
    expect(await told()).toHaveLength(toldBefore);

    await setClock(midnight);
    // Two servers at once: one does it.
    await Promise.all([clock.tick(), newClock().tick()]);
    const events = await told();
    expect(events).toHaveLength(toldBefore + 1);
    expect(events.at(-1)).toMatchObject({ plan: { name: '乙', inForce: true }, since: midnight.toISOString() });
    expect(await inForce()).toBe('乙');
    const beatsAfter = await unitBeats();
    expect(new Set(beatsAfter)).toEqual(new Set([1, 2, 3, 4, 5]));
    expect(events.at(-1)?.unitsMoved).toBe(beatsAfter.filter((beat, i) => beat !== beatsBefore[i]).length);
    const openAfter = await openBeats();
    const moved = openAfter.filter(([, beat], i) => beat !== openBefore[i][1]).length;
    expect(moved).toBeGreaterThan(0);
    expect(events.at(-1)?.incidentsMoved).toBe(moved);
    await expect
      .poll(() => desk.events.findLast(({ event }) => event === 'plan:in-force')?.payload, SOON)
      .toMatchObject({ plan: { name: '乙' } });
    // Figures go on counting them under the plan of their time.
    const counted = await db
      .selectFrom('incident')
      .innerJoin('plan_beat', 'plan_beat.id', 'incident.beat_id')
      .select('plan_beat.plan_id')
      .where('incident.bureau_id', '=', bureauId)
      .where('incident.source_key', 'like', 'open %')
      .execute();
    expect(counted.map(({ plan_id }) => plan_id)).toEqual(calls.map(() => plans[0].id));
  });

  it('follows shifts and duty levels; the past keeps the plan of its time', async () => {
    await setClock(local('2026-06-09T12:00'));
    const everyDay = [1, 2, 3, 4, 5, 6, 7];
    const windows = [{ shift: 'night', weekdays: everyDay, fromMinute: 20 * 60, toMinute: 8 * 60 }];
    const timetable = await post(author, `/api/plans/calendar/timetables?bureau=${BUREAU}`, { from: null, windows });
    expect(timetable.statusCode, timetable.body).toBe(201);
    await publish(plans[2], null, { shift: 'night' });
    await publish(plans[3], null, { dutyLevel: 1 });
    expect(await inForce()).toBe('乙');
    const duty = { level: 1, from: local('2026-06-10T10:00'), to: local('2026-06-10T22:00') };
    const added = await post(author, `/api/plans/calendar/duty-periods?bureau=${BUREAU}`, duty);
    expect(added.statusCode, added.body).toBe(201);
    const at = (text: string) => inForce(local(text));
    expect([
      await at('2026-06-08T21:00'),
      await at('2026-06-09T21:00'),
      await at('2026-06-10T09:00'),
      await at('2026-06-10T21:00'),
      await at('2026-06-10T23:00'),
    ]).toEqual(['乙', '夜', '乙', '警', '夜']);

    const from = local('2026-06-10T00:00').toISOString();
    const to = local('2026-06-11T00:00').toISOString();
    const calendar = await author.inject({
      method: 'GET',
      url: `/api/plans/calendar?bureau=${BUREAU}&from=${encodeURIComponent(from)}&to=${encodeURIComponent(to)}`,
    });
    const name = new Map(plans.map((plan) => [plan.id, plan.name]));
    expect(
      calendar.json<PlanCalendar>().spells.map((spell) => [new Date(spell.from), name.get(spell.planId ?? 0)]),
    ).toEqual([
      [local('2026-06-10T00:00'), '夜'],
      [local('2026-06-10T08:00'), '乙'],
      [local('2026-06-10T10:00'), '警'],
      [local('2026-06-10T22:00'), '夜'],
    ]);
    const late = { ...duty, from: local('2026-06-01T10:00') };
    expect(await codeOf(post(author, `/api/plans/calendar/duty-periods?bureau=${BUREAU}`, late))).toBe(
      'CALENDAR_IN_THE_PAST',
    );
    const taken = { level: 2, from: local('2026-06-10T00:00'), to: local('2026-06-10T12:00') };
    expect(await codeOf(post(author, `/api/plans/calendar/duty-periods?bureau=${BUREAU}`, taken))).toBe(
      'DUTY_PERIOD_TAKEN',
    );
    await setClock(local('2026-06-09T20:00'));
    expect(await clock.tick()).toEqual(local('2026-06-10T08:00'));
    expect((await told()).at(-1)).toMatchObject({ plan: { name: '夜', inForce: true } });
  });

  it('is caught up with, once, by a server that slept over it', async () => {
    await setClock(local('2026-06-20T12:00'));
    const monday = local('2026-06-22T00:00');
    await clock.tick();
    await publish(plans[4], monday);
    const before = (await told()).length;
    desk.close();
    await test.app.close();
    now = local('2026-06-23T09:00');
    const { db, sql } = test.database;
    restarted = await buildApp({ config: test.config, db, sql, workers, now: () => now });
    await restarted.ready();
    const events = await told();
    expect(events).toHaveLength(before + 1);
    expect(events.at(-1)?.plan).toMatchObject({ name: '丙', inForce: true });
    // The night between had a plan of its own.
    expect(events.at(-1)?.since).toBe(local('2026-06-23T08:00').toISOString());
    await clock.tick();
    expect(await told()).toHaveLength(before + 1);
    const entries = await db
      .selectFrom('audit_entry')
      .select(['actor', 'action'])
      .where('subject', '=', `plan:${plans[4].id}`)
      .where('action', '=', 'plan.in-force')
      .execute();
    expect(entries).toEqual([{ actor: 'calendar', action: 'plan.in-force' }]);
  });
});
