import { mkdtemp } from 'node:fs/promises';
import { Worker } from 'node:worker_threads';
import { openDatabase, migrateToLatest, startEmbeddedPostgres } from '../src/platform/index.ts';
import { createTestBureau } from '../src/testing/test-bureau.ts';
const dir = await mkdtemp('/tmp/xf-bench-');
const pg = await startEmbeddedPostgres(dir);
const { db, sql, close } = openDatabase(pg.url, { max: 2 });
await migrateToLatest(db);
for (const s of (process.env.PRE ?? '').split(';').filter(Boolean)) await sql.unsafe(s);
const bureauId = await createTestBureau(db);
const [{ id: sourceId }] = await sql`INSERT INTO incident_source (bureau_id, name) VALUES (${bureauId}, 's') RETURNING id`;
const [{ id: importId }] = await sql`INSERT INTO import (bureau_id, file_name, spool_name, state, bytes_total, started_by) VALUES (${bureauId}, 'f', 's', 'running', 1, 'x') RETURNING id`;
const [{ boundary }] = await sql`SELECT boundary FROM bureau`;
const workerData = { databaseUrl: pg.url, target: { importId, bureauId, sourceId }, actor: 'x', address: null, fileName: 'f', request: {
  path: process.env.FILE ?? '/tmp/million.csv', nowSeconds: Date.now() / 1000, categories: [{ id: 101, parentId: null, name: { zh: '盗窃', en: 'Theft' }, priority: 3 }],
  bureau: { boundary, marginMeters: 1000, timeZone: 'Asia/Shanghai', bounds: [103.99, 30.59, 104.09, 30.69] },
  mapping: { encoding: 'utf-8', delimiter: ',', hasHeader: true, source: 's', coordinateSystem: process.env.SYSTEM ?? 'WGS84', dateFormat: 'auto', timeZone: 'Asia/Shanghai',
    columns: { sourceId: null, occurredAt: 'date', time: null, lon: 'longitude', lat: 'latitude', category: 'category', address: 'address', priority: null } } } };
const started = performance.now();
let peak = 0;
const timer = setInterval(() => { peak = Math.max(peak, process.memoryUsage().rss); }, 100);
const message: any = await new Promise((resolve, reject) => {
  const worker = new Worker(new URL('../src/incidents/imports/import.worker.ts', import.meta.url), { workerData });
  worker.on('message', (m) => { if (m.kind !== 'progress') resolve(m); else if (process.env.VERBOSE) console.log(((performance.now() - started) / 1000).toFixed(1), m.progress.rowsRead); });
  worker.on('error', reject);
});
console.log(JSON.stringify(message), ((performance.now() - started) / 1000).toFixed(1), 's, peak RSS MB', Math.round(peak / 1e6));
clearInterval(timer);
console.log(await sql`SELECT pg_size_pretty(pg_relation_size('incident')) heap, (SELECT string_agg(indexrelname || ' ' || pg_size_pretty(pg_relation_size(indexrelid)), ', ') FROM pg_stat_user_indexes WHERE relname='incident') AS indexes`);
await close(); await pg.stop();
