import type { AddressInfo } from 'node:net';
import { type Roster } from '@xunfang/geo-data/contract';
import { unitStatusCode } from '@xunfang/geo-data/units';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildApp } from '../app.ts';
import { createWorkers } from '../platform/index.ts';
import {
  createUnitsFixture,
  has,
  LAT,
  LON,
  nextFrame,
  rowOf,
  SOON,
  type UnitsFixture,
} from './testing/units-fixture.ts';

let fixture: UnitsFixture;
beforeAll(async () => {
  fixture = await createUnitsFixture();
});
afterAll(() => fixture.test.close());

describe('from the device to the console', () => {
  it('shows a reported position to those who watch the bureau, and to nobody else', async () => {
    const eastSocket = await fixture.watch(await fixture.test.signInAs('dispatcher', 'east'), 'east');
    const westSocket = await fixture.watch(await fixture.test.signInAs('dispatcher', 'west'), 'west');
    const analystSocket = await fixture.watch(await fixture.test.signInAs('analyst', 'east'), 'east');
    let analystFrames = 0;
    analystSocket.on('positions:frame', () => analystFrames++);

    const fields = {
      id: 'phone-e1',
      lat: LAT,
      lon: LON,
      timestamp: Date.now() - 2000,
      speed: 20,
      bearing: 90,
      status: 'en_route',
    };
    expect(await fixture.report(fixture.keys.e1, fields)).toMatchObject({ status: 200, outcomes: ['live'] });
    expect(await fixture.report(fixture.keys.w1, { lat: LAT + 0.01, lon: LON })).toMatchObject({
      status: 200,
      outcomes: ['live'],
    });

    const roster = (await fixture.admin.inject({ url: '/api/units?bureau=east' })).json<Roster>();
    const slot = roster.units.find(({ callSign }) => callSign === 'E-1')?.slot ?? -1;
    const frame = await nextFrame(eastSocket, has(slot));
    expect(frame.revision).toBe(roster.revision);
    expect(frame.columns.count).toBe(1);
    const row = rowOf(frame, slot);
    expect(frame.columns.lon[row]).toBeCloseTo(LON, 5);
    expect(frame.columns.lat[row]).toBeCloseTo(LAT, 5);
    // Told in steps of 2 km/h.
    expect(frame.columns.speedKmh[row]).toBe(38);
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
    expect((await fixture.report(fixture.keys.e2, { lat: LAT, lon: LON, timestamp: now })).outcomes).toEqual(['live']);
    expect(
      (await fixture.report(fixture.keys.e2, { lat: LAT, lon: LON + 0.02, timestamp: now - 60_000 })).outcomes,
    ).toEqual(['late']);
    expect((await fixture.report(fixture.keys.e2, { lat: LAT, lon: LON, timestamp: now })).outcomes).toEqual([
      'repeated',
    ]);
    const socket = await fixture.watch(await fixture.test.signInAs('display', 'east'), 'east');
    const frame = await nextFrame(socket, has(1));
    expect(frame.columns.lon[rowOf(frame, 1)]).toBeCloseTo(LON, 5);
    socket.disconnect();
    await expect
      .poll(
        async () => (await fixture.trailOf(fixture.unitIds[1])).points.map(([lon, , seconds]) => [lon, seconds]),
        SOON,
      )
      .toEqual([
        [LON + 0.02, (now - 60_000) / 1000],
        [LON, now / 1000],
      ]);
  });

  it('reads a form and the JSON of newer apps', async () => {
    const url = `${fixture.origin}/api/osmand/${fixture.keys.e3}`;
    const form = await fetch(url, {
      method: 'POST',
      body: new URLSearchParams({ lat: String(LAT), lon: String(LON), timestamp: String(Date.now() - 900) }),
    });
    expect(await form.json()).toEqual({ outcomes: ['live'] });
    const location = {
      timestamp: new Date().toISOString(),
      coords: { latitude: LAT, longitude: LON, speed: 10, heading: 1, accuracy: 3 },
    };
    const json = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ location, device_id: 'phone-e3' }),
    });
    expect(await json.json()).toEqual({ outcomes: ['live'] });
  });

  it('gives a console that stalled the newest frame when it reads again, not a queue', async () => {
    const { id: bureauId } = await fixture.test.database.db
      .selectFrom('bureau')
      .select('id')
      .where('slug', '=', 'east')
      .executeTakeFirstOrThrow();
    const socket = await fixture.watch(await fixture.test.signInAs('dispatcher', 'east'), 'east');
    await nextFrame(socket);
    const sizes: number[] = [];
    socket.on('positions:frame', (bytes) => sizes.push(bytes.byteLength));
    const { ws } = socket.io.engine.transport as unknown as { ws: { pause(): void; resume(): void } };
    ws.pause();
    // Far more than the system buffers between the two hold.
    const large = new Uint8Array(1 << 20);
    for (let i = 0; i < 100; i++) {
      fixture.test.app.realtime.frameToBureau(bureauId, large);
      await new Promise((resolve) => setImmediate(resolve));
    }
    ws.resume();
    const frame = await nextFrame(socket, ({ columns }) => columns.count > 0);
    expect(frame.columns.ageSeconds[rowOf(frame, 0)]).toBeLessThan(600);
    expect(sizes.filter((size) => size === large.length).length).toBeLessThan(20);
    socket.disconnect();
  });
});

describe('a restart', () => {
  it('brings every unit back to the end of its track, as old as it is', async () => {
    const fixedMs = Date.now();
    await fixture.report(fixture.keys.e3, {
      lat: LAT + 0.0005,
      lon: LON + 0.0005,
      timestamp: fixedMs,
      status: 'on_scene',
    });
    await expect
      .poll(async () => (await fixture.trailOf(fixture.unitIds[2])).points.at(-1)?.[0], SOON)
      .toBe(LON + 0.0005);
    const workers = createWorkers(1);
    const { db, sql } = fixture.test.database;
    const again = await buildApp({ config: fixture.test.config, db, sql, workers });
    await again.listen({ port: 0, host: '127.0.0.1' });
    try {
      const at = `http://127.0.0.1:${(again.server.address() as AddressInfo).port}`;
      const socket = await fixture.watch(await fixture.test.signInAs('dispatcher', 'east'), 'east', at);
      const frame = await nextFrame(socket, has(2));
      const row = rowOf(frame, 2);
      expect(frame.columns.lon[row]).toBeCloseTo(LON + 0.0005, 5);
      expect(frame.columns.status[row]).toBe(unitStatusCode('on_scene'));
      // As old as its fix, not as the restart.
      expect(frame.timeMs - fixedMs).toBeGreaterThan(0);
      const age = (frame.timeMs - fixedMs) / 1000;
      expect(frame.columns.ageSeconds[row]).toBeGreaterThanOrEqual(age);
      expect(frame.columns.ageSeconds[row]).toBeLessThan(age * 1.12 + 0.6);
      socket.disconnect();
    } finally {
      await again.close();
      await workers.close();
    }
  });
});
