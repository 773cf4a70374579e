import type { DeviceCoordinateSystem, FixRefusal } from '@xunfang/geo-data/contract';
import type { Fix } from './device-adapter.ts';
import type { NewQuarantinedFix, QuarantineRepository } from './quarantine.repository.ts';
import { messageText } from './message-text.ts';
import { countRefusal, type RegisteredDevice } from './registered-device.ts';

export interface Quarantine {
  /** Keeps a fix that was not believed, as it was sent, and counts it. Beside the hot path: nothing is awaited. */
  add(
    device: RegisteredDevice,
    fix: Fix,
    sentLon: number,
    sentLat: number,
    reason: FixRefusal,
    fitsSystem: DeviceCoordinateSystem | null,
    nowMs: number,
  ): void;
  /** Stores what is waiting; what a failure left waits on. */
  flush(): Promise<void>;
}

/** A device that sends nothing but nonsense fills its own place, not the others'. */
const WAITING_PER_DEVICE = 50;
const WAITING = 20_000;
const RAW_CHARACTERS = 500;
/** PostgreSQL's calendar and JavaScript's both hold these. */
const FIRST_MS = Date.UTC(1970, 0, 1);
const LAST_MS = Date.UTC(9999, 0, 1);

export function createQuarantine(repository: Pick<QuarantineRepository, 'insert'>): Quarantine {
  let waiting = new Map<number, NewQuarantinedFix[]>();
  let waitingRows = 0;
  let flushing = Promise.resolve();

  async function write(): Promise<void> {
    if (waitingRows === 0) return;
    const taken = waiting;
    waiting = new Map();
    waitingRows = 0;
    try {
      await repository.insert([...taken.values()].flat());
    } catch (cause) {
      // Newer ones have the better right to the place that is left.
      for (const [deviceId, fixes] of taken) if (!waiting.has(deviceId)) waiting.set(deviceId, fixes);
      waitingRows = [...waiting.values()].reduce((sum, { length }) => sum + length, 0);
      throw cause;
    }
  }

  return {
    add(device, fix, sentLon, sentLat, reason, fitsSystem, nowMs) {
      countRefusal(device, reason);
      const ofDevice = waiting.get(device.id) ?? [];
      if (ofDevice.length >= WAITING_PER_DEVICE) {
        ofDevice.shift();
        waitingRows--;
      } else if (waitingRows >= WAITING) return;
      waiting.set(device.id, ofDevice);
      ofDevice.push(rowOf(device, fix, sentLon, sentLat, reason, fitsSystem, nowMs));
      waitingRows++;
    },
    flush() {
      flushing = flushing.then(write, write);
      return flushing;
    },
  };
}

function rowOf(
  { id, bureauId, unitId, lastMessage }: RegisteredDevice,
  { fixedAtMs, speedKmh, headingDegrees, accuracyMeters }: Fix,
  lon: number,
  lat: number,
  reason: FixRefusal,
  fitsSystem: DeviceCoordinateSystem | null,
  nowMs: number,
): NewQuarantinedFix {
  return {
    bureauId,
    deviceId: id,
    unitId,
    reason,
    receivedAt: new Date(nowMs).toISOString(),
    fixedAt: fixedAtMs >= FIRST_MS && fixedAtMs < LAST_MS ? new Date(fixedAtMs).toISOString() : null,
    lon: finite(lon),
    lat: finite(lat),
    speedKmh: finite(speedKmh),
    headingDegrees: finite(headingDegrees),
    accuracyMeters: finite(accuracyMeters),
    fitsSystem,
    protocol: lastMessage?.protocol ?? null,
    // Written out at once: what it came in may be filled with the next message.
    raw: lastMessage === null ? null : messageText(lastMessage.raw, RAW_CHARACTERS),
  };
}

/** What fits a `real` of PostgreSQL; neither too large nor, nearer to nothing than it can say, too small. */
function finite(value: number): number | null {
  if (!(Math.abs(value) < 1e30)) return null;
  return Math.abs(value) < 1e-30 ? 0 : value;
}
