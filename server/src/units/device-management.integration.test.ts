import type {
  Device,
  DeviceDetail,
  DeviceList,
  PositionSettingsWithDefaults,
  QuarantinedFix,
  Roster,
  UnitRefusals,
} from '@xunfang/geo-data/contract';
import { POSITION_LIMITS } from '@xunfang/geo-data/units';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createUnitsFixture, LAT, LON, type UnitsFixture } from './testing/units-fixture.ts';

let fixture: UnitsFixture;
beforeAll(async () => {
  fixture = await createUnitsFixture();
});
afterAll(() => fixture.test.close());

const idOf = async (identifier: string) =>
  (await fixture.devicesOf('east')).find((device) => device.identifier === identifier)?.id ?? 0;

function ask(method: 'GET' | 'POST' | 'PATCH', url: string, payload?: object) {
  return fixture.admin.inject({ method, url, ...(payload && { payload }) });
}
async function refusalOf(method: 'POST' | 'PATCH', url: string, payload: object): Promise<string> {
  const answer = await ask(method, url, payload);
  return `${answer.statusCode} ${answer.json<{ error?: { code: string } }>().error?.code}`;
}
const detailOf = async (id: number) => (await ask('GET', `/api/devices/${id}`)).json<DeviceDetail>();
const quarantineOf = async (id: number) =>
  (await ask('GET', `/api/devices/${id}/quarantine`)).json<{ fixes: QuarantinedFix[] }>().fixes;

async function auditActions(action: string): Promise<{ subject: string; detail: unknown }[]> {
  const { db } = fixture.test.database;
  return db.selectFrom('audit_entry').select(['subject', 'detail']).where('action', '=', action).execute();
}

describe('a device', () => {
  it('is moved to another unit, and its fixes follow at once', async () => {
    const key = await fixture.registerDevice('east', 'moves', null);
    const id = await idOf('moves');
    expect((await fixture.report(key, { lat: LAT, lon: LON })).outcomes).toEqual(['no_unit']);
    const changed = await ask('PATCH', `/api/devices/${id}`, { unitId: fixture.unitIds[3] });
    expect([changed.statusCode, changed.json<Device>().callSign]).toEqual([200, 'E-4']);
    expect((await fixture.report(key, { lat: LAT, lon: LON })).outcomes).toEqual(['live']);
    expect(await auditActions('device.changed')).toEqual([
      {
        subject: `device:${id}`,
        detail: { identifier: 'moves', before: { unitId: null }, after: { unitId: fixture.unitIds[3] } },
      },
    ]);
    const again = await ask('PATCH', `/api/devices/${id}`, { unitId: fixture.unitIds[3] });
    expect(again.statusCode).toBe(200);
    expect(await auditActions('device.changed')).toHaveLength(1);
  });

  it('gets no unit of another bureau, no topic of another device and no setting that is none', async () => {
    const id = await idOf('phone-e1');
    expect(await refusalOf('PATCH', `/api/devices/${id}`, { unitId: 999_999 })).toBe('400 UNIT_UNKNOWN');
    expect(await refusalOf('PATCH', `/api/devices/${id}`, { coordinateSystem: 'EPSG:4326' })).toBe('400 INVALID_FIELD');
    expect(await refusalOf('PATCH', `/api/devices/${id}`, { mqttUser: 'a/b' })).toBe('400 INVALID_FIELD');
    expect(await refusalOf('PATCH', `/api/devices/${id}`, { identifier: 'x' })).toBe('400 INVALID_FIELD');
    await fixture.registerDevice('west', 'shared-name', null);
    await fixture.registerDevice('east', 'shared-name', null);
    const west = await fixture.devicesOf('west');
    const westId = west.find(({ identifier }) => identifier === 'shared-name')?.id ?? 0;
    expect((await ask('PATCH', `/api/devices/${westId}`, { mqttUser: 'liwei' })).statusCode).toBe(200);
    expect(await refusalOf('PATCH', `/api/devices/${await idOf('shared-name')}`, { mqttUser: 'liwei' })).toBe(
      '409 DEVICE_TOPIC_TAKEN',
    );
  });

  it('gets a new key while the old one works on until its time, and not a moment longer', async () => {
    const first = await fixture.registerDevice('east', 'rotates', fixture.unitIds[0]);
    const id = await idOf('rotates');
    const works = async (key: string) => (await fixture.report(key, { lat: LAT, lon: LON })).status === 200;
    const previousKeyUntil = new Date(Date.now() + 2000).toISOString();
    const answer = await ask('POST', `/api/devices/${id}/key`, { previousKeyUntil });
    const rotated = answer.json<{ device: Device; key: string }>();
    expect([answer.statusCode, rotated.device.previousKeyUntil]).toEqual([201, previousKeyUntil]);
    expect([await works(first), await works(rotated.key)]).toEqual([true, true]);
    await expect.poll(() => works(first), { timeout: 5000, interval: 100 }).toBe(false);
    expect(Date.now()).toBeGreaterThanOrEqual(Date.parse(previousKeyUntil));
    expect(await works(rotated.key)).toBe(true);
    const last = (await ask('POST', `/api/devices/${id}/key`, {})).json<{ key: string }>();
    expect([await works(rotated.key), await works(last.key)]).toEqual([false, true]);
    expect((await auditActions('device.key_rotated')).map(({ detail }) => detail)).toEqual([
      { identifier: 'rotates', previousKeyUntil },
      { identifier: 'rotates', previousKeyUntil: null },
    ]);
    const hour = 3_600_000;
    for (const untilMs of [Date.now() - hour, Date.now() + 31 * 24 * hour]) {
      expect(
        await refusalOf('POST', `/api/devices/${id}/key`, {
          previousKeyUntil: new Date(untilMs).toISOString(),
        }),
      ).toBe('400 KEY_OVERLAP_REFUSED');
    }
  });

  it('keeps the one of its two keys that the administrator says', async () => {
    const first = await fixture.registerDevice('east', 'overlaps', fixture.unitIds[0]);
    const id = await idOf('overlaps');
    const works = async (key: string) => (await fixture.report(key, { lat: LAT, lon: LON })).status === 200;
    const rotate = async () => {
      const previousKeyUntil = new Date(Date.now() + 3_600_000).toISOString();
      return (await ask('POST', `/api/devices/${id}/key`, { previousKeyUntil })).json<{ key: string }>().key;
    };
    const end = (keep: string) => ask('POST', `/api/devices/${id}/key-overlap/end`, { keep });
    expect((await end('new')).statusCode).toBe(409);
    const second = await rotate();
    expect((await end('old')).json<Device>().previousKeyUntil).toBeNull();
    expect([await works(first), await works(second)]).toEqual([true, false]);
    const third = await rotate();
    expect((await end('new')).statusCode).toBe(200);
    expect([await works(first), await works(third)]).toEqual([false, true]);
    expect((await auditActions('device.key_overlap_ended')).map(({ detail }) => detail)).toEqual([
      { identifier: 'overlaps', keep: 'old' },
      { identifier: 'overlaps', keep: 'new' },
    ]);
  });

  it('is limited to its rate, and what is refused is counted', async () => {
    const key = await fixture.registerDevice('east', 'chatters', fixture.unitIds[1]);
    const id = await idOf('chatters');
    expect((await ask('PATCH', `/api/devices/${id}`, { messagesPerMinute: 3 })).statusCode).toBe(200);
    const statuses: number[] = [];
    for (let i = 0; i < 5; i++) statuses.push((await fixture.report(key, { lat: LAT, lon: LON })).status);
    expect(statuses).toEqual([200, 200, 200, 429, 429]);
    expect((await detailOf(id)).device).toMatchObject({
      messages: 5,
      accepted: 3,
      refused: 2,
      refusedByReason: { rate_limited: 2 },
    });
  });

  it('shows what it sent last, bounded, and says when that was looked at', async () => {
    const key = await fixture.registerDevice('east', 'talks', fixture.unitIds[1]);
    const id = await idOf('talks');
    expect((await detailOf(id)).lastMessage).toBeNull();
    await fixture.report(key, { lat: LAT, lon: LON, note: `\0${'x'.repeat(3000)}` });
    const { lastMessage } = await detailOf(id);
    expect(lastMessage?.protocol).toBe('osmand');
    expect(lastMessage?.text).toContain(`"lat":"${LAT}"`);
    expect(lastMessage?.text).toHaveLength(2000);
    expect((await auditActions('device.positions_read')).filter(({ subject }) => subject === `device:${id}`)).toEqual([
      { subject: `device:${id}`, detail: { identifier: 'talks', callSign: 'E-2' } },
    ]);
  });

  it('sums its refusals by reason over many times of storing', async () => {
    const key = await fixture.registerDevice('east', 'errs', fixture.unitIds[1]);
    const id = await idOf('errs');
    for (const fields of [
      { lat: 0, lon: 0 },
      { lat: LAT + 1, lon: LON },
      { lat: 0, lon: 0 },
      { lat: 'x', lon: LON },
    ]) {
      await fixture.report(key, fields);
      await detailOf(id);
    }
    expect((await detailOf(id)).device).toMatchObject({
      messages: 4,
      accepted: 0,
      refused: 4,
      refusedByReason: { null_island: 2, outside_bureau: 1, malformed: 1 },
    });
  });

  it('that is revoked is not changed any more, and starts anew when it is registered again', async () => {
    await fixture.registerDevice('east', 'ends', fixture.unitIds[1]);
    const id = await idOf('ends');
    await fixture.admin.inject({ method: 'DELETE', url: `/api/devices/${id}` });
    expect(await refusalOf('PATCH', `/api/devices/${id}`, { unitId: null })).toBe('409 DEVICE_REVOKED');
    expect(await refusalOf('POST', `/api/devices/${id}/key`, {})).toBe('409 DEVICE_REVOKED');
    await fixture.registerDevice('east', 'ends', null);
    expect((await detailOf(id)).device).toMatchObject({ revoked: false, messages: 0, refusedByReason: {} });
  });
});

describe('the list of devices', () => {
  const page = async (query: string) => (await ask('GET', `/api/devices?bureau=east&${query}`)).json<DeviceList>();
  const names = ({ devices }: DeviceList) => devices.map(({ identifier }) => identifier);

  it('is searched by identifier and call sign, sorted and cut into pages by the server', async () => {
    for (const name of ['page-b', 'Page-A', 'page_c', 'page-d']) await fixture.registerDevice('east', name, null);
    const all = await page('search=PAGE&limit=2');
    expect([all.total, all.devices.length]).toEqual([4, 2]);
    const second = await page('search=page&limit=2&offset=2');
    expect(new Set([...names(all), ...names(second)]).size).toBe(4);
    const down = await page('search=page&orderBy=identifier&descending=true');
    expect(names(down)).toEqual([...names(all), ...names(second)].reverse());
    // What the search holds is text, no pattern.
    expect(names(await page('search=page_'))).toEqual(['page_c']);
    expect((await page('search=e-4')).devices.every(({ callSign }) => callSign === 'E-4')).toBe(true);
    const refused = await page('orderBy=refused&descending=true');
    const counts = refused.devices.map((device) => device.refused);
    expect(counts).toEqual([...counts].sort((a, b) => b - a));
  });

  it('shows only those in a state', async () => {
    await fixture.registerDevice('east', 'quiet-one', fixture.unitIds[0]);
    expect(names(await page('search=quiet-one&state=silent'))).toEqual(['quiet-one']);
    expect(names(await page('search=quiet-one&state=unassigned'))).toEqual([]);
    expect(names(await page('search=quiet-one&state=refusing'))).toEqual([]);
    await fixture.admin.inject({ method: 'DELETE', url: `/api/devices/${await idOf('quiet-one')}` });
    expect(names(await page('search=quiet-one&state=active'))).toEqual([]);
    expect(names(await page('search=quiet-one&state=revoked'))).toEqual(['quiet-one']);
  });
});

describe('quarantine', () => {
  it('shows what was refused and why, newest first, and no more than 200', async () => {
    const key = await fixture.registerDevice('east', 'strays', fixture.unitIds[2]);
    const id = await idOf('strays');
    await fixture.report(key, { lat: 0, lon: 0, speed: 10 });
    await fixture.report(key, { lat: LAT, lon: LON, accuracy: 3000 });
    await fixture.report(key, { lat: LAT, lon: LON });
    await fixture.report(key, { lat: LAT, lon: LON + 0.04 });
    const fixes = await quarantineOf(id);
    expect(fixes.map(({ reason }) => reason)).toEqual(['impossible_speed', 'inaccurate', 'null_island']);
    expect(fixes[2]).toMatchObject({ lon: 0, lat: 0, accuracyMeters: null, fitsSystem: null });
    expect(fixes[0]).toMatchObject({ lon: LON + 0.04, lat: LAT });
    for (let batch = 0; batch < 5; batch++) {
      const items = Array.from({ length: 50 }, (_, i) => ({ time: Date.now() + i, lon: 1, lat: 1 }));
      await fetch(`${fixture.origin}/api/positions/${key}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(items),
      });
      expect((await quarantineOf(id)).length).toBe(Math.min(200, 3 + 50 * (batch + 1)));
    }
    expect((await fixture.trailOf(fixture.unitIds[2])).points.length).toBeLessThanOrEqual(1);
  });

  it('keeps the message it came in, also of a list, and gives both to spreadsheets without formulas', async () => {
    const key = await fixture.registerDevice('east', 'writes', fixture.unitIds[2]);
    const id = await idOf('writes');
    await fixture.report(key, { lat: 0, lon: 0, note: '<b>=1+1</b>' });
    const [fix] = await quarantineOf(id);
    expect([fix.protocol, fix.raw]).toEqual(['osmand', '{"lat":"0","lon":"0","note":"<b>=1+1</b>"}']);
    const answer = await fixture.admin.inject({ url: `/api/devices/${id}/quarantine.csv` });
    expect(answer.headers['content-disposition']).toContain('writes-quarantine.csv');
    expect(answer.body.split('\r\n')[1]).toContain('null_island');
    expect(answer.body).toContain('""note"":""<b>=1+1</b>""');
  });

  it('tells a dispatcher how many of a unit were refused and why, never where', async () => {
    const key = await fixture.registerDevice('east', 'refused', fixture.unitIds[3]);
    const deviceId = await idOf('refused');
    for (let i = 0; i < 3; i++) await fixture.report(key, { lat: 0, lon: 0 });
    await quarantineOf(deviceId);
    const url = `/api/units/${fixture.unitIds[3]}/refusals`;
    const dispatcher = await fixture.test.signInAs('dispatcher', 'east');
    const told = (await dispatcher.inject({ url })).json<UnitRefusals>();
    expect(told.refusals.filter((refusal) => refusal.deviceId === deviceId)).toMatchObject([
      { reason: 'null_island', count: 3 },
    ]);
    expect(Object.keys(told.refusals[0]).sort()).toEqual(['count', 'deviceId', 'lastAt', 'reason']);
  });

  it('is shown to those who keep the devices, and to nobody else', async () => {
    const url = `/api/devices/${await idOf('phone-e1')}/quarantine`;
    const statusFor = async (role: 'dispatcher' | 'auditor', bureau: string) =>
      (await (await fixture.test.signInAs(role, bureau)).inject({ url })).statusCode;
    expect(await statusFor('auditor', 'east')).toBe(200);
    expect(await statusFor('dispatcher', 'east')).toBe(403);
    expect(await statusFor('auditor', 'west')).toBe(404);
  });
});

describe('a declared coordinate system', () => {
  it('converts what the device sends', async () => {
    const key = await fixture.registerDevice('east', 'shifted', fixture.unitIds[2]);
    await ask('PATCH', `/api/devices/${await idOf('shifted')}`, { coordinateSystem: 'GCJ02' });
    // GCJ-02 of 104.04, 30.64 is about 300 m to the south-east of it.
    expect((await fixture.report(key, { lat: LAT - 0.0024, lon: LON + 0.0025, status: 'standby' })).outcomes).toEqual([
      'live',
    ]);
    await expect
      .poll(async () => (await fixture.trailOf(fixture.unitIds[2])).points.at(-1)?.[0], { timeout: 5000 })
      .toBeCloseTo(LON, 3);
  });
});

describe('a system that was not declared', () => {
  it('is suspected once enough places fit the bureau only under it, and forgotten when it is declared', async () => {
    const key = await fixture.registerDevice('east', 'undeclared', fixture.unitIds[1]);
    const id = await idOf('undeclared');
    // Along the eastern border, as GCJ-02 has it: 240 m inside the bureau, as WGS 84 100 m outside.
    const items = Array.from({ length: 25 }, (_, i) => ({
      time: Date.now() - (100 - i) * 60_000,
      lon: LON + 0.05 - 0.0015 + 0.0025,
      lat: LAT - 0.03 + i * 0.002,
    }));
    await fetch(`${fixture.origin}/api/positions/${key}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(items),
    });
    expect((await detailOf(id)).device).toMatchObject({ accepted: 25, suspectedSystem: 'GCJ02' });
    const changed = await ask('PATCH', `/api/devices/${id}`, { coordinateSystem: 'GCJ02' });
    expect(changed.json<Device>()).toMatchObject({ coordinateSystem: 'GCJ02', suspectedSystem: null });
  });
});

describe('position settings', () => {
  const url = '/api/position-settings?bureau=west';

  it('are the defaults, reach roster and gate when they are changed, and are audited', async () => {
    const before = (await ask('GET', url)).json<PositionSettingsWithDefaults>();
    expect(before.defaults.kinds).toEqual(before.kinds);
    expect(before.kinds.foot).toEqual(POSITION_LIMITS.foot);
    const report = () => fixture.report(fixture.keys.w1, { lat: LAT, lon: LON, accuracy: 60 });
    expect((await report()).outcomes).toEqual(['live']);
    const change = { maxAccuracyMeters: 50, kinds: { foot: { ageThresholdsSeconds: [60, 180, 900] } } };
    const answer = await ask('PATCH', url, change);
    const changed = answer.json<PositionSettingsWithDefaults>();
    expect([answer.statusCode, changed.maxAccuracyMeters]).toEqual([200, 50]);
    expect(changed.kinds.foot.maxSpeedKmh).toBe(POSITION_LIMITS.foot.maxSpeedKmh);
    expect((await report()).outcomes).toEqual(['inaccurate']);
    const roster = (await ask('GET', '/api/units?bureau=west')).json<Roster>();
    expect(roster.ageThresholdsSeconds.foot).toEqual([60, 180, 900]);
    expect(roster.ageThresholdsSeconds.car).toEqual(POSITION_LIMITS.car.ageThresholdsSeconds);
    expect((await ask('GET', '/api/units?bureau=east')).json<Roster>().ageThresholdsSeconds.foot).toEqual(
      POSITION_LIMITS.foot.ageThresholdsSeconds,
    );
    expect((await auditActions('position_settings.changed')).map(({ detail }) => detail)).toEqual([{ change }]);
    const reset = await fixture.admin.inject({ method: 'DELETE', url });
    expect(reset.json()).toEqual(before);
    expect((await report()).outcomes).not.toEqual(['inaccurate']);
    expect((await auditActions('position_settings.reset')).map(({ detail }) => detail)).toEqual([{ before: change }]);
  });

  it('move the border of what is believed, and the frame grows with it', async () => {
    // Some 2 km east of the bureau.
    const far = () => fixture.report(fixture.keys.w1, { lat: LAT, lon: LON + 0.07, timestamp: Date.now() });
    expect((await far()).outcomes).toEqual(['outside_bureau']);
    const bounds = async () => (await ask('GET', '/api/units?bureau=west')).json<Roster>().frameBounds;
    const before = await bounds();
    expect((await ask('PATCH', url, { marginMeters: 20_000 })).statusCode).toBe(200);
    // Only a border is in its way now.
    expect((await far()).outcomes).not.toEqual(['outside_bureau']);
    expect((await bounds())[2]).toBeGreaterThan(before[2]);
    await fixture.admin.inject({ method: 'DELETE', url });
  });

  it('refuses ages that do not follow one another, unknown kinds and limits beyond reason', async () => {
    const codeOf = async (change: object) => refusalOf('PATCH', url, change);
    expect(await codeOf({ kinds: { car: { ageThresholdsSeconds: [60, 30, 900] } } })).toBe(
      '400 POSITION_AGES_DISORDERED',
    );
    expect(await codeOf({ kinds: { horse: { maxSpeedKmh: 50 } } })).toBe('400 INVALID_FIELD');
    expect(await codeOf({ kinds: { car: { maxSpeedKmh: 5 } } })).toBe('400 INVALID_FIELD');
    expect(await codeOf({ marginMeters: 20_001 })).toBe('400 INVALID_FIELD');
  });
});
