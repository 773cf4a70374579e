import type { AuditEntry, Plan, PlanSummary } from '@xunfang/geo-data/contract';
import { pointInPolygon } from '@xunfang/geo-data/geometry';
import type { FeatureCollection, MultiPolygon } from 'geojson';
import { extractText, getDocumentProxy, getMeta } from 'unpdf';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { apiKeysService } from '../../identity/index.ts';
import { addIncidents, createTestApp, createTestBureau, type TestApp, type TestSession } from '../../testing/index.ts';

/** Has streets: the shipped ones of this name. */
const BUREAU = 'chengdu-wuhou';
const ELSEWHERE = 'no-streets';
const PLACES = ['school', 'metro', 'camera_gate', 'police_station', 'standing_point', 'bank'];

let test: TestApp;
let anna: TestSession;
let bo: TestSession;
let bureauId: number;
let draft: Plan;

beforeAll(async () => {
  test = await createTestApp();
  const { db } = test.database;
  const around = { lon: 104.05838, lat: 30.63591, halfDegrees: 0.014 };
  bureauId = await createTestBureau(db, { slug: BUREAU, demonstration: true, ...around });
  await createTestBureau(db, { slug: ELSEWHERE });
  const spread = (row: number, by: number) => -0.013 + ((row * by) % 100) * 0.00026;
  await addIncidents(
    db,
    bureauId,
    Array.from({ length: 300 }, (_, row) => ({
      key: String(row),
      at: new Date(Date.parse('2026-01-01T00:00:00Z') + row * 3_600_000),
      lon: around.lon + spread(row, 37),
      lat: around.lat + spread(row, 61),
    })),
  );
  await db
    .insertInto('place')
    .values(
      Array.from({ length: 30 }, (_, row) => ({
        bureau_id: bureauId,
        kind: PLACES[row % PLACES.length],
        name_zh: `点位${row}号埝`,
        name_en: `Place no. ${row}`,
        lon: around.lon + spread(row, 29),
        lat: around.lat + spread(row, 53),
        tier: ['school', 'metro', 'bank'].includes(PLACES[row % PLACES.length]) ? (row % 3) + 1 : null,
      })),
    )
    .execute();
  anna = await test.signInAs('supervisor', BUREAU);
  bo = await test.signInAs('supervisor', BUREAU);
  draft = await designed(anna, BUREAU);
});
afterAll(() => test.close());

async function designed(session: TestSession, bureau: string): Promise<Plan> {
  const payload = { name: '春季方案', beats: 5, zones: 2, resolution: bureau === BUREAU ? 9 : 8 };
  const answer = await session.inject({ method: 'POST', url: `/api/plans/design?bureau=${bureau}`, payload });
  expect(answer.statusCode, answer.body).toBe(201);
  return answer.json<Plan>();
}

async function print(session: TestSession, id: number, language: 'zh' | 'en') {
  const answer = await session.inject({ method: 'GET', url: `/api/plans/${id}/book?language=${language}` });
  expect(answer.statusCode, answer.body.slice(0, 500)).toBe(200);
  expect(answer.headers['content-type']).toBe('application/pdf');
  const bytes = answer.rawPayload;
  const document = await getDocumentProxy(Uint8Array.from(bytes));
  const { text } = await extractText(document, { mergePages: false });
  const { info } = await getMeta(document);
  // How far apart letters stand is nothing that matters here.
  const plain = (page: string) => page.replace(/\s/g, '');
  return { bytes, info, pages: text.map(plain), has: (page: string, wanted: string) => page.includes(plain(wanted)) };
}

const shown = (value: number, decimals: number) =>
  value.toLocaleString('en', { minimumFractionDigits: decimals, maximumFractionDigits: decimals });

describe('the book of a plan', () => {
  it('has an overview, an index and a page for every beat with its places and the figures of the API', async () => {
    const id = draft.summary.id;
    const { pages, has, info } = await print(anna, id, 'zh');
    expect(pages).toHaveLength(2 + draft.beats.length);
    for (const [at, page] of pages.entries()) {
      // A draft says so on every page; so does demonstration data; and every page says of which version it is.
      for (const wanted of ['草案', '演示数据', '春季方案', '第1版', `第${at + 1}/${pages.length}页`])
        expect(has(page, wanted), `${wanted} on page ${at + 1}`).toBe(true);
    }
    expect(info).toMatchObject({ Title: '春季方案 · 第 1 版', CreationDate: expect.stringMatching(/^D:20/) });
    expect(has(pages[0], anna.username)).toBe(true);
    expect(has(pages[0], '未批准')).toBe(true);

    const geometry = (await anna.inject({ url: `/api/plans/${id}.geojson` })).json<FeatureCollection<MultiPolygon>>();
    const { places } = (await anna.inject({ url: `/api/places?bureau=${BUREAU}` })).json<{
      places: { name: { zh: string }; lon: number; lat: number }[];
    }>();
    let placed = 0;
    for (const [i, { number, name, figures }] of draft.beats.entries()) {
      const page = pages[2 + i];
      expect(has(page, name.zh)).toBe(true);
      expect(has(page, `${shown(figures.areaKm2, 2)} km²`)).toBe(true);
      expect(has(page, `${shown(figures.perimeterKm, 2)} km`)).toBe(true);
      expect(has(page, `${shown(figures.streetKm, 1)} km`)).toBe(true);
      expect(has(page, shown(figures.incidents, 0))).toBe(true);
      expect(has(page, shown(figures.workload, 1))).toBe(true);
      expect(has(page, `${shown(Math.abs(figures.deviation) * 100, 1)} %`)).toBe(true);
      const outline = geometry.features.find(
        ({ properties }) => properties?.level === 'beat' && properties.number === number,
      )?.geometry as MultiPolygon;
      for (const place of places) {
        const isInside = pointInPolygon(place.lon, place.lat, outline);
        expect(has(page, place.name.zh), `${place.name.zh} in ${name.zh}`).toBe(isInside);
        placed += Number(isInside);
      }
    }
    expect(placed).toBe(30);
    // Streets of the shipped network.
    expect(pages.slice(2).filter((page) => has(page, '人民南路')).length).toBeGreaterThan(0);
  });

  it('is the same when it is printed again, and the audit log says who printed it', async () => {
    const first = await print(anna, draft.summary.id, 'en');
    const again = await print(bo, draft.summary.id, 'en');
    expect(again.bytes.equals(first.bytes)).toBe(true);
    for (const page of first.pages) expect(page).toContain('DRAFT');
    const auditor = await test.signInAs('auditor', BUREAU);
    const { entries } = (await auditor.inject({ url: `/api/audit?bureau=${BUREAU}` })).json<{
      entries: AuditEntry[];
    }>();
    expect(entries.find(({ action }) => action === 'plan.printed')).toMatchObject({
      actor: bo.username,
      subject: `plan:${draft.summary.id}`,
      detail: { name: '春季方案', version: 1, language: 'en' },
    });
  });

  it('says who approved a plan and from when it is in force', async () => {
    const { id } = draft.summary;
    const step = async (session: TestSession, path: string, payload: object) => {
      const answer = await session.inject({ method: 'POST', url: `/api/plans/${id}/${path}`, payload });
      expect(answer.statusCode, answer.body).toBeLessThan(300);
      return answer.json<PlanSummary>();
    };
    await step(anna, 'submission', { revision: 0 });
    await step(bo, 'review', { decision: 'approve' });
    await step(bo, 'publication', { effectiveFrom: '2099-01-05T00:00:00Z' });
    const { pages, has } = await print(anna, id, 'en');
    expect(has(pages[0], `Approved by${bo.username}, 20`)).toBe(true);
    expect(has(pages[0], '2099-01-05 08:00 – until further notice')).toBe(true);
    expect(pages.some((page) => /DRAFT|NOTPUBLISHED/.test(page))).toBe(false);
  });

  it('is not for those of another bureau, nor for a key without plans', async () => {
    const url = `/api/plans/${draft.summary.id}/book?language=zh`;
    const outsider = await test.signInAs('supervisor', ELSEWHERE);
    // As with every plan: they are not told that there is one.
    expect((await outsider.inject({ url })).statusCode).toBe(404);
    const { key } = await apiKeysService({ db: test.database.db, now: () => new Date() }).create(
      { bureauId, name: 'no plans', scopes: ['incidents:read'] },
      { accountId: null, actor: 'test', address: null },
    );
    const headers = { authorization: `Bearer ${key}` };
    expect((await test.app.inject({ url, headers })).statusCode).toBe(403);
    expect((await anna.inject({ url: '/api/plans/999999/book?language=zh' })).statusCode).toBe(404);
  });

  it('does without streets, places and figures, and says so', async () => {
    const session = await test.signInAs('supervisor', ELSEWHERE);
    const plan = await designed(session, ELSEWHERE);
    const { db } = test.database;
    for (const table of ['plan_beat', 'plan_zone'] as const)
      await db.updateTable(table).set({ figures: {} }).where('plan_id', '=', plan.summary.id).execute();
    const { pages, has } = await print(session, plan.summary.id, 'zh');
    expect(pages).toHaveLength(2 + plan.beats.length);
    expect(has(pages[0], '本辖区没有道路数据。')).toBe(true);
    expect(has(pages[0], '本方案没有数据。')).toBe(true);
    for (const page of pages.slice(2)) {
      expect(has(page, '工作量—')).toBe(true);
      expect(has(page, '本巡区没有登记点位')).toBe(true);
    }
    expect(pages.some((page) => page.includes('演示数据'))).toBe(false);
  });
});
