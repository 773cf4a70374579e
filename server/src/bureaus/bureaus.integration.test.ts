import { randomBytes } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Bureau, Place } from '@xunfang/geo-data/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestApp, createTestBureau, type TestApp, type TestSession } from '../testing/index.ts';

const BUREAU = 'bureaus-test';
const BASEMAP = '/api/basemaps/bureaus-test.pmtiles';
const archive = randomBytes(5000);

let test: TestApp;
let display: TestSession;
let stranger: TestSession;

beforeAll(async () => {
  test = await createTestApp();
  const { db } = test.database;
  const bureauId = await createTestBureau(db, { slug: BUREAU });
  await createTestBureau(db, { slug: 'elsewhere' });
  await db
    .insertInto('place')
    .values({ bureau_id: bureauId, kind: 'school', name_zh: '学校', name_en: 'School', lon: 104, lat: 30.6, tier: 1 })
    .execute();
  display = await test.signInAs('display', BUREAU);
  stranger = await test.signInAs('admin', 'elsewhere');
  await mkdir(join(test.config.dataDir, 'basemaps'), { recursive: true });
  await writeFile(join(test.config.dataDir, 'basemaps', `${BUREAU}.pmtiles`), archive);
});

afterAll(() => test?.close());

describe('bureaus', () => {
  it('describes a bureau without incidents', async () => {
    const answer = await display.inject({ method: 'GET', url: `/api/bureaus/current?bureau=${BUREAU}` });
    expect(answer.statusCode, answer.body).toBe(200);
    const bureau = answer.json<Bureau>();
    expect(bureau).toMatchObject({ id: BUREAU, incidentCount: 0, incidentsFrom: null, hasBasemap: true });
    expect(bureau.boundary).toMatchObject({
      type: 'Polygon',
      coordinates: [expect.arrayContaining([[expect.closeTo(103.99), expect.closeTo(30.59)]])],
    });
  });

  it('lists places, and nothing to those of another bureau', async () => {
    const answer = await display.inject({ method: 'GET', url: `/api/places?bureau=${BUREAU}` });
    expect(answer.json<{ places: Place[] }>().places).toMatchObject([{ kind: 'school', tier: 1 }]);
    const refused = await stranger.inject({ method: 'GET', url: `/api/places?bureau=${BUREAU}` });
    expect(refused.statusCode).toBe(403);
  });

  it('serves ranges of a basemap that belong to one edition of the file', async () => {
    const part = await display.inject({ method: 'GET', url: BASEMAP, headers: { range: 'bytes=100-199' } });
    expect(part.statusCode).toBe(206);
    expect(part.headers['content-range']).toBe('bytes 100-199/5000');
    expect(part.rawPayload.equals(archive.subarray(100, 200))).toBe(true);

    const whole = await display.inject({ method: 'GET', url: BASEMAP });
    expect(whole.rawPayload.equals(archive)).toBe(true);
    const etag = String(whole.headers.etag);
    const again = await display.inject({ method: 'GET', url: BASEMAP, headers: { 'if-none-match': etag } });
    expect(again.statusCode).toBe(304);
    const older = { range: 'bytes=0-9', 'if-range': '"older"' };
    expect((await display.inject({ method: 'GET', url: BASEMAP, headers: older })).statusCode).toBe(200);
    const behind = await display.inject({ method: 'GET', url: BASEMAP, headers: { range: 'bytes=5000-' } });
    expect([behind.statusCode, behind.headers['content-range']]).toEqual([416, 'bytes */5000']);
  });

  it('keeps a basemap from those who do not belong to the bureau', async () => {
    expect((await test.app.inject({ method: 'GET', url: BASEMAP })).statusCode).toBe(401);
    expect((await stranger.inject({ method: 'GET', url: BASEMAP })).statusCode).toBe(404);
  });
});
