import { mkdtemp, readFile } from 'node:fs/promises';
import { openDatabase, startEmbeddedPostgres, migrateToLatest } from '../src/platform/index.ts';
import { createTestBureau } from '../src/testing/test-bureau.ts';
const pg = await startEmbeddedPostgres(await mkdtemp('/tmp/xf-zz-'));
const { sql, db, close } = openDatabase(pg.url, { max: 1 });
await migrateToLatest(db);
const bureauId = await createTestBureau(db);
const [{ id: sourceId }] = await sql`INSERT INTO incident_source (bureau_id, name) VALUES (${bureauId}, 's') RETURNING id`;
const [{ pid }] = await sql`SELECT pg_backend_pid() pid`;
const cpu = async () => { const f = (await readFile(`/proc/${pid}/stat`, 'utf8')).split(') ')[1].split(' '); return (Number(f[11]) + Number(f[12])) / 100; };
await sql`CREATE TEMPORARY TABLE import_staging (row_number bigint NOT NULL, source_key text NOT NULL, occurred_at timestamptz NOT NULL,
  lon float8 NOT NULL, lat float8 NOT NULL, cell bigint NOT NULL, beat_id integer, category smallint NOT NULL, priority smallint NOT NULL, address text)`;
await sql`INSERT INTO import_staging SELECT i, substr(md5(i::text), 1, 22), timestamptz '2020-01-01' + i * interval '31 seconds', 104, 30.6, 627141902868869119, 5, 101, 3, '武侯区某路' || i % 500 || '号' FROM generate_series(1, 400000) i`;
const insert = `INSERT INTO incident (bureau_id, source_id, source_key, occurred_at, received_at, lon, lat, cell, beat_id, called_category, priority, state, state_since, address, import_id)
 SELECT ${bureauId}, ${sourceId}, source_key, occurred_at, occurred_at, lon, lat, cell, beat_id, category, priority, CASE WHEN occurred_at < now() - interval '1 day' THEN 8::smallint ELSE 0::smallint END, occurred_at, address, 1 FROM import_staging`;
const conflict = ' ON CONFLICT (source_id, source_key) DO NOTHING';
async function test(name: string, statement: string, pre = '') {
  await sql.unsafe('BEGIN'); for (const p of pre.split(';').filter(Boolean)) await sql.unsafe(p);
  const c = await cpu(); const t = performance.now();
  await sql.unsafe(statement);
  console.log(name.padEnd(50), 'cpu', ((await cpu()) - c).toFixed(2), 'wall', ((performance.now() - t) / 1000).toFixed(2));
  await sql.unsafe('ROLLBACK'); await sql.unsafe('VACUUM incident');
}
await test('warm', insert + conflict);
await test('as is', insert + conflict);
await test('no conflict clause', insert);
await test('returning+anti', `WITH fresh AS (${insert + conflict} RETURNING source_key) SELECT row_number FROM import_staging WHERE NOT EXISTS (SELECT FROM fresh WHERE fresh.source_key = import_staging.source_key)`);
const nofk = 'ALTER TABLE incident DROP CONSTRAINT incident_bureau_id_fkey;ALTER TABLE incident DROP CONSTRAINT incident_source_id_fkey';
await test('no fk', insert + conflict, nofk);
await test('no fk, no indexes', insert, nofk + ';ALTER TABLE incident DROP CONSTRAINT incident_pkey CASCADE;DROP INDEX incident_once;DROP INDEX incident_by_time;DROP INDEX incident_open');
await test('no fk, only once', insert + conflict, nofk + ';ALTER TABLE incident DROP CONSTRAINT incident_pkey CASCADE;DROP INDEX incident_by_time;DROP INDEX incident_open');
await test('no fk, only once C collate', insert + conflict, nofk + ';ALTER TABLE incident DROP CONSTRAINT incident_pkey CASCADE;DROP INDEX incident_by_time;DROP INDEX incident_open;ALTER TABLE incident ALTER source_key TYPE text COLLATE "C"');
await test('all C collate', insert + conflict, nofk + ';ALTER TABLE incident ALTER source_key TYPE text COLLATE "C"');
await test('all C collate, sorted by key', insert + ' ORDER BY source_key COLLATE "C"' + conflict, nofk + ';ALTER TABLE incident ALTER source_key TYPE text COLLATE "C"');
await sql`UPDATE import_staging SET source_key = lpad(row_number::text, 10, '0') || substr(source_key, 1, 11)`;
await test('C collate, time-prefixed key', insert + conflict, nofk + ';ALTER TABLE incident ALTER source_key TYPE text COLLATE "C"');
await close(); await pg.stop();
