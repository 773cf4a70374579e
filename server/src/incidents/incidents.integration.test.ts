import type { IncidentDetail, IncidentList, IncidentSummary, IngestAnswer } from '@xunfang/geo-data/contract';
import { INCIDENT_CELL_RESOLUTION } from '@xunfang/geo-data/incidents';
import { latLngToCell } from 'h3-js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { apiKeysService } from '../identity/index.ts';
import { createTestApp, createTestBureau, type TestApp, type TestSession } from '../testing/index.ts';

const NOW = new Date('2026-03-10T12:00:00Z');
const BUREAU = 'ingest';
let test: TestApp;
let dispatcher: TestSession;
let keyHeaders: { authorization: string };
let bureauId: number;

beforeAll(async () => {
  test = await createTestApp({ now: () => NOW });
  bureauId = await createTestBureau(test.database.db, { slug: BUREAU });
  await test.database.db
    .insertInto('incident_category')
    .values([
      { bureau_id: bureauId, id: 1, parent_id: null, name_zh: '刑事', name_en: 'Crime', priority: 2 },
      { bureau_id: bureauId, id: 101, parent_id: 1, name_zh: '盗窃', name_en: 'Theft', priority: 3 },
    ])
    .execute();
  dispatcher = await test.signInAs('dispatcher', BUREAU);
  const keys = apiKeysService({ db: test.database.db, now: () => NOW });
  const { key } = await keys.create(
    { bureauId, name: 'cad', scopes: ['incidents:write'] },
    { accountId: null, actor: 'test', address: null },
  );
  keyHeaders = { authorization: `Bearer ${key}` };
});
afterAll(() => test?.close());

const incident = (sourceId: string, more: object = {}) => ({
  source: 'CAD',
  sourceId,
  occurredAt: '2026-03-10T10:00:00Z',
  lon: 104.04,
  lat: 30.64,
  ...more,
});
async function ingest(payload: object, headers: Record<string, string> = keyHeaders): Promise<IngestAnswer> {
  const answer = await test.app.inject({ method: 'POST', url: '/api/incidents', payload, headers });
  expect(answer.statusCode, answer.body).toBe(200);
  return answer.json<IngestAnswer>();
}
const row = (sourceKey: string) =>
  test.database.db.selectFrom('incident').selectAll().where('source_key', '=', sourceKey).executeTakeFirstOrThrow();
const revision = async () =>
  (
    await test.database.db
      .selectFrom('bureau')
      .select('data_revision')
      .where('id', '=', bureauId)
      .executeTakeFirstOrThrow()
  ).data_revision;

describe('POST /api/incidents', () => {
  it('writes the row, its event, the revision and the audit together', async () => {
    const before = await revision();
    const answer = await ingest(incident('a-1', { category: 'theft', address: '科华北路1号' }));
    expect(answer).toMatchObject({ created: 1, duplicates: 0, rejected: 0, items: [{ index: 0, status: 'created' }] });
    const stored = await row('a-1');
    expect(stored).toMatchObject({ called_category: 101, priority: 3, state: 0, self_initiated: false });
    const cell = latLngToCell(30.64, 104.04, INCIDENT_CELL_RESOLUTION);
    expect(stored.cell).toBe(BigInt(`0x${cell}`));
    const events = await test.database.db
      .selectFrom('incident_event')
      .selectAll()
      .where('incident_id', '=', stored.id)
      .execute();
    expect(events).toHaveLength(1);
    expect(await revision()).toBe(before + 1);
    const audits = await test.database.db
      .selectFrom('audit_entry')
      .select('subject')
      .where('action', '=', 'incidents.ingested')
      .execute();
    expect(audits.map((entry) => entry.subject)).toContain(`incident:${stored.id}`);
  });

  it('adds nothing for a source and id it has, and tells whose it is', async () => {
    const before = await revision();
    const answer = await ingest([incident('a-1'), incident('a-2'), incident('a-2')]);
    expect(answer.items.map((item) => item.status)).toEqual(['duplicate', 'created', 'duplicate']);
    expect(answer.items[0].id).toBe((await row('a-1')).id);
    expect(answer.items[2].id).toBe(answer.items[1].id);
    await ingest([incident('a-1'), incident('a-2')]);
    expect(await revision()).toBe(before + 1);
  });

  it('answers every item by itself, in the caller’s language', async () => {
    const items = [
      incident('b-1', { lon: 0, lat: 0 }),
      incident('b-2', { lon: 116.4, lat: 39.9 }),
      incident('b-3', { occurredAt: '2026-03-11T10:00:00Z' }),
      incident('b-4', { occurredAt: 'yesterday' }),
      incident('b-5', { lon: 'east' }),
      { source: 'CAD', occurredAt: '2026-03-10T10:00:00Z', lon: 104.04, lat: 30.64 },
      incident('b-7', { callerName: '张三' }),
      incident('b-8'),
      incident('b-9', { coordinateSystem: 'EPSG:999999' }),
    ];
    const answer = await ingest(items, { ...keyHeaders, 'accept-language': 'en' });
    expect(answer.items.map(({ status, reason, field }) => [status, reason, field])).toEqual([
      ['rejected', 'null_island', 'lon'],
      ['rejected', 'outside_bureau', 'lon'],
      ['rejected', 'in_the_future', 'occurredAt'],
      ['rejected', 'unparsable_time', 'occurredAt'],
      ['rejected', 'unparsable_coordinates', 'lon'],
      ['rejected', 'missing_field', 'sourceId'],
      ['rejected', 'malformed_row', 'callerName'],
      ['created', undefined, undefined],
      ['rejected', 'unparsable_coordinates', 'coordinateSystem'],
    ]);
    expect(answer.items[0].message).toContain('0,0');
    expect((await ingest(items)).items[1].message).toContain('辖区');
  });

  it('converts GCJ-02 and accepts what lies within the margin only', async () => {
    // 104.04, 30.64 as a map of Amap shows it, 350 m away.
    const [lon, lat] = [104.04244353477236, 30.637520741321964];
    await ingest(incident('c-1', { lon, lat, coordinateSystem: 'GCJ02' }));
    const stored = await row('c-1');
    expect(stored.lon).toBeCloseTo(104.04, 5);
    expect(stored.lat).toBeCloseTo(30.64, 5);
    const degrees = 1 / (111_320 * Math.cos((30.64 * Math.PI) / 180));
    const answer = await ingest([
      incident('c-2', { lon: 104.09 + 900 * degrees }),
      incident('c-3', { lon: 104.09 + 1100 * degrees }),
    ]);
    expect(answer.items.map((item) => item.status)).toEqual(['created', 'rejected']);
  });

  it('reads GeoJSON', async () => {
    const answer = await ingest(
      {
        type: 'FeatureCollection',
        features: [
          {
            type: 'Feature',
            id: 77,
            geometry: { type: 'Point', coordinates: [104.041, 30.641] },
            properties: { source: 'GIS', occurredAt: '2026-03-01T08:00:00+08:00', category: '刑事/盗窃' },
          },
          {
            type: 'Feature',
            geometry: { type: 'LineString', coordinates: [] },
            properties: { source: 'GIS', sourceId: 'x' },
          },
        ],
      },
      { ...keyHeaders, 'content-type': 'application/geo+json' },
    );
    expect(answer.items.map((item) => item.status)).toEqual(['created', 'rejected']);
    expect(await row('77')).toMatchObject({ lon: 104.041, called_category: 101, state: 8 });
  });

  it('keeps unknown categories as 未分类', async () => {
    await ingest(incident('d-1', { category: 'Arson' }));
    expect((await row('d-1')).called_category).toBe(0);
    const categories = await test.database.db
      .selectFrom('incident_category')
      .select('id')
      .where('bureau_id', '=', bureauId)
      .execute();
    expect(categories.map((category) => category.id)).toContain(0);
  });

  it('refuses a body of something else, and too many', async () => {
    const post = (payload: object | string) =>
      test.app.inject({
        method: 'POST',
        url: '/api/incidents',
        payload,
        headers: { ...keyHeaders, 'content-type': 'application/json' },
      });
    expect((await post('"text"')).json().error.code).toBe('NOT_INCIDENTS');
    const many = await post(Array.from({ length: 5001 }, () => ({})));
    expect([many.statusCode, many.json().error.code]).toEqual([413, 'TOO_MANY_INCIDENTS']);
  });

  it('leaves nothing when the transaction fails', async () => {
    await test.database
      .sql`CREATE FUNCTION no_event() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'disk full'; END $$`;
    await test.database.sql`CREATE TRIGGER no_event BEFORE INSERT ON incident_event EXECUTE FUNCTION no_event()`;
    try {
      const before = await revision();
      const answer = await test.app.inject({
        method: 'POST',
        url: '/api/incidents',
        payload: incident('e-1'),
        headers: keyHeaders,
      });
      expect(answer.statusCode).toBe(500);
      expect(
        await test.database.db.selectFrom('incident').select('id').where('source_key', '=', 'e-1').execute(),
      ).toEqual([]);
      expect(await revision()).toBe(before);
    } finally {
      await test.database.sql`DROP TRIGGER no_event ON incident_event`;
    }
  });
});

describe('transitions', () => {
  const go = (id: number, payload: object) =>
    dispatcher.inject({ method: 'POST', url: `/api/incidents/${id}/transitions`, payload });

  it('follows the table, logs every step and refuses a jump with the legal ones named', async () => {
    await ingest(incident('t-1'));
    const { id } = await row('t-1');
    const jump = await go(id, { to: 'on_scene' });
    expect([jump.statusCode, jump.json().error.code]).toEqual([409, 'TRANSITION_ILLEGAL']);
    expect(jump.json().error.params.legal).toContain('classified');
    for (const to of ['classified', 'dispatched', 'acknowledged', 'en_route'])
      expect((await go(id, { to })).statusCode).toBe(200);
    const detail = (await go(id, { to: 'on_scene', note: '到场' })).json<IncidentDetail>();
    expect(detail.incident.state).toBe('on_scene');
    expect(detail.events.map((event) => event.state)).toEqual([
      'received',
      'classified',
      'dispatched',
      'acknowledged',
      'en_route',
      'on_scene',
    ]);
    expect(detail.events.at(-1)).toMatchObject({ actor: dispatcher.username, note: '到场' });
  });

  it('refuses times before the current state and in the future', async () => {
    await ingest(incident('t-2'));
    const { id } = await row('t-2');
    expect((await go(id, { to: 'classified', at: '2026-03-10T09:00:00Z' })).json().error.code).toBe(
      'TRANSITION_TOO_EARLY',
    );
    expect((await go(id, { to: 'classified', at: '2026-03-10T13:00:00Z' })).json().error.code).toBe(
      'TRANSITION_IN_FUTURE',
    );
  });

  it('changes the revision only where figures change', async () => {
    await ingest(incident('t-3'));
    const { id } = await row('t-3');
    const before = await revision();
    await go(id, { to: 'classified' });
    expect(await revision()).toBe(before);
    await go(id, { to: 'invalid' });
    expect(await revision()).toBe(before + 1);
  });

  it('lets one of two at once win', async () => {
    await ingest(incident('t-4'));
    const { id } = await row('t-4');
    const answers = await Promise.all([go(id, { to: 'classified' }), go(id, { to: 'classified' })]);
    expect(answers.map((answer) => answer.statusCode).toSorted((a, b) => a - b)).toEqual([200, 409]);
  });
});

describe('list and summary', () => {
  it('pages through everything once, newest first', async () => {
    await ingest(Array.from({ length: 25 }, (_, i) => incident(`l-${i}`, { occurredAt: '2026-02-01T00:00:00Z' })));
    const seen: number[] = [];
    let cursor: string | null = null;
    do {
      const query = new URLSearchParams({ bureau: BUREAU, state: 'all', limit: '7', ...(cursor ? { cursor } : {}) });
      const page = (await dispatcher.inject({ method: 'GET', url: `/api/incidents?${query}` })).json<IncidentList>();
      seen.push(...page.incidents.map((item) => item.id));
      cursor = page.nextCursor;
    } while (cursor !== null);
    const all = await test.database.db
      .selectFrom('incident')
      .select('id')
      .orderBy('occurred_at', 'desc')
      .orderBy('id', 'desc')
      .execute();
    expect(seen).toEqual(all.map(({ id }) => id));
  });

  it('counts as SQL counts', async () => {
    const { db } = test.database;
    const summary = (
      await dispatcher.inject({ method: 'GET', url: `/api/incidents/summary?bureau=${BUREAU}` })
    ).json<IncidentSummary>();
    const open = await db
      .selectFrom('incident')
      .select(({ fn }) => fn.countAll<number>().as('n'))
      .where('state', 'in', [0, 1, 2, 3, 4, 5, 6, 7, 9])
      .executeTakeFirstOrThrow();
    expect(summary.open).toBe(open.n);
    const today = await db
      .selectFrom('incident')
      .select(({ fn }) => fn.countAll<number>().as('n'))
      .where('occurred_at', '>=', new Date('2026-03-09T16:00:00Z'))
      .where('state', 'not in', [11, 13])
      .executeTakeFirstOrThrow();
    expect(summary.today).toBe(today.n);
    expect(summary.openByPriority.reduce((sum, count) => sum + count, 0)).toBe(summary.open);
  });

  it('shows nothing of another bureau', async () => {
    await createTestBureau(test.database.db, { slug: 'neighbour' });
    const outsider = await test.signInAs('dispatcher', 'neighbour');
    const { id } = await row('a-1');
    expect((await outsider.inject({ method: 'GET', url: `/api/incidents/${id}` })).statusCode).toBe(404);
    expect((await outsider.inject({ method: 'GET', url: `/api/incidents?bureau=${BUREAU}` })).statusCode).toBe(403);
  });
});
