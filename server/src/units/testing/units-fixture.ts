import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import {
  type ClientToServerEvents,
  createPositionColumns,
  type Device,
  decodePositionFrame,
  type PositionColumns,
  type ServerToClientEvents,
  type Trail,
} from '@xunfang/geo-data/contract';
import { io, type Socket } from 'socket.io-client';
import { createTestApp, createTestBureau, type TestApp, type TestSession } from '../../testing/index.ts';
import { addUnits } from '../index.ts';

type ConsoleSocket = Socket<ServerToClientEvents, ClientToServerEvents>;
interface Frame {
  columns: PositionColumns;
  revision: number;
  timeMs: number;
}

/** Two bureaus at the same place, `east` with four units and `west` with one, a device on each, and the server listening. */
export interface UnitsFixture {
  test: TestApp;
  origin: string;
  admin: TestSession;
  /** Device keys: e1 to e4, w1. */
  keys: Record<string, string>;
  /** Of the bureau `east`; unit i stands in slot i. */
  unitIds: number[];
  registerDevice(bureau: string, identifier: string, unitId: number | null): Promise<string>;
  report(
    key: string,
    fields: Record<string, string | number>,
  ): Promise<{ status: number; outcomes: string[]; code?: string }>;
  watch(session: TestSession, bureau: string, at?: string): Promise<ConsoleSocket>;
  trailOf(unitId: number): Promise<Trail>;
  devicesOf(bureau: string): Promise<Device[]>;
}

/** Tracks and counts are stored in batches. */
export const SOON = { timeout: 15_000, interval: 200 };
export const LON = 104.04;
export const LAT = 30.64;

export async function createUnitsFixture(overrides: Parameters<typeof createTestApp>[0] = {}): Promise<UnitsFixture> {
  const test = await createTestApp(overrides);
  const { db } = test.database;
  const east = await createTestBureau(db, { slug: 'east', lon: LON, lat: LAT });
  const west = await createTestBureau(db, { slug: 'west', lon: LON, lat: LAT });
  const unit = { kind: 'car', forceLayer: 'armed_patrol', crew: 3 } as const;
  const callSigns = ['E-1', 'E-2', 'E-3', 'E-4'];
  const ofEast = await addUnits(
    db,
    east,
    callSigns.map((callSign) => ({ ...unit, callSign })),
  );
  const ofWest = await addUnits(db, west, [{ ...unit, callSign: 'W-1' }]);
  const unitIds = ofEast.map(({ id }) => id);
  const admin = await test.signInAs('admin', null);

  async function registerDevice(bureau: string, identifier: string, unitId: number | null): Promise<string> {
    const url = `/api/devices?bureau=${bureau}`;
    const answer = await admin.inject({ method: 'POST', url, payload: { identifier, unitId } });
    if (answer.statusCode !== 201) throw new Error(`Registering ${identifier} answered ${answer.statusCode}.`);
    return answer.json<{ key: string }>().key;
  }
  const keys: Record<string, string> = {};
  for (const [i, unitId] of unitIds.entries())
    keys[`e${i + 1}`] = await registerDevice('east', `phone-e${i + 1}`, unitId);
  keys.w1 = await registerDevice('west', 'phone-w1', ofWest[0].id);

  await test.app.listen({ port: 0, host: '127.0.0.1' });
  const origin = `http://127.0.0.1:${(test.app.server.address() as AddressInfo).port}`;
  return {
    test,
    origin,
    admin,
    keys,
    unitIds,
    registerDevice,
    async report(key, fields) {
      const query = new URLSearchParams();
      for (const [name, value] of Object.entries(fields)) query.set(name, String(value));
      const answer = await fetch(`${origin}/api/osmand/${key}?${query.toString()}`, { method: 'POST' });
      const body = (await answer.json()) as { outcomes?: string[]; error?: { code: string } };
      return { status: answer.status, outcomes: body.outcomes ?? [], code: body.error?.code };
    },
    async watch(session, bureau, at = origin) {
      const socket: ConsoleSocket = io(at, { extraHeaders: { cookie: session.cookie }, transports: ['websocket'] });
      const answer = await socket.emitWithAck('bureau:watch', { bureau, lastSeq: null });
      if (!answer.ok) throw new Error(`Watching ${bureau} was refused: ${answer.code}.`);
      return socket;
    },
    trailOf: async (unitId) => (await admin.inject({ url: `/api/units/${unitId}/trail` })).json<Trail>(),
    devicesOf: async (bureau) =>
      (await admin.inject({ url: `/api/devices?bureau=${bureau}` })).json<{ devices: Device[] }>().devices,
  };
}

/** The first frame that fits, of those that come from now on. */
export async function nextFrame(socket: ConsoleSocket, fits: (frame: Frame) => boolean = () => true): Promise<Frame> {
  for (;;) {
    const arrived = await once(socket as never, 'positions:frame', { signal: AbortSignal.timeout(10_000) });
    const bytes = arrived[0] as Uint8Array;
    if (bytes.byteLength > LARGEST_FRAME_BYTES) continue;
    const columns = createPositionColumns(100);
    const { rosterRevision, timeMs } = decodePositionFrame(Uint8Array.from(bytes).buffer, columns);
    const frame = { columns, revision: rosterRevision, timeMs };
    if (fits(frame)) return frame;
  }
}

/** Larger ones fill up a line that a test wants full. */
const LARGEST_FRAME_BYTES = 10_000;

export const rowOf = ({ columns }: Frame, slot: number) => columns.slot.subarray(0, columns.count).indexOf(slot);
export const has = (slot: number) => (frame: Frame) => rowOf(frame, slot) >= 0;
