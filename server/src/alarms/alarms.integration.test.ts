import type { AddressInfo } from 'node:net';
import type { Alarm, AlarmList, Device } from '@xunfang/geo-data/contract';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildApp } from '../app.ts';
import { createWorkers, loadConfig } from '../platform/index.ts';
import { createTestConsole } from '../platform/outbox/testing/follow-events.ts';
import type { TestSession } from '../testing/index.ts';
import { connectTerminal } from '../units/jt808/testing/terminal-client.ts';
import { authenticationFrame, locationBody, terminalFrame } from '../units/jt808/testing/terminal-frames.ts';
import { createUnitsFixture, LAT, LON, SOON, type UnitsFixture } from '../units/testing/units-fixture.ts';

const POSITION = 0x0200;
let fixture: UnitsFixture;
let dispatcher: TestSession;
let terminalPort: number;
/** Device clocks, in the past: the next fix is a second after the one before. */
let clockMs = Date.now() - 3600_000;

beforeAll(async () => {
  const logged: { msg: string; port?: number }[] = [];
  const logger = pino({ level: 'info' }, { write: (line) => logged.push(JSON.parse(line) as (typeof logged)[number]) });
  const config = loadConfig({ JT808_PORT: '0', HOST: '127.0.0.1', REQUESTS_PER_MINUTE: '1000000' });
  fixture = await createUnitsFixture({ config, logger });
  terminalPort = logged.find(({ msg }) => msg === 'JT/T 808 gateway listening')?.port ?? 0;
  dispatcher = await fixture.test.signInAs('dispatcher', 'east');
});
afterAll(() => fixture.test.close());

const fix = (fields: object = {}) => ({ lat: LAT, lon: LON, timestamp: (clockMs += 1000), ...fields });
const sos = () => fix({ alarm: 'sos' });
async function alarmsOf(unit: number, state = 'open'): Promise<Alarm[]> {
  const url = `/api/alarms?bureau=east&state=${state}&unitId=${fixture.unitIds[unit]}`;
  return (await dispatcher.inject({ url })).json<AlarmList>().alarms;
}
const acknowledge = (id: number, session = dispatcher) =>
  session.inject({ method: 'POST', url: `/api/alarms/${id}/acknowledgement?bureau=east` });
const close = (id: number, payload: object = { reason: 'handled' }, session = dispatcher) =>
  session.inject({ method: 'POST', url: `/api/alarms/${id}/closure?bureau=east`, payload });
async function finish(id: number): Promise<void> {
  await acknowledge(id);
  expect((await close(id)).statusCode).toBe(200);
}
async function raised(unit: number): Promise<Alarm> {
  await expect.poll(async () => (await alarmsOf(unit)).length, SOON).toBe(1);
  return (await alarmsOf(unit))[0];
}

describe('an SOS', () => {
  it('is one alarm until it is closed, and another when the button is pressed again', async () => {
    const { e1 } = fixture.keys;
    const console = createTestConsole(dispatcher.cookie, 'east');
    await console.connect(fixture.origin);
    await fixture.report(e1, fix());
    const pressedMs = clockMs + 1000;
    for (let i = 0; i < 3; i++) await fixture.report(e1, sos());
    const alarm = await raised(0);
    expect(alarm).toMatchObject({
      kind: 'sos',
      state: 'raised',
      callSign: 'E-1',
      signalledAt: new Date(pressedMs).toISOString(),
      place: { lon: LON, lat: LAT, at: new Date(pressedMs).toISOString() },
    });
    // A console that is away meanwhile hears of it all when it is back.
    await expect.poll(() => console.events.length, SOON).toBe(1);
    console.cut();
    expect((await acknowledge(alarm.id)).json()).toMatchObject({ acknowledgedBy: dispatcher.username });
    const other = await fixture.test.signInAs('supervisor', 'east');
    expect((await acknowledge(alarm.id, other)).json()).toMatchObject({
      error: { code: 'ALARM_ACKNOWLEDGED', params: { by: dispatcher.username } },
    });
    expect((await close(alarm.id, { reason: 'mistaken', note: ' 误触 ' }, other)).json()).toMatchObject({
      state: 'closed',
      closedBy: other.username,
      closeReason: 'mistaken',
      closeNote: '误触',
    });
    expect((await close(alarm.id)).json()).toMatchObject({ error: { code: 'ALARM_CLOSED' } });
    // Still pressed: that is what was closed. Released, pressed again: news.
    await fixture.report(e1, sos());
    await fixture.report(e1, fix());
    await fixture.report(e1, sos());
    const again = await raised(0);
    expect(again.id).toBeGreaterThan(alarm.id);
    expect(await alarmsOf(0, 'closed')).toMatchObject([{ id: alarm.id }]);
    await console.connect(fixture.origin);
    const states = () => console.events.map(({ payload }) => (payload as Alarm).state);
    await expect.poll(states, SOON).toEqual(['raised', 'acknowledged', 'closed', 'raised']);
    console.cut();
    await finish(again.id);
    const audited = await fixture.test.database.db
      .selectFrom('audit_entry')
      .select(['action', 'actor'])
      .where('subject', '=', `alarm:${alarm.id}`)
      .orderBy('id')
      .execute();
    expect(audited.map(({ action }) => action)).toEqual(['alarm.raised', 'alarm.acknowledged', 'alarm.closed']);
    expect(audited[0].actor).toMatch(/^device:\d+$/);
  });

  it('is heard although its position is not believed, or comes late; the alarm says where the unit was known to be', async () => {
    const { e2 } = fixture.keys;
    await fixture.report(e2, fix());
    const knownMs = clockMs;
    expect(await fixture.report(e2, { ...sos(), lat: 0, lon: 0 })).toMatchObject({ outcomes: ['null_island'] });
    const alarm = await raised(1);
    expect(alarm.place).toEqual({ lon: LON, lat: LAT, at: new Date(knownMs).toISOString() });
    await finish(alarm.id);
    const { e3 } = fixture.keys;
    await fixture.report(e3, fix());
    const lateMs = clockMs - 600_000;
    expect(await fixture.report(e3, { ...sos(), timestamp: lateMs })).toMatchObject({ outcomes: ['late'] });
    const late = await raised(2);
    expect(late.signalledAt).toBe(new Date(lateMs).toISOString());
    await finish(late.id);
    // The same message sent again, its answer having been lost.
    await fixture.report(e3, { ...sos(), timestamp: lateMs });
    await fixture.report(e3, fix());
    expect(await alarmsOf(2)).toEqual([]);
  });

  it('that comes late does not open again what has ended since', async () => {
    const { e1 } = fixture.keys;
    await fixture.report(e1, fix());
    const lateMs = clockMs + 500;
    await fixture.report(e1, sos());
    const alarm = await raised(0);
    await fixture.report(e1, fix());
    const endedAt = new Date(clockMs).toISOString();
    await expect.poll(async () => (await alarmsOf(0))[0].endedAt, SOON).toBe(endedAt);
    // Pressed before, and on the way for long.
    await fixture.report(e1, { ...sos(), timestamp: lateMs });
    // Signals are stored in their order: when the next is there, the late one was.
    await fixture.report(fixture.keys.e2, fix());
    await fixture.report(fixture.keys.e2, sos());
    await finish((await raised(1)).id);
    expect(await alarmsOf(0)).toMatchObject([{ id: alarm.id, endedAt }]);
    await fixture.report(e1, sos());
    await expect.poll(async () => (await alarmsOf(0))[0].endedAt, SOON).toBeNull();
    await finish(alarm.id);
    await fixture.report(e1, fix());
    await fixture.report(fixture.keys.e2, fix());
  });

  it('comes in JSON batches and from a device without a unit', async () => {
    const key = await fixture.registerDevice('east', 'spare-1', null);
    const send = (items: object[]) =>
      fetch(`${fixture.origin}/api/positions/${key}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(items),
      });
    const item = { device: 'spare-1', lon: LON, lat: LAT };
    await send([
      { ...item, time: new Date((clockMs += 1000)).toISOString() },
      { ...item, time: new Date((clockMs += 1000)).toISOString(), alarm: 'SOS' },
    ]);
    const open = async () =>
      (await dispatcher.inject({ url: '/api/alarms?bureau=east&state=open' })).json<AlarmList>().alarms;
    await expect.poll(open, SOON).toMatchObject([{ unitId: null, callSign: 'spare-1', place: null }]);
    await finish((await open())[0].id);
  });

  it('is one alarm of a JT/T 808 terminal whose bit stays set, ended when the bit is cleared', async () => {
    const answer = await fixture.admin.inject({
      method: 'POST',
      url: '/api/devices?bureau=east',
      payload: { identifier: '13800138000', unitId: fixture.unitIds[3] },
    });
    const { key } = answer.json<{ device: Device; key: string }>();
    const terminal = await connectTerminal(terminalPort);
    const phone = '13800138000';
    expect(await terminal.ask(authenticationFrame(phone, key))).toBe(0);
    let sequence = 2;
    const send = (alarm: number) => {
      const body = locationBody({ lon: LON, lat: LAT, atMs: (clockMs += 1000), alarm });
      return terminal.ask(terminalFrame({ id: POSITION, phone, sequence: sequence++, body }));
    };
    for (const alarm of [0, 1, 1, 1, 1]) expect(await send(alarm)).toBe(0);
    const alarm = await raised(3);
    expect(alarm).toMatchObject({ kind: 'sos', callSign: 'E-4', endedAt: null });
    expect(alarm.place?.lon).toBeCloseTo(LON, 5);
    await send(0);
    await expect.poll(async () => (await alarmsOf(3))[0].endedAt, SOON).not.toBeNull();
    // Pressed again while it is open: the same alarm goes on.
    await send(1);
    await expect
      .poll(async () => (await alarmsOf(3)).map(({ id, endedAt }) => [id, endedAt]), SOON)
      .toEqual([[alarm.id, null]]);
    terminal.socket.destroy();
    await finish(alarm.id);
  });

  it('that two processes hear is one alarm', async () => {
    const workers = createWorkers(1);
    const { db, sql } = fixture.test.database;
    const config = { ...fixture.test.config, jt808Port: null };
    const second = await buildApp({ config, db, sql, workers });
    await second.listen({ port: 0, host: '127.0.0.1' });
    const there = `http://127.0.0.1:${(second.server.address() as AddressInfo).port}`;
    const before = (await alarmsOf(0, 'closed')).length;
    const query = `lat=${LAT}&lon=${LON}&timestamp=${(clockMs += 1000)}&alarm=sos`;
    await Promise.all(
      [fixture.origin, there].map((origin) => fetch(`${origin}/api/osmand/${fixture.keys.e1}?${query}`)),
    );
    const alarm = await raised(0);
    await second.close();
    await workers.close();
    await finish(alarm.id);
    expect(await alarmsOf(0, 'closed')).toHaveLength(before + 1);
    expect(await alarmsOf(0)).toEqual([]);
  });
});

describe('who answers', () => {
  it('is on duty: the wall sees, administrators and analysts do not answer', async () => {
    await fixture.report(fixture.keys.e2, fix());
    await fixture.report(fixture.keys.e2, sos());
    const { id } = await raised(1);
    expect((await close(id)).json()).toMatchObject({ error: { code: 'ALARM_NOT_ACKNOWLEDGED' } });
    for (const [role, sees] of [
      ['display', 200],
      ['admin', 200],
      ['analyst', 403],
      ['auditor', 403],
    ] as const) {
      const session = await fixture.test.signInAs(role, 'east');
      expect((await session.inject({ url: '/api/alarms?bureau=east' })).statusCode, role).toBe(sees);
      expect((await acknowledge(id, session)).statusCode, role).toBe(403);
      expect((await close(id, { reason: 'handled' }, session)).statusCode, role).toBe(403);
    }
    const stranger = await fixture.test.signInAs('dispatcher', 'west');
    expect((await stranger.inject({ url: '/api/alarms?bureau=west' })).json()).toMatchObject({ alarms: [] });
    const url = `/api/alarms/${id}/acknowledgement?bureau=west`;
    expect((await stranger.inject({ method: 'POST', url })).statusCode).toBe(404);
    await acknowledge(id);
    expect((await close(id, { reason: 'boredom' })).statusCode).toBe(400);
  });
});
