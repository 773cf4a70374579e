import type { BeatCounts, ErrorBody, Plan } from '@xunfang/geo-data/contract';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  addIncidents,
  createTestApp,
  createTestBureau,
  publishPlan,
  type TestApp,
  type TestSession,
} from '../testing/index.ts';
import { beatCountsRepository } from './beat-counts.repository.ts';

const BUREAU = 'counts';
const INCIDENTS = 20_000;
/** The places repeat. */
const PATTERN = 1_000;
const MINUTES_APART = 13;
const START = Date.parse('2026-01-01T00:00:00+08:00');
/** The second plan takes effect at this one. */
const CHANGE = 14_000;
const at = (row: number) => new Date(START + row * MINUTES_APART * 60_000);

let now = at(CHANGE);
let test: TestApp;
let bureauId: number;
let author: TestSession;
let analyst: TestSession;
const plans: Plan[] = [];

beforeAll(async () => {
  test = await createTestApp({ now: () => now });
  const { db } = test.database;
  bureauId = await createTestBureau(db, { slug: BUREAU });
  await createTestBureau(db, { slug: 'elsewhere' });
  await db
    .insertInto('incident_category')
    .values({ bureau_id: bureauId, id: 1, name_zh: '治安', name_en: 'Order', priority: 3 })
    .execute();
  await addIncidents(
    db,
    bureauId,
    Array.from({ length: PATTERN }, (_, row) => ({
      key: String(row),
      at: at(row),
      lon: 104 + ((row * 37) % PATTERN) / 12_500,
      lat: 30.6 + ((row * 61) % 997) / 12_500,
      // Every hundredth was merged into another.
      state: row % 100 === 0 ? 11 : 8,
    })),
  );
  await sql`
    INSERT INTO incident (bureau_id, source_id, source_key, occurred_at, received_at, lon, lat, cell, called_category, priority, state, state_since)
    SELECT bureau_id, source_id, source_key || '-' || n, occurred_at + n * apart, received_at, lon, lat, cell, called_category, priority, state,
      state_since
    FROM incident, generate_series(1, ${INCIDENTS / PATTERN - 1}::int) n,
      LATERAL (SELECT ${PATTERN * MINUTES_APART}::int * interval '1 minute' AS apart) AS repeated`.execute(db);
  author = await test.signInAs('supervisor', BUREAU);
  analyst = await test.signInAs('analyst', BUREAU);
  const approver = await test.signInAs('supervisor', BUREAU);
  for (const [name, beats, since] of [
    ['旧', 4, at(0)],
    ['新', 6, at(CHANGE)],
  ] as const) {
    const payload = { name, beats, zones: 2, resolution: 8 };
    const plan = (
      await author.inject({ method: 'POST', url: `/api/plans/design?bureau=${BUREAU}`, payload })
    ).json<Plan>();
    plans.push(plan);
    const published = await publishPlan({ author, approver }, plan.summary.id, { effectiveFrom: since.toISOString() });
    expect(published.statusCode, published.body).toBe(200);
  }
  now = at(INCIDENTS);
  await test.keepSessions(now);
  await sql`VACUUM ANALYZE incident`.execute(db);
});
afterAll(() => test?.close());

const ask = (query: Record<string, string>, session = analyst) =>
  session.inject({ method: 'GET', url: `/api/beat-counts?${new URLSearchParams({ bureau: BUREAU, ...query })}` });
const count = async (query: Record<string, string>) => {
  const answer = await ask(query);
  expect(answer.statusCode, answer.body).toBe(200);
  return answer.json<BeatCounts>();
};
const whole = { from: at(0).toISOString(), to: at(INCIDENTS).toISOString() };
const sums = ({ plans: counted }: BeatCounts) =>
  counted.map(({ name, beats }) => [name, beats.reduce((sum, { incidents }) => sum + incidents, 0)]);

describe('incidents per beat', () => {
  it('count under the plan of their time, and the same ones again under another', async () => {
    const before = await count(whole);
    expect(before).toMatchObject({ under: null, total: 19_800, outside: 0 });
    // 140 and 60 of them were merged.
    expect(sums(before)).toEqual([
      ['旧', 13_860],
      ['新', 5_940],
    ]);
    expect(before.plans.map(({ beats }) => beats.length)).toEqual([4, 6]);

    const [old, next] = plans;
    const recounted = await count({ ...whole, under: String(next.summary.id) });
    expect(recounted).toMatchObject({ under: { id: next.summary.id, name: '新' }, total: 19_800, outside: 0 });
    expect(sums(recounted)).toEqual([['新', 19_800]]);
    // The plan that was designed on these very incidents has counted them itself.
    expect(recounted.plans[0].beats.map(({ number, incidents }) => [number, incidents])).toEqual(
      next.beats.map(({ number, figures }) => [number, figures.incidents]),
    );
    // Each period alone is what its plan makes of it, and another one makes something else of it.
    const early = { from: whole.from, to: at(CHANGE).toISOString() };
    const underOld = await count({ ...early, under: String(old.summary.id) });
    expect((await count(early)).plans).toEqual(underOld.plans);
    expect((await count({ ...early, under: String(next.summary.id) })).plans).not.toEqual(underOld.plans);
  });

  it('count what the filters of the analysis let through', async () => {
    const night = await count({ ...whole, hours: '22,23', weekdays: '5,6', under: String(plans[0].summary.id) });
    const { rows } = await sql<{ n: number }>`SELECT count(*)::int AS n FROM incident WHERE bureau_id = ${bureauId}
      AND state <> 11 AND extract(hour FROM occurred_at AT TIME ZONE 'Asia/Shanghai') IN (22, 23)
      AND extract(isodow FROM occurred_at AT TIME ZONE 'Asia/Shanghai') IN (5, 6)`.execute(test.database.db);
    expect(rows[0].n).toBeGreaterThan(100);
    expect(night.total).toBe(rows[0].n);
    expect((await count({ ...whole, hours: '22,23', weekdays: '5,6' })).total).toBe(rows[0].n);
    expect((await count({ ...whole, categories: '1' })).total).toBe(19_800);
    expect((await count({ ...whole, categories: '77' })).total).toBe(0);
  });

  it('are not recounted under a plan of another bureau, nor in a period that is none', async () => {
    const stranger = await test.signInAs('supervisor', 'elsewhere');
    const under = { ...whole, under: String(plans[0].summary.id) };
    const theirs = await ask({ ...under, bureau: 'elsewhere' }, stranger);
    expect([theirs.statusCode, theirs.json<ErrorBody>().error.code]).toEqual([404, 'NOT_FOUND']);
    const empty = await ask({ ...under, to: whole.from });
    expect([empty.statusCode, empty.json<ErrorBody>().error.code]).toEqual([400, 'WINDOW_EMPTY']);
  });

  it('of a week come by the index of time, either way', async () => {
    const { db } = test.database;
    const counted = {
      bureauId,
      from: at(5_000),
      to: at(5_775),
      timeZone: 'Asia/Shanghai',
      categories: null,
      hoursMask: 0xff_ff_ff,
      weekdaysMask: 0x7f,
      includeSelfInitiated: false,
    };
    const counts = beatCountsRepository(db);
    const { id } = plans[1].summary;
    for (const query of [counts.byBeatId(counted), counts.byNumber(counted, { id, resolution: 8 })]) {
      const explain = sql<{ 'QUERY PLAN': string }>`EXPLAIN ${query}`;
      const plan = (await explain.execute(db)).rows.map((row) => row['QUERY PLAN']).join('\n');
      expect(plan).toContain('incident_by_time');
      expect(plan).not.toContain('Seq Scan on incident');
    }
  });
});
