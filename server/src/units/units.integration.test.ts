import type { AddressInfo } from 'node:net';
import { once } from 'node:events';
import { io, type Socket } from 'socket.io-client';
import {
  type ClientToServerEvents,
  createPositionColumns,
  decodePositionFrame,
  type PositionColumns,
  type Roster,
  type ServerToClientEvents,
  type Trail,
} from '@xunfang/geo-data/contract';
import { unitStatusCode } from '@xunfang/geo-data/units';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildApp } from '../app.ts';
import { createWorkers } from '../platform/index.ts';
import { createTestApp, createTestBureau, type TestApp, type TestSession } from '../testing/index.ts';
import { addUnits } from './index.ts';

type ConsoleSocket = Socket<ServerToClientEvents, ClientToServerEvents>;
interface Frame {
  columns: PositionColumns;
  revision: number;
}

const LON = 104.04;
const LAT = 30.64;
let test: TestApp;
let origin: string;
let admin: TestSession;
const keys: Record<string, string> = {};
let unitIds: number[];

beforeAll(async () => {
  test = await createTestApp();
  const east = await createTestBureau(test.database.db, { slug: 'east', lon: LON, lat: LAT });
  const west = await createTestBureau(test.database.db, { slug: 'west', lon: LON, lat: LAT });
  const unit = { kind: 'car', forceLayer: 'armed_patrol', crew: 3 } as const;
  const ofEast = await addUnits(test.database.db, east, ['E-1', 'E-2', 'E-3', 'E-4'].map((callSign) => ({ ...unit, callSign })));
  const ofWest = await addUnits(test.database.db, west, [{ ...unit, callSign: 'W-1' }]);
  unitIds = ofEast.map(({ id }) => id);
  admin = await test.signInAs('admin', null);
  for (const [i, unitId] of unitIds.entries()) keys[`e${i + 1}`] = await registerDevice('east', `phone-e${i + 1}`, unitId);
  keys.w1 = await registerDevice('west', 'phone-w1', ofWest[0].id);
  await test.app.listen({ port: 0, host: '127.0.0.1' });
  origin = `http://127.0.0.1:${(test.app.server.address() as AddressInfo).port}`;
});

afterAll(() => test.close());

async function registerDevice(bureau: string, identifier: string, unitId: number | null): Promise<string> {
  const answer = await admin.inject({
    method: 'POST',
    url: `/api/devices?bureau=${bureau}`,
    payload: { identifier, unitId },
  });
  expect(answer.statusCode).toBe(201);
  return answer.json<{ key: string }>().key;
}

async function report(key: string, fields: Record<string, string | number>): Promise<{ status: number; outcomes: string[]; code?: string }> {
  const query = new URLSearchParams(Object.entries(fields).map(([name, value]) => [name, String(value)]));
  const answer = await fetch(`${origin}/api/osmand/${key}?${query.toString()}`, { method: 'POST' });
  const body = (await answer.json()) as { outcomes?: string[]; error?: { code: string } };
  return { status: answer.status, outcomes: body.outcomes ?? [], code: body.error?.code };
}

async function watch(session: TestSession, bureau: string): Promise<ConsoleSocket> {
  const socket: ConsoleSocket = io(origin, { extraHeaders: { cookie: session.cookie }, transports: ['websocket'] });
  const answer = await socket.emitWithAck('bureau:watch', { bureau });
  expect(answer).toEqual({ ok: true });
  return socket;
}

function decodeFrame(bytes: unknown): Frame {
  const columns = createPositionColumns(100);
  const { rosterRevision } = decodePositionFrame(Uint8Array.from(bytes as Uint8Array).buffer, columns);
  return { columns, revision: rosterRevision };
}

/** The first frame that fits, of those that come from now on. */
async function nextFrame(socket: ConsoleSocket, fits: (frame: Frame) => boolean = () => true): Promise<Frame> {
  for (;;) {
    const [bytes] = (await once(socket as never, 'positions:frame', { signal: AbortSignal.timeout(10_000) })) as [unknown];
    const frame = decodeFrame(bytes);
    if (fits(frame)) return frame;
  }
}

const rowOf = ({ columns }: Frame, slot: number) => columns.slot.subarray(0, columns.count).indexOf(slot);
const has = (slot: number) => (frame: Frame) => rowOf(frame, slot) >= 0;

describe('from the device to the console', () => {
  it('shows a reported position to those who watch the bureau, and to nobody else', async () => {
    const eastSocket = await watch(await test.signInAs('dispatcher', 'east'), 'east');
    const westSocket = await watch(await test.signInAs('dispatcher', 'west'), 'west');
    const analystSocket = await watch(await test.signInAs('analyst', 'east'), 'east');
    let analystFrames = 0;
    analystSocket.on('positions:frame', () => analystFrames++);

    const fields = { id: 'phone-e1', lat: LAT, lon: LON, timestamp: Date.now() - 2000, speed: 20, bearing: 90, status: 'en_route' };
    expect(await report(keys.e1, fields)).toMatchObject({ status: 200, outcomes: ['live'] });
    expect(await report(keys.w1, { lat: LAT + 0.01, lon: LON })).toMatchObject({ status: 200, outcomes: ['live'] });

    const roster = (await admin.inject({ url: '/api/units?bureau=east' })).json<Roster>();
    const slot = roster.units.find(({ callSign }) => callSign === 'E-1')?.slot ?? -1;
    const frame = await nextFrame(eastSocket, has(slot));
    expect(frame.revision).toBe(roster.revision);
    expect(frame.columns.count).toBe(1);
    const row = rowOf(frame, slot);
    expect(frame.columns.lon[row]).toBeCloseTo(LON, 5);
    expect(frame.columns.lat[row]).toBeCloseTo(LAT, 5);
    expect(frame.columns.speedKmh[row]).toBe(37);
    expect(frame.columns.status[row]).toBe(unitStatusCode('en_route'));
    expect(frame.columns.ageSeconds[row]).toBeGreaterThanOrEqual(2);

    const westFrame = await nextFrame(westSocket, has(0));
    expect(westFrame.columns.count).toBe(1);
    expect(westFrame.columns.lat[0]).toBeCloseTo(LAT + 0.01, 5);
    expect(analystFrames).toBe(0);
    for (const socket of [eastSocket, westSocket, analystSocket]) socket.disconnect();
  });

  it('does not move a unit by a late fix, but keeps it in the track', async () => {
    const now = Date.now();
    expect((await report(keys.e2, { lat: LAT, lon: LON, timestamp: now })).outcomes).toEqual(['live']);
    expect((await report(keys.e2, { lat: LAT, lon: LON + 0.02, timestamp: now - 60_000 })).outcomes).toEqual(['late']);
    expect((await report(keys.e2, { lat: LAT, lon: LON, timestamp: now })).outcomes).toEqual(['repeated']);
    const socket = await watch(await test.signInAs('display', 'east'), 'east');
    const frame = await nextFrame(socket, has(1));
    expect(frame.columns.lon[rowOf(frame, 1)]).toBeCloseTo(LON, 5);
    socket.disconnect();
    await expect
      .poll(async () => (await trailOf(unitIds[1])).points.map(([lon, , seconds]) => [lon, seconds]))
      .toEqual([
        [LON + 0.02, (now - 60_000) / 1000],
        [LON, now / 1000],
      ]);
  });

  it('reads a form and the JSON of newer apps', async () => {
    const url = `${origin}/api/osmand/${keys.e3}`;
    const form = await fetch(url, { method: 'POST', body: new URLSearchParams({ lat: String(LAT), lon: String(LON), timestamp: String(Date.now() - 900) }) });
    expect(await form.json()).toEqual({ outcomes: ['live'] });
    const location = { timestamp: new Date().toISOString(), coords: { latitude: LAT, longitude: LON, speed: 10, heading: 1, accuracy: 3 } };
    const json = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ location, device_id: 'phone-e3' }),
    });
    expect(await json.json()).toEqual({ outcomes: ['live'] });
  });

  it('gives a slow console the newest frame when it reads again, not a queue', async () => {
    const socket = await watch(await test.signInAs('dispatcher', 'east'), 'east');
    await nextFrame(socket);
    const times: number[] = [];
    socket.on('positions:frame', (bytes) => {
      const columns = createPositionColumns(100);
      times.push(decodePositionFrame(Uint8Array.from(bytes as unknown as Uint8Array).buffer, columns).timeMs);
    });
    const { promise, resolve } = Promise.withResolvers<void>();
    setTimeout(resolve, 2500);
    await promise;
    expect(times.length).toBeGreaterThanOrEqual(2);
    for (let i = 1; i < times.length; i++) expect(times[i] - times[i - 1]).toBeGreaterThan(500);
    socket.disconnect();
  });
});

describe('what is refused', () => {
  it('refuses with 4xx what a device has to mend', async () => {
    expect(await report('no-such-key', { lat: LAT, lon: LON })).toMatchObject({ status: 401, code: 'DEVICE_KEY_UNKNOWN' });
    expect(await report(keys.e1, { id: 'phone-e2', lat: LAT, lon: LON })).toMatchObject({ status: 403, code: 'DEVICE_IDENTIFIER_MISMATCH' });
    expect(await report(keys.e1, { lat: 'here', lon: LON })).toMatchObject({ status: 400, code: 'DEVICE_MESSAGE_MALFORMED' });
    const broken = await fetch(`${origin}/api/osmand/${keys.e1}`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{' });
    expect([broken.status, ((await broken.json()) as { error: { code: string } }).error.code]).toEqual([400, 'DEVICE_MESSAGE_MALFORMED']);
  });

  it('answers 200 to a position it does not believe, so that phones do not send it forever', async () => {
    const outcomeOf = async (fields: Record<string, string | number>) => (await report(keys.e4, fields)).outcomes[0];
    expect(await outcomeOf({ lat: 0, lon: 0 })).toBe('null_island');
    expect(await outcomeOf({ lat: LAT + 1, lon: LON })).toBe('outside_bureau');
    expect(await outcomeOf({ lat: LAT, lon: LON, timestamp: Date.now() + 3_600_000 })).toBe('in_the_future');
    await expect
      .poll(async () => (await devicesOf('east')).find(({ identifier }) => identifier === 'phone-e4'), { timeout: 10_000 })
      .toMatchObject({ accepted: 0, refused: 3, callSign: 'E-4', lastSeenAt: expect.any(String) as string });
  });

  it('stops a revoked device at once, and gives its identifier a new key', async () => {
    const key = await registerDevice('east', 'lost-phone', unitIds[3]);
    expect((await report(key, { lat: LAT, lon: LON })).status).toBe(200);
    const taken = await admin.inject({ method: 'POST', url: '/api/devices?bureau=east', payload: { identifier: 'lost-phone', unitId: null } });
    expect([taken.statusCode, taken.json<{ error: { code: string } }>().error.code]).toEqual([409, 'DEVICE_IDENTIFIER_TAKEN']);
    const { id } = (await devicesOf('east')).find(({ identifier }) => identifier === 'lost-phone') ?? { id: 0 };
    expect((await admin.inject({ method: 'DELETE', url: `/api/devices/${id}` })).statusCode).toBe(204);
    expect((await report(key, { lat: LAT, lon: LON })).status).toBe(401);
    const newKey = await registerDevice('east', 'lost-phone', unitIds[3]);
    expect(newKey).not.toBe(key);
    expect((await report(newKey, { lat: LAT, lon: LON })).status).toBe(200);
  });

  it('gives no device a unit of another bureau', async () => {
    const answer = await admin.inject({ method: 'POST', url: '/api/devices?bureau=west', payload: { identifier: 'x', unitId: unitIds[0] } });
    expect([answer.statusCode, answer.json<{ error: { code: string } }>().error.code]).toEqual([400, 'UNIT_UNKNOWN']);
  });
});

describe('tracks', () => {
  it('logs who looked at a track, once in ten minutes', async () => {
    const supervisor = await test.signInAs('supervisor', 'east');
    for (let look = 0; look < 3; look++)
      expect((await supervisor.inject({ url: `/api/units/${unitIds[2]}/trail?minutes=30&reason=drill` })).statusCode).toBe(200);
    const entries = await test.database.db
      .selectFrom('audit_entry')
      .select(['actor', 'subject', 'detail'])
      .where('action', '=', 'track.read')
      .where('actor', '=', supervisor.username)
      .execute();
    expect(entries).toEqual([
      { actor: supervisor.username, subject: `unit:${unitIds[2]}`, detail: { callSign: 'E-3', minutes: 30, reason: 'drill' } },
    ]);
  });

  it('shows no track to other bureaus, analysts or the wall', async () => {
    const url = `/api/units/${unitIds[0]}/trail`;
    const statusFor = async (role: 'dispatcher' | 'analyst' | 'display', bureau: string) =>
      (await (await test.signInAs(role, bureau)).inject({ url })).statusCode;
    expect(await statusFor('dispatcher', 'west')).toBe(404);
    expect(await statusFor('analyst', 'east')).toBe(403);
    expect(await statusFor('display', 'east')).toBe(403);
  });

  it('stores fixes in the partition of their day, late ones too', async () => {
    const now = Date.now();
    const lateDay = new Date(now - 5 * 86_400_000);
    const lateMs = lateDay.getTime();
    await report(keys.e4, { lat: LAT, lon: LON, timestamp: lateMs, speed: 10, bearing: 359, accuracy: 7.5, status: 'standby' });
    const partition = `track_point_${lateDay.toISOString().slice(0, 10).replaceAll('-', '')}`;
    await expect
      .poll(() => test.database.sql`SELECT tableoid::regclass::text AS partition, bureau_id, unit_id, lon, lat, speed_kmh,
          heading_degrees, accuracy_meters, status, (extract(epoch FROM fixed_at) * 1000)::float8 AS fixed_ms
        FROM track_point WHERE unit_id = ${unitIds[3]} AND fixed_at < now() - interval '1 day'`)
      .toMatchObject([
        {
          partition,
          unit_id: unitIds[3],
          lon: LON,
          lat: LAT,
          speed_kmh: 18.52,
          heading_degrees: 359,
          accuracy_meters: 7.5,
          status: unitStatusCode('standby'),
          fixed_ms: lateMs,
        },
      ]);
  });

  it('finds tracks and last points by the index', async () => {
    const plan = await test.database.sql.begin(async (trx) => {
      await trx`SET LOCAL enable_seqscan = off`;
      return trx`EXPLAIN SELECT lon, lat FROM track_point WHERE unit_id = 1 AND fixed_at >= now() - interval '15 minutes' ORDER BY fixed_at`;
    });
    expect(JSON.stringify(plan)).toMatch(/Index Scan|Bitmap Index Scan/);
  });
});

describe('a restart', () => {
  it('brings every unit back to the end of its track, as old as it is', async () => {
    const fixedMs = Date.now() - 5000;
    await report(keys.e3, { lat: LAT + 0.003, lon: LON + 0.003, timestamp: Date.now() + 1, status: 'on_scene' });
    await expect.poll(async () => (await trailOf(unitIds[2])).points.at(-1)?.[0]).toBe(LON + 0.003);
    const workers = createWorkers(1);
    const { db, sql } = test.database;
    const again = await buildApp({ config: test.config, db, sql, workers });
    await again.listen({ port: 0, host: '127.0.0.1' });
    try {
      const socket: ConsoleSocket = io(`http://127.0.0.1:${(again.server.address() as AddressInfo).port}`, {
        extraHeaders: { cookie: (await test.signInAs('dispatcher', 'east')).cookie },
        transports: ['websocket'],
      });
      await socket.emitWithAck('bureau:watch', { bureau: 'east' });
      const frame = await nextFrame(socket, has(2));
      const row = rowOf(frame, 2);
      expect(frame.columns.lon[row]).toBeCloseTo(LON + 0.003, 5);
      expect(frame.columns.status[row]).toBe(unitStatusCode('on_scene'));
      expect(frame.columns.ageSeconds[row]).toBeGreaterThan(0.3);
      expect(frame.columns.ageSeconds[row]).toBeLessThan((Date.now() - fixedMs) / 1000 + 1);
      socket.disconnect();
    } finally {
      await again.close();
      await workers.close();
    }
  });
});

async function trailOf(unitId: number): Promise<Trail> {
  return (await admin.inject({ url: `/api/units/${unitId}/trail` })).json<Trail>();
}

async function devicesOf(bureau: string) {
  const answer = await admin.inject({ url: `/api/devices?bureau=${bureau}` });
  return answer.json<{ devices: { id: number; identifier: string }[] }>().devices;
}
