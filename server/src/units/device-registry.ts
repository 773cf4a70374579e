import { hash } from 'node:crypto';
import type { ActiveDevice, DeviceCounts, DevicesRepository } from './devices.repository.ts';
import { messageText } from './message-text.ts';
import { countRefusal, createRegisteredDevice, type RegisteredDevice, updateDevice } from './registered-device.ts';

export type { RegisteredDevice } from './registered-device.ts';

export interface DeviceRegistry {
  /** The device of a key; undefined for an unknown, ended or revoked one. Never asks the database: guessing costs nothing but a hash. */
  find(key: string): RegisteredDevice | undefined;
  /** The device a gateway of the bureau names. */
  findByIdentifier(bureauId: number, identifier: string): RegisteredDevice | undefined;
  /** The device of an MQTT user, marked as trusted to its broker. */
  findByTopic(mqttUser: string, identifier: string): RegisteredDevice | undefined;
  /** Takes over what changed in the database: keys made or revoked elsewhere count after the next reload. */
  reload(): Promise<void>;
  /** Stores the counts in one statement. */
  flushCounts(): Promise<void>;
}

interface Key {
  device: RegisteredDevice;
  untilMs: number;
}
interface Directory {
  byKeyHash: Map<string, Key>;
  byIdentifier: Map<number, Map<string, RegisteredDevice>>;
  byTopic: Map<string, RegisteredDevice>;
}

const LAST_MESSAGE_CHARACTERS = 2000;

export const hashDeviceKey = (key: string): Buffer => hash('sha256', key, 'buffer');

export function createDeviceRegistry(
  devices: Pick<DevicesRepository, 'active' | 'addCounts'>,
  now: () => Date = () => new Date(),
): DeviceRegistry {
  let known = new Map<number, RegisteredDevice>();
  let directory = createDirectory([], known);
  /** Devices with counts that are not stored yet; also holds devices that were revoked since. */
  const counted = new Set<RegisteredDevice>();
  let loading = Promise.resolve();

  async function load(): Promise<void> {
    const rows = await devices.active();
    const next = new Map(
      rows.map((row) => {
        const device = known.get(row.id) ?? createRegisteredDevice(row);
        updateDevice(device, row);
        return [row.id, device];
      }),
    );
    directory = createDirectory(rows, next);
    known = next;
  }

  function counting(device: RegisteredDevice | undefined): RegisteredDevice | undefined {
    if (device !== undefined) counted.add(device);
    return device;
  }

  return {
    find(key) {
      const found = directory.byKeyHash.get(hash('sha256', key, 'base64'));
      if (found === undefined || found.untilMs <= now().getTime()) return undefined;
      return counting(found.device);
    },
    findByIdentifier: (bureauId, identifier) => counting(directory.byIdentifier.get(bureauId)?.get(identifier)),
    findByTopic: (mqttUser, identifier) => counting(directory.byTopic.get(topicKey(mqttUser, identifier))),
    reload() {
      // One after another: an older answer must not overwrite a newer one.
      loading = loading.then(load, load);
      return loading;
    },
    async flushCounts() {
      const stored = [...counted].filter(({ lastSeenMs }) => lastSeenMs > 0);
      counted.clear();
      if (stored.length === 0) return;
      const counts = stored.map(takeCounts);
      try {
        await devices.addCounts(counts);
      } catch (cause) {
        for (const [i, device] of stored.entries()) {
          giveBack(device, counts[i]);
          counted.add(device);
        }
        throw cause;
      }
    },
  };
}

const topicKey = (mqttUser: string, identifier: string) => `${mqttUser}/${identifier}`;

function createDirectory(rows: readonly ActiveDevice[], known: ReadonlyMap<number, RegisteredDevice>): Directory {
  const directory: Directory = { byKeyHash: new Map(), byIdentifier: new Map(), byTopic: new Map() };
  for (const row of rows) {
    const device = known.get(row.id) as RegisteredDevice;
    directory.byKeyHash.set(row.keyHash.toString('base64'), { device, untilMs: Number.POSITIVE_INFINITY });
    if (row.previousKeyHash !== null && row.previousKeyUntil !== null)
      directory.byKeyHash.set(row.previousKeyHash.toString('base64'), {
        device,
        untilMs: row.previousKeyUntil.getTime(),
      });
    const ofBureau = directory.byIdentifier.get(row.bureauId) ?? new Map<string, RegisteredDevice>();
    directory.byIdentifier.set(row.bureauId, ofBureau.set(row.identifier, device));
    if (row.mqttUser !== null) directory.byTopic.set(topicKey(row.mqttUser, row.identifier), device);
  }
  return directory;
}

/** The counts so far; the device starts again at nothing, so that what comes in meanwhile counts next time. */
function takeCounts(device: RegisteredDevice): DeviceCounts {
  const { id, messages, accepted, refused, lastSeenMs, suspectedSystem } = device;
  const counts: DeviceCounts = {
    id,
    messages,
    accepted,
    refused,
    refusedByReason: Object.fromEntries(device.refusedByReason),
    lastSeenMs,
    suspectedSystem,
    lastProtocol: device.lastMessage?.protocol ?? null,
    lastMessage: device.lastMessage === null ? null : messageText(device.lastMessage.raw, LAST_MESSAGE_CHARACTERS),
  };
  device.messages = 0;
  device.accepted = 0;
  device.refused = 0;
  device.refusedByReason.clear();
  device.lastMessage = null;
  return counts;
}

function giveBack(device: RegisteredDevice, counts: DeviceCounts): void {
  device.messages += counts.messages;
  device.accepted += counts.accepted;
  for (const [reason, times] of Object.entries(counts.refusedByReason)) countRefusal(device, reason, times);
  if (counts.lastProtocol !== null)
    device.lastMessage ??= { protocol: counts.lastProtocol, raw: counts.lastMessage ?? '' };
}
