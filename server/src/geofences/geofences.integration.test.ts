import type { AddressInfo } from 'node:net';
import type { Alarm, AlarmList, Geofence, GeofenceEvent, GeofenceEventList } from '@xunfang/geo-data/contract';
import { createLocalPlane } from '@xunfang/geo-data/geometry';
import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildApp } from '../app.ts';
import { createWorkers, type Workers } from '../platform/index.ts';
import { createTestConsole } from '../platform/outbox/testing/follow-events.ts';
import type { TestSession } from '../testing/index.ts';
import { createUnitsFixture, LAT, LON, SOON, type UnitsFixture } from '../units/testing/units-fixture.ts';
import { writeCrossings } from './crossing-writer.ts';

const PLANE = createLocalPlane(LON, LAT);
const place = (x: number, y: number) => PLANE.pointFromMeters(x, y);
const ring = (west: number, south: number, east: number, north: number) =>
  [
    [west, south],
    [east, south],
    [east, north],
    [west, north],
    [west, south],
  ].map(([x, y]) => place(x, y));
/** A square of 400 m with a hole of 100 m in its middle. */
const AREA = { type: 'Polygon', coordinates: [ring(-200, -200, 200, 200), ring(-50, -50, 50, 50)] };
const INSIDE: [number, number] = [120, 0];
const OUTSIDE: [number, number] = [600, 0];

let fixture: UnitsFixture;
let supervisor: TestSession;
let dispatcher: TestSession;
let workers: Workers;
let second: FastifyInstance;
let witness: ReturnType<typeof createTestConsole>;
/** Device clocks of the tests: each fix is half a minute after the one before, and all lie in the past. */
let clockMs = Date.now() - 3 * 3600_000;

beforeAll(async () => {
  fixture = await createUnitsFixture();
  supervisor = await fixture.test.signInAs('supervisor', 'east');
  dispatcher = await fixture.test.signInAs('dispatcher', 'east');
  workers = createWorkers(1);
  witness = createTestConsole(dispatcher.cookie, 'east');
  await witness.connect(fixture.origin);
});
afterAll(async () => {
  witness.cut();
  await second?.close();
  await fixture.test.close();
  await workers.close();
});

async function report(key: string, [x, y]: [number, number], atMs = (clockMs += 30_000), origin = fixture.origin) {
  const [lon, lat] = place(x, y);
  const answer = await fetch(`${origin}/api/osmand/${fixture.keys[key]}?lat=${lat}&lon=${lon}&timestamp=${atMs}`);
  return ((await answer.json()) as { outcomes: string[] }).outcomes[0];
}
/** Two fixes are what a fence believes. */
async function drive(key: string, to: [number, number], origin = fixture.origin) {
  expect(await report(key, to, undefined, origin)).toBe('live');
  expect(await report(key, to, undefined, origin)).toBe('live');
}
const save = (payload: object, session = supervisor) =>
  session.inject({ method: 'POST', url: '/api/geofences?bureau=east', payload });
async function newFence(fields: object = {}): Promise<Geofence> {
  const answer = await save({ name: { zh: '禁区', en: '' }, kind: 'watch', area: AREA, ...fields });
  expect(answer.statusCode, answer.body).toBe(201);
  const fence = answer.json<Geofence>();
  // The watch knows a fence before consoles are told of it: a fix that comes earlier is not asked about it.
  const told = () =>
    witness.events.some(({ event, payload }) => event === 'geofence:changed' && payload.id === fence.id);
  await expect.poll(told, SOON).toBe(true);
  return fence;
}
const remove = (id: number) => supervisor.inject({ method: 'DELETE', url: `/api/geofences/${id}?bureau=east` });
async function eventsOf(geofenceId: number, filter = ''): Promise<GeofenceEvent[]> {
  const url = `/api/geofences/events?bureau=east&geofenceId=${geofenceId}${filter}`;
  return (await dispatcher.inject({ url })).json<GeofenceEventList>().events;
}
const crossingsOf = async (id: number) => (await eventsOf(id)).map(({ crossing }) => crossing).reverse();
async function fenceOf(id: number): Promise<Geofence | undefined> {
  const answer = await dispatcher.inject({ url: '/api/geofences?bureau=east' });
  return answer.json<{ geofences: Geofence[] }>().geofences.find((fence) => fence.id === id);
}
async function openAlarms(): Promise<Alarm[]> {
  return (await dispatcher.inject({ url: '/api/alarms?bureau=east&state=open' })).json<AlarmList>().alarms;
}

describe('the fences of a bureau', () => {
  it('are made, changed and removed by a supervisor, told to consoles and kept in the audit', async () => {
    const console = createTestConsole(dispatcher.cookie, 'east');
    await console.connect(fixture.origin);
    const fence = await newFence({ windows: [{ days: [1, 2, 3, 4, 5, 6, 7], from: '00:00', to: '00:00' }] });
    expect(fence).toMatchObject({ revision: 1, name: { zh: '禁区', en: '禁区' }, active: true, inside: [] });
    const url = `/api/geofences/${fence.id}?bureau=east`;
    const change = { name: { zh: '学校', en: 'School' }, kind: 'restricted', area: AREA, revision: 1 };
    const changed = await supervisor.inject({ method: 'PUT', url, payload: change });
    expect(changed.json()).toMatchObject({ revision: 2, kind: 'restricted', windows: [] });
    const stale = await supervisor.inject({ method: 'PUT', url, payload: change });
    expect(stale.json()).toMatchObject({ error: { code: 'FENCE_CHANGED', params: { by: supervisor.username } } });
    expect((await remove(fence.id)).statusCode).toBe(204);
    expect(await fenceOf(fence.id)).toBeUndefined();
    expect((await remove(fence.id)).statusCode).toBe(404);
    const told = () => console.events.filter(({ event }) => event === 'geofence:changed').map(({ payload }) => payload);
    await expect.poll(told, SOON).toEqual([1, 2, 3].map((revision) => ({ id: fence.id, revision })));
    console.cut();
    const audited = await fixture.test.database.db
      .selectFrom('audit_entry')
      .select(['action', 'actor'])
      .where('subject', '=', `geofence:${fence.id}`)
      .orderBy('id')
      .execute();
    expect(audited.map(({ action }) => action)).toEqual(['geofence.created', 'geofence.changed', 'geofence.removed']);
    expect(new Set(audited.map(({ actor }) => actor))).toEqual(new Set([supervisor.username]));
  });

  it('are seen and not changed by a dispatcher, and by nobody of another bureau', async () => {
    expect((await save({}, dispatcher)).statusCode).toBe(403);
    const stranger = await fixture.test.signInAs('supervisor', 'west');
    const fence = await newFence();
    expect((await stranger.inject({ url: '/api/geofences?bureau=east' })).statusCode).toBe(403);
    const elsewhere = await stranger.inject({ method: 'DELETE', url: `/api/geofences/${fence.id}?bureau=west` });
    expect(elsewhere.statusCode).toBe(404);
    await remove(fence.id);
  });

  it('may be larger than the bureau, no corner of them in it', async () => {
    const around = await newFence({ area: { type: 'Polygon', coordinates: [ring(-90_000, -90_000, 90_000, 90_000)] } });
    const across = await newFence({ area: { type: 'Polygon', coordinates: [ring(-90_000, -100, 90_000, 100)] } });
    await remove(around.id);
    await remove(across.id);
  });

  it('are refused with the place of the fault', async () => {
    const bow = [place(0, 0), place(200, 200), place(200, 0), place(0, 200), place(0, 0)];
    const fence = { name: { zh: '错', en: '' }, kind: 'watch' };
    const crossed = await save({ ...fence, area: { type: 'Polygon', coordinates: [bow] } });
    expect(crossed.statusCode).toBe(422);
    const { error } = crossed.json<{
      error: { code: string; field: string; message: string; params: { lon: number } };
    }>();
    expect(error).toMatchObject({ code: 'FENCE_CROSSES_ITSELF', field: 'area' });
    expect(error.params.lon).toBeCloseTo(place(100, 100)[0], 5);
    expect(error.message).toMatch(/在 104\.\d{6}, 30\.\d{6} 处自相交/);
    const codeOf = async (fields: object) =>
      (await save({ ...fence, area: AREA, ...fields })).json<{ error: { code: string } }>().error.code;
    const square = (west: number, size: number) => ({
      type: 'Polygon',
      coordinates: [ring(west, 0, west + size, size)],
    });
    expect(await codeOf({ area: square(0, 5) })).toBe('FENCE_TOO_SMALL');
    expect(await codeOf({ area: square(90_000, 500) })).toBe('FENCE_OUTSIDE_BUREAU');
    expect(await codeOf({ unitIds: [999_999] })).toBe('FENCE_UNIT_UNKNOWN');
    expect(await codeOf({ name: { zh: ' ', en: '' } })).toBe('FENCE_NAMELESS');
    expect(await codeOf({ marginMeters: 1 })).toBe('INVALID_FIELD');
  });
});

describe('a unit that crosses a fence', () => {
  it('is noted once each way, with an alarm where nobody may go', async () => {
    const console = createTestConsole(dispatcher.cookie, 'east');
    await console.connect(fixture.origin);
    const fence = await newFence({ kind: 'restricted' });
    const [unitId] = fixture.unitIds;
    await drive('e1', OUTSIDE);
    await drive('e1', INSIDE);
    const enteredMs = clockMs - 30_000;
    await drive('e1', INSIDE);
    await expect.poll(() => crossingsOf(fence.id), SOON).toEqual(['enter']);
    expect((await fenceOf(fence.id))?.inside).toEqual([
      { unitId, callSign: 'E-1', since: new Date(enteredMs).toISOString() },
    ]);
    const [alarm] = await openAlarms();
    expect(alarm).toMatchObject({
      kind: 'restricted_entered',
      state: 'raised',
      callSign: 'E-1',
      geofence: { id: fence.id, name: { zh: '禁区' } },
      signalledAt: new Date(enteredMs).toISOString(),
      endedAt: null,
    });
    expect(alarm.place?.lon).toBeCloseTo(place(...INSIDE)[0], 6);
    // What comes late tells of what was, not of what is.
    expect(await report('e1', OUTSIDE, clockMs - 15_000)).toBe('late');
    expect(await report('e1', OUTSIDE, clockMs - 13_000)).toBe('late');
    // The hole is not the fence.
    await drive('e1', [0, 0]);
    await expect.poll(() => crossingsOf(fence.id), SOON).toEqual(['enter', 'exit']);
    expect((await openAlarms())[0]).toMatchObject({
      id: alarm.id,
      state: 'raised',
      endedAt: expect.any(String) as string,
    });
    const told = () => console.events.map(({ event }) => event).filter((event) => !event.startsWith('geofence:ch'));
    await expect.poll(told, SOON).toEqual(['geofence:crossed', 'alarm:changed', 'geofence:crossed', 'alarm:changed']);
    console.cut();
    expect(await eventsOf(fence.id, '&crossing=exit')).toHaveLength(1);
    expect(await eventsOf(fence.id, `&to=${new Date(enteredMs).toISOString()}`)).toEqual([]);
    const pages = await dispatcher.inject({ url: `/api/geofences/events?bureau=east&geofenceId=${fence.id}&limit=1` });
    expect(pages.json<GeofenceEventList>().nextBefore).toEqual(expect.any(Number));
    await remove(fence.id);
  });

  it('raises an alarm by leaving what is to be kept, and none by entering it', async () => {
    const fence = await newFence({ kind: 'keep_in', confirmSeconds: 60 });
    await drive('e2', INSIDE);
    expect(await crossingsOf(fence.id)).toEqual([]);
    await drive('e2', INSIDE);
    await expect.poll(() => crossingsOf(fence.id), SOON).toEqual(['enter']);
    await drive('e2', OUTSIDE);
    await drive('e2', OUTSIDE);
    await expect.poll(() => crossingsOf(fence.id), SOON).toEqual(['enter', 'exit']);
    const own = (await openAlarms()).filter(({ geofence }) => geofence?.id === fence.id);
    expect(own).toMatchObject([{ kind: 'keep_in_left', callSign: 'E-2', endedAt: null }]);
    // A fence that is gone tells of nothing any more.
    await remove(fence.id);
    const after = (await openAlarms()).find(({ id }) => id === own[0].id);
    expect(after?.endedAt).not.toBeNull();
  });

  it('has no alarm left that no crossing will end when the fence becomes one of another kind', async () => {
    const fence = await newFence({ kind: 'restricted' });
    await drive('e3', OUTSIDE);
    await drive('e3', INSIDE);
    const own = async () => (await openAlarms()).filter(({ geofence }) => geofence?.id === fence.id);
    await expect.poll(own, SOON).toMatchObject([{ kind: 'restricted_entered', endedAt: null }]);
    const change = { name: fence.name, area: AREA, revision: 1 };
    const url = `/api/geofences/${fence.id}?bureau=east`;
    const put = (payload: object) => supervisor.inject({ method: 'PUT', url, payload });
    expect((await put({ ...change, kind: 'restricted', marginMeters: 30 })).statusCode).toBe(200);
    expect(await own()).toMatchObject([{ endedAt: null }]);
    const console = createTestConsole(dispatcher.cookie, 'east');
    await console.connect(fixture.origin);
    expect((await put({ ...change, kind: 'watch', revision: 2 })).statusCode).toBe(200);
    expect(await own()).toMatchObject([{ state: 'raised', endedAt: expect.any(String) as string }]);
    const told = () => console.events.map(({ event }) => event);
    await expect.poll(told, SOON).toEqual(['alarm:changed', 'geofence:changed']);
    console.cut();
    await drive('e3', OUTSIDE);
    await remove(fence.id);
  });

  it('counts where the fence is for it, and while the fence is active', async () => {
    const { unitIds } = fixture;
    const ownUnit = await newFence({ unitIds: [unitIds[2]] });
    const others = await newFence({ unitIds: [unitIds[3]] });
    const kinds = await newFence({ unitKinds: ['foot'] });
    const now = new Date();
    // The bureau's clock is UTC+8; a window of another day than today and yesterday.
    const day = ((new Date(now.getTime() + 8 * 3600_000).getUTCDay() + 2) % 7) + 1;
    const closed = await newFence({ windows: [{ days: [day], from: '00:00', to: '23:59' }] });
    expect(closed.active).toBe(false);
    await drive('e3', OUTSIDE);
    await drive('e3', INSIDE);
    await expect.poll(() => crossingsOf(ownUnit.id), SOON).toEqual(['enter']);
    for (const { id } of [others, kinds, closed]) expect(await crossingsOf(id)).toEqual([]);
    for (const { id } of [ownUnit, others, kinds, closed]) await remove(id);
  });
});

describe('several processes, and one that starts again', () => {
  it('say nothing twice and miss nothing that is seen by either', async () => {
    const fence = await newFence({ kind: 'restricted' });
    await drive('e4', OUTSIDE);
    await drive('e4', INSIDE);
    await expect.poll(() => crossingsOf(fence.id), SOON).toEqual(['enter']);
    const { db, sql } = fixture.test.database;
    second = await buildApp({ config: fixture.test.config, db, sql, workers });
    await second.listen({ port: 0, host: '127.0.0.1' });
    const there = `http://127.0.0.1:${(second.server.address() as AddressInfo).port}`;
    const elsewhere = createTestConsole(dispatcher.cookie, 'east');
    await elsewhere.connect(there);
    const crossedOf = (console: typeof witness) =>
      console.events.filter(({ event }) => event === 'geofence:crossed').length;
    const before = [witness, elsewhere].map(crossedOf);
    /** A process knows of a crossing before its consoles do. */
    const bothKnow = (crossings: number) =>
      expect
        .poll(() => [witness, elsewhere].map((one, i) => crossedOf(one) - before[i]), SOON)
        .toEqual([crossings, crossings]);
    // It began with what was stored: a unit that is inside has not entered.
    await drive('e4', INSIDE, there);
    await drive('e4', OUTSIDE, there);
    await expect.poll(() => crossingsOf(fence.id), SOON).toEqual(['enter', 'exit']);
    await bothKnow(1);
    // The first process has heard of the exit, so that coming back is an entry; both hear of it from the same device clock.
    await drive('e4', OUTSIDE);
    const atMs = (clockMs += 60_000);
    for (const origin of [fixture.origin, there]) {
      await report('e4', INSIDE, atMs, origin);
      await report('e4', INSIDE, atMs + 20_000, origin);
    }
    clockMs = atMs + 20_000;
    await expect.poll(() => crossingsOf(fence.id), SOON).toEqual(['enter', 'exit', 'enter']);
    await bothKnow(2);
    await drive('e4', OUTSIDE, there);
    await drive('e4', OUTSIDE);
    await expect.poll(() => crossingsOf(fence.id), SOON).toEqual(['enter', 'exit', 'enter', 'exit']);
    const own = (await openAlarms()).filter(({ geofence }) => geofence?.id === fence.id);
    expect(own).toHaveLength(1);
    elsewhere.cut();
  });

  it('say nothing of what one of them sees only after the other has seen what came next', async () => {
    const { db } = fixture.test.database;
    const fence = await newFence({ kind: 'restricted' });
    const { bureau_id: bureauId } = await db
      .selectFrom('geofence')
      .select('bureau_id')
      .where('id', '=', fence.id)
      .executeTakeFirstOrThrow();
    const [lon, lat] = place(...INSIDE);
    const atMs = Date.now() - 600_000;
    const crossing = (change: 'enter' | 'exit', seconds: number) => ({
      unitId: fixture.unitIds[0],
      fenceId: fence.id,
      change,
      atMs: atMs + seconds * 1000,
      lon,
      lat,
    });
    const write = (...crossings: ReturnType<typeof crossing>[]) => writeCrossings(db, bureauId, crossings, new Date());
    expect(await write(crossing('enter', 0))).toHaveLength(1);
    expect(await write(crossing('exit', 90))).toHaveLength(1);
    expect(await write(crossing('enter', 0), crossing('exit', 30))).toEqual([]);
    expect(await crossingsOf(fence.id)).toEqual(['enter', 'exit']);
    expect(await write(crossing('enter', 120))).toHaveLength(1);
    await remove(fence.id);
  });
});
