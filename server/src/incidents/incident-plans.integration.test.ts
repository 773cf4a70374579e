import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createTestBureau, createTestDatabase, type TestDatabase } from '../testing/index.ts';
import { incidentsRepository } from './incidents.repository.ts';
import { summaryInstants } from './summary-instants.ts';

let database: TestDatabase;
let bureauId: number;

/** 60,000 incidents over two years, 200 of them open: enough for the planner to choose. */
beforeAll(async () => {
  database = await createTestDatabase();
  bureauId = await createTestBureau(database.db);
  const [{ id }] = await database.sql<{ id: number }[]>`
    INSERT INTO incident_source (bureau_id, name) VALUES (${bureauId}, 's') RETURNING id`;
  await database.sql`
    INSERT INTO incident (bureau_id, source_id, source_key, occurred_at, received_at, lon, lat, cell, called_category, priority, state, state_since)
    SELECT ${bureauId}::int, ${id}::int, i::text, t, t, 104, 30.6, 1, 0, 3, CASE WHEN i % 300 = 0 THEN 0 ELSE 8 END, t
    FROM generate_series(1, 60000) i, LATERAL (SELECT timestamptz '2024-01-01' + i * interval '17 minutes' AS t) AS at`;
  await database.sql`VACUUM ANALYZE incident`;
});
afterAll(() => database?.drop());

const NOW = new Date('2025-12-01T12:00:00Z');
const all = { from: null, to: null, categories: [], beatId: null, after: null, limit: 200 };
const repository = () => incidentsRepository(database.db);

it.each([
  ['open incidents', () => repository().list({ ...all, bureauId, open: true }), 'incident_open'],
  [
    'the next page of open incidents',
    () => repository().list({ ...all, bureauId, open: true, after: { micros: 1_740_000_000_000_000, id: 5 } }),
    'incident_open',
  ],
  ['the newest incidents', () => repository().list({ ...all, bureauId, open: false }), 'incident_by_time'],
  [
    'incidents of a week',
    () =>
      repository().list({ ...all, bureauId, open: false, from: new Date('2025-03-01'), to: new Date('2025-03-08') }),
    'incident_by_time',
  ],
  ['open counts', () => repository().openByPriority(bureauId), 'incident_open'],
  ['counters', () => repository().counts(bureauId, summaryInstants(NOW, 'Asia/Shanghai')), 'incident_by_time'],
])('%s come by an index', async (_, query, index) => {
  const compiled = (query() as unknown as { compile(): { sql: string; parameters: unknown[] } }).compile();
  const { rows } = await database.db.executeQuery<{ 'QUERY PLAN': string }>({
    ...(sql`SELECT 1`.compile(database.db) as object),
    sql: `EXPLAIN ${compiled.sql}`,
    parameters: compiled.parameters,
  } as never);
  const plan = rows.map((row) => row['QUERY PLAN']).join('\n');
  expect(plan).toContain(index);
  expect(plan).not.toContain('Seq Scan on incident ');
});
