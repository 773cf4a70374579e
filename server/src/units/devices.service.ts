import { randomBytes } from 'node:crypto';
import type {
  Device,
  DeviceChange,
  DeviceCoordinateSystem,
  DeviceList,
  DeviceListQuery,
  DeviceProtocol,
  QuarantinedFix,
} from '@xunfang/geo-data/contract';
import { audit, type Db, type Doer, problem } from '../platform/index.ts';
import { hashDeviceKey } from './device-registry.ts';
import { devicesRepository, type StoredDevice } from './devices.repository.ts';
import { quarantineRepository } from './quarantine.repository.ts';
import { createTrackReadLog } from './track-read-log.ts';
import { unitsRepository } from './units.repository.ts';
import './messages.units.ts';

interface DeviceOrder {
  bureauId: number;
  identifier: string;
  unitId: number | null;
  protocol?: DeviceProtocol | null | undefined;
  coordinateSystem?: DeviceCoordinateSystem | undefined;
  checksSpeed?: boolean | undefined;
  mqttUser?: string | null | undefined;
  messagesPerMinute?: number | null | undefined;
  actor: string;
  address?: string | null;
}

export type { StoredDevice } from './devices.repository.ts';
export type DevicesService = ReturnType<typeof devicesService>;

const LONGEST_OVERLAP_MS = 30 * 86_400_000;
/** Not heard for so long counts as silent. */
const SILENT_MS = 3_600_000;

/** Enrols, changes and revokes devices. `onChange` runs after every change, so that the registry takes it over at once. */
export function devicesService(db: Db, onChange: () => Promise<void> = () => Promise.resolve()) {
  const devices = devicesRepository(db);
  const quarantine = quarantineRepository(db);
  const units = unitsRepository(db);
  const readLog = createTrackReadLog();

  async function checkUnit(bureauId: number, unitId: number | null | undefined): Promise<void> {
    if (typeof unitId === 'number' && (await units.bureauOfUnit(unitId))?.bureauId !== bureauId)
      problem(400, 'UNIT_UNKNOWN', { unitId }, { field: 'unitId' });
  }

  /** `id` -1: a device that is not there yet. */
  async function checkTopic(mqttUser: string | null | undefined, identifier: string, id: number, trx: Db) {
    if (typeof mqttUser === 'string' && (await devices.topicIsTaken(mqttUser, identifier, id, trx)))
      problem(409, 'DEVICE_TOPIC_TAKEN', { topic: `owntracks/${mqttUser}/${identifier}` }, { field: 'mqttUser' });
  }

  async function shown(id: number): Promise<Device> {
    const found = await devices.byId(id);
    if (found === undefined) throw new Error(`Device ${id} vanished while it was changed.`);
    return found.device;
  }

  return {
    page: (bureauId: number, query: DeviceListQuery, now: Date): Promise<DeviceList> =>
      devices.page(bureauId, query, new Date(now.getTime() - SILENT_MS)),
    byId: (id: number) => devices.byId(id),

    /** Makes a device with a key of its own; the key is never shown again. */
    async register({ actor, address, ...order }: DeviceOrder): Promise<{ device: Device; key: string }> {
      const { bureauId, identifier, unitId } = order;
      await checkUnit(bureauId, unitId);
      const key = newKey();
      const id = await db.transaction().execute(async (trx) => {
        await checkTopic(order.mqttUser, identifier, -1, trx);
        const made = await devices.register({ ...order, keyHash: hashDeviceKey(key) }, trx);
        if (made === undefined) return problem(409, 'DEVICE_IDENTIFIER_TAKEN', { identifier }, { field: 'identifier' });
        const detail = { identifier, unitId };
        await audit(trx, { bureauId, actor, action: 'device.registered', subject: `device:${made}`, detail, address });
        return made;
      });
      await onChange();
      return { device: await shown(id), key };
    },

    async change({ bureauId, device }: StoredDevice, change: DeviceChange, by: Doer): Promise<Device> {
      refuseRevoked(device);
      await checkUnit(bureauId, change.unitId);
      const names = (Object.keys(change) as (keyof DeviceChange)[]).filter((name) => change[name] !== device[name]);
      if (names.length === 0) return device;
      const before = Object.fromEntries(names.map((name) => [name, device[name]]));
      const after = Object.fromEntries(names.map((name) => [name, change[name]]));
      await db.transaction().execute(async (trx) => {
        await checkTopic(change.mqttUser, device.identifier, device.id, trx);
        await devices.change(device.id, after, trx);
        const detail = { identifier: device.identifier, before, after };
        await audit(trx, { bureauId, action: 'device.changed', subject: `device:${device.id}`, detail, ...by });
      });
      await onChange();
      return shown(device.id);
    },

    /** Gives a new key; the one in use works on until the time given, so that the device can be told without a gap. */
    async rotateKey({ bureauId, device }: StoredDevice, previousKeyUntil: Date | null, by: Doer, now: Date) {
      refuseRevoked(device);
      const overlapMs = previousKeyUntil === null ? 0 : previousKeyUntil.getTime() - now.getTime();
      if (previousKeyUntil !== null && !(overlapMs > 0 && overlapMs <= LONGEST_OVERLAP_MS))
        problem(400, 'KEY_OVERLAP_REFUSED', { days: LONGEST_OVERLAP_MS / 86_400_000 }, { field: 'previousKeyUntil' });
      const key = newKey();
      await db.transaction().execute(async (trx) => {
        await devices.rotateKey(device.id, hashDeviceKey(key), previousKeyUntil, trx);
        const until = previousKeyUntil?.toISOString() ?? null;
        const detail = { identifier: device.identifier, previousKeyUntil: until };
        await audit(trx, { bureauId, action: 'device.key_rotated', subject: `device:${device.id}`, detail, ...by });
      });
      await onChange();
      return { device: await shown(device.id), key };
    },

    /** Ends an overlap before its time: the device has taken over the new key, or it never will. */
    async endOverlap({ bureauId, device }: StoredDevice, keep: 'new' | 'old', by: Doer, now: Date): Promise<Device> {
      refuseRevoked(device);
      const { id, identifier } = device;
      await db.transaction().execute(async (trx) => {
        if (!(await devices.endOverlap(id, keep, now, trx))) problem(409, 'KEY_OVERLAP_NONE', { identifier });
        const detail = { identifier, keep };
        await audit(trx, { bureauId, action: 'device.key_overlap_ended', subject: `device:${id}`, detail, ...by });
      });
      await onChange();
      return shown(id);
    },

    async revoke(bureauId: number, id: number, actor: string, address: string | null): Promise<void> {
      await db.transaction().execute(async (trx) => {
        if (!(await devices.revoke(id, trx))) return;
        await audit(trx, { bureauId, actor, action: 'device.revoked', subject: `device:${id}`, address });
      });
      await onChange();
    },

    quarantine: ({ bureauId, device }: StoredDevice): Promise<QuarantinedFix[]> =>
      quarantine.ofDevice(bureauId, device.id),

    /** What a device sent says where an officer was: who looks is logged, once in ten minutes. */
    async logLook({ bureauId, device }: StoredDevice, by: Doer, now: Date): Promise<void> {
      if (!readLog.isNew(by.actor, device.id, now.getTime())) return;
      const detail = { identifier: device.identifier, callSign: device.callSign };
      await audit(db, { bureauId, action: 'device.positions_read', subject: `device:${device.id}`, detail, ...by });
    },
  };
}

const newKey = () => randomBytes(24).toString('base64url');

function refuseRevoked({ revoked, identifier }: Device): void {
  if (revoked) problem(409, 'DEVICE_REVOKED', { identifier });
}
