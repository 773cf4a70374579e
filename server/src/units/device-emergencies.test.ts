import { describe, expect, it } from 'vitest';
import { createFix } from './device-adapter.ts';
import { createDeviceEmergencies } from './device-emergencies.ts';
import type { FixOutcome } from './position-ingest.ts';
import { createRegisteredDevice } from './registered-device.ts';
import type { UnitEmergency } from './unit-signals.ts';

const NOW_MS = Date.UTC(2026, 10, 24, 4);
const device = createRegisteredDevice({ id: 7, bureauId: 1, identifier: 'phone', unitId: 3 });
const place = { lon: 104, lat: 30, fixedAtMs: NOW_MS };

function watch() {
  const told: UnitEmergency[] = [];
  const emergencies = createDeviceEmergencies({
    positions: { placeOf: (_bureauId, unitId) => (unitId === 3 ? place : undefined) },
    tell: (emergency) => told.push(emergency),
  });
  return {
    told,
    note: (seconds: number, sos: boolean, outcome: FixOutcome = 'live') =>
      emergencies.noteFix(device, { ...createFix(), sos, fixedAtMs: NOW_MS + seconds * 1000 }, outcome, NOW_MS),
  };
}

describe('an emergency button', () => {
  it('is told when it is pressed and when it is released, with the place of the unit', () => {
    const { told, note } = watch();
    for (const [second, sos] of [false, true, true, false, false, true].entries()) note(second, sos);
    expect(told.map(({ change, atMs }) => [change, (atMs - NOW_MS) / 1000])).toEqual([
      ['raised', 1],
      ['cleared', 3],
      ['raised', 5],
    ]);
    expect(told[0]).toMatchObject({ bureauId: 1, deviceId: 7, unitId: 3, place });
  });

  it('is told as late when its fix is older than what is known', () => {
    const { told, note } = watch();
    note(-600, true, 'late');
    expect(told.map(({ change }) => change)).toEqual(['raised_late']);
  });

  it('counts whatever became of the fix; a time that was not believed does not keep it pressed', () => {
    const { told, note } = watch();
    note(1, true, 'null_island');
    note(2, false);
    note(86_400_000, true, 'in_the_future');
    note(3, false);
    expect(told.map(({ change }) => change)).toEqual(['raised', 'cleared', 'raised_late']);
  });
});
