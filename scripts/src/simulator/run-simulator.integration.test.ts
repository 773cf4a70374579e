import { createServer } from 'node:net';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { pointInPolygon } from '@xunfang/geo-data/geometry';
import { createRoadIndex, snapToRoad } from '@xunfang/geo-data/streets';
import { apiKeysService } from '@xunfang/server/identity';
import { createTestApp, createTestBureau, type TestApp } from '@xunfang/server/testing';
import { addUnits, devicesService } from '@xunfang/server/units';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runSimulator } from './run-simulator.ts';
import { loadSimulatedCity, type SimulatedCity } from './simulated-city.ts';
import type { SimulatedDevice, SimulatorConfig } from './simulator-config.ts';

const SEED = 7;
let test: TestApp;
let city: SimulatedCity;
let config: SimulatorConfig;

beforeAll(async () => {
  city = await loadSimulatedCity(SEED);
  test = await createTestApp();
  const { db } = test.database;
  const bureauId = await createTestBureau(db, { slug: 'chengdu-wuhou', lon: 104.05839, lat: 30.63588 });
  const made = await addUnits(
    db,
    bureauId,
    [...city.units.values()].map(({ callSign, kind }) => ({
      callSign,
      kind,
      forceLayer: 'station_patrol',
      crew: 2,
      simulated: true,
    })),
  );
  const devices: SimulatedDevice[] = [];
  for (const { id, callSign } of made) {
    const identifier = `sim-${id}`;
    const { key } = await devicesService(db).register({ bureauId, identifier, unitId: id, actor: 'test' });
    devices.push({ identifier, callSign, key });
  }
  const { key: apiKey } = await apiKeysService({ db, now: () => new Date() }).create(
    { bureauId, name: 'simulator', scopes: ['plans:read', 'incidents:read', 'incidents:write'] },
    { accountId: null, actor: 'test', address: null },
  );
  const port = await freePort();
  config = { baseUrl: `http://127.0.0.1:${port}`, bureau: 'chengdu-wuhou', apiKey, devices, seed: SEED };
});

afterAll(() => test.close());

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

interface TrackRow {
  unit_id: number;
  lon: number;
  lat: number;
  speed_kmh: number;
  status: number;
}

describe('the simulator', () => {
  it('waits for a server that is not there yet, then drives every unit along roads of the bureau', async () => {
    const lines: string[] = [];
    const stop = new AbortController();
    const ended = runSimulator({ ...config, calls: false }, stop.signal, (line) => (console.log(line), lines.push(line)));ended.catch(e=>console.log('ENDED',e));
    await expect.poll(() => lines.some((line) => line.startsWith('server is away'))).toBe(true);
    await test.app.listen({ port: Number(new URL(config.baseUrl).port), host: '127.0.0.1' });

    const reported = () => test.database.sql<TrackRow[]>`SELECT * FROM track_point ORDER BY fixed_at`;
    await expect
      .poll(async () => new Set((await reported()).map((row) => row.unit_id)).size, { timeout: 40_000, interval: 500 })
      .toBe(config.devices.length);
    await expect
      .poll(async () => Math.max(...(await reported()).map((row) => row.speed_kmh)), { timeout: 20_000, interval: 500 })
      .toBeGreaterThan(15);
    stop.abort();
    await ended;

    const index = createRoadIndex(city.graph);
    const rows = await reported();
    for (const { lon, lat, speed_kmh } of rows) {
      // Satellites err by 2 m; nobody drives beside the road.
      expect(snapToRoad(index, lon, lat)?.distanceMeters).toBeLessThan(12);
      expect(speed_kmh).toBeLessThan(80);
    }
    const inside = rows.filter(({ lon, lat }) => pointInPolygon(lon, lat, city.boundary)).length;
    expect(inside / rows.length).toBeGreaterThan(0.98);
  });
});
