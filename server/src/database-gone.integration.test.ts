import { io } from 'socket.io-client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestConsole, type TestConsole } from './platform/outbox/testing/follow-events.ts';
import { createTcpProxy, type TcpProxy, type TestSession } from './testing/index.ts';
import {
  createUnitsFixture,
  LAT,
  LON,
  nextFrame,
  rowOf,
  SOON,
  type UnitsFixture,
} from './units/testing/units-fixture.ts';

/** The minute of an outage in seconds: the watch looks and gives up that much sooner. */
const WATCH = { intervalMs: 100, answerMs: 1500 };
const STEP_DEGREES = 0.0004;

let network: TcpProxy;
let fixture: UnitsFixture;
let dispatcher: TestSession;
let gatewayKey: string;
let desk: TestConsole;
let databaseOk = true;

beforeAll(async () => {
  fixture = await createUnitsFixture({
    databaseWatchSettings: WATCH,
    reachDatabase: async (text) => {
      const url = new URL(text);
      const { port } = url;
      network = await createTcpProxy(() => [Number(port)]);
      url.port = String(network.port);
      return url.href;
    },
  });
  dispatcher = await fixture.test.signInAs('dispatcher', 'east');
  const key = await fixture.admin.inject({
    method: 'POST',
    url: '/api/api-keys?bureau=east',
    payload: { name: 'gateway', scopes: ['positions:write'] },
  });
  gatewayKey = key.json<{ key: string }>().key;
  expect(await gatewayReport(0)).toEqual(['live']);
  desk = createTestConsole(dispatcher.cookie, 'east', { comesBack: true });
  await desk.connect(fixture.origin);
  desk.socket().on('server:time', (time) => {
    databaseOk = time.databaseOk;
  });
});
afterAll(async () => {
  desk?.cut();
  network?.cut();
  await fixture?.test.close();
  await network?.close();
});

const report = (unit: number, step: number) =>
  fixture.report(fixture.keys[`e${unit}`], { lat: LAT, lon: LON + step * STEP_DEGREES, timestamp: Date.now() });
async function gatewayReport(step: number): Promise<string[]> {
  const item = { device: 'phone-e4', lat: LAT, lon: LON + step * STEP_DEGREES, time: new Date().toISOString() };
  const answer = await fetch(`${fixture.origin}/api/positions`, {
    method: 'POST',
    headers: { authorization: `Bearer ${gatewayKey}`, 'content-type': 'application/json' },
    body: JSON.stringify([item]),
  });
  return answer.ok ? ((await answer.json()) as { outcomes: string[] }).outcomes : [String(answer.status)];
}
const post = (sourceId: string, headers: Record<string, string> = {}) =>
  dispatcher.inject({
    method: 'POST',
    url: '/api/incidents?bureau=east',
    payload: { source: 'desk', sourceId, lon: LON, lat: LAT, occurredAt: new Date(Date.now() - 60_000).toISOString() },
    headers,
  });
/** Until a frame from now on has unit i (slot i − 1) there. */
const seenAt = (unit: number, step: number) =>
  nextFrame(desk.socket(), (frame) => {
    const row = rowOf(frame, unit - 1);
    return row >= 0 && Math.round((frame.columns.lon[row] - LON) / STEP_DEGREES) === step;
  });
const figure = async (name: string) =>
  Number(new RegExp(`^${name} (\\d+)`, 'm').exec((await fixture.test.app.inject({ url: '/metrics' })).body)?.[1]);

describe.each(['refuses', 'is silent'] as const)('a database that %s', (fault) => {
  const step = fault === 'refuses' ? 1 : 2;

  it('leaves positions live, refuses changes at once and in words, and loses nothing that was acknowledged', async () => {
    expect((await post(`kept-${fault}`)).json()).toMatchObject({ created: 1 });
    const told = () => JSON.stringify(desk.events.at(-1)?.payload ?? {});
    await expect.poll(told, SOON).toContain(`kept-${fault}`);
    const applied = desk.applied.length;

    if (fault === 'refuses') network.cut();
    else network.swallow();
    // Asked before anybody knows: its answer comes all the same.
    const asked = dispatcher.inject({ url: '/api/incidents?bureau=east' });
    await expect.poll(() => databaseOk, SOON).toBe(false);
    expect((await asked).statusCode).toBe(503);

    // Devices of every way in are heard, and their places are on the consoles.
    expect((await report(1, step)).outcomes).toEqual(['live']);
    await seenAt(1, step);
    expect(await gatewayReport(step)).toEqual(['live']);
    await seenAt(4, step);
    expect(await figure('xunfang_track_rows_waiting')).toBeGreaterThan(0);
    expect(await figure('xunfang_database_up')).toBe(0);

    const refused = await post(`refused-${fault}`, { 'accept-language': 'en' });
    expect(refused.statusCode).toBe(503);
    expect(refused.json()).toMatchObject({
      error: { code: 'DATABASE_DOWN', message: expect.stringContaining('database') },
    });
    expect((await post(`refused-${fault}`)).json()).toMatchObject({ error: { message: '数据库暂时不可用。' } });
    expect((await fixture.test.app.inject({ url: '/readyz' })).statusCode).toBe(503);
    const stranger = io(fixture.origin, {
      extraHeaders: { cookie: dispatcher.cookie },
      transports: ['websocket'],
      forceNew: true,
      reconnection: false,
    });
    const why = await new Promise<string>((resolve) => stranger.on('connect_error', ({ message }) => resolve(message)));
    expect(why).toBe('DATABASE_DOWN');
    stranger.close();

    network.pass();
    await expect.poll(() => databaseOk, SOON).toBe(true);
    await expect.poll(async () => (await post(`refused-${fault}`)).statusCode, SOON).toBe(200);
    const answer = await dispatcher.inject({ url: '/api/incidents?bureau=east' });
    const ids = answer.json<{ incidents: { sourceId: string }[] }>().incidents.map(({ sourceId }) => sourceId);
    expect(ids.filter((id) => id.endsWith(fault)).sort()).toEqual([`kept-${fault}`, `refused-${fault}`]);
    // The console was never cut off, and hears of what was done since.
    await expect.poll(() => desk.applied.length, SOON).toBe(applied + 1);
    expect(desk.outcomes).toEqual(['first']);
    // What was reported meanwhile is in the track.
    await expect.poll(() => figure('xunfang_track_rows_waiting'), SOON).toBe(0);
    expect(await figure('xunfang_track_rows_dropped')).toBe(0);
    const { points } = await fixture.trailOf(fixture.unitIds[0]);
    expect(points.map(([lon]) => Math.round((lon - LON) / STEP_DEGREES))).toContain(step);
  });
});

it('a server can be stopped while its database is silent', async () => {
  network.swallow();
  await expect.poll(() => databaseOk, SOON).toBe(false);
  expect((await report(1, 3)).outcomes).toEqual(['live']);
  desk.cut();
  await fixture.test.app.close();
}, 120_000);
