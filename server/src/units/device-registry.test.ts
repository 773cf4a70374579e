import { describe, expect, it } from 'vitest';
import { createDeviceRegistry, hashDeviceKey } from './device-registry.ts';
import type { ActiveDevice, DeviceCounts } from './devices.repository.ts';
import { countRefusal, type RegisteredDevice } from './registered-device.ts';

const row = (change: Partial<ActiveDevice> = {}): ActiveDevice => ({
  id: 1,
  bureauId: 1,
  identifier: 'phone',
  unitId: 11,
  coordinateSystem: 'WGS84',
  suspectedSystem: null,
  checksSpeed: true,
  messagesPerMinute: null,
  keyHash: hashDeviceKey('new'),
  previousKeyHash: hashDeviceKey('old'),
  previousKeyUntil: new Date(10_000),
  mqttUser: 'liwei',
  ...change,
});

async function setUp() {
  const database = { rows: [row()], away: false, stored: [] as DeviceCounts[] };
  const clock = { nowMs: 0 };
  const registry = createDeviceRegistry(
    {
      active: async () => database.rows,
      addCounts: async (counts) => {
        if (database.away) throw new Error('away');
        database.stored.push(...counts);
      },
    },
    () => new Date(clock.nowMs),
  );
  await registry.reload();
  return { registry, database, clock };
}

describe('device registry', () => {
  it('knows a device by its key, by the key before it until its time, by its identifier and by its topic', async () => {
    const { registry, clock } = await setUp();
    const device = registry.find('new');
    expect(device).toMatchObject({ id: 1, unitId: 11 });
    expect(registry.find('old')).toBe(device);
    expect(registry.findByIdentifier(1, 'phone')).toBe(device);
    expect(registry.findByTopic('liwei', 'phone')).toBe(device);
    clock.nowMs = 10_000;
    expect([registry.find('old'), registry.find('wrong')]).toEqual([undefined, undefined]);
    expect(registry.find('new')).toBe(device);
    expect([registry.findByIdentifier(2, 'phone'), registry.findByTopic('other', 'phone')]).toEqual([
      undefined,
      undefined,
    ]);
  });

  it('takes over what changed, and keeps what is known of a device unless its coordinate system changed', async () => {
    const { registry, database } = await setUp();
    const device = registry.find('new') as RegisteredDevice;
    Object.assign(device, { suspectedSystem: 'GCJ02', accepted: 5 });
    device.last.fixedAtMs = 1;
    database.rows = [row({ unitId: 12, messagesPerMinute: 5 })];
    await registry.reload();
    expect(registry.find('new')).toBe(device);
    expect(device).toMatchObject({ unitId: 12, messagesPerMinute: 5, accepted: 5, suspectedSystem: 'GCJ02' });
    database.rows = [row({ coordinateSystem: 'GCJ02' })];
    await registry.reload();
    expect(device.suspectedSystem).toBeNull();
    expect(device.last.fixedAtMs).toBeNaN();
    database.rows = [];
    await registry.reload();
    expect(registry.find('new')).toBeUndefined();
  });

  it('loses no count when the database is away, and counts nothing twice', async () => {
    const { registry, database } = await setUp();
    const hear = (reason: string) => {
      const device = registry.find('new') as RegisteredDevice;
      device.lastSeenMs = 5;
      device.messages++;
      device.lastMessage = { protocol: 'json', raw: { reason, text: 'a\0b\ud800' } };
      countRefusal(device, reason);
    };
    hear('too_old');
    database.away = true;
    await expect(registry.flushCounts()).rejects.toThrow('away');
    hear('too_old');
    hear('not_valid');
    database.away = false;
    await registry.flushCounts();
    await registry.flushCounts();
    expect(database.stored).toMatchObject([
      { messages: 3, refused: 3, refusedByReason: { too_old: 2, not_valid: 1 }, lastProtocol: 'json' },
    ]);
    expect(database.stored[0].lastMessage).toBe('{"reason":"not_valid","text":"a\\u0000b\\ud800"}');
  });

  it('writes what was said as text that PostgreSQL holds', async () => {
    const { registry, database } = await setUp();
    const device = registry.find('new') as RegisteredDevice;
    device.lastSeenMs = 5;
    device.lastMessage = { protocol: 'osmand', raw: `\0\ud800${'x'.repeat(3000)}` };
    await registry.flushCounts();
    expect(database.stored[0].lastMessage).toBe(`\ufffd\ufffd${'x'.repeat(1998)}`);
  });
});
