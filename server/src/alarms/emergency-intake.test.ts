import { describe, expect, it } from 'vitest';
import type { Db } from '../platform/index.ts';
import { createEmergencyIntake } from './emergency-intake.ts';

/** As many as wait before the oldest is given up. */
const MOST_WAITING = 5000;

describe('the intake of emergencies', () => {
  it('loses none that waits when the one being stored is given up meanwhile', async () => {
    const firstStored = Promise.withResolvers<void>();
    let stored = 0;
    // Holds the first transaction; what is in them does not matter.
    const execute = () => (stored++ === 0 ? firstStored.promise : Promise.resolve());
    const raised: string[] = [];
    const intake = createEmergencyIntake({
      db: { transaction: () => ({ execute }) } as unknown as Db,
      now: () => new Date(0),
      log: { error: () => {} },
      countRaised: (kind) => raised.push(kind),
    });
    for (let deviceId = 1; deviceId <= MOST_WAITING + 1; deviceId++)
      intake.take({ bureauId: 1, deviceId, unitId: null, change: 'raised', atMs: deviceId, place: undefined });
    firstStored.resolve();
    await intake.stop();
    expect(raised).toHaveLength(MOST_WAITING + 1);
  });
});
