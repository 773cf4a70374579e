import { hash } from 'node:crypto';
import type { DeviceCounts, DevicesRepository } from './devices.repository.ts';

/** A device that may report, and what it has reported since the counts were last stored. */
export interface RegisteredDevice {
  id: number;
  bureauId: number;
  identifier: string;
  unitId: number | null;
  accepted: number;
  refused: number;
  lastSeenMs: number;
}

export interface DeviceRegistry {
  /** The device of a key; undefined for an unknown or revoked one. Never asks the database: guessing costs nothing but a hash. */
  find(key: string): RegisteredDevice | undefined;
  /** Takes over what changed in the database: keys made or revoked elsewhere count after the next reload. */
  reload(): Promise<void>;
  /** Stores the counts in one statement. */
  flushCounts(): Promise<void>;
}

export const hashDeviceKey = (key: string): Buffer => hash('sha256', key, 'buffer');

export function createDeviceRegistry(devices: Pick<DevicesRepository, 'active' | 'addCounts'>): DeviceRegistry {
  let byKeyHash = new Map<string, RegisteredDevice>();
  /** Devices with counts that are not stored yet; also holds devices that left the map since. */
  const counted = new Set<RegisteredDevice>();
  let loading = Promise.resolve();

  async function load(): Promise<void> {
    const rows = await devices.active();
    const known = new Map([...byKeyHash.values()].map((device) => [device.id, device]));
    byKeyHash = new Map(
      rows.map(({ keyHash, id, bureauId, identifier, unitId }) => {
        const device = known.get(id) ?? { id, bureauId, identifier, unitId, accepted: 0, refused: 0, lastSeenMs: 0 };
        device.identifier = identifier;
        device.unitId = unitId;
        return [keyHash.toString('base64'), device];
      }),
    );
  }

  return {
    find(key) {
      const device = byKeyHash.get(hash('sha256', key, 'base64'));
      if (device !== undefined) counted.add(device);
      return device;
    },
    reload() {
      // One after another: an older answer must not overwrite a newer one.
      loading = loading.then(load, load);
      return loading;
    },
    async flushCounts() {
      const counts: DeviceCounts[] = [];
      const stored = [...counted];
      counted.clear();
      for (const { id, accepted, refused, lastSeenMs } of stored) {
        if (lastSeenMs > 0) counts.push({ id, accepted, refused, lastSeenMs });
      }
      if (counts.length === 0) return;
      try {
        await devices.addCounts(counts);
      } catch (cause) {
        for (const device of stored) counted.add(device);
        throw cause;
      }
      // What came in while it was stored stays for the next time.
      const countOf = new Map(counts.map((count) => [count.id, count]));
      for (const device of stored) {
        device.accepted -= countOf.get(device.id)?.accepted ?? 0;
        device.refused -= countOf.get(device.id)?.refused ?? 0;
        if (device.accepted + device.refused > 0) counted.add(device);
      }
    },
  };
}
