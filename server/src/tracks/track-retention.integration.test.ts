import { createHash } from 'node:crypto';
import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import type { TrackArchive, TrackStorage } from '@xunfang/geo-data/contract';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { bureauDirectory, createWorkers, openDatabase, type Workers } from '../platform/index.ts';
import { createTestApp, createTestBureau, type TestApp, type TestSession } from '../testing/index.ts';
import { run as writeArchive } from './archive-day.task.ts';
import type { ArchiveManifest } from './archive-file.ts';
import { restoreFile } from './restore-file.ts';
import { addTrackRows } from './testing/track-rows.ts';
import { restoreDay } from './track-archive.repository.ts';
import { createTrackRetention, type RetentionDeps } from './track-retention.ts';

const DAY_MS = 86_400_000;
const DAY = '2025-03-10';
const ROWS = 1500;
let test: TestApp;
let admin: TestSession;
let workers: Workers;
let archiveDir: string;
let bureauId: number;

beforeAll(async () => {
  test = await createTestApp();
  workers = createWorkers(2);
  archiveDir = join(test.config.dataDir, 'track-archive');
  bureauId = await createTestBureau(test.database.db, { slug: 'east' });
  admin = await test.signInAs('admin', null);
});
afterAll(async () => {
  await workers?.close();
  await test?.close();
});
beforeEach(async () => {
  const { sql } = test.database;
  for (const day of await daysOnline()) await sql.unsafe(`DROP TABLE track_point_${day.replaceAll('-', '')}`);
  await sql`DELETE FROM track_archive`;
  await rm(archiveDir, { recursive: true, force: true });
  await addDay(DAY, ROWS);
});

async function addDay(day: string, rows: number, unitId = 1): Promise<void> {
  await addTrackRows(
    test.database.sql,
    Array.from({ length: rows }, (_, i) => ({
      bureauId,
      unitId: unitId + (i % 3),
      atMs: Date.parse(day) + i * 500 + (i % 7),
      lon: 104 + i / 30_011,
      lat: 30 + i / 7_001,
      speedKmh: i % 5 === 0 ? null : i / 3,
    })),
  );
}
async function daysOnline(): Promise<string[]> {
  const { sql } = test.database;
  const found = await sql<{ name: string }[]>`SELECT c.relname AS name FROM pg_inherits i
    JOIN pg_class c ON c.oid = i.inhrelid WHERE i.inhparent = 'track_point'::regclass ORDER BY 1`;
  return found.map(({ name }) => name.replace(/^track_point_(\d{4})(\d\d)(\d\d)$/, '$1-$2-$3'));
}
/** All that the database holds of the day, as text that any change would change. */
async function contentOf(day: string): Promise<string> {
  const { sql } = test.database;
  const [{ content }] = await sql<{ content: string | null }[]>`
    SELECT string_agg(t::text, ';' ORDER BY unit_id, fixed_at) AS content FROM track_point t
    WHERE fixed_at >= ${`${day} 00:00:00+00`}::timestamptz AND fixed_at < ${`${day} 00:00:00+00`}::timestamptz + interval '1 day'`;
  return content ?? '';
}
const storage = async () => (await admin.inject({ url: '/api/track-archives' })).json<TrackStorage>();
const restore = (day: string, part: number) =>
  admin.inject({
    method: 'POST',
    url: `/api/track-archives/${day}/${part}/restoration`,
    headers: { 'accept-language': 'en' },
  });
function retention(more: Partial<RetentionDeps> = {}) {
  const failures: string[] = [];
  const made = createTrackRetention({
    ...test.database,
    workers,
    bureaus: bureauDirectory(test.database.db),
    archiveDir,
    now: () => new Date(),
    onFailure: (day, cause) => failures.push(`${day} ${String(cause)}`),
    ...more,
  });
  return { ...made, failures };
}

describe('the archive of tracks', () => {
  it('takes what the policy no longer keeps, says what it holds, and drops it only then', async () => {
    const today = new Date().toISOString().slice(0, 10);
    const youngest = new Date(Date.now() - 181 * DAY_MS).toISOString().slice(0, 10);
    const kept = new Date(Date.now() - 180 * DAY_MS).toISOString().slice(0, 10);
    for (const day of [youngest, kept, today]) await addDay(day, 10);
    expect(await retention().run()).toMatchObject({ archivedDays: 2, failures: [] });
    expect(await daysOnline()).toEqual([kept, today]);
    const [, archive] = (await storage()).archives;
    expect(archive).toMatchObject({ day: DAY, part: 1, rows: ROWS, file: `2025/tracks-${DAY}.1.csv.gz` });
    const path = join(archiveDir, archive.file);
    const manifest = JSON.parse(await readFile(`${path}.json`, 'utf8')) as ArchiveManifest;
    const file = await readFile(path);
    const csv = gunzipSync(file);
    expect(manifest).toMatchObject({ day: DAY, rows: ROWS, bytes: file.length });
    expect(manifest.fileSha256).toBe(createHash('sha256').update(file).digest('hex'));
    expect(manifest.contentSha256).toBe(createHash('sha256').update(csv).digest('hex'));
    const lines = csv.toString().trim().split('\n');
    expect(lines).toHaveLength(ROWS + 1);
    expect(lines[0].split(',')).toEqual(manifest.columns);
    expect(lines[1].split(',').slice(0, 3)).toEqual([String(bureauId), '1', '1']);
    const entries = await test.database.db
      .selectFrom('audit_entry')
      .select(['actor', 'detail'])
      .where('action', '=', 'tracks.archived')
      .where('subject', '=', `track_archive:${DAY}.1`)
      .execute();
    expect(entries).toEqual([
      {
        actor: 'installation',
        detail: { rows: ROWS, file: archive.file, contentSha256: manifest.contentSha256 },
      },
    ]);
  });

  it.each([
    [
      'a byte was changed',
      (bytes: Buffer) => Buffer.concat([bytes.subarray(0, 900), Buffer.from([bytes[900] ^ 64]), bytes.subarray(901)]),
    ],
    ['its end is missing', (bytes: Buffer) => bytes.subarray(0, bytes.length - 100)],
    ['it is empty', () => Buffer.alloc(0)],
  ])('keeps the day when, read back, %s', async (_, damage) => {
    const before = await contentOf(DAY);
    const job = retention({
      afterWrite: async (path) => writeFile(path, damage(await readFile(path))),
    });
    expect(await job.run()).toMatchObject({ archivedDays: 0, failures: [{ day: DAY }] });
    expect(job.failures[0]).toContain(`${DAY} ArchiveDamagedError`);
    expect(await contentOf(DAY)).toBe(before);
    expect(await storage()).toMatchObject({ archives: [], lastRun: { failures: [{ day: DAY }] } });
    // With the disk whole again, the next run does it.
    expect(await retention().run()).toMatchObject({ archivedDays: 1, failures: [] });
    expect(await contentOf(DAY)).toBe('');
  });

  it('keeps the day when fixes came in meanwhile', async () => {
    const job = retention({ afterWrite: () => addDay(DAY, 1, 50) });
    expect(await job.run()).toMatchObject({ archivedDays: 0, failures: [{ day: DAY }] });
    expect((await contentOf(DAY)).split(';')).toHaveLength(ROWS + 1);
    expect((await storage()).archives).toEqual([]);
    expect(await readdir(join(archiveDir, '2025'))).toEqual([]);
  });

  it('gives a day back exactly, and takes it again when its time is up', async () => {
    const before = await contentOf(DAY);
    await retention().run();
    const answer = await restore(DAY, 1);
    expect(answer.statusCode, answer.body).toBe(200);
    const restored = answer.json<TrackArchive>();
    expect(Date.parse(restored.restoredUntil ?? '')).toBeGreaterThan(Date.now() + 13 * DAY_MS);
    expect(await contentOf(DAY)).toBe(before);
    expect((await restore(DAY, 1)).json().error.code).toBe('TRACK_ARCHIVE_RESTORED');
    expect(await retention().run()).toMatchObject({ archivedDays: 0, failures: [] });
    // Two weeks later, with one more fix that came in late.
    await addDay(DAY, 1, 60);
    const later = () => new Date(Date.now() + 15 * DAY_MS);
    expect(await retention({ now: later }).run()).toMatchObject({ archivedDays: 1, failures: [] });
    expect((await storage()).archives).toMatchObject([{ day: DAY, part: 2, rows: ROWS + 1, restoredUntil: null }]);
    expect((await readdir(join(archiveDir, '2025'))).sort()).toEqual([
      `tracks-${DAY}.2.csv.gz`,
      `tracks-${DAY}.2.csv.gz.json`,
    ]);
  });

  it('puts what comes in for an archived day into a part of its own', async () => {
    await retention().run();
    await addDay(DAY, 4, 70);
    await retention().run();
    expect((await storage()).archives.map(({ part, rows }) => [part, rows])).toEqual([
      [2, 4],
      [1, ROWS],
    ]);
    await restore(DAY, 2);
    expect((await contentOf(DAY)).split(';')).toHaveLength(4);
    await restore(DAY, 1);
    expect((await contentOf(DAY)).split(';')).toHaveLength(ROWS + 4);
  });

  it('restores nothing from a file that was damaged since, and says so', async () => {
    await retention().run();
    const [{ file }] = (await storage()).archives;
    const path = join(archiveDir, file);
    const whole = await readFile(path);
    const bytes = Buffer.from(whole);
    bytes[bytes.length >> 1] ^= 1;
    await writeFile(path, bytes);
    const damaged = await restore(DAY, 1);
    expect([damaged.statusCode, damaged.json().error.code]).toEqual([409, 'TRACK_ARCHIVE_DAMAGED']);
    await rm(path);
    expect((await restore(DAY, 1)).json().error.message).toContain('the file is missing');
    expect(await daysOnline()).toEqual([]);
    await writeFile(path, whole);
    expect((await restore(DAY, 1)).statusCode).toBe(200);
    expect((await restore('2020-01-01', 1)).statusCode).toBe(404);
  });

  it('leaves nothing of a file that breaks off while it is read in, and no connection behind', async () => {
    await retention().run();
    const [row] = (await storage()).archives;
    const path = join(archiveDir, row.file);
    const whole = await readFile(path);
    await writeFile(path, whole.subarray(0, whole.length - 100));
    const pool = openDatabase(test.database.url, { max: 1 });
    const order = { ...row, path, restoredUntil: new Date().toISOString(), actor: 'test', address: null };
    await expect(restoreDay(pool.sql, order)).rejects.toThrow('unpacked');
    expect(await contentOf(DAY)).toBe('');
    await writeFile(path, whole);
    await restoreDay(pool.sql, order);
    await pool.close();
    expect(await contentOf(DAY)).not.toBe('');
  });

  it('says why a file could not be written', async () => {
    const order = { databaseUrl: test.database.url, day: DAY, path: join(archiveDir, 'nowhere', 'file.gz') };
    await expect(writeArchive(order)).rejects.toThrow('ENOENT');
  });

  it('gives up the day that is being written when it is told to stop, and begins it anew', async () => {
    const stop = new AbortController();
    const first = retention({ afterWrite: async () => stop.abort() });
    expect(await first.run(stop.signal)).toMatchObject({ archivedDays: 0, failures: [] });
    expect([first.failures, await daysOnline()]).toEqual([[], [DAY]]);
    expect(await retention().run()).toMatchObject({ archivedDays: 1 });
  });

  it('is filled by one process at a time', async () => {
    let release = () => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    const first = retention({ afterWrite: () => held });
    const running = first.run();
    await expect
      .poll(
        () => test.database.sql`SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND database = (
          SELECT oid FROM pg_database WHERE datname = current_database())`,
      )
      .toHaveLength(1);
    expect(await retention().run()).toBeUndefined();
    release();
    expect(await running).toMatchObject({ archivedDays: 1 });
    expect(await retention().run()).toMatchObject({ archivedDays: 0 });
  });
});

describe('an archive file put back by hand', () => {
  /** Archives the day of a roster that exists, and forgets all that the database knows of the archive, as one that was set up anew. */
  async function archivedByAnother(): Promise<string> {
    const { sql } = test.database;
    await sql`INSERT INTO unit (id, bureau_id, call_sign, kind, force_layer) OVERRIDING SYSTEM VALUE
      SELECT n, ${bureauId}, 'E-' || n, 'car', 'armed_patrol' FROM generate_series(1, 3) n ON CONFLICT DO NOTHING`;
    // The same fix twice, as devices that got no answer send it.
    await addDay(DAY, 1);
    await retention().run();
    const [{ file }] = (await storage()).archives;
    await sql`DELETE FROM track_archive`;
    return join(archiveDir, file);
  }
  /** Changes the rows, and the manifest with them: the file is whole, and says something else. */
  async function rewrite(path: string, change: (csv: string) => string): Promise<void> {
    const csv = Buffer.from(change(gunzipSync(await readFile(path)).toString()));
    const file = gzipSync(csv);
    const sha = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');
    const manifest = JSON.parse(await readFile(`${path}.json`, 'utf8')) as ArchiveManifest;
    const times = csv
      .toString()
      .trim()
      .split('\n')
      .slice(1)
      .map((line) => line.split(',')[3])
      .sort();
    const of = { minFixedAt: times[0], maxFixedAt: times.at(-1), contentSha256: sha(csv), fileSha256: sha(file) };
    await writeFile(path, file);
    await writeFile(`${path}.json`, JSON.stringify({ ...manifest, ...of, bytes: file.length }));
  }

  it('gives the same rows, adds nothing the second time, and is kept for two weeks', async () => {
    const before = await contentOf(DAY);
    const path = await archivedByAnother();
    const whole = await contentOf(DAY);
    expect(whole).toBe('');
    const { sql } = test.database;
    expect(await restoreFile(sql, path)).toMatchObject({ day: DAY, part: 1, rows: ROWS + 1, added: ROWS + 1 });
    const restored = await contentOf(DAY);
    expect(restored.split(';')).toHaveLength(ROWS + 1);
    expect(new Set(restored.split(';'))).toEqual(new Set(before.split(';')));
    expect(await restoreFile(sql, path)).toMatchObject({ rows: ROWS + 1, added: 0 });
    expect(await contentOf(DAY)).toBe(restored);
    // What got lost of it comes back, what came in since stays.
    await sql`DELETE FROM track_point WHERE unit_id = 2`;
    await addDay(DAY, 2, 70);
    expect(await restoreFile(sql, path)).toMatchObject({ added: ROWS / 3 });
    expect((await contentOf(DAY)).split(';')).toHaveLength(ROWS + 3);
    expect(await retention().run()).toMatchObject({ archivedDays: 0 });
    const later = () => new Date(Date.now() + 15 * DAY_MS);
    expect(await retention({ now: later }).run()).toMatchObject({ archivedDays: 1, failures: [] });
    expect((await storage()).archives).toMatchObject([{ part: 2, rows: ROWS + 3, restoredUntil: null }]);
  });

  it('is never overwritten by a database that does not know of it', async () => {
    const path = await archivedByAnother();
    const kept = await readFile(path);
    await addDay(DAY, 4, 80);
    await retention().run();
    expect((await storage()).archives).toMatchObject([{ part: 2, rows: 4 }]);
    expect(await readFile(path)).toEqual(kept);
  });

  it.each([
    [
      'of another day',
      (csv: string) => csv.replace(`${DAY} 00:00:01`, '2025-03-11 00:00:01'),
      'line 4: field fixed_at',
    ],
    ['not a number', (csv: string) => csv.replace(',104,', ',x104,'), 'line 2: field lon has the value "x104"'],
    [
      'of an unknown unit',
      (csv: string) => csv.replace(`\n${bureauId},1,`, `\n${bureauId},999,`),
      'line 2: field unit_id is 999',
    ],
    [
      'of an unknown bureau',
      (csv: string) => csv.replace(`\n${bureauId},1,`, '\n888,1,'),
      'line 2: field bureau_id is 888',
    ],
  ])('is refused as a whole for a row that is %s, by its line', async (_, change, told) => {
    const path = await archivedByAnother();
    await rewrite(path, change);
    await expect(restoreFile(test.database.sql, path)).rejects.toThrow(told);
    await expect(restoreFile(test.database.sql, path)).rejects.toThrow(/第 \d+ 行：字段 .*未恢复任何数据/);
    expect([await contentOf(DAY), (await storage()).archives]).toEqual(['', []]);
  });

  it('is refused when it is damaged, without its manifest, or of another installation', async () => {
    const { sql } = test.database;
    const path = await archivedByAnother();
    const whole = await readFile(path);
    const bytes = Buffer.from(whole);
    bytes[bytes.length >> 1] ^= 1;
    await writeFile(path, bytes);
    await expect(restoreFile(sql, path)).rejects.toThrow(/与归档时的记录不符.*is not what was archived/);
    await writeFile(path, whole);
    const manifest = await readFile(`${path}.json`, 'utf8');
    await writeFile(`${path}.json`, manifest.replace('"part": 1', '"part": "one"'));
    await expect(restoreFile(sql, path)).rejects.toThrow('field part');
    await rm(`${path}.json`);
    await expect(restoreFile(sql, path)).rejects.toThrow('there is no manifest');
    await writeFile(`${path}.json`, manifest);
    await restoreFile(sql, path);
    await sql`UPDATE track_archive SET content_sha256 = 'other'`;
    await expect(restoreFile(sql, path)).rejects.toThrow("not this installation's archive");
  });
});
