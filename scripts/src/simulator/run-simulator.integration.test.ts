import { haversineDistanceMeters, pointInPolygon } from '@xunfang/geo-data/geometry';
import { INCIDENT_STATES } from '@xunfang/geo-data/incidents';
import { createRoadIndex, snapToRoad } from '@xunfang/geo-data/streets';
import { unitStatusCode } from '@xunfang/geo-data/units';
import { apiKeysService } from '@xunfang/server/identity';
import { createTestApp, createTestBureau, freePort, type TestApp } from '@xunfang/server/testing';
import { addUnits, devicesService } from '@xunfang/server/units';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { replayTrack } from '../replay-track.ts';
import { shiftTrack } from './recorded-track.ts';
import { runSimulator } from './run-simulator.ts';
import { loadSimulatedCity, type SimulatedCity } from './simulated-city.ts';
import type { SimulatedDevice, SimulatorConfig } from './simulator-config.ts';

const SEED = 7;
let replayKey: string;
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
  // Ten minutes in a second: no car drives like this.
  const replay = { bureauId, identifier: 'replay', unitId: made[0].id, checksSpeed: false, actor: 'test' };
  replayKey = (await devicesService(db).register(replay)).key;
  const { key: apiKey } = await apiKeysService({ db, now: () => new Date() }).create(
    { bureauId, name: 'simulator', scopes: ['plans:read', 'incidents:read', 'incidents:write'] },
    { accountId: null, actor: 'test', address: null },
  );
  const port = await freePort();
  config = { baseUrl: `http://127.0.0.1:${port}`, bureau: 'chengdu-wuhou', apiKey, devices, seed: SEED };
});

afterAll(() => test.close());

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
    const ended = runSimulator({ ...config, calls: false }, stop.signal, (line) => lines.push(line));
    await expect.poll(() => lines.some((line) => line.startsWith('server is away')), { timeout: 20_000 }).toBe(true);
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

  it('takes calls, sends the nearest units, and brings them to their end', async () => {
    const { sql } = test.database;
    const stop = new AbortController();
    const lines: string[] = [];
    const ended = runSimulator({ ...config, timeFactor: 20 }, stop.signal, (line) => lines.push(line));
    const closed = () =>
      sql<{ id: number }[]>`SELECT i.id FROM incident i WHERE i.state = ${INCIDENT_STATES.indexOf('closed')}`;
    await expect.poll(async () => (await closed()).length, { timeout: 100_000, interval: 500 }).toBeGreaterThan(0);
    stop.abort();
    await ended;
    expect(lines.filter((line) => line.includes('call'))).toEqual([]);

    const [{ id }] = await closed();
    const events = await sql<{ state: number; note: string | null }[]>`
      SELECT state, note FROM incident_event WHERE incident_id = ${id} ORDER BY at, id`;
    expect(events.map(({ state }) => INCIDENT_STATES[state])).toEqual([
      'received',
      'classified',
      'dispatched',
      'acknowledged',
      'en_route',
      'on_scene',
      'resolved',
      'feedback',
      'closed',
    ]);
    const callSign = events[2].note ?? '';
    expect(city.units.get(callSign)?.answersCalls).toBe(true);
    const onScene = await sql<{ lon: number; lat: number; unit_lon: number; unit_lat: number }[]>`
      SELECT i.lon, i.lat, p.lon AS unit_lon, p.lat AS unit_lat
      FROM incident i, track_point p JOIN unit u ON u.id = p.unit_id
      WHERE i.id = ${id} AND u.call_sign = ${callSign} AND p.status = ${unitStatusCode('on_scene')}`;
    expect(onScene.length).toBeGreaterThan(0);
    const [{ lon, lat, unit_lon, unit_lat }] = onScene;
    // Calls come from beside the streets, units stay on them.
    expect(haversineDistanceMeters(lon, lat, unit_lon, unit_lat)).toBeLessThan(100);
    const [{ sources }] = await sql<
      { sources: string[] }[]
    >`SELECT array_agg(DISTINCT name) AS sources FROM incident_source`;
    expect(sources).toEqual(['simulator']);
  });

  it('replays a recorded track through the same interface, somewhere else and faster', async () => {
    const [device] = config.devices;
    const recorded = {
      unixSeconds: Float64Array.of(1_211_033_530, 1_211_033_590, 1_211_033_650),
      lon: Float64Array.of(-122.39447, -122.39527, -122.39601),
      lat: Float64Array.of(37.75153, 37.75136, 37.75101),
    };
    const track = shiftTrack(recorded, 104.06, 30.635);
    const counts = await replayTrack(
      { baseUrl: config.baseUrl, deviceKey: replayKey, track, speedFactor: 600, longestPauseSeconds: 1 },
      new AbortController().signal,
    );
    expect(Object.fromEntries(counts)).toEqual({ live: 3 });
    await expect
      .poll(
        () => test.database.sql<{ lon: number }[]>`
          SELECT round(p.lon::numeric, 6)::float8 AS lon FROM track_point p JOIN unit u ON u.id = p.unit_id
          WHERE u.call_sign = ${device.callSign} ORDER BY p.fixed_at DESC LIMIT 3`,
        { timeout: 10_000 },
      )
      .toEqual([...track.lon].reverse().map((lon) => ({ lon: Number(lon.toFixed(6)) })));
  });
});
