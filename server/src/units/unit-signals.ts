import type { Fix } from './device-adapter.ts';
import type { EmergencyChange } from './emergency-watch.ts';
import type { RegisteredDevice } from './registered-device.ts';

export interface UnitEmergency {
  bureauId: number;
  deviceId: number;
  unitId: number | null;
  change: NonNullable<EmergencyChange>;
  /** When the device says it was. */
  atMs: number;
  /** Where the unit was known to be then. */
  place: { lon: number; lat: number; fixedAtMs: number } | undefined;
}

type FixListener = (
  bureauId: number,
  unitId: number,
  lon: number,
  lat: number,
  fixedAtMs: number,
  accuracyMeters: number,
) => void;
type EmergencyListener = (emergency: UnitEmergency) => void;

/** What other modules hear of the units of this process's devices, as it happens. Listeners must be quick: they stand on the way of positions. */
export interface UnitSignals {
  /** Every fix that moved a unit; late ones do not. */
  onFix(listener: FixListener): void;
  onEmergency(listener: EmergencyListener): void;
  tellFix(device: RegisteredDevice, fix: Fix): void;
  tellEmergency(emergency: UnitEmergency): void;
}

export function createUnitSignals(): UnitSignals {
  const fixListeners: FixListener[] = [];
  const emergencyListeners: EmergencyListener[] = [];
  return {
    onFix: (listener) => void fixListeners.push(listener),
    onEmergency: (listener) => void emergencyListeners.push(listener),
    tellFix({ bureauId, unitId }, { lon, lat, fixedAtMs, accuracyMeters }) {
      if (unitId !== null)
        for (const listener of fixListeners) listener(bureauId, unitId, lon, lat, fixedAtMs, accuracyMeters);
    },
    tellEmergency(emergency) {
      for (const listener of emergencyListeners) listener(emergency);
    },
  };
}
