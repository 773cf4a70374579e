import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import { loadConfig } from '@xunfang/server';
import { createTestBureau, createTestDatabase, type TestDatabase } from '@xunfang/server/testing';
import { addUnits } from '@xunfang/server/units';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { restoreTracks } from './restore-tracks.ts';

const SCRIPT = join(import.meta.dirname, 'restore-tracks.ts');
const DAY = '2025-03-10';
let database: TestDatabase;
let dir: string;

beforeAll(async () => {
  database = await createTestDatabase();
  dir = await mkdtemp(join(tmpdir(), 'xunfang-restore-'));
});
afterAll(async () => {
  await database?.drop();
  await rm(dir, { recursive: true, force: true });
});

/** An archive as decision 12 describes it, made without any of the product's code. */
async function archive(rows: readonly string[]): Promise<string> {
  const head =
    'bureau_id,unit_id,device_id,fixed_at,received_at,lon,lat,speed_kmh,heading_degrees,accuracy_meters,status';
  const csv = Buffer.from(`${[head, ...rows].join('\n')}\n`);
  const file = gzipSync(csv);
  const sha = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');
  const name = `tracks-${DAY}.1.csv.gz`;
  const times = rows.map((row) => row.split(',')[3]).sort();
  const manifest = {
    format: 'xunfang-track-archive',
    version: 1,
    day: DAY,
    part: 1,
    file: `2025/${name}`,
    columns: head.split(','),
    rows: rows.length,
    minFixedAt: times[0],
    maxFixedAt: times.at(-1),
    contentSha256: sha(csv),
    fileSha256: sha(file),
    bytes: file.length,
  };
  await writeFile(join(dir, name), file);
  await writeFile(join(dir, `${name}.json`), JSON.stringify(manifest));
  return join(dir, name);
}

it('puts a file back, adds nothing the second time, and says in both languages what is wrong with another', async () => {
  const bureauId = await createTestBureau(database.db, { slug: 'script' });
  const [{ id }] = await addUnits(database.db, bureauId, [
    { callSign: 'E-1', kind: 'car', forceLayer: 'armed_patrol', crew: 3 },
  ]);
  const row = (second: number) =>
    `${bureauId},${id},1,${DAY} 08:00:0${second}+00,${DAY} 08:00:0${second}.25+00,104.04,30.64,12.5,,7.5,1`;
  const path = await archive([row(1), row(2)]);
  const environment = { DATABASE_URL: database.url, DATA_DIR: dir };
  const env = { ...process.env, ...environment };
  const { stdout } = await promisify(execFile)(process.execPath, [SCRIPT, path, path], { env });
  expect(stdout).toMatch(/共 2 行，新增 2 行.*2 rows, 2 added.*\n.*2 rows, 0 added/);
  const points = await database.sql`SELECT unit_id, lon, speed_kmh, heading_degrees FROM track_point ORDER BY fixed_at`;
  const point = { unit_id: id, lon: 104.04, speed_kmh: 12.5, heading_degrees: null };
  expect(points).toEqual([point, point]);

  const refused = (change: object, file: string) => restoreTracks(loadConfig({ ...environment, ...change }), [file]);
  await database.sql`DELETE FROM track_archive`;
  const incomplete = await archive([row(1), row(2).replace('104.04', '')]);
  await expect(refused({}, incomplete)).rejects.toThrow(/第 3 行：字段 lon .* \/ .*line 3: field lon /);
  await expect(refused({ DATABASE_URL: '' }, path)).rejects.toThrow(`There is no database in ${dir}`);
});
