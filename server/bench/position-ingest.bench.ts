import type { AddressInfo } from 'node:net';
import Fastify from 'fastify';
import { type Bench, type BenchRow, formatMs, measure } from '../../geo-data/bench/bench.ts';
import { startTestPostgres } from '../src/platform/testing/test-postgres.ts';
import { createTestApp, createTestBureau, type TestApp } from '../src/testing/index.ts';
import { hashDeviceKey, type RegisteredDevice } from '../src/units/device-registry.ts';
import { addUnits } from '../src/units/index.ts';
import { createLivePositions } from '../src/units/live-positions.ts';
import { osmAndAdapter } from '../src/units/osmand.adapter.ts';
import { createPositionIngest } from '../src/units/position-ingest.ts';
import { createTrackWriter } from '../src/units/track-writer.ts';
import { postAll } from './http-load.ts';

const UNITS = 2000;
const FIXES = 60_000;
const CONNECTIONS = 64;
const GOAL_FIXES_PER_SECOND = 2000;
const [LON, LAT] = [104.04, 30.64];

export const bench: Bench = { name: 'position ingest', run };

async function run(): Promise<BenchRow[]> {
  const server = await startTestPostgres(process.env.TEST_DATABASE_URL);
  process.env.XUNFANG_TEST_ADMIN_URL = server.adminUrl;
  process.env.XUNFANG_TEST_TEMPLATE = server.template;
  try {
    return [await overHttp(), await inProcess()];
  } finally {
    await server.stop();
  }
}

/** 2,000 devices posting as Traccar Client does, every fix stored; beside a route that does nothing. */
async function overHttp(): Promise<BenchRow> {
  const test = await createTestApp();
  try {
    await addDevices(test);
    await test.app.listen({ port: 0, host: '127.0.0.1' });
    const { port } = test.app.server.address() as AddressInfo;
    await waitForDevices(port);
    const result = await postAll({ port, connections: CONNECTIONS, paths: fixPaths(Date.now() - 1000) });
    const stored = await storedRows(test, FIXES);
    const perSecond = result.ok / result.seconds;
    const bare = await bareRoute();
    return {
      what: `fixes a second over HTTP, ${UNITS} devices, ${CONNECTIONS} connections`,
      ours: perSecond.toFixed(0),
      peer: `${bare.toFixed(0)} (empty Fastify route)`,
      ratio: `${(perSecond / bare).toFixed(2)}×`,
      goal: `≥ ${GOAL_FIXES_PER_SECOND} (every unit once a second)`,
      met: perSecond >= GOAL_FIXES_PER_SECOND && result.other === 0 && stored === FIXES,
      note: `${stored} of ${FIXES} stored, ${result.other} refused; client and server share the machine`,
    };
  } finally {
    await test.close();
  }
}

async function addDevices({ database }: TestApp): Promise<void> {
  const { db } = database;
  const bureauId = await createTestBureau(db, { lon: LON, lat: LAT });
  const units = await addUnits(
    db,
    bureauId,
    Array.from({ length: UNITS }, (_, i) => ({ callSign: `B-${i}`, kind: 'car', forceLayer: 'armed_patrol', crew: 2 })),
  );
  await db
    .insertInto('device')
    .values(
      units.map(({ id }, i) => ({
        bureau_id: bureauId,
        identifier: `phone-${i}`,
        unit_id: id,
        key_hash: hashDeviceKey(`key-${i}`),
      })),
    )
    .execute();
}

/** The server takes over devices that were not made through it within seconds. */
async function waitForDevices(port: number): Promise<void> {
  const url = `http://127.0.0.1:${port}/api/osmand/key-0?lat=${LAT}&lon=${LON}&timestamp=${Date.now() - 3_600_000}`;
  for (let tries = 0; tries < 100; tries++) {
    const answer = await fetch(url, { method: 'POST' });
    if (answer.ok && (await answer.text()).includes('live')) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error('The devices were not taken over.');
}

function fixPaths(startMs: number): string[] {
  return Array.from({ length: FIXES }, (_, i) => {
    const device = i % UNITS;
    const step = Math.floor(i / UNITS);
    const lat = (LAT + step * 1e-5).toFixed(6);
    const time = startMs - 100_000 + step * 1000;
    return `/api/osmand/key-${device}?id=phone-${device}&lat=${lat}&lon=${LON}&timestamp=${time}&speed=12.5&bearing=90.0&accuracy=4.8&status=patrolling`;
  });
}

async function storedRows({ database }: TestApp, expected: number): Promise<number> {
  for (let tries = 0; ; tries++) {
    const [{ n }] = await database.sql<
      { n: number }[]
    >`SELECT count(*)::int AS n FROM track_point WHERE fixed_at > now() - interval '30 minutes'`;
    if (n >= expected || tries > 100) return n;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

async function bareRoute(): Promise<number> {
  const app = Fastify();
  app.post('/api/osmand/:deviceKey', async () => ({ outcomes: ['live'] }));
  await app.listen({ port: 0, host: '127.0.0.1' });
  const { port } = app.server.address() as AddressInfo;
  const { ok, seconds } = await postAll({ port, connections: CONNECTIONS, paths: fixPaths(Date.now()) });
  await app.close();
  return ok / seconds;
}

/** The path without HTTP and without the database: decode, judge, write, encode for the track. */
async function inProcess(): Promise<BenchRow> {
  const positions = createLivePositions();
  const bounds = { west: LON - 0.1, south: LAT - 0.1, east: LON + 0.1, north: LAT + 0.1 };
  const unitIds = Array.from({ length: UNITS }, (_, i) => i + 1);
  positions.setRoster({ bureauId: 1, revision: 1, bounds, unitIds });
  const tracks = createTrackWriter({
    tracks: { ensureDays: () => Promise.resolve(), copy: () => Promise.resolve() },
    onError: (cause) => {
      throw cause;
    },
  });
  const ingest = createPositionIngest({ positions, tracks, boundsOf: () => bounds });
  const devices = unitIds.map(
    (unitId): RegisteredDevice => ({
      id: unitId,
      bureauId: 1,
      identifier: `p${unitId}`,
      unitId,
      accepted: 0,
      refused: 0,
      lastSeenMs: 0,
    }),
  );
  let timeMs = Date.now() - 1_000_000;
  const query = {
    lat: String(LAT),
    lon: String(LON),
    timestamp: '',
    speed: '12.5',
    bearing: '90.0',
    status: 'patrolling',
  };
  const timing = await measure(async () => {
    timeMs += 1000;
    query.timestamp = String(timeMs);
    const message = { query, body: undefined };
    for (const device of devices) osmAndAdapter.decode(message, timeMs, (fix) => ingest(device, fix, timeMs));
    await tracks.flush();
  }, 20);
  return {
    what: `decode, judge, write and encode ${UNITS} fixes in process`,
    ours: formatMs(timing),
    note: `${((timing.medianMs * 1000) / UNITS).toFixed(2)} µs a fix`,
  };
}
