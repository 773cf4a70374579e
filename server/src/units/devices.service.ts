import { randomBytes } from 'node:crypto';
import type { Device } from '@xunfang/geo-data/contract';
import { audit, type Db, problem } from '../platform/index.ts';
import { hashDeviceKey } from './device-registry.ts';
import { devicesRepository } from './devices.repository.ts';
import { unitsRepository } from './units.repository.ts';
import './messages.units.ts';

interface DeviceOrder {
  bureauId: number;
  identifier: string;
  unitId: number | null;
  actor: string;
  address?: string | null;
}

/** Registers and revokes devices. `onChange` runs after every change, so that the registry takes it over at once. */
export function devicesService(db: Db, onChange: () => Promise<void> = () => Promise.resolve()) {
  const devices = devicesRepository(db);
  const units = unitsRepository(db);

  return {
    list: (bureauId: number) => devices.list(bureauId),
    byId: (id: number) => devices.byId(id),

    /** Makes a device with a key of its own; the key is never shown again. */
    async register({
      bureauId,
      identifier,
      unitId,
      actor,
      address,
    }: DeviceOrder): Promise<{ device: Device; key: string }> {
      if (unitId !== null && (await units.bureauOfUnit(unitId))?.bureauId !== bureauId)
        problem(400, 'UNIT_UNKNOWN', { unitId }, { field: 'unitId' });
      const key = randomBytes(24).toString('base64url');
      const id = await db.transaction().execute(async (trx) => {
        const made = await devices.register({ bureauId, identifier, unitId, keyHash: hashDeviceKey(key) }, trx);
        if (made === undefined) return problem(409, 'DEVICE_IDENTIFIER_TAKEN', { identifier }, { field: 'identifier' });
        const detail = { identifier, unitId };
        await audit(trx, { bureauId, actor, action: 'device.registered', subject: `device:${made}`, detail, address });
        return made;
      });
      await onChange();
      const made = await devices.byId(id);
      if (made === undefined) throw new Error(`Device ${id} vanished while it was registered.`);
      return { device: made.device, key };
    },

    async revoke(bureauId: number, id: number, actor: string, address: string | null): Promise<void> {
      await db.transaction().execute(async (trx) => {
        if (!(await devices.revoke(id, trx))) return;
        await audit(trx, { bureauId, actor, action: 'device.revoked', subject: `device:${id}`, address });
      });
      await onChange();
    },
  };
}
