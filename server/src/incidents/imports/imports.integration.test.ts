import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import type { ImportMapping, ImportPreview, ImportView } from '@xunfang/geo-data/contract';
import iconv from 'iconv-lite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildApp } from '../../app.ts';
import { createWorkers } from '../../platform/index.ts';
import { createTestApp, createTestBureau, type TestApp, type TestSession } from '../../testing/index.ts';
import { importsService } from './imports.service.ts';

const NOW = new Date('2026-03-10T12:00:00Z');
const BUREAU = 'imports';
const SHARED = process.env.XUNFANG_SHARED_DATA ?? fileURLToPath(new URL('../../../../../shared/data', import.meta.url));
let test: TestApp;
let analyst: TestSession;
let bureauId: number;

beforeAll(async () => {
  test = await createTestApp({ now: () => NOW });
  bureauId = await createTestBureau(test.database.db, { slug: BUREAU });
  await createTestBureau(test.database.db, { slug: 'chicago', lon: -87.65, lat: 41.8, timeZone: 'America/Chicago' });
  await test.database.db
    .insertInto('incident_category')
    .values({ bureau_id: bureauId, id: 101, parent_id: null, name_zh: '盗窃', name_en: 'Theft', priority: 3 })
    .execute();
  analyst = await test.signInAs('analyst', null);
});
afterAll(() => test?.close());

interface Upload {
  import: ImportView;
  preview: ImportPreview;
}
async function upload(file: string | Buffer, fileName = 'calls.csv', bureau = BUREAU): Promise<Upload> {
  const answer = await analyst.inject({
    method: 'POST',
    url: `/api/imports?bureau=${bureau}&fileName=${encodeURIComponent(fileName)}`,
    payload: file,
    headers: { 'content-type': 'application/octet-stream', 'accept-language': 'en' },
  });
  expect(answer.statusCode, answer.body).toBe(200);
  return answer.json<Upload>();
}
async function start(id: number, mapping: ImportMapping): Promise<void> {
  const answer = await analyst.inject({ method: 'POST', url: `/api/imports/${id}/start`, payload: { mapping } });
  expect(answer.statusCode, answer.body).toBe(200);
}
async function ended(id: number): Promise<ImportView> {
  for (;;) {
    const view = (await analyst.inject({ method: 'GET', url: `/api/imports/${id}` })).json<ImportView>();
    if (view.state !== 'running') return view;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
/** The whole way of a file, as the console goes it. */
async function importFile(
  file: string | Buffer,
  more: Partial<ImportMapping> & { bureau?: string } = {},
): Promise<ImportView & Upload> {
  const { bureau, ...changes } = more;
  const uploaded = await upload(file, 'calls.csv', bureau);
  await start(uploaded.import.id, { ...uploaded.preview.mapping, source: randomBytes(6).toString('hex'), ...changes });
  return { ...(await ended(uploaded.import.id)), ...uploaded };
}
async function rejections(id: number): Promise<string> {
  const answer = await analyst.inject({
    method: 'GET',
    url: `/api/imports/${id}/rejections.csv`,
    headers: { 'accept-language': 'en' },
  });
  expect(answer.headers['content-type']).toContain('text/csv');
  return answer.body;
}
const rowsOf = (importId: number) =>
  test.database.db.selectFrom('incident').selectAll().where('import_id', '=', importId).orderBy('id').execute();

describe('files as they come', () => {
  const table =
    '编号,报警时间,经度,纬度,类别,事发地址\nA1,2025-06-01 08:30,104.04,30.64,盗窃,科华北路1号\nA2,2025-06-01 09:00,104.05,30.65,抢劫,“老”地方\n';

  it.each([
    ['UTF-8', Buffer.from(table)],
    ['UTF-8 with byte order mark', Buffer.from(`\ufeff${table}`)],
    ['GB18030', iconv.encode(table, 'gb18030')],
    ['gzip of GB18030', gzipSync(iconv.encode(table, 'gb18030'))],
    ['semicolons and CR LF', Buffer.from(table.replaceAll(',', ';').replaceAll('\n', '\r\n'))],
    ['tabs', Buffer.from(table.replaceAll(',', '\t'))],
    [
      'bars in GB18030, where a letter’s second byte may be a bar',
      iconv.encode(table.replaceAll(',', '|').replaceAll('老', '魘亅'), 'gb18030'),
    ],
  ])('reads %s', async (_, file) => {
    const done = await importFile(file);
    expect(done.preview.rejected).toEqual([]);
    expect(done).toMatchObject({ state: 'done', rowsRead: 2, inserted: 2, rejected: 0, error: null });
    const rows = await rowsOf(done.id);
    expect(rows.map((row) => row.occurred_at.toISOString())).toEqual([
      '2025-06-01T00:30:00.000Z',
      '2025-06-01T01:00:00.000Z',
    ]);
    expect(rows.map((row) => [row.source_key, row.called_category, row.state])).toEqual([
      ['A1', 101, 8],
      ['A2', 0, 8],
    ]);
    expect(rows[0].address).toBe('科华北路1号');
  });

  it('reads quoted fields with line ends, and rows without header', async () => {
    const done = await importFile(
      '"2025-06-01 08:30",104.04,30.64,"a ""quoted""\nplace, here"\n2025-06-01 08:31,104.05,30.65,b\n',
    );
    expect(done).toMatchObject({ inserted: 2, rejected: 0 });
  });

  it('composes a time from its parts', async () => {
    const done = await importFile('TYPE,YEAR,MONTH,DAY,HOUR,MINUTE,lon,lat\nTheft,2025,6,1,3,40,104.04,30.64\n');
    const [row] = await rowsOf(done.id);
    expect(row.occurred_at.toISOString()).toBe('2025-05-31T19:40:00.000Z');
    expect(row.called_category).toBe(101);
  });

  it('knows the hours that clocks repeat and leave out', async () => {
    const done = await importFile(
      'date,lon,lat\n2016-11-06 00:30,-87.65,41.8\n2016-11-06 01:30,-87.65,41.8\n2016-11-06 02:30,-87.65,41.8\n2016-03-13 02:30,-87.65,41.8\n',
      { bureau: 'chicago' },
    );
    const rows = await rowsOf(done.id);
    expect(rows.map((row) => row.occurred_at.toISOString())).toEqual([
      '2016-11-06T05:30:00.000Z',
      '2016-11-06T06:30:00.000Z',
      '2016-11-06T08:30:00.000Z',
      '2016-03-13T08:30:00.000Z',
    ]);
  });

  it.each([
    ['', 'IMPORT_EMPTY'],
    [Buffer.from('PK\u0003\u0004 a spreadsheet'), 'IMPORT_BINARY'],
    [Buffer.from('\ufeffa,b\n1,2', 'utf16le'), 'IMPORT_UTF16'],
    [Buffer.from([0x1f, 0x8b, 0x08, 0x00, 0x01]), 'IMPORT_BROKEN_GZIP'],
  ])('refuses %j as %s and keeps no file', async (file, code) => {
    const answer = await analyst.inject({
      method: 'POST',
      url: `/api/imports?bureau=${BUREAU}&fileName=x.csv`,
      payload: file,
      headers: { 'content-type': 'application/octet-stream' },
    });
    expect([answer.statusCode, answer.json().error.code]).toEqual([400, code]);
    // An import that ended before is cleared away just after it says so.
    await expect.poll(() => readdir(join(test.config.dataDir, 'imports'))).toEqual([]);
  });
});

describe('rejected rows', () => {
  it('are counted by reason and come back with row, reason and text; the others are all there', async () => {
    const file = [
      'id,date,lon,lat,手机,address',
      '1,2025-06-01 08:00,104.04,30.64,13800000000,ok',
      '2,2025-06-01 08:00,0,0,13800000001,nowhere',
      '3,2025-06-01 08:00,116.4,39.9,13800000002,Beijing',
      '4,2027-01-01 00:00,104.04,30.64,13800000003,tomorrow',
      '5,soon,104.04,30.64,13800000004,=HYPERLINK("http://x")',
      '6,2025-06-01 08:00,east,30.64,13800000005,',
      '7,2025-06-01 08:00,,30.64,13800000006,',
      '1,2025-06-01 08:00,104.04,30.64,13800000007,again',
      '9,2025-06-01 08:00',
      '"10"x,2025-06-01 08:00,104.04,30.64,13800000008,quote',
      '11,2025-06-01 08:00,104.04,30.64,13800000009,ok',
    ].join('\n');
    const done = await importFile(file, {
      columns: {
        sourceId: 'id',
        occurredAt: 'date',
        time: null,
        lon: 'lon',
        lat: 'lat',
        category: null,
        address: 'address',
        priority: null,
      },
    });
    expect(done.preview.personalColumns).toEqual(['手机']);
    expect(JSON.stringify(done.preview)).not.toContain('1380000');
    const columns = { ...done.preview.mapping.columns, address: '手机' };
    const { import: again } = await upload(file);
    const refused = await analyst.inject({
      method: 'POST',
      url: `/api/imports/${again.id}/start`,
      payload: { mapping: { ...done.preview.mapping, columns } },
    });
    expect([refused.statusCode, refused.json().error.code]).toEqual([400, 'IMPORT_COLUMN_PERSONAL']);
    await analyst.inject({ method: 'POST', url: `/api/imports/${again.id}/cancel` });
    expect(done).toMatchObject({
      rowsRead: 11,
      inserted: 2,
      rejected: 9,
      rejectedByReason: {
        null_island: 1,
        outside_bureau: 1,
        in_the_future: 1,
        unparsable_time: 1,
        unparsable_coordinates: 1,
        missing_field: 2,
        duplicate: 1,
        malformed_row: 1,
      },
    });
    const csv = await rejections(done.id);
    expect(csv.startsWith('\ufeffrow,reason,message,field,raw row\r\n')).toBe(true);
    expect(csv).not.toContain('1380000');
    const lines = csv.trimEnd().split('\r\n').slice(1);
    expect(lines.map((line) => line.split(',').slice(0, 2).join(' '))).toEqual([
      '3 null_island',
      '4 outside_bureau',
      '5 in_the_future',
      '6 unparsable_time',
      '7 unparsable_coordinates',
      '8 missing_field',
      '9 duplicate',
      '10 missing_field',
      '11 malformed_row',
    ]);
    expect(lines[6]).toContain('again');
  });

  it('never start a formula in a spreadsheet', async () => {
    const done = await importFile('date,lon,lat\n=1+1,104.04,30.64\n-2,104.04,30.64\n');
    const lines = (await rejections(done.id)).trimEnd().split('\r\n').slice(1);
    expect(lines[0].endsWith(`"'=1+1,104.04,30.64"`)).toBe(true);
    expect(lines[1].endsWith(`"'-2,104.04,30.64"`)).toBe(true);
  });
});

describe('the same again', () => {
  const file = `date,lon,lat\n${Array.from({ length: 50 }, (_, i) => `2025-06-01 08:${String(i % 30).padStart(2, '0')},104.04,30.64`).join('\n')}\n`;

  it('adds nothing, whether ids are given or derived, and identical rows of one file stay apart', async () => {
    const first = await importFile(file, { source: 'repeat' });
    expect(first).toMatchObject({ inserted: 50, rejected: 0 });
    const revision = await dataRevision();
    const second = await importFile(gzipSync(file), { source: 'repeat' });
    expect(second).toMatchObject({ state: 'done', inserted: 0, rejected: 50, rejectedByReason: { duplicate: 50 } });
    expect((await rejections(second.id)).split('\r\n')).toHaveLength(52);
    expect(await dataRevision()).toBe(revision);
    // The consoles are told of rows that came, with the rows, and of nothing else.
    const told = { event: 'incidents:imported', payload: { dataRevision: revision, inserted: 50 } };
    expect(await lastTold()).toEqual(told);
    const longer = await importFile(`${file}2025-06-02 08:00,104.04,30.64\n`, { source: 'repeat' });
    expect(longer).toMatchObject({ inserted: 1, rejectedByReason: { duplicate: 50 } });
  });
});

const dataRevision = async () =>
  (
    await test.database.db
      .selectFrom('bureau')
      .select('data_revision')
      .where('id', '=', bureauId)
      .executeTakeFirstOrThrow()
  ).data_revision;

const lastTold = () =>
  test.database.db
    .selectFrom('outbox_event')
    .select(['event', 'payload'])
    .where('bureau_id', '=', bureauId)
    .orderBy('seq', 'desc')
    .limit(1)
    .executeTakeFirst();

const manyRows = (count: number) =>
  `date,lon,lat\n${Array.from({ length: count }, (_, i) => `2025-06-01 08:00:${String(i % 60).padStart(2, '0')},104.${String(1000 + (i % 9000))},30.64`).join('\n')}\n`;

describe('an end before the end', () => {
  it('leaves nothing of a cancelled import', async () => {
    const before = await dataRevision();
    const { import: view, preview } = await upload(manyRows(300_000));
    await start(view.id, { ...preview.mapping, source: 'cancelled' });
    const second = await upload(manyRows(10));
    const busy = await analyst.inject({
      method: 'POST',
      url: `/api/imports/${second.import.id}/start`,
      payload: { mapping: second.preview.mapping },
    });
    expect([busy.statusCode, busy.json().error.code]).toEqual([409, 'IMPORT_BUSY']);
    expect((await analyst.inject({ method: 'POST', url: `/api/imports/${view.id}/cancel` })).statusCode).toBe(200);
    expect(await ended(view.id)).toMatchObject({ state: 'cancelled', inserted: 0 });
    expect(await rowsOf(view.id)).toEqual([]);
    expect(
      await test.database.db.selectFrom('import_rejection').selectAll().where('import_id', '=', view.id).execute(),
    ).toEqual([]);
    expect(await dataRevision()).toBe(before);
    expect(
      (await analyst.inject({ method: 'POST', url: `/api/imports/${second.import.id}/cancel` })).json(),
    ).toMatchObject({ state: 'cancelled' });
    expect(await readdir(join(test.config.dataDir, 'imports'))).toEqual([]);
  });

  it('leaves nothing when the database drops the connection, and says so', async () => {
    const { import: view, preview } = await upload(manyRows(300_000));
    await start(view.id, { ...preview.mapping, source: 'dropped' });
    let killed = 0;
    while (killed === 0) {
      const rows = await test.database.sql`
        SELECT pg_terminate_backend(pid) FROM pg_stat_activity
        WHERE datname = current_database() AND query ~ '^\\s*(COPY import_staging|WITH fresh)'`;
      killed = rows.length;
    }
    const end = await ended(view.id);
    expect(end.state).toBe('failed');
    expect(end.error).toBeTruthy();
    expect(await rowsOf(view.id)).toEqual([]);
  });

  it('has failed, and is held by nobody, when it could not be accounted for', async () => {
    const { sql } = test.database;
    await sql`CREATE FUNCTION refuse_import() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'no room'; END $$`;
    await sql`CREATE TRIGGER refuse_import BEFORE INSERT ON audit_entry FOR EACH ROW
      WHEN (NEW.action = 'import.started') EXECUTE FUNCTION refuse_import()`;
    const { import: view, preview } = await upload(manyRows(10));
    const started = await analyst.inject({
      method: 'POST',
      url: `/api/imports/${view.id}/start`,
      payload: { mapping: preview.mapping },
    });
    await sql`DROP TRIGGER refuse_import ON audit_entry`;
    expect(started.statusCode).toBe(500);
    expect(await ended(view.id)).toMatchObject({ state: 'failed', inserted: 0 });
    const held = () => sql`SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND database = (
      SELECT oid FROM pg_database WHERE datname = current_database())`;
    await expect.poll(held).toHaveLength(0);
    expect(await importFile(manyRows(10))).toMatchObject({ state: 'done' });
  });

  it('is left alone by another server that starts, and can be cancelled there', async () => {
    const { import: view, preview } = await upload(manyRows(300_000));
    await start(view.id, { ...preview.mapping, source: 'elsewhere' });
    const workers = createWorkers(1);
    const { db, sql } = test.database;
    const other = await buildApp({ config: test.config, db, sql, workers, now: () => NOW });
    await other.ready();
    try {
      const { cookie, view: session } = analyst;
      const headers = { cookie, 'x-csrf-token': session.csrfToken };
      const seen = await other.inject({ url: `/api/imports/${view.id}`, headers });
      expect(seen.json()).toMatchObject({ state: 'running' });
      await other.inject({ method: 'POST', url: `/api/imports/${view.id}/cancel`, headers });
      expect(await ended(view.id)).toMatchObject({ state: 'cancelled', inserted: 0 });
    } finally {
      await other.close();
      await workers.close();
    }
  });

  it('is found by the next start of the server', async () => {
    const { db, sql } = test.database;
    const { import: view } = await upload(manyRows(10));
    const { import: kept } = await upload(manyRows(10));
    await db.updateTable('import').set({ state: 'running' }).where('id', '=', view.id).execute();
    const dir = join(test.config.dataDir, 'imports');
    await writeFile(join(dir, 'rubbish'), 'x');
    await utimes(join(dir, 'rubbish'), 0, 0);
    // Just now: another server may be writing it.
    await writeFile(join(dir, 'on-its-way'), 'x');
    const ignore = () => {};
    const next = importsService({
      db,
      sql,
      now: () => NOW,
      dataDir: test.config.dataDir,
      maxBytes: 1,
      workers: { run: () => Promise.reject(new Error()), threads: 1, close: () => Promise.resolve() },
      onProgress: ignore,
      tellCancelled: ignore,
      onError: ignore,
    });
    await next.recover();
    const failed = await next.get(view.id, 'en');
    expect(failed).toMatchObject({ state: 'failed', inserted: 0 });
    expect(failed.error).toContain('restarted');
    const left = await db.selectFrom('import').select('spool_name').where('id', '=', kept.id).executeTakeFirstOrThrow();
    expect((await readdir(dir)).sort()).toEqual([left.spool_name, 'on-its-way'].sort());
    await rm(join(dir, 'on-its-way'));
    await analyst.inject({ method: 'POST', url: `/api/imports/${kept.id}/cancel` });
  });
});

describe('the preview', () => {
  /** Points over the whole bureau, so that some are near its border. */
  const grid = (dLon: number, dLat: number, swap = false) =>
    `date,longitude,latitude\n${Array.from({ length: 400 }, (_, i) => {
      const lon = 103.9905 + (i % 20) * 0.00521 + dLon;
      const lat = 30.5905 + Math.floor(i / 20) * 0.00521 + dLat;
      return `2025-06-01 08:00,${swap ? lat : lon},${swap ? lon : lat}`;
    }).join('\n')}\n`;

  it('says when undeclared GCJ-02 would fit the bureau better', async () => {
    const { preview } = await upload(grid(0.00244, -0.00248));
    expect(preview.advice.better).toBe('GCJ02');
    expect(preview.advice.swapped).toBe(false);
    const shares = Object.fromEntries(preview.advice.shares.map(({ system, insideShare }) => [system, insideShare]));
    expect(shares.GCJ02).toBeGreaterThan(shares.WGS84 + 0.02);
  });

  it('says nothing when the points fit as declared', async () => {
    expect((await upload(grid(0, 0))).preview.advice).toMatchObject({ better: null, swapped: false });
  });

  it('notices longitude and latitude exchanged', async () => {
    expect((await upload(grid(0, 0, true))).preview.advice).toMatchObject({ better: null, swapped: true });
  });

  it('shows what another mapping would do, and refuses one that cannot work', async () => {
    const { import: view, preview } = await upload('when,a,b\n01/02/2025 10:00,104.04,30.64\n');
    expect(preview.accepted).toBe(0);
    const mapping = {
      ...preview.mapping,
      dateFormat: 'd/M/yyyy H:mm',
      columns: { ...preview.mapping.columns, occurredAt: 'when', lon: 'a', lat: 'b' },
    };
    const ask = (changes: Partial<ImportMapping>) =>
      analyst.inject({
        method: 'POST',
        url: `/api/imports/${view.id}/preview`,
        payload: { mapping: { ...mapping, ...changes } },
      });
    expect((await ask({})).json<ImportPreview>()).toMatchObject({ accepted: 1, points: [[104.04, 30.64]] });
    expect((await ask({ columns: { ...mapping.columns, lon: 'c' } })).json().error.code).toBe('IMPORT_COLUMN_UNKNOWN');
    expect((await ask({ timeZone: 'Mars/Olympus' })).json().error.code).toBe('IMPORT_SETTING_INVALID');
    expect((await ask({ coordinateSystem: 'EPSG:999999' })).json().error.code).toBe('IMPORT_SETTING_INVALID');
  });
});

describe.each([
  {
    file: 'chicago/split_dev_2010_2017.csv.gz',
    rows: 117_875,
    rejected: 0,
    box: [-88, 41.6, -87.5, 42.1],
    timeZone: 'America/Chicago',
    coordinates: ['longitude', 'latitude'],
  },
  {
    file: 'vancouver-2020/vancouver_crime_2020.csv.gz',
    rows: 37_512,
    rejected: 3_750,
    box: [-123.3, 49.1, -123, 49.4],
    timeZone: 'America/Vancouver',
    coordinates: ['lon', 'lat'],
  },
  {
    file: 'montgomery-911/911.csv.gz',
    rows: 99_492,
    rejected: 19,
    box: [-75.75, 39.9, -74.9, 40.5],
    timeZone: 'America/New_York',
    coordinates: ['lng', 'lat'],
  },
])('$file', ({ file, rows, rejected, box, timeZone, coordinates }) => {
  const path = join(SHARED, file);

  it.skipIf(!existsSync(path))(`comes in whole (skipped without ${path})`, async () => {
    const slug = file.split('/')[0];
    const bureau = `real-${slug}`;
    await createTestBureau(test.database.db, { slug: bureau, timeZone });
    const [west, south, east, north] = box;
    const ring = [
      [west, south],
      [east, south],
      [east, north],
      [west, north],
      [west, south],
    ];
    await test.database.db
      .updateTable('bureau')
      .set({ boundary: { type: 'Polygon', coordinates: [ring] }, west, south, east, north })
      .where('slug', '=', bureau)
      .execute();
    const bytes = await readFile(path);
    const first = await importFile(bytes, { bureau, source: slug });
    const { columns } = first.preview.mapping;
    expect([columns.lon, columns.lat]).toEqual(coordinates);
    expect(first.rowsRead).toBe(rows);
    expect(first.inserted + first.rejected).toBe(rows);
    expect(Math.abs(first.rejected - rejected)).toBeLessThan(30);
  });
});

it('makes the spool folder where there is none', async () => {
  await mkdir(test.config.dataDir, { recursive: true });
  expect((await upload('date,lon,lat\n2025-06-01 08:00,104.04,30.64\n')).import.state).toBe('uploaded');
});
