import type { AddressInfo } from 'node:net';
import Fastify from 'fastify';
import { type Bench, type BenchRow, formatMs, measure } from '../../geo-data/bench/bench.ts';
import { apiKeysService } from '../src/identity/index.ts';
import { startTestPostgres } from '../src/platform/testing/test-postgres.ts';
import { createTestApp, createTestBureau, type TestApp } from '../src/testing/index.ts';
import { createBureauRules } from '../src/units/bureau-rules.ts';
import type { DeviceAdapter } from '../src/units/device-adapter.ts';
import { hashDeviceKey } from '../src/units/device-registry.ts';
import { addUnits } from '../src/units/index.ts';
import { jsonPositionAdapter } from '../src/units/json-position.adapter.ts';
import { createLivePositions } from '../src/units/live-positions.ts';
import { osmAndAdapter } from '../src/units/osmand.adapter.ts';
import { createPositionIngest } from '../src/units/position-ingest.ts';
import { positionSettingsOf } from '../src/units/position-settings.ts';
import { createRegisteredDevice } from '../src/units/registered-device.ts';
import { createTrackWriter } from '../src/units/track-writer.ts';
import { postAll } from './http-load.ts';

const UNITS = 2000;
const FIXES = 60_000;
const CONNECTIONS = 64;
const GOAL_FIXES_PER_SECOND = 2000;
const BATCH_SIZE = 500;
const BATCH_FIXES = 400_000;
const WARM_UP_BATCHES = 80;
const GOAL_BATCH_FIXES_PER_SECOND = 20_000;
const [LON, LAT] = [104.04, 30.64];

export const bench: Bench = { name: 'position ingest', run };

async function run(): Promise<BenchRow[]> {
  const server = await startTestPostgres(process.env.TEST_DATABASE_URL);
  process.env.XUNFANG_TEST_ADMIN_URL = server.adminUrl;
  process.env.XUNFANG_TEST_TEMPLATE = server.template;
  try {
    return [
      await overHttp(),
      await inBatches(),
      await inProcess(osmAndAdapter, osmAndMessages()),
      await inProcess(jsonPositionAdapter, jsonMessages()),
    ];
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

async function addDevices({ database }: TestApp): Promise<number> {
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
  return bureauId;
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

/** The same devices behind a gateway that sends what it has as plain JSON; every fix stored. */
async function inBatches(): Promise<BenchRow> {
  const test = await createTestApp();
  try {
    const bureauId = await addDevices(test);
    const { key } = await apiKeysService({ db: test.database.db, now: () => new Date() }).create(
      { bureauId, name: 'gateway', scopes: ['positions:write'] },
      { accountId: null, actor: 'bench', address: null },
    );
    await test.app.listen({ port: 0, host: '127.0.0.1' });
    const { port } = test.app.server.address() as AddressInfo;
    await waitForDevices(port);
    const order = { port, connections: 4, headers: { authorization: `Bearer ${key}` } };
    const requests = batches(Date.now() - 1000);
    // The first ones compile the code that the others run.
    await postAll({ ...order, ...requests, bodies: requests.bodies.slice(0, WARM_UP_BATCHES) });
    const result = await postAll({ ...order, ...requests, bodies: requests.bodies.slice(WARM_UP_BATCHES) });
    const stored = await storedRows(test, BATCH_FIXES);
    const perSecond = (result.ok * BATCH_SIZE) / result.seconds;
    return {
      what: `fixes a second in JSON batches of ${BATCH_SIZE}, ${UNITS} devices, 4 connections`,
      ours: perSecond.toFixed(0),
      goal: `≥ ${GOAL_BATCH_FIXES_PER_SECOND}`,
      met: perSecond >= GOAL_BATCH_FIXES_PER_SECOND && result.other === 0 && stored === BATCH_FIXES,
      note: `${stored} of ${BATCH_FIXES} stored, ${result.other} batches refused; client and server share the machine`,
    };
  } finally {
    await test.close();
  }
}

function batches(startMs: number): { paths: string[]; bodies: string[] } {
  const bodies = Array.from({ length: BATCH_FIXES / BATCH_SIZE }, (_, batch) =>
    JSON.stringify(
      Array.from({ length: BATCH_SIZE }, (_item, i) => {
        const fix = batch * BATCH_SIZE + i;
        const step = Math.floor(fix / UNITS);
        return {
          device: `phone-${fix % UNITS}`,
          time: new Date(startMs - 400_000 + step * 1000).toISOString(),
          lon: LON,
          lat: Number((LAT + step * 1e-5).toFixed(6)),
          speedKmh: 23.1,
          headingDegrees: 90,
          accuracyMeters: 4.8,
          status: 'patrolling',
        };
      }),
    ),
  );
  return { paths: ['/api/positions'], bodies };
}

const osmAndMessages = () => {
  const query = {
    lat: String(LAT),
    lon: String(LON),
    timestamp: '',
    speed: '12.5',
    bearing: '90',
    status: 'patrolling',
  };
  return (timeMs: number) => {
    query.timestamp = String(timeMs);
    return { query, body: undefined };
  };
};
const jsonMessages = () => {
  const item = { device: 'p1', time: '', lon: LON, lat: LAT, speedKmh: 23.1, headingDegrees: 90, status: 'patrolling' };
  return (timeMs: number) => {
    item.time = new Date(timeMs).toISOString();
    return item;
  };
};

/** The path without HTTP and without the database: decode, judge, write, encode for the track. */
async function inProcess<Message>(
  adapter: DeviceAdapter<Message>,
  messageAt: (timeMs: number) => Message,
): Promise<BenchRow> {
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
  const rules = createBureauRules(
    { type: 'Polygon', coordinates: [ringOf(bounds)] },
    positionSettingsOf({}, 1000),
    unitIds.map(() => ({ kind: 'car' })),
  );
  const quarantine = {
    add: (_device: unknown, _fix: unknown, _lon: number, _lat: number, reason: string) => {
      throw new Error(`Refused: ${reason}.`);
    },
  };
  const ingest = createPositionIngest({ positions, tracks, rulesOf: () => rules, quarantine });
  const devices = unitIds.map((unitId) =>
    createRegisteredDevice({ id: unitId, bureauId: 1, identifier: `p${unitId}`, unitId }),
  );
  let timeMs = Date.now() - 1_000_000;
  const timing = await measure(async () => {
    timeMs += 1000;
    const message = messageAt(timeMs);
    for (const device of devices) adapter.decode(message, timeMs, (fix) => ingest(device, fix, timeMs));
    await tracks.flush();
  }, 20);
  return {
    what: `${adapter.protocol}: decode, judge, write and encode ${UNITS} fixes in process`,
    ours: formatMs(timing),
    note: `${((timing.medianMs * 1000) / UNITS).toFixed(2)} µs a fix`,
  };
}

function ringOf({ west, south, east, north }: { west: number; south: number; east: number; north: number }) {
  return [
    [west, south],
    [east, south],
    [east, north],
    [west, north],
    [west, south],
  ];
}
