import { randomBytes } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { createPositionColumns, decodePositionFrame, type IncidentView } from '@xunfang/geo-data/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { accountsService } from './identity/index.ts';
import { createTestConsole, type TestConsole } from './platform/outbox/testing/follow-events.ts';
import { temporaryDataDir } from './platform/testing/temporary-data-dir.ts';
import {
  createRedisServer,
  createTcpProxy,
  createTestBureau,
  createTestDatabase,
  findProgram,
  type RedisServer,
  type ServerProcess,
  startServerProcess,
  type TcpProxy,
  type TestDatabase,
} from './testing/index.ts';
import { addUnits } from './units/index.ts';

/** Two processes, one PostgreSQL, one Redis, and a balancer that knows nothing of sessions. */
const REDIS = findProgram('redis-server', 'Several server processes are not tested');
const SOON = { timeout: 20_000, interval: 50 };
const BUREAU = 'scale';
const LON = 104.04;
const LAT = 30.64;
const PASSWORD = `Aa1-${randomBytes(12).toString('base64url')}`;
const UNITS = 6;
/** Some 50 m: two of them are still noise to the gate. */
const STEP_DEGREES = 0.0005;

describe.skipIf(REDIS === undefined)('several server processes', () => {
  let redis: RedisServer;
  let database: TestDatabase;
  let dataDir: string;
  let balancer: TcpProxy;
  let one: ServerProcess;
  let two: ServerProcess;
  let cookie: string;
  let csrfToken: string;
  const keys: string[] = [];
  const consoles: TestConsole[] = [];

  const start = () => startServerProcess({ DATA_DIR: dataDir, DATABASE_URL: database.url, REDIS_URL: redis.url });
  const origin = () => `http://127.0.0.1:${balancer.port}`;

  beforeAll(async () => {
    redis = await createRedisServer(REDIS as string);
    database = await createTestDatabase();
    dataDir = await temporaryDataDir();
    const { db } = database;
    const bureauId = await createTestBureau(db, { slug: BUREAU, lon: LON, lat: LAT });
    const roster = Array.from({ length: UNITS }, (_, i) => ({
      callSign: `S-${i + 1}`,
      kind: 'car' as const,
      forceLayer: 'armed_patrol' as const,
      crew: 2,
    }));
    const units = await addUnits(db, bureauId, roster);
    await accountsService({ db, now: () => new Date() }).create(
      {
        username: 'admin',
        displayName: 'admin',
        password: PASSWORD,
        roles: [
          { bureau: null, role: 'admin' },
          { bureau: null, role: 'dispatcher' },
        ],
      },
      { actor: 'test', address: null },
    );
    [one, two] = await Promise.all([start(), start()]);
    balancer = await createTcpProxy(() => [one.port, two.port]);
    await signIn();
    for (const { id, callSign } of units) {
      const answer = await ask(origin(), 'POST', '/api/devices', { identifier: callSign, unitId: id });
      keys.push(((await answer.json()) as { key: string }).key);
    }
  });
  afterAll(async () => {
    for (const console of consoles) console.cut();
    await balancer?.close();
    await Promise.all([one?.kill(), two?.kill()]);
    await redis?.close();
    await database?.drop();
    if (dataDir) await rm(dataDir, { recursive: true, force: true });
  });

  async function signIn(): Promise<void> {
    const answer = await fetch(`${origin()}/api/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ username: 'admin', password: PASSWORD }),
    });
    expect(answer.status).toBe(200);
    cookie = answer.headers.getSetCookie()[0].split(';')[0];
    ({ csrfToken } = (await answer.json()) as { csrfToken: string });
  }
  /** A connection of its own each time: the balancer sends it where it likes. */
  function ask(at: string, method: string, path: string, body?: object): Promise<Response> {
    return fetch(`${at}${path}${path.includes('?') ? '&' : '?'}bureau=${BUREAU}`, {
      method,
      headers: {
        cookie,
        'x-csrf-token': csrfToken,
        connection: 'close',
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
  }
  /** Unit i at a place `steps` to the east of where all began. */
  async function report(at: string, i: number, steps: number, timeMs = Date.now()): Promise<string> {
    const query = new URLSearchParams({
      lat: String(LAT),
      lon: String(LON + steps * STEP_DEGREES),
      timestamp: String(timeMs),
    });
    const answer = await fetch(`${at}/api/osmand/${keys[i]}?${query}`, {
      method: 'POST',
      headers: { connection: 'close' },
    });
    return ((await answer.json()) as { outcomes?: string[] }).outcomes?.[0] ?? String(answer.status);
  }
  async function watch(at: string): Promise<TestConsole & { places(): (number | undefined)[]; partial(): boolean }> {
    const console = createTestConsole(cookie, BUREAU, { comesBack: true });
    consoles.push(console);
    await console.connect(at);
    const columns = createPositionColumns(UNITS);
    const places: (number | undefined)[] = [];
    let partial = false;
    console.socket().on('positions:frame', (frame) => {
      decodePositionFrame(Uint8Array.from(frame as unknown as Uint8Array).buffer, columns);
      places.length = 0;
      for (let row = 0; row < columns.count; row++)
        places[columns.slot[row]] = Math.round((columns.lon[row] - LON) / STEP_DEGREES);
    });
    console.socket().on('server:time', ({ positionsPartial }) => {
      partial = positionsPartial;
    });
    return { ...console, places: () => [...places], partial: () => partial };
  }

  it('show every unit on every console, whichever process heard its device', async () => {
    const atOne = await watch(one.origin);
    const atTwo = await watch(two.origin);
    expect(await report(one.origin, 0, 1)).toBe('live');
    expect(await report(two.origin, 1, 2)).toBe('live');
    for (const console of [atOne, atTwo]) await expect.poll(console.places, SOON).toEqual([1, 2]);
    // The same unit by the other process: the newer fix is what holds everywhere.
    expect(await report(two.origin, 0, 3)).toBe('live');
    for (const console of [atOne, atTwo]) await expect.poll(console.places, SOON).toEqual([3, 2]);
    atOne.cut();
    atTwo.cut();
  });

  it('judge a fix by where the device was last believed, by whichever process', async () => {
    const atTwo = await watch(two.origin);
    expect(await report(one.origin, 2, 0)).toBe('live');
    await expect.poll(() => atTwo.places()[2], SOON).toBe(0);
    expect(await report(two.origin, 2, 80)).toBe('impossible_speed');
    expect(await report(two.origin, 2, 1, Date.now() - 60_000)).toBe('late');
    atTwo.cut();
  });

  it('sign a console out everywhere when its session ends, on whichever process that was', async () => {
    const kept = { cookie, csrfToken };
    await signIn();
    const console = createTestConsole(cookie, BUREAU);
    consoles.push(console);
    await console.connect(two.origin);
    expect((await ask(one.origin, 'DELETE', '/api/session')).status).toBeLessThan(300);
    await expect.poll(() => console.socket().connected, SOON).toBe(false);
    ({ cookie, csrfToken } = kept);
  });

  it('lose no event and double none when one is killed under load, and every console goes on with the other', async () => {
    const desks = await Promise.all(Array.from({ length: 4 }, () => watch(origin())));
    const wanted = 120;
    const killAfter = 40;
    let posted = 0;
    const loaded = new AbortController();
    const occurredAt = new Date(Date.now() - 60_000).toISOString();
    /** Until it is acknowledged: what is said twice counts once. */
    async function post(i: number): Promise<void> {
      const incident = { source: 'load', sourceId: `i${i}`, lon: LON, lat: LAT, occurredAt };
      for (;;) {
        const answer = await ask(origin(), 'POST', '/api/incidents', incident).catch(() => undefined);
        if (answer?.ok) break;
        await delay(20);
      }
      posted++;
    }
    const posting = (async () => {
      for (let i = 0; i < wanted; i += 4) await Promise.all([i, i + 1, i + 2, i + 3].map(post));
    })();
    let step = 0;
    const moving = (async () => {
      while (!loaded.signal.aborted) {
        // Slower than a car may drive.
        for (let i = 3; i < UNITS; i++) await report(origin(), i, ++step / 1000).catch(() => undefined);
        await delay(10);
      }
    })();
    await expect.poll(() => posted, { ...SOON, interval: 5 }).toBeGreaterThan(killAfter);
    expect(posted).toBeLessThan(wanted);
    await two.kill();
    await posting;
    loaded.abort();
    await moving;

    const answer = await ask(one.origin, 'GET', '/api/incidents?limit=500');
    const { incidents } = (await answer.json()) as { incidents: IncidentView[] };
    expect(incidents.map(({ sourceId }) => sourceId).sort()).toEqual(
      Array.from({ length: wanted }, (_, i) => `i${i}`).sort(),
    );
    for (const desk of desks) {
      await expect
        .poll(() => desk.events.filter(({ event }) => event === 'incident:changed').length, SOON)
        .toBe(wanted);
      const from = desk.applied[0];
      expect(desk.applied).toEqual(desk.applied.map((_, i) => from + i));
      const ids = desk.events.map(({ payload }) => (payload as { incident: IncidentView }).incident.sourceId);
      expect(new Set(ids).size).toBe(wanted);
      expect(desk.outcomes.filter((outcome) => !outcome.startsWith('missed'))).toEqual(['first']);
    }
    for (const desk of desks) desk.cut();
  });

  it('know everything as soon as one is started, also what no track holds', async () => {
    await database.sql`DELETE FROM track_point`;
    two = await start();
    const desk = await watch(two.origin);
    await expect.poll(() => desk.places().slice(0, 3), SOON).toEqual([3, 2, 0]);
    expect(await report(two.origin, 2, 80)).toBe('impossible_speed');
    desk.cut();
  });

  it('go on with their own units while Redis is away, say so, and share again by themselves', async () => {
    const atOne = await watch(one.origin);
    const atTwo = await watch(two.origin);
    await expect.poll(() => [atOne.partial(), atTwo.partial()], SOON).toEqual([false, false]);
    await expect.poll(() => atTwo.places()[0], SOON).toBe(3);
    await redis.kill();
    await expect.poll(() => [atOne.partial(), atTwo.partial()], SOON).toEqual([true, true]);
    const ready = await fetch(`${one.origin}/readyz`);
    expect([ready.status, await ready.json()]).toEqual([200, { ok: true, positions: 'partial' }]);
    expect(await (await fetch(`${one.origin}/metrics`)).text()).toContain('xunfang_redis_up 0');
    expect(one.said()).toContain('Redis is away');

    expect(await report(one.origin, 0, 4)).toBe('live');
    await expect.poll(() => atOne.places()[0], SOON).toBe(4);
    expect(atTwo.places()[0]).toBe(3);

    // It comes back knowing nothing; what was reported meanwhile is told without being reported again.
    await redis.start();
    await expect.poll(() => [atOne.partial(), atTwo.partial()], SOON).toEqual([false, false]);
    await expect.poll(() => atTwo.places()[0], SOON).toBe(4);
    await expect.poll(async () => (await fetch(`${two.origin}/metrics`)).text(), SOON).toContain('xunfang_peers 1');

    // One that takes everything and answers nothing is away as well.
    redis.freeze();
    await expect.poll(() => atOne.partial(), SOON).toBe(true);
    redis.thaw();
    await expect.poll(() => [atOne.partial(), atTwo.partial()], SOON).toEqual([false, false]);
    atOne.cut();
    atTwo.cut();
  });
});
