import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { apiKeysService } from '../identity/index.ts';
import { createUnitsFixture, LAT, LON, SOON, type UnitsFixture } from './testing/units-fixture.ts';

let fixture: UnitsFixture;
let gateway: Record<string, string>;
beforeAll(async () => {
  fixture = await createUnitsFixture();
  const { db } = fixture.test.database;
  const { id: bureauId } = await db
    .selectFrom('bureau')
    .select('id')
    .where('slug', '=', 'east')
    .executeTakeFirstOrThrow();
  const { key } = await apiKeysService({ db, now: () => new Date() }).create(
    { bureauId, name: 'gateway', scopes: ['positions:write'] },
    { accountId: null, actor: 'test', address: null },
  );
  gateway = { authorization: `Bearer ${key}` };
});
afterAll(() => fixture.test.close());

interface Answer {
  accepted: number;
  refused: number;
  outcomes: string[];
  problems: { index: number; field: string }[];
  error?: { code: string };
}

async function send(path: string, body: unknown, headers: Record<string, string> = {}) {
  const answer = await fetch(`${fixture.origin}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
  const read = (await answer.json()) as Answer;
  return { status: answer.status, body: read, code: read.error?.code };
}

const item = (device: string, secondsAgo: number, change = {}) => ({
  device,
  time: new Date(Date.now() - secondsAgo * 1000).toISOString(),
  lon: LON,
  lat: LAT,
  ...change,
});

describe('plain JSON batches', () => {
  it('answer each item of a gateway in its order, and store what was believed', async () => {
    const { status, body } = await send(
      '/api/positions',
      [
        item('phone-e1', 10),
        item('phone-e2', 10, { lat: 'x' }),
        item('phone-e1', 20),
        item('phone-w1', 10),
        item('phone-e2', 10, { lon: 0, lat: 0 }),
        'nonsense',
        item('phone-e2', 5, { speedKmh: 30, status: 'en_route' }),
      ],
      gateway,
    );
    expect(status).toBe(200);
    expect(body.outcomes).toEqual([
      'live',
      'malformed',
      'late',
      'unknown_device',
      'null_island',
      'unknown_device',
      'live',
    ]);
    expect([body.accepted, body.refused]).toEqual([3, 4]);
    expect(body.problems).toEqual([{ index: 1, field: 'lat', expected: 'degrees within ±90', actual: 'x' }]);
    await expect.poll(async () => (await fixture.trailOf(fixture.unitIds[0])).points.length, SOON).toBe(2);
  });

  it('count as one message of each device they name', async () => {
    const id = (await fixture.devicesOf('east')).find(({ identifier }) => identifier === 'phone-e3')?.id ?? 0;
    await fixture.admin.inject({ method: 'PATCH', url: `/api/devices/${id}`, payload: { messagesPerMinute: 1 } });
    const backlog = Array.from({ length: 100 }, (_, i) => item('phone-e3', 100 - i));
    expect((await send('/api/positions', backlog, gateway)).body.accepted).toBe(100);
    expect((await send('/api/positions', backlog, gateway)).body.outcomes[0]).toBe('rate_limited');
  });

  it('come from one device with its own key, for itself only', async () => {
    const path = `/api/positions/${fixture.keys.e4}`;
    const nameless = { ...item('', 3), device: undefined };
    expect((await send(path, [nameless, item('phone-e4', 2), item('phone-e1', 1)])).body.outcomes).toEqual([
      'live',
      'live',
      'unknown_device',
    ]);
    expect((await send(path, nameless)).body.outcomes).toEqual(['late']);
    expect((await send('/api/positions/wrong', [])).status).toBe(401);
  });

  it('refuse nobody’s, another scope’s and unreadable bodies', async () => {
    expect((await send('/api/positions', [])).status).toBe(401);
    expect((await send('/api/positions?bureau=west', [item('phone-w1', 1)], gateway)).status).toBe(403);
    for (const body of ['{', '[]', '5', '"x"'])
      expect(await send('/api/positions', body, gateway)).toMatchObject({
        status: 400,
        code: 'DEVICE_MESSAGE_MALFORMED',
      });
    const many = Array.from({ length: 10_001 }, () => ({}));
    expect((await send('/api/positions', many, gateway)).code).toBe('DEVICE_MESSAGE_MALFORMED');
  });
});

describe('GB/T 28181', () => {
  it('takes MobilePosition of a video gateway, times in Beijing', async () => {
    await fixture.registerDevice('east', '51010700001320000012', fixture.unitIds[1]);
    const beijing = new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 19);
    const notify = {
      CmdType: 'MobilePosition',
      SN: '17',
      DeviceID: '51010700001320000012',
      Time: beijing,
      Longitude: String(LON),
      Latitude: String(LAT),
      Speed: '36.0',
      Direction: '90.0',
      Altitude: '500',
    };
    const first = await send('/api/gb28181/positions', { Notify: notify }, gateway);
    expect([first.status, first.body.outcomes]).toEqual([200, ['live']]);
    expect(
      (await send('/api/gb28181/positions', [notify, { ...notify, DeviceID: '9' }], gateway)).body.outcomes,
    ).toEqual(['repeated', 'unknown_device']);
    const wrong = await send('/api/gb28181/positions', { ...notify, CmdType: 'Alarm' }, gateway);
    expect(wrong.body.outcomes).toEqual(['malformed']);
  });
});

describe('bodies that are nothing', () => {
  it('are answered as such by every route, and none by an error of the server', async () => {
    const key = await fixture.registerDevice('east', 'babbles', null);
    const routes = [`/api/osmand/${key}`, `/api/owntracks/${key}`, `/api/positions/${key}`, '/api/gb28181/positions'];
    const bodies = fc.oneof(
      fc.json(),
      fc.string(),
      fc.json().map((text) => text.slice(1)),
    );
    for (const body of fc.sample(bodies, { numRuns: 100, seed: 808 }))
      for (const path of routes) {
        const { status } = await send(path, body, path.startsWith('/api/gb') ? gateway : {});
        expect([200, 400, 429], `${path} ${body}`).toContain(status);
      }
  });
});

describe('OwnTracks over HTTP', () => {
  const post = (key: string, payload: unknown) =>
    fetch(`${fixture.origin}/api/owntracks/${key}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-limit-u': 'liwei', 'x-limit-d': 'phone' },
      body: JSON.stringify(payload),
    });
  const tst = () => Math.floor(Date.now() / 1000);

  it('answers an empty list, to a position and politely to all else', async () => {
    const key = await fixture.registerDevice('east', 'owntracks-1', fixture.unitIds[3]);
    const place = { _type: 'location', lat: LAT, lon: LON, tst: tst(), acc: 8, vel: 20, cog: 90, tid: 'o1', t: 'u' };
    for (const payload of [
      place,
      { _type: 'lwt', tst: tst() },
      { _type: 'transition', event: 'enter', tst: tst(), lat: 0, lon: 0 },
      { ...place, lat: 0, lon: 0 },
    ]) {
      const answer = await post(key, payload);
      expect([answer.status, await answer.json()]).toEqual([200, []]);
    }
    await expect
      .poll(async () => (await fixture.devicesOf('east')).find(({ identifier }) => identifier === 'owntracks-1'), SOON)
      .toMatchObject({ messages: 4, accepted: 1, refused: 1, refusedByReason: { null_island: 1 } });
    expect((await post(key, { _type: 'location', lat: LAT })).status).toBe(400);
    expect((await post('wrong', place)).status).toBe(401);
  });
});
