import { decodeIncidentBlock } from '@xunfang/geo-data/incidents';
import { latLngToCell } from 'h3-js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestApp, createTestBureau, type TestApp, type TestSession } from '../testing/index.ts';

const BUREAU = 'replay';
let test: TestApp;
let session: TestSession;

beforeAll(async () => {
  test = await createTestApp();
  await createTestBureau(test.database.db, { slug: BUREAU });
  session = await test.signInAs('dispatcher', BUREAU);
  const payload = Array.from({ length: 300 }, (_, i) => ({
    source: 'x',
    sourceId: String(i),
    // Not in order of time.
    occurredAt: new Date(Date.UTC(2025, 0, 1) + ((i * 7919) % 300) * 600_000).toISOString(),
    lon: 104 + (i % 80) / 1000,
    lat: 30.6 + (i % 70) / 1000,
    origin: i % 3 === 0 ? 'self_initiated' : 'public',
  }));
  const answer = await session.inject({ method: 'POST', url: `/api/incidents?bureau=${BUREAU}`, payload });
  expect(answer.json().created, answer.body).toBe(300);
});
afterAll(() => test?.close());

const ask = (query: Record<string, string>, headers: Record<string, string> = {}) =>
  session.inject({
    method: 'GET',
    url: `/api/incident-blocks?${new URLSearchParams({ bureau: BUREAU, ...query })}`,
    headers,
  });
const decode = (bytes: Buffer) =>
  decodeIncidentBlock(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength));

describe('GET /api/incident-blocks', () => {
  const window = { from: '2025-01-01T06:00:00Z', to: '2025-01-02T06:00:00Z' };

  it('holds the incidents of the window in order of time, as the database has them', async () => {
    const block = decode((await ask({ ...window, includeSelfInitiated: 'true' })).rawPayload);
    const rows = await test.database.db
      .selectFrom('incident')
      .select(['occurred_at', 'lon', 'lat', 'called_category'])
      .where('occurred_at', '>=', new Date(window.from))
      .where('occurred_at', '<', new Date(window.to))
      .orderBy('occurred_at')
      .execute();
    expect(block.count).toBe(144);
    expect(Array.from(block.occurredAtSeconds)).toEqual(rows.map((row) => row.occurred_at.getTime() / 1000));
    expect(Array.from(block.lon)).toEqual(rows.map((row) => row.lon));
    expect(Array.from(block.category)).toEqual(rows.map((row) => row.called_category));
    const cell = (BigInt(block.cellHi[5]) << 32n) | BigInt(block.cellLo[5]);
    expect(cell.toString(16)).toBe(latLngToCell(rows[5].lat, rows[5].lon, 11));
  });

  it('leaves out what officers found themselves unless asked, as the grid does', async () => {
    const block = decode((await ask(window)).rawPayload);
    expect(block.count).toBeLessThan(144);
    expect(block.count).toBeGreaterThan(0);
  });

  it('answers 304 until the data change', async () => {
    const etag = String((await ask(window)).headers.etag);
    expect((await ask(window, { 'if-none-match': etag })).statusCode).toBe(304);
    expect((await ask({ ...window, to: '2025-01-02T07:00:00Z' }, { 'if-none-match': etag })).statusCode).toBe(200);
  });

  it('is empty where nothing happened, and refuses an empty window', async () => {
    expect(decode((await ask({ from: '2020-01-01T00:00:00Z', to: '2020-02-01T00:00:00Z' })).rawPayload).count).toBe(0);
    const answer = await ask({ from: window.to, to: window.from });
    expect([answer.statusCode, answer.json().error.code]).toEqual([400, 'REPLAY_WINDOW_EMPTY']);
  });
});
