import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createUnitsFixture, LAT, LON, SOON, type UnitsFixture } from './testing/units-fixture.ts';

let fixture: UnitsFixture;
beforeAll(async () => {
  fixture = await createUnitsFixture();
});
afterAll(() => fixture.test.close());

describe('what is refused', () => {
  it('refuses with 4xx what a device has to mend', async () => {
    expect(await fixture.report('no-such-key', { lat: LAT, lon: LON })).toMatchObject({
      status: 401,
      code: 'DEVICE_KEY_UNKNOWN',
    });
    expect(await fixture.report(fixture.keys.e1, { id: 'phone-e2', lat: LAT, lon: LON })).toMatchObject({
      status: 403,
      code: 'DEVICE_IDENTIFIER_MISMATCH',
    });
    expect(await fixture.report(fixture.keys.e1, { lat: 'here', lon: LON })).toMatchObject({
      status: 400,
      code: 'DEVICE_MESSAGE_MALFORMED',
    });
    const broken = await fetch(`${fixture.origin}/api/osmand/${fixture.keys.e1}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{',
    });
    expect([broken.status, ((await broken.json()) as { error: { code: string } }).error.code]).toEqual([
      400,
      'DEVICE_MESSAGE_MALFORMED',
    ]);
  });

  it('answers 200 to a position it does not believe, so that phones do not send it forever', async () => {
    const outcomeOf = async (fields: Record<string, string | number>) =>
      (await fixture.report(fixture.keys.e4, fields)).outcomes[0];
    expect(await outcomeOf({ lat: 0, lon: 0 })).toBe('null_island');
    expect(await outcomeOf({ lat: LAT + 1, lon: LON })).toBe('outside_bureau');
    expect(await outcomeOf({ lat: LAT, lon: LON, timestamp: Date.now() + 3_600_000 })).toBe('in_the_future');
    await expect
      .poll(async () => (await fixture.devicesOf('east')).find(({ identifier }) => identifier === 'phone-e4'), SOON)
      .toMatchObject({ accepted: 0, refused: 3, callSign: 'E-4', lastSeenAt: expect.any(String) as string });
  });

  it('stops a revoked device at once, and gives its identifier a new key', async () => {
    const key = await fixture.registerDevice('east', 'lost-phone', fixture.unitIds[3]);
    expect((await fixture.report(key, { lat: LAT, lon: LON })).status).toBe(200);
    const taken = await fixture.admin.inject({
      method: 'POST',
      url: '/api/devices?bureau=east',
      payload: { identifier: 'lost-phone', unitId: null },
    });
    expect([taken.statusCode, taken.json<{ error: { code: string } }>().error.code]).toEqual([
      409,
      'DEVICE_IDENTIFIER_TAKEN',
    ]);
    const { id } = (await fixture.devicesOf('east')).find(({ identifier }) => identifier === 'lost-phone') ?? { id: 0 };
    expect((await fixture.admin.inject({ method: 'DELETE', url: `/api/devices/${id}` })).statusCode).toBe(204);
    expect((await fixture.report(key, { lat: LAT, lon: LON })).status).toBe(401);
    const newKey = await fixture.registerDevice('east', 'lost-phone', fixture.unitIds[3]);
    expect(newKey).not.toBe(key);
    expect((await fixture.report(newKey, { lat: LAT, lon: LON })).status).toBe(200);
  });

  it('gives no device a unit of another bureau', async () => {
    const answer = await fixture.admin.inject({
      method: 'POST',
      url: '/api/devices?bureau=west',
      payload: { identifier: 'x', unitId: fixture.unitIds[0] },
    });
    expect([answer.statusCode, answer.json<{ error: { code: string } }>().error.code]).toEqual([400, 'UNIT_UNKNOWN']);
  });
});
