import { describe, expect, it } from 'vitest';
import type { NewQuarantinedFix } from './quarantine.repository.ts';
import { createQuarantine } from './quarantine.ts';
import { fixAt, NOW_MS, testDevice } from './testing/gate-fixture.ts';

function setUp() {
  const stored: NewQuarantinedFix[] = [];
  const database = { away: false };
  const quarantine = createQuarantine({
    insert: async (fixes) => {
      if (database.away) throw new Error('away');
      stored.push(...fixes);
    },
  });
  const add = (deviceId: number, second: number) =>
    quarantine.add(testDevice({ id: deviceId }), fixAt(-second), 1, 2, 'outside_bureau', null, NOW_MS);
  return { quarantine, stored, database, add };
}

describe('quarantine', () => {
  it('keeps the newest of a device that sends nothing but nonsense', async () => {
    const { quarantine, stored, add } = setUp();
    for (let second = 0; second < 1000; second++) add(1, second);
    add(2, 0);
    await quarantine.flush();
    expect(stored.filter(({ deviceId }) => deviceId === 1)).toHaveLength(50);
    expect(stored.filter(({ deviceId }) => deviceId === 2)).toHaveLength(1);
    expect(stored[49].fixedAt).toBe(new Date(NOW_MS + 999_000).toISOString());
  });

  it('waits, bounded, while the database is away, and stores once when it is back', async () => {
    const { quarantine, stored, database, add } = setUp();
    database.away = true;
    for (let device = 0; device < 1000; device++) for (let second = 0; second < 30; second++) add(device, second);
    await expect(quarantine.flush()).rejects.toThrow('away');
    database.away = false;
    await quarantine.flush();
    expect(stored).toHaveLength(20_000);
    await quarantine.flush();
    expect(stored).toHaveLength(20_000);
  });

  it('brings no number to the database that it cannot hold', async () => {
    const { quarantine, stored } = setUp();
    const fix = fixAt(0, { fixedAtMs: -1e20, speedKmh: 1e-300, accuracyMeters: 1e300 });
    quarantine.add(testDevice(), fix, Number.POSITIVE_INFINITY, Number.NaN, 'too_old', null, NOW_MS);
    await quarantine.flush();
    expect(stored).toMatchObject([{ lon: null, lat: null, fixedAt: null, speedKmh: 0, accuracyMeters: null }]);
  });
});
