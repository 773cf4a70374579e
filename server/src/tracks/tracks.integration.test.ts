import {
  decodeColumnBlock,
  type TrackBlockMeta,
  type TrackPolicy,
  type TrackStorage,
  type Trail,
} from '@xunfang/geo-data/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestApp, createTestBureau, type TestApp, type TestSession } from '../testing/index.ts';
import { addUnits } from '../units/index.ts';
import { addTrackRows } from './testing/track-rows.ts';

const DAY_START_MS = Date.UTC(2026, 4, 28);
let test: TestApp;
let supervisor: TestSession;
let bureauId: number;
let unitIds: number[];

beforeAll(async () => {
  test = await createTestApp();
  const { db, sql } = test.database;
  bureauId = await createTestBureau(db, { slug: 'east' });
  const westId = await createTestBureau(db, { slug: 'west' });
  const unit = { kind: 'car', forceLayer: 'armed_patrol', crew: 3 } as const;
  const added = await addUnits(
    db,
    bureauId,
    ['E-1', 'E-2', 'E-3'].map((callSign) => ({ ...unit, callSign })),
  );
  unitIds = added.map(({ id }) => id);
  const [west] = await addUnits(db, westId, [{ ...unit, callSign: 'W-1' }]);
  supervisor = await test.signInAs('supervisor', 'east');
  const hour = (unitId: number, of: number, startMs: number) =>
    Array.from({ length: 3600 }, (_, i) => ({
      bureauId: of,
      unitId,
      atMs: startMs + i * 1000,
      lon: 104 + i * 1e-5,
      lat: 30.6 + unitId * 1e-3,
      speedKmh: i % 2 === 0 ? 36.5 : null,
    }));
  await addTrackRows(sql, [
    ...hour(unitIds[0], bureauId, DAY_START_MS),
    ...hour(unitIds[1], bureauId, DAY_START_MS + 30_000),
    ...hour(west.id, westId, DAY_START_MS),
    // When it still belonged to the other bureau.
    { bureauId: westId, unitId: unitIds[0], atMs: DAY_START_MS + 7_200_000, lon: 104, lat: 30 },
    ...[3, 20, 50].map((minutes) => ({
      bureauId,
      unitId: unitIds[0],
      atMs: Date.now() - minutes * 60_000,
      lon: 104.04,
      lat: 30.64,
      speedKmh: 12,
    })),
  ]);
});
afterAll(() => test?.close());

const ask = (query: Record<string, string>, session = supervisor, headers: Record<string, string> = {}) =>
  session.inject({ url: `/api/track-blocks?${new URLSearchParams({ bureau: 'east', ...query })}`, headers });
const trail = (query: string, session = supervisor, unitId = unitIds[0]) =>
  session.inject({ url: `/api/units/${unitId}/trail?${query}` });
const from = new Date(DAY_START_MS).toISOString();
const at = (hours: number) => new Date(DAY_START_MS + hours * 3_600_000).toISOString();
function blockOf(bytes: Buffer) {
  const copy = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer;
  return decodeColumnBlock<TrackBlockMeta>(copy);
}
const looksOf = (actor: string) =>
  test.database.db
    .selectFrom('audit_entry')
    .select(['subject', 'detail', 'bureau_id'])
    .where('action', '=', 'track.read')
    .where('actor', '=', actor)
    .orderBy('id')
    .execute();

describe('the trail of a unit', () => {
  it('belongs to the live picture for its last minutes; further back the purpose is asked for', async () => {
    const live = await trail('minutes=30');
    const { points, speedKmh, accuracyMeters } = live.json<Trail>();
    expect(points.map(([lon, lat]) => [lon, lat])).toEqual([
      [104.04, 30.64],
      [104.04, 30.64],
    ]);
    expect([speedKmh, accuracyMeters]).toEqual([
      [12, 12],
      [7.5, 7.5],
    ]);
    const refused = await supervisor.inject({
      url: `/api/units/${unitIds[0]}/trail?minutes=60`,
      headers: { 'accept-language': 'en' },
    });
    expect([refused.statusCode, refused.json()]).toEqual([
      400,
      {
        error: expect.objectContaining({
          code: 'TRACK_PURPOSE_REQUIRED',
          field: 'purpose',
          message: 'Tracks older than 30 minutes are opened for a stated purpose only.',
        }),
      },
    ]);
    expect((await trail('minutes=60')).json().error.message).toBe('查看 30 分钟以前的轨迹须说明用途。');
    expect((await trail('minutes=60&purpose=other&note=%20')).json().error.code).toBe('TRACK_PURPOSE_NOTE_REQUIRED');
    const opened = await trail('minutes=60&purpose=incident_review&note=2026-0001');
    expect(opened.json<Trail>().points).toHaveLength(3);
  });

  it('leaves every look in the audit, the same one once in ten minutes', async () => {
    const reader = await test.signInAs('dispatcher', 'east');
    for (let look = 0; look < 3; look++) expect((await trail('minutes=15', reader)).statusCode).toBe(200);
    for (let look = 0; look < 2; look++)
      expect((await trail('minutes=60&purpose=duty_check', reader)).statusCode).toBe(200);
    await trail('minutes=60&purpose=complaint&note=K-7', reader);
    await trail('minutes=90', reader);
    const subject = `unit:${unitIds[0]}`;
    expect(await looksOf(reader.username)).toEqual([
      { subject, bureau_id: bureauId, detail: { callSign: 'E-1', minutes: 15 } },
      { subject, bureau_id: bureauId, detail: { callSign: 'E-1', minutes: 60, purpose: 'duty_check' } },
      { subject, bureau_id: bureauId, detail: { callSign: 'E-1', minutes: 60, purpose: 'complaint', note: 'K-7' } },
    ]);
  });

  it('is shown to no other bureau, no analyst, no wall', async () => {
    const statusFor = async (role: 'dispatcher' | 'analyst' | 'display' | 'auditor', bureau: string) =>
      (await trail('', await test.signInAs(role, bureau))).statusCode;
    expect(await statusFor('dispatcher', 'west')).toBe(404);
    for (const role of ['analyst', 'display', 'auditor'] as const) expect(await statusFor(role, 'east')).toBe(403);
  });
});

describe('the tracks of a period', () => {
  const purpose = { purpose: 'training', note: '夜班复盘' };

  it('hold what the database holds, by unit and in order of time', async () => {
    const { meta, columns } = blockOf((await ask({ from, to: at(2), ...purpose })).rawPayload);
    expect(meta).toEqual({
      fromSeconds: DAY_START_MS / 1000,
      toSeconds: DAY_START_MS / 1000 + 7200,
      stepSeconds: 1,
      units: unitIds.map((id, i) => ({ id, callSign: `E-${i + 1}`, kind: 'car', simulated: false })),
      archivedDays: [],
    });
    expect(Array.from(columns.firstRow)).toEqual([0, 3600, 7200, 7200]);
    const rows = await test.database.db
      .selectFrom('track_point')
      .select(['fixed_at', 'lon', 'lat', 'speed_kmh'])
      .where('unit_id', 'in', unitIds)
      .where('bureau_id', '=', bureauId)
      .where('fixed_at', '<', new Date(at(2)))
      .orderBy('unit_id')
      .orderBy('fixed_at')
      .execute();
    expect(Array.from(columns.seconds)).toEqual(rows.map((row) => row.fixed_at.getTime() / 1000));
    expect(Array.from(columns.lon)).toEqual(rows.map((row) => row.lon));
    expect(Array.from(columns.speedKmh)).toEqual(rows.map((row) => row.speed_kmh ?? Number.NaN));
  });

  it('are thinned evenly to what can be shown, and refused beyond', async () => {
    const { db } = test.database;
    await createTestBureau(db, { slug: 'large' });
    const { id } = await db.selectFrom('bureau').select('id').where('slug', '=', 'large').executeTakeFirstOrThrow();
    const many = Array.from({ length: 400 }, (_, i) => ({
      callSign: `L-${i}`,
      kind: 'foot' as const,
      forceLayer: 'station_patrol' as const,
      crew: 2,
    }));
    const added = await addUnits(db, id, many);
    await addTrackRows(
      test.database.sql,
      Array.from({ length: 600 }, (_, i) => ({
        bureauId: id,
        unitId: added[5].id,
        atMs: DAY_START_MS + i * 1000,
        lon: 104,
        lat: 30,
      })),
    );
    const session = await test.signInAs('supervisor', 'large');
    const url = (to: string) =>
      `/api/track-blocks?${new URLSearchParams({ bureau: 'large', from, to, purpose: 'training' })}`;
    const { meta, columns } = blockOf((await session.inject({ url: url(at(4)) })).rawPayload);
    expect(meta.stepSeconds).toBe(15);
    expect(Array.from(columns.seconds)).toEqual(Array.from({ length: 40 }, (_, i) => DAY_START_MS / 1000 + i * 15));
    const refused = await session.inject({ url: url(at(24)) });
    expect([refused.statusCode, refused.json().error.code]).toEqual([413, 'TRACK_TOO_MUCH']);
  });

  it('are opened for a purpose, and the audit says whose, which period, what for', async () => {
    const reader = await test.signInAs('supervisor', 'east');
    const refused = await ask({ from, to: at(2) }, reader);
    expect([refused.statusCode, refused.json().error.code]).toEqual([400, 'TRACK_PURPOSE_REQUIRED']);
    expect(await looksOf(reader.username)).toEqual([]);
    await ask({ from, to: at(2), ...purpose }, reader);
    await ask({ from, to: at(1), units: String(unitIds[1]), ...purpose }, reader);
    expect(await looksOf(reader.username)).toEqual([
      { subject: 'bureau:east', bureau_id: bureauId, detail: { units: 'all 3', from, to: at(2), ...purpose } },
      {
        subject: `unit:${unitIds[1]}`,
        bureau_id: bureauId,
        detail: { callSigns: ['E-2'], from, to: at(1), ...purpose },
      },
    ]);
    // Auditors find it where they look for everything else.
    const auditor = await test.signInAs('auditor', 'east');
    const page = (await auditor.inject({ url: '/api/audit?bureau=east' })).json<{ entries: { detail: unknown }[] }>();
    expect(page.entries.map(({ detail }) => detail)).toContainEqual(expect.objectContaining(purpose));
  });

  it('refuse what is no period, and units of other bureaus', async () => {
    const codeOf = async (query: Record<string, string>) => {
      const answer = await ask({ ...purpose, ...query });
      return [answer.statusCode, answer.json().error.code];
    };
    expect(await codeOf({ from, to: from })).toEqual([400, 'TRACK_PERIOD_EMPTY']);
    expect(await codeOf({ from, to: at(25) })).toEqual([400, 'TRACK_PERIOD_TOO_LONG']);
    expect(await codeOf({ from, to: at(1), units: '999999' })).toEqual([404, 'TRACK_UNIT_UNKNOWN']);
    for (const role of ['analyst', 'display'] as const)
      expect((await ask({ from, to: at(1), ...purpose }, await test.signInAs(role, 'east'))).statusCode).toBe(403);
  });

  it('come by the index of the days in question', async () => {
    const plan = await test.database.sql.begin(async (trx) => {
      await trx`SET LOCAL enable_seqscan = off`;
      return trx`EXPLAIN SELECT lon, lat FROM track_point WHERE unit_id = 1 AND fixed_at >= ${from} AND fixed_at < ${at(2)}
        ORDER BY fixed_at`;
    });
    const text = JSON.stringify(plan);
    expect(text).toMatch(/Index Scan|Bitmap Index Scan/);
    expect(text).toContain('track_point_20260528');
    expect(text.match(/track_point_\d{8} /g)?.every((name) => name.includes('20260528')) ?? true).toBe(true);
  });
});

describe('the policy of tracks', () => {
  it('is changed by administrators of all bureaus, and the change is in the audit', async () => {
    const admin = await test.signInAs('admin', null);
    const change = (session: TestSession, payload: object) =>
      session.inject({ method: 'PATCH', url: '/api/track-policy', payload });
    expect((await change(await test.signInAs('admin', 'east'), { liveTrailMinutes: 5 })).json().error.code).toBe(
      'TRACK_POLICY_OF_ALL',
    );
    expect((await change(admin, { retentionDays: 1 })).statusCode).toBe(400);
    expect((await change(admin, { liveTrailMinutes: 0 })).json<TrackPolicy>()).toEqual({
      retentionDays: 180,
      liveTrailMinutes: 0,
      crossingRetentionDays: 180,
      alarmRetentionDays: 1095,
    });
    expect((await change(admin, { crossingRetentionDays: 29 })).statusCode).toBe(400);
    expect((await change(admin, { alarmRetentionDays: 30.5 })).statusCode).toBe(400);
    expect((await trail('minutes=1')).json().error.code).toBe('TRACK_PURPOSE_REQUIRED');
    await change(admin, { liveTrailMinutes: 30 });
    const entries = await test.database.db
      .selectFrom('audit_entry')
      .select('detail')
      .where('action', '=', 'track_policy.changed')
      .where('actor', '=', admin.username)
      .execute();
    expect(entries.map(({ detail }) => detail)).toEqual([{ liveTrailMinutes: 0 }, { liveTrailMinutes: 30 }]);
    const storage = (await admin.inject({ url: '/api/track-archives' })).json<TrackStorage>();
    expect(storage).toMatchObject({ archives: [], lastRun: null, online: { oldestDay: '2026-05-28' } });
    expect(storage.online.bytes).toBeGreaterThan(100_000);
  });
});
