import { decodeColumnBlock, type HotspotMeta } from '@xunfang/geo-data/contract';
import { cellToHex, haversineDistanceMeters } from '@xunfang/geo-data/geometry';
import { cellToLatLng, cellToParent, latLngToCell } from 'h3-js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestApp, createTestBureau, type TestApp, type TestSession } from '../testing/index.ts';

const BUREAU = 'hot';
let test: TestApp;
let analyst: TestSession;
let bureauId: number;

/** 4,000 incidents around three centres, every tenth found by officers, some merged or invalid. */
beforeAll(async () => {
  test = await createTestApp();
  bureauId = await createTestBureau(test.database.db, { slug: BUREAU });
  analyst = await test.signInAs('analyst', BUREAU);
  const { sql } = test.database;
  await sql`INSERT INTO incident_category (bureau_id, id, parent_id, name_zh, name_en, priority) VALUES
    (${bureauId}, 1, NULL, '刑事', 'Crime', 2), (${bureauId}, 101, 1, '盗窃', 'Theft', 3), (${bureauId}, 2, NULL, '治安', 'Order', 3)`;
  const [{ id: sourceId }] = await sql<{ id: number }[]>`
    INSERT INTO incident_source (bureau_id, name) VALUES (${bureauId}, 'seed') RETURNING id`;
  const rows = Array.from({ length: 4000 }, (_, i) => {
    const angle = i * 2.399963;
    const radius = 0.03 * Math.sqrt((i % 500) / 500);
    const lon = 104.04 + (((i % 3) - 1) * 0.015 + radius * Math.cos(angle)) * 0.9;
    const lat = 30.64 + radius * Math.sin(angle) * 0.9;
    return {
      bureau_id: bureauId,
      source_id: sourceId,
      source_key: `k${i}`,
      occurred_at: new Date(Date.UTC(2025, 0, 1) + i * 3_700_000),
      received_at: new Date(Date.UTC(2025, 0, 1) + i * 3_700_000),
      lon,
      lat,
      cell: BigInt(`0x${latLngToCell(lat, lon, 11)}`),
      called_category: [101, 2, 1, 101][i % 4],
      confirmed_category: i % 7 === 0 ? 2 : null,
      priority: 3,
      state: i % 50 === 0 ? 13 : 8,
      state_since: new Date(),
      self_initiated: i % 10 === 0,
    };
  });
  for (let from = 0; from < rows.length; from += 1000)
    await test.database.db
      .insertInto('incident')
      .values(rows.slice(from, from + 1000))
      .execute();
});
afterAll(() => test?.close());

const WINDOW = { from: '2025-02-01T00:00:00Z', to: '2025-05-01T00:00:00Z', resolution: '9' };
async function ask(query: Record<string, string> = {}, headers: Record<string, string> = {}) {
  const url = `/api/hotspots?${new URLSearchParams({ bureau: BUREAU, ...WINDOW, ...query })}`;
  return analyst.inject({ method: 'GET', url, headers });
}
async function grid(query: Record<string, string> = {}) {
  const answer = await ask(query);
  expect(answer.statusCode, answer.body).toBe(200);
  const bytes = answer.rawPayload;
  const { meta, columns } = decodeColumnBlock<HotspotMeta>(
    bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer,
  );
  const cells = Array.from(columns.cellHi, (hi, row) => cellToHex(hi, columns.cellLo[row]));
  return { meta, columns, cells, countOf: new Map(cells.map((cell, row) => [cell, columns.count[row]])) };
}

describe('GET /api/hotspots', () => {
  it('counts what SQL counts, cell by cell: valid ones of the public, by their confirmed category', async () => {
    const { meta, countOf } = await grid({ categories: '1', hours: '20,21,22,23,0,1', weekdays: '5,6' });
    const rows = await test.database.sql<{ cell: bigint }[]>`
      SELECT cell FROM incident
      WHERE bureau_id = ${bureauId} AND occurred_at >= ${WINDOW.from} AND occurred_at < ${WINDOW.to}
        AND state NOT IN (11, 13) AND NOT self_initiated AND coalesce(confirmed_category, called_category) IN (1, 101)
        AND extract(hour FROM occurred_at AT TIME ZONE 'Asia/Shanghai') IN (20, 21, 22, 23, 0, 1)
        AND extract(isodow FROM occurred_at AT TIME ZONE 'Asia/Shanghai') IN (5, 6)`;
    const expected = new Map<string, number>();
    for (const { cell } of rows) {
      const parent = cellToParent(cell.toString(16), 9);
      expected.set(parent, (expected.get(parent) ?? 0) + 1);
    }
    expect(rows.length).toBeGreaterThan(50);
    for (const [cell, count] of expected) expect([cell, countOf.get(cell)]).toEqual([cell, count]);
    expect([...countOf.values()].reduce((sum, count) => sum + count, 0)).toBe(rows.length);
    expect(meta.incidentCount).toBe(rows.length);
    expect(meta.cellCount).toBe(countOf.size);
  });

  it('counts self-initiated ones only when asked', async () => {
    const [without, all] = [await grid(), await grid({ includeSelfInitiated: 'true' })];
    const [{ n }] = await test.database.sql<{ n: number }[]>`
      SELECT count(*)::int AS n FROM incident WHERE self_initiated AND state NOT IN (11, 13)
        AND occurred_at >= ${WINDOW.from} AND occurred_at < ${WINDOW.to}`;
    expect(n).toBeGreaterThan(0);
    expect(all.meta.incidentCount - without.meta.incidentCount).toBe(n);
  });

  it('gives the density of the direct sum', async () => {
    const { columns, cells } = await grid({ bandwidthMeters: '800' });
    const rows = await test.database.sql<{ lon: number; lat: number }[]>`
      SELECT lon, lat FROM incident WHERE NOT self_initiated AND state NOT IN (11, 13)
        AND occurred_at >= ${WINDOW.from} AND occurred_at < ${WINDOW.to}`;
    for (let row = 0; row < cells.length; row += 97) {
      const [lat, lon] = cellToLatLng(cells[row]);
      let sum = 0;
      for (const point of rows) {
        const share = haversineDistanceMeters(lon, lat, point.lon, point.lat) / 800;
        if (share < 1) sum += 1 - share * share;
      }
      const expected = (sum * 2) / (Math.PI * 0.64);
      // The sphere of the check and the ellipsoid of the kernel differ by up to 0.5 %.
      expect(Math.abs(columns.densityPerKm2[row] - expected)).toBeLessThanOrEqual(0.02 * expected + 0.02);
    }
  });

  it('finds the centres significant and the emptiness not', async () => {
    const { columns } = await grid();
    const hottest = columns.giZ.indexOf(Math.max(...columns.giZ));
    expect(columns.giZ[hottest]).toBeGreaterThan(3);
    expect(columns.giQ[hottest]).toBeLessThan(0.05);
    expect(columns.giQ.some((q) => q > 0.05)).toBe(true);
  });

  it('keeps the result until the data change, and says so with 304', async () => {
    const query = { resolution: '8' };
    expect((await grid(query)).meta.cached).toBe(false);
    const kept = await grid(query);
    expect(kept.meta.cached).toBe(true);
    const { etag } = (await ask(query)).headers;
    expect((await ask(query, { 'if-none-match': String(etag) })).statusCode).toBe(304);
    const payload = { source: 'x', sourceId: '1', occurredAt: '2025-02-02T00:00:00Z', lon: 104.04, lat: 30.64 };
    const created = await analyst.inject({ method: 'POST', url: `/api/incidents?bureau=${BUREAU}`, payload });
    expect(created.json().created, created.body).toBe(1);
    expect((await ask(query, { 'if-none-match': String(etag) })).statusCode).toBe(200);
    const fresh = await grid(query);
    expect(fresh.meta.dataRevision).toBe(kept.meta.dataRevision + 1);
    expect(fresh.meta.incidentCount).toBe(kept.meta.incidentCount + 1);
  });

  it('selects nothing for a category nobody knows', async () => {
    expect((await grid({ categories: '999' })).meta.incidentCount).toBe(0);
  });

  it.each([
    [{ hours: '24' }, 'INVALID_FIELD'],
    [{ weekdays: '0' }, 'INVALID_FIELD'],
    [{ to: WINDOW.from }, 'WINDOW_EMPTY'],
    [{ resolution: '12' }, 'INVALID_FIELD'],
  ])('refuses %j as %s', async (query, code) => {
    const answer = await ask(query);
    expect([answer.statusCode, answer.json().error.code]).toEqual([400, code]);
  });

  it('refuses a grid of too many cells and names the resolution to choose', async () => {
    const large = await createTestBureau(test.database.db, { slug: 'large' });
    const ring = [
      [103, 30],
      [104.5, 30],
      [104.5, 31.5],
      [103, 31.5],
      [103, 30],
    ];
    await test.database.db
      .updateTable('bureau')
      .set({ boundary: { type: 'Polygon', coordinates: [ring] } })
      .where('id', '=', large)
      .execute();
    const reader = await test.signInAs('analyst', 'large');
    const url = `/api/hotspots?${new URLSearchParams({ bureau: 'large', ...WINDOW, resolution: '11' })}`;
    const answer = await reader.inject({ method: 'GET', url, headers: { 'accept-language': 'en' } });
    expect([answer.statusCode, answer.json().error.code]).toEqual([422, 'TOO_MANY_CELLS']);
    expect(answer.json().error.fix).toContain('resolution 9');
  });
});
