import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import {
  createPositionColumns,
  type Device,
  decodePositionFrame,
  type Terminals,
  type Trail,
} from '@xunfang/geo-data/contract';
import { pino } from 'pino';
import { io, type Socket } from 'socket.io-client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildApp } from '../../app.ts';
import { createWorkers, loadConfig } from '../../platform/index.ts';
import { createTestApp, createTestBureau, type TestApp, type TestSession } from '../../testing/index.ts';
import { addUnits } from '../index.ts';
import { MESSAGE } from './jt808-message.ts';
import { connectTerminal } from './testing/terminal-client.ts';
import {
  authenticationFrame,
  batchBody,
  locationBody,
  registrationFrame,
  terminalFrame,
} from './testing/terminal-frames.ts';

const [LON, LAT] = [104.04, 30.64];
const SOON = { timeout: 15_000, interval: 200 };

let test: TestApp;
let admin: TestSession;
let port: number;
let unitIds: number[];
const logged: { msg: string; port?: number; deviceId?: number }[] = [];

beforeAll(async () => {
  const config = loadConfig({ JT808_PORT: '0', HOST: '127.0.0.1', REQUESTS_PER_MINUTE: '1000000' });
  const logger = pino({ level: 'info' }, { write: (line) => logged.push(JSON.parse(line) as (typeof logged)[number]) });
  test = await createTestApp({ config, logger });
  port = logged.find(({ msg }) => msg === 'JT/T 808 gateway listening')?.port ?? 0;
  const bureauId = await createTestBureau(test.database.db, { slug: 'east', lon: LON, lat: LAT });
  const unit = { kind: 'car', forceLayer: 'armed_patrol', crew: 2 } as const;
  const units = await addUnits(
    test.database.db,
    bureauId,
    ['J-1', 'J-2', 'J-3'].map((callSign) => ({ ...unit, callSign })),
  );
  unitIds = units.map(({ id }) => id);
  admin = await test.signInAs('admin', null);
  await test.app.listen({ port: 0, host: '127.0.0.1' });
});
afterAll(() => test.close());

async function enrol(identifier: string, unitId: number): Promise<{ device: Device; key: string }> {
  const answer = await admin.inject({
    method: 'POST',
    url: '/api/devices?bureau=east',
    payload: { identifier, unitId },
  });
  expect(answer.statusCode).toBe(201);
  return answer.json<{ device: Device; key: string }>();
}
const letRegister = (id: number, payload: { terminalId?: string } = {}) =>
  admin.inject({ method: 'POST', url: `/api/devices/${id}/jt808-enrolment`, payload });
const trailOf = async (unitId: number) => (await admin.inject({ url: `/api/units/${unitId}/trail` })).json<Trail>();

async function watchEast(): Promise<Socket> {
  const { port: httpPort } = test.app.server.address() as AddressInfo;
  const session = await test.signInAs('dispatcher', 'east');
  const socket = io(`http://127.0.0.1:${httpPort}`, {
    extraHeaders: { cookie: session.cookie },
    transports: ['websocket'],
  });
  const answer = (await socket.emitWithAck('bureau:watch', { bureau: 'east', lastSeq: null })) as { ok: boolean };
  expect(answer.ok).toBe(true);
  return socket;
}
/** What a console shows of a slot, once it shows it. */
async function shownAt(socket: Socket, slot: number): Promise<{ lon: number; lat: number; speedKmh: number }> {
  for (;;) {
    const [bytes] = (await once(socket as never, 'positions:frame', {
      signal: AbortSignal.timeout(10_000),
    })) as Uint8Array[];
    const columns = createPositionColumns(100);
    decodePositionFrame(Uint8Array.from(bytes).buffer, columns);
    const row = columns.slot.subarray(0, columns.count).indexOf(slot);
    if (row >= 0) return { lon: columns.lon[row], lat: columns.lat[row], speedKmh: columns.speedKmh[row] };
  }
}

describe('from the terminal to the console', () => {
  it('registers, authenticates, and is seen where it is', async () => {
    const phone = '13900000001';
    const { device } = await enrol(`0${phone}`, unitIds[0]);
    const terminal = await connectTerminal(port);

    // Nobody has let it in.
    terminal.send(registrationFrame(phone, 'T-1'));
    expect((await terminal.reply()).body[2]).toBe(3);
    // Another one with its number stays out.
    expect((await letRegister(device.id, { terminalId: 'T-1' })).statusCode).toBe(200);
    terminal.send(registrationFrame(phone, 'T-9'));
    expect((await terminal.reply()).body[2]).toBe(3);
    terminal.send(registrationFrame(phone, 'T-1'));
    const registered = await terminal.reply();
    expect([registered.id, registered.body[2]]).toEqual([0x8100, 0]);
    const code = Buffer.from(registered.body.subarray(3)).toString();
    // The window is closed behind it.
    terminal.send(registrationFrame(phone, 'T-1'));
    expect((await terminal.reply()).body[2]).toBe(3);

    const now = Date.now();
    const position = terminalFrame({
      id: MESSAGE.position,
      phone,
      body: locationBody({ lon: LON, lat: LAT, atMs: now, speedKmh: 42 }),
    });
    expect(await terminal.ask(position)).toBe(1);
    expect(await terminal.ask(authenticationFrame(phone, code))).toBe(0);
    const socket = await watchEast();
    expect(await terminal.ask(position)).toBe(0);
    const shown = await shownAt(socket, 0);
    expect(shown.lon).toBeCloseTo(LON, 5);
    expect(shown.lat).toBeCloseTo(LAT, 5);
    expect(shown.speedKmh).toBe(42);

    // What it kept goes to the track and moves nothing.
    const late = [120, 60].map((seconds) => locationBody({ lon: LON + 0.001, lat: LAT, atMs: now - seconds * 1000 }));
    expect(await terminal.ask(terminalFrame({ id: MESSAGE.positionBatch, phone, body: batchBody(late) }))).toBe(0);
    expect((await shownAt(socket, 0)).lon).toBeCloseTo(LON, 5);
    await expect.poll(async () => (await trailOf(unitIds[0])).points.length, SOON).toBe(3);
    socket.disconnect();

    const { entries } = (await admin.inject({ url: '/api/audit?bureau=east' })).json<{
      entries: { action: string; detail: Record<string, unknown> }[];
    }>();
    expect(entries.find(({ action }) => action === 'device.enrolled')?.detail).toMatchObject({
      terminalId: 'T-1',
      plate: '京A12345',
    });
    terminal.socket.destroy();
  });

  it('takes the key of the device as its code, survives damage, calls for help, stops when revoked', async () => {
    const phone = '13900000002';
    const { device, key } = await enrol(phone, unitIds[1]);
    const terminal = await connectTerminal(port);
    expect(await terminal.ask(authenticationFrame(phone, key))).toBe(0);
    const bad = terminalFrame({ id: MESSAGE.heartbeat, phone });
    bad[bad.length - 2] ^= 1;
    expect(await terminal.ask(bad)).toBe(2);
    const help = locationBody({ lon: LON, lat: LAT, atMs: Date.now(), alarm: 1 });
    const cut = terminalFrame({ id: MESSAGE.position, phone, body: help });
    terminal.send(cut.subarray(0, 20));
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(await terminal.ask(cut.subarray(20))).toBe(0);
    expect(logged.find(({ msg }) => msg === 'emergency raised by a terminal')).toMatchObject({ deviceId: device.id });

    const metrics = (await admin.inject({ url: '/metrics' })).body;
    expect(metrics).toContain('xunfang_jt808_frame_faults_total{fault="checksum"} 1');
    expect(metrics).toContain('xunfang_jt808_messages_total{message="0x0200",result="ok"}');

    await admin.inject({ method: 'DELETE', url: `/api/devices/${device.id}` });
    expect(await terminal.ask(terminalFrame({ id: MESSAGE.position, phone, body: help }))).toBe(1);
    await terminal.closed;
  });

  it('comes back on a new line while the old one is not known to be dead', async () => {
    const phone = '13900000003';
    const { key } = await enrol(phone, unitIds[2]);
    const old = await connectTerminal(port);
    expect(await old.ask(authenticationFrame(phone, key))).toBe(0);
    const fresh = await connectTerminal(port);
    expect(await fresh.ask(authenticationFrame(phone, key))).toBe(0);
    await old.closed;
    expect(await fresh.ask(terminalFrame({ id: MESSAGE.heartbeat, phone }))).toBe(0);
    fresh.socket.destroy();
  });
});

describe('letting a terminal register', () => {
  it('needs a number that a terminal can have', async () => {
    const { device } = await enrol('a phone of somebody', unitIds[2]);
    const answer = await letRegister(device.id);
    expect([answer.statusCode, answer.json<{ error: { code: string } }>().error.code]).toEqual([
      400,
      'JT808_IDENTIFIER_NOT_A_PHONE',
    ]);
  });
});

describe('a terminal that nobody knows', () => {
  const terminals = async () => (await admin.inject({ url: '/api/terminals?bureau=east' })).json<Terminals>();
  const post = (path: string, payload: object) =>
    admin.inject({ method: 'POST', url: `/api/terminals/${path}?bureau=east`, payload });
  async function asks(phone: string, terminalId: string): Promise<Buffer> {
    const terminal = await connectTerminal(port);
    terminal.send(registrationFrame(phone, terminalId));
    const { body } = await terminal.reply();
    terminal.socket.destroy();
    return Buffer.from(body.subarray(2));
  }

  it('is seen while the window is open, let in when it was accepted, and never otherwise', async () => {
    expect((await asks('13900000011', 'K-1'))[0]).toBe(3);
    expect(await terminals()).toEqual({ openUntil: null, terminals: [] });
    expect((await post('window', { minutes: 61 })).statusCode).toBe(400);
    const opened = (await post('window', { minutes: 5 })).json<Terminals>();
    expect(Date.parse(opened.openUntil ?? '')).toBeGreaterThan(Date.now());
    for (const id of ['K-1', 'K-1', 'K-2']) expect((await asks('13900000011', id))[0]).toBe(3);
    expect((await terminals()).terminals).toMatchObject([
      { phone: '13900000011', terminalId: 'K-1', times: 2, state: 'waiting', deviceId: null },
      { phone: '13900000011', terminalId: 'K-2', times: 1, state: 'waiting', deviceId: null },
    ]);
    const name = { phone: '13900000011', terminalId: 'K-2' };
    expect((await post('refusal', { ...name, refused: true })).json<Terminals>().terminals[1].state).toBe('refused');
    expect((await post('acceptance', { phone: '1', terminalId: 'x', unitId: null })).statusCode).toBe(404);
    const accepted = await post('acceptance', { phone: '13900000011', terminalId: 'K-1', unitId: unitIds[2] });
    expect(accepted.json<Device>()).toMatchObject({ callSign: 'J-3', protocol: 'jt808', identifier: '13900000011' });
    expect((await asks('13900000011', 'K-2'))[0]).toBe(3);
    const answer = await asks('13900000011', 'K-1');
    expect(answer[0]).toBe(0);
    const line = await connectTerminal(port);
    expect(await line.ask(authenticationFrame('13900000011', answer.subarray(1).toString()))).toBe(0);
    line.socket.destroy();
    expect((await terminals()).terminals.map(({ state, callSign }) => [state, callSign])).toEqual([
      ['enrolled', 'J-3'],
      ['refused', 'J-3'],
    ]);
    const closed = await admin.inject({ method: 'DELETE', url: '/api/terminals/window?bureau=east' });
    expect(closed.json<Terminals>().openUntil).toBeNull();
    await asks('13900000012', 'K-3');
    expect((await terminals()).terminals).toHaveLength(2);
  });

  it('is not shown to a bureau when another one has enrolled its number', async () => {
    const { db } = test.database;
    await createTestBureau(db, { slug: 'west', lon: LON, lat: LAT });
    await enrol('13900000013', unitIds[0]);
    await admin.inject({ method: 'POST', url: '/api/terminals/window?bureau=west', payload: {} });
    await asks('13900000013', 'K-4');
    await asks('13900000014', 'K-5');
    const seen = (await admin.inject({ url: '/api/terminals?bureau=west' })).json<Terminals>().terminals;
    expect(seen.map(({ phone }) => phone)).toEqual(['13900000014']);
  });
});

describe('a start', () => {
  it('says in one line that the port is in use', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const taken = (other.address() as AddressInfo).port;
    const config = loadConfig({ JT808_PORT: String(taken), HOST: '127.0.0.1' });
    const workers = createWorkers(1);
    const { db, sql } = test.database;
    const second = await buildApp({ config, db, sql, workers });
    await expect(second.ready()).rejects.toThrow(`JT/T 808 port ${taken} is in use`);
    await second.close();
    await workers.close();
    other.close();
  });
});
