import type { ErrorBody, Plan, PlanSummary } from '@xunfang/geo-data/contract';
import { hexToHi, hexToLo } from '@xunfang/geo-data/geometry';
import type { FeatureCollection } from 'geojson';
import { latLngToCell } from 'h3-js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  addIncidents,
  createTestApp,
  createTestBureau,
  publishPlan,
  type TestApp,
  type TestSession,
} from '../testing/index.ts';
import { createBeatAssigner } from './index.ts';

const BUREAU = 'plans-test';
const EPOCH = Date.parse('2026-01-01T00:00:00Z');
const DAY_MS = 86_400_000;
const COUNT = 600;

let test: TestApp;
let supervisor: TestSession;
let approver: TestSession;
/** The server's clock: before all incidents, until a test sets it. */
let now = new Date('2025-12-31T00:00:00Z');
let bureauId: number;

const url = (path: string) => `${path}${path.includes('?') ? '&' : '?'}bureau=${BUREAU}`;
const pointAt = (row: number) => ({ lon: 104 + ((row * 37) % 100) / 1250, lat: 30.6 + ((row * 61) % 97) / 1250 });
const cellOf = (row: number) => latLngToCell(pointAt(row).lat, pointAt(row).lon, 11);

async function design(name: string, seed: number, beats = 6): Promise<Plan> {
  const payload = { name, beats, zones: 3, seed, resolution: 8 };
  const answer = await supervisor.inject({ method: 'POST', url: url('/api/plans/design'), payload });
  expect(answer.statusCode, answer.body).toBe(201);
  return answer.json<Plan>();
}

const publish = (id: number, effectiveFrom: string | null) =>
  publishPlan({ author: supervisor, approver }, id, { effectiveFrom });

async function setClock(at: string): Promise<void> {
  now = new Date(at);
  await test.keepSessions(now);
}

const incidents = () =>
  test.database.db
    .selectFrom('incident')
    .select(['source_key', 'beat_id', 'occurred_at'])
    .where('bureau_id', '=', bureauId)
    .orderBy('occurred_at')
    .execute();

beforeAll(async () => {
  test = await createTestApp({ now: () => now });
  const { db } = test.database;
  bureauId = await createTestBureau(db, { slug: BUREAU });
  supervisor = await test.signInAs('supervisor', BUREAU);
  approver = await test.signInAs('admin', BUREAU);
  // One incident every six hours.
  const everySixHours = Array.from({ length: COUNT }, (_, row) => ({
    key: String(row),
    at: new Date(EPOCH + (row * DAY_MS) / 4),
    ...pointAt(row),
  }));
  await addIncidents(db, bureauId, everySixHours);
});

afterAll(() => test?.close());

describe('plans', () => {
  let first: Plan;
  let second: Plan;
  let unitsMoved = 0;

  it('says that no plan is in force', async () => {
    const answer = await supervisor.inject({ method: 'GET', url: url('/api/plans/in-force') });
    expect(answer.statusCode).toBe(404);
    expect(answer.json<ErrorBody>().error.code).toBe('NO_PLAN_IN_FORCE');
  });

  it('designs a draft that counts every incident once and nests beats in zones', async () => {
    first = await design('甲', 1);
    expect(first.summary).toMatchObject({ state: 'draft', version: 1, beats: 6, zones: 3, effectiveFrom: null });
    expect(first.beats.map((beat) => beat.number)).toEqual([1, 2, 3, 4, 5, 6]);
    expect(first.beats[0].name).toEqual({ zh: '第01巡区', en: 'Beat 1' });
    expect(first.basis.incidentCount).toBe(COUNT);
    expect(first.beats.reduce((sum, beat) => sum + beat.figures.incidents, 0)).toBe(COUNT);
    for (const zone of first.zones) {
      const own = first.beats.filter((beat) => beat.zoneNumber === zone.number);
      expect(own.reduce((sum, beat) => sum + beat.figures.incidents, 0)).toBe(zone.figures.incidents);
    }
  });

  it('refuses what cannot be designed, in both languages', async () => {
    const refused = await supervisor.inject({
      method: 'POST',
      url: url('/api/plans/design'),
      headers: { 'accept-language': 'en' },
      payload: { name: 'x', beats: 500, zones: 3, resolution: 7 },
    });
    expect(refused.statusCode).toBe(422);
    expect(refused.json<ErrorBody>().error).toMatchObject({ code: 'DESIGN_FEWER_ATOMS_THAN_BEATS' });
    expect(refused.json<ErrorBody>().error.message).toMatch(/^The bureau has \d+ atoms, too few for 500 beats\.$/);
  });

  it('gives incidents the beats of the first plan, however far back it reaches, and raises the data revision', async () => {
    const before = await revision();
    const answer = await publish(first.summary.id, '2026-01-01T00:00:00Z');
    expect(answer.statusCode, answer.body).toBe(200);
    expect(answer.json<PlanSummary>()).toMatchObject({ state: 'published', effectiveTo: null });
    expect(await revision()).toBeGreaterThan(before);
    const perBeat = new Map<number, number>();
    for (const { beat_id } of await incidents()) perBeat.set(beat_id ?? 0, (perBeat.get(beat_id ?? 0) ?? 0) + 1);
    for (const beat of first.beats) expect(perBeat.get(beat.id)).toBe(beat.figures.incidents);
  });

  it('does not rewrite what a plan has counted', async () => {
    await setClock('2026-02-01T00:00:00Z');
    const late = await design('迟', 9);
    const refused = await publish(late.summary.id, '2026-01-15T00:00:00Z');
    expect([refused.statusCode, refused.json<ErrorBody>().error.code]).toEqual([409, 'PLAN_REWRITES_HISTORY']);
    const payload = { effectiveFrom: '2026-01-31T00:00:00Z' };
    const again = { method: 'POST' as const, url: `/api/plans/${late.summary.id}/publication`, payload };
    expect((await supervisor.inject(again)).statusCode).toBe(200);
    await setClock('2025-12-31T00:00:00Z');
    const taken = await supervisor.inject({ method: 'POST', url: `/api/plans/${late.summary.id}/withdrawal` });
    expect(taken.json<PlanSummary>().state).toBe('withdrawn');
  });

  it('ends the plan in force where the next begins: one plan at any instant', async () => {
    second = await design('乙', 2);
    await publish(second.summary.id, '2026-03-01T00:00:00Z');
    const before = await supervisor.inject({ method: 'GET', url: url('/api/plans/in-force?at=2026-02-28T23:59:59Z') });
    const after = await supervisor.inject({ method: 'GET', url: url('/api/plans/in-force?at=2026-03-01T00:00:00Z') });
    expect(before.json<Plan>().summary.id).toBe(first.summary.id);
    expect(before.json<Plan>().summary.effectiveTo).toBe('2026-03-01T00:00:00.000Z');
    expect(after.json<Plan>().summary.id).toBe(second.summary.id);
  });

  it('puts a plan published between two others between them, and replaces one that begins at the same instant', async () => {
    const between = await design('丙', 3);
    const answer = await publish(between.summary.id, '2026-02-01T00:00:00Z');
    expect(answer.json<PlanSummary>().effectiveTo).toBe('2026-03-01T00:00:00.000Z');
    const instead = await design('丁', 4);
    await publish(instead.summary.id, '2026-02-01T00:00:00Z');
    const { plans } = (await supervisor.inject({ method: 'GET', url: url('/api/plans') })).json<{
      plans: PlanSummary[];
    }>();
    expect(plans.map(({ name, state }) => [name, state])).toEqual([
      ['丁', 'published'],
      ['丙', 'superseded'],
      ['乙', 'published'],
      ['迟', 'withdrawn'],
      ['甲', 'published'],
    ]);
  });

  it('assigns the same beats at intake as publication gave', async () => {
    const assigner = await createBeatAssigner(test.database.db, bureauId);
    const rows = await incidents();
    const cells = rows.map(({ source_key }) => cellOf(Number(source_key)));
    const beatIds = assigner.beatIds(
      Uint32Array.from(cells, hexToHi),
      Uint32Array.from(cells, hexToLo),
      rows.map(({ occurred_at }) => occurred_at.getTime() / 1000),
      new Int32Array(rows.length),
    );
    expect(Array.from(beatIds)).toEqual(rows.map(({ beat_id }) => beat_id ?? 0));
    const tooEarly = assigner.beatIds(
      Uint32Array.of(hexToHi(cells[0])),
      Uint32Array.of(hexToLo(cells[0])),
      [EPOCH / 1000 - 1],
      new Int32Array(1),
    );
    expect(tooEarly[0]).toBe(0);
  });

  it('reads at intake the plans of the times only that are named, and answers for no others', async () => {
    const rows = await incidents();
    const cells = rows.map(({ source_key }) => cellOf(Number(source_key)));
    const [hi, lo] = [Uint32Array.from(cells, hexToHi), Uint32Array.from(cells, hexToLo)];
    const times = rows.map(({ occurred_at }) => occurred_at.getTime() / 1000);
    const ask = async (named: number[], asked: number[]) =>
      (await createBeatAssigner(test.database.db, bureauId, named)).beatIds(
        hi.subarray(0, asked.length),
        lo.subarray(0, asked.length),
        asked,
        new Int32Array(asked.length),
      );
    const beatIds = rows.map(({ beat_id }) => beat_id ?? 0);
    expect(Array.from(await ask(times, times))).toEqual(beatIds);
    expect(Array.from(await ask(times.slice(0, 1), times.slice(0, 1)))).toEqual(beatIds.slice(0, 1));
    expect(await ask([], [])).toHaveLength(0);
    await expect(ask(times.slice(0, 1), times)).rejects.toThrow(RangeError);
  });

  it('never publishes twice and never withdraws what has begun', async () => {
    await setClock('2026-04-01T00:00:00Z');
    const again = await supervisor.inject({
      method: 'POST',
      url: `/api/plans/${first.summary.id}/publication`,
      payload: { effectiveFrom: null },
    });
    expect(again.json<ErrorBody>().error.code).toBe('PLAN_NOT_APPROVED');
    const withdrawal = await supervisor.inject({ method: 'POST', url: `/api/plans/${first.summary.id}/withdrawal` });
    expect(withdrawal.json<ErrorBody>().error.code).toBe('PLAN_BEGUN');
  });

  it('takes back a plan of the future; the one before goes on', async () => {
    const future = await design('戊', 5);
    await publish(future.summary.id, '2999-01-01T00:00:00Z');
    const withdrawal = await supervisor.inject({ method: 'POST', url: `/api/plans/${future.summary.id}/withdrawal` });
    expect(withdrawal.json<PlanSummary>().state).toBe('withdrawn');
    const present = await supervisor.inject({ method: 'GET', url: url('/api/plans/in-force') });
    expect(present.json<Plan>().summary).toMatchObject({ id: second.summary.id, effectiveTo: null, inForce: true });
  });

  it('answers GeoJSON whose beats and zones cover the same area', async () => {
    const answer = await supervisor.inject({ method: 'GET', url: `/api/plans/${second.summary.id}.geojson` });
    expect(answer.headers['content-type']).toContain('application/geo+json');
    const { features } = answer.json<FeatureCollection>();
    expect(features).toHaveLength(9);
    const areaOf = (level: string) =>
      features
        .filter(({ properties }) => properties?.level === level)
        .reduce((sum, { properties }) => sum + (properties?.area_km2 as number), 0);
    expect(areaOf('beat')).toBeCloseTo(areaOf('zone'), 2);
    expect(new Set(features.map(({ geometry }) => geometry.type))).toEqual(new Set(['MultiPolygon']));
  });

  it('moves the units to beats of the plan in force now', async () => {
    const { db } = test.database;
    const unit = { bureau_id: bureauId, kind: 'car', force_layer: 'station_patrol' };
    await db
      .insertInto('unit')
      .values(
        Array.from({ length: 9 }, (_, index) => ({ ...unit, call_sign: `u${index}`, beat_number: 1 + (index % 6) })),
      )
      .execute();
    const smaller = await design('三', 6, 3);
    const answer = await publish(smaller.summary.id, null);
    expect(answer.json<PlanSummary>().inForce).toBe(true);
    const units = await db.selectFrom('unit').selectAll().where('bureau_id', '=', bureauId).orderBy('id').execute();
    unitsMoved = units.filter(({ beat_number }, index) => beat_number !== 1 + (index % 6)).length;
    expect(unitsMoved).toBeGreaterThan(0);
    const beats = units.map(({ beat_number }) => beat_number ?? 0).toSorted((a, b) => a - b);
    expect(beats).toEqual([1, 1, 1, 2, 2, 2, 3, 3, 3]);
  });

  it('tells the consoles of every publication and withdrawal, and of the roster it changed, in their order', async () => {
    const told = await test.database.db
      .selectFrom('outbox_event')
      .select(['seq', 'event', 'payload'])
      .where('bureau_id', '=', bureauId)
      .orderBy('seq')
      .execute();
    expect(told.map(({ seq }) => seq)).toEqual(told.map((_, index) => index + 1));
    expect(told.filter(({ event }) => event === 'plan:published')).toHaveLength(7);
    expect(told.filter(({ event }) => event === 'plan:withdrawn')).toHaveLength(2);
    const bureau = await test.database.db
      .selectFrom('bureau')
      .select('roster_revision as revision')
      .where('id', '=', bureauId)
      .executeTakeFirstOrThrow();
    expect(told.slice(-3)).toMatchObject([
      { event: 'plan:published', payload: { name: '三', inForce: true } },
      { event: 'roster:changed', payload: { revision: bureau.revision } },
      { event: 'plan:in-force', payload: { plan: { name: '三' }, since: now.toISOString(), unitsMoved } },
    ]);
  });

  it('writes every change to the audit', async () => {
    const entries = await test.database.db
      .selectFrom('audit_entry')
      .select(['action', 'actor'])
      .where('bureau_id', '=', bureauId)
      .where('action', 'like', 'plan.%')
      .execute();
    const count = (action: string) => entries.filter((entry) => entry.action === action).length;
    expect(['plan.designed', 'plan.submitted', 'plan.approved', 'plan.published'].map(count)).toEqual([7, 7, 7, 7]);
    const actorsOf = (action: string) => new Set(entries.filter((e) => e.action === action).map(({ actor }) => actor));
    expect(actorsOf('plan.approved')).toEqual(new Set([approver.username]));
    expect(actorsOf('plan.published')).toEqual(new Set([supervisor.username]));
  });
});

async function revision(): Promise<number> {
  const { data_revision } = await test.database.db
    .selectFrom('bureau')
    .select('data_revision')
    .where('id', '=', bureauId)
    .executeTakeFirstOrThrow();
  return data_revision;
}
