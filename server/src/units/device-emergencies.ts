import type { Fix } from './device-adapter.ts';
import { createEmergencyWatch, type EmergencyChange } from './emergency-watch.ts';
import type { LivePositions } from './live-positions.ts';
import type { FixOutcome } from './position-ingest.ts';
import type { RegisteredDevice } from './registered-device.ts';
import type { UnitEmergency } from './unit-signals.ts';

const MISDATED: ReadonlySet<FixOutcome> = new Set(['in_the_future', 'too_old']);

interface DeviceEmergenciesDeps {
  positions: Pick<LivePositions, 'placeOf'>;
  tell: (emergency: UnitEmergency) => void;
}

export interface DeviceEmergencies {
  /** A fix of a protocol whose fixes say whether the button is pressed. */
  noteFix(device: RegisteredDevice, fix: Fix, outcome: FixOutcome, nowMs: number): void;
  /** A change that a protocol's own watch has found. */
  tellChange(device: RegisteredDevice, change: NonNullable<EmergencyChange>, atMs: number): void;
}

/** Emergency buttons, whatever the protocol: told once when pressed and once when released, with the unit's place. */
export function createDeviceEmergencies({ positions, tell }: DeviceEmergenciesDeps): DeviceEmergencies {
  const watch = createEmergencyWatch();

  function tellChange(device: RegisteredDevice, change: NonNullable<EmergencyChange>, atMs: number): void {
    const { id: deviceId, bureauId, unitId } = device;
    const place = unitId === null ? undefined : positions.placeOf(bureauId, unitId);
    tell({ bureauId, deviceId, unitId, change, atMs, place });
  }

  return {
    noteFix(device, { sos, fixedAtMs }, outcome, nowMs) {
      // Nearly no device ever presses: the others cost one look.
      if (!sos && !watch.knows(device.id)) return;
      // A time that was not believed must not stand in the way of later ones.
      const atMs = MISDATED.has(outcome) || Number.isNaN(fixedAtMs) ? nowMs : fixedAtMs;
      const change = watch.note(device.id, sos, atMs);
      if (change !== undefined)
        tellChange(device, change === 'raised' && outcome === 'late' ? 'raised_late' : change, atMs);
    },
    tellChange,
  };
}
