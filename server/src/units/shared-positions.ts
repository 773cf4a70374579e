import type { SharedRowsUser } from '../platform/index.ts';
import { createFix } from './device-adapter.ts';
import type { DeviceRegistry, RegisteredDevice } from './device-registry.ts';
import type { LivePositions } from './live-positions.ts';
import { readSharedRow, SHARED_ROW_BYTES, type SharedRow, writeSharedRow } from './shared-row.ts';

export interface SharedPositions extends SharedRowsUser {
  /** A fix of this device was believed here. On the path of every fix: one entry of a set. */
  note: (device: RegisteredDevice) => void;
}

/**
 * Live positions among the processes of an installation: where each device was last believed, by any of them. The newer fix wins, in
 * whatever order rows arrive, so all processes come to the same picture; the gate of each knows where the device was, wherever it reported.
 */
export function createSharedPositions(
  positions: LivePositions,
  registry: Pick<DeviceRegistry, 'byId' | 'all'>,
): SharedPositions {
  const changed = new Set<RegisteredDevice>();
  const fix = createFix();
  const row: SharedRow = {
    deviceId: 0,
    bureauId: 0,
    unitId: 0,
    fixedAtMs: 0,
    lon: 0,
    lat: 0,
    speedKmh: 0,
    headingDegrees: 0,
    accuracyMeters: 0,
    statusCode: -1,
  };

  /** Speed, heading and status are kept of units only: known as long as the unit's newest fix is this device's. */
  function fill({ id, bureauId, unitId, last }: RegisteredDevice): void {
    const slot = unitId === null ? -1 : positions.slotOf(bureauId, unitId);
    const isNewest = slot >= 0 && positions.fixedAtMs(bureauId, slot) === last.fixedAtMs;
    row.deviceId = id;
    row.bureauId = bureauId;
    row.unitId = unitId ?? 0;
    row.fixedAtMs = last.fixedAtMs;
    row.lon = last.lon;
    row.lat = last.lat;
    row.accuracyMeters = last.accuracyMeters;
    row.speedKmh = isNewest ? positions.speedKmh(bureauId, slot) : Number.NaN;
    row.headingDegrees = isNewest ? positions.headingDegrees(bureauId, slot) : Number.NaN;
    row.statusCode = isNewest ? positions.statusCode(bureauId, slot) : -1;
  }

  function adoptRow(): void {
    const { bureauId, unitId } = row;
    const last = registry.byId(row.deviceId)?.last;
    if (last !== undefined && !(row.fixedAtMs <= last.fixedAtMs)) {
      last.fixedAtMs = row.fixedAtMs;
      last.lon = row.lon;
      last.lat = row.lat;
      last.accuracyMeters = row.accuracyMeters;
    }
    const slot = positions.slotOf(bureauId, unitId);
    if (slot < 0 || row.fixedAtMs <= positions.fixedAtMs(bureauId, slot)) return;
    fix.fixedAtMs = row.fixedAtMs;
    fix.lon = row.lon;
    fix.lat = row.lat;
    fix.speedKmh = row.speedKmh;
    fix.headingDegrees = row.headingDegrees;
    fix.accuracyMeters = row.accuracyMeters;
    fix.statusCode = row.statusCode;
    positions.write(bureauId, slot, fix);
  }

  return {
    rowBytes: SHARED_ROW_BYTES,
    note: (device) => void changed.add(device),
    takeChanged() {
      const rows = Buffer.allocUnsafe(changed.size * SHARED_ROW_BYTES);
      let at = 0;
      for (const device of changed) {
        fill(device);
        writeSharedRow(rows, at, row);
        at += SHARED_ROW_BYTES;
      }
      changed.clear();
      return rows;
    },
    tellEverything() {
      for (const device of registry.all()) if (!Number.isNaN(device.last.fixedAtMs)) changed.add(device);
    },
    adopt(rows) {
      for (let at = 0; at < rows.length; at += SHARED_ROW_BYTES) {
        readSharedRow(rows, at, row);
        // A message of a fault must not put a unit where nobody is.
        if (Number.isFinite(row.fixedAtMs) && Number.isFinite(row.lon) && Number.isFinite(row.lat)) adoptRow();
      }
    },
  };
}
