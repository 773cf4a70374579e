import type { Device } from '@xunfang/geo-data/contract';
import { sql as kyselySql } from 'kysely';
import type { Db } from '../platform/index.ts';

export interface ActiveDevice {
  id: number;
  bureauId: number;
  identifier: string;
  unitId: number | null;
  keyHash: Buffer;
}
export interface DeviceCounts {
  id: number;
  accepted: number;
  refused: number;
  lastSeenMs: number;
}
export interface NewDevice {
  bureauId: number;
  identifier: string;
  unitId: number | null;
  keyHash: Buffer;
}

export type DevicesRepository = ReturnType<typeof devicesRepository>;

export function devicesRepository(db: Db) {
  return {
    active(): Promise<ActiveDevice[]> {
      return db
        .selectFrom('device')
        .select(['id', 'bureau_id as bureauId', 'identifier', 'unit_id as unitId', 'key_hash as keyHash'])
        .where('revoked_at', 'is', null)
        .execute();
    },

    async list(bureauId: number): Promise<Device[]> {
      const rows = await selectViews(db)
        .where('device.bureau_id', '=', bureauId)
        .orderBy('device.identifier')
        .execute();
      return rows.map(toDevice);
    },

    async byId(id: number): Promise<{ bureauId: number; device: Device } | undefined> {
      const row = await selectViews(db).where('device.id', '=', id).executeTakeFirst();
      return row && { bureauId: row.bureauId, device: toDevice(row) };
    },

    /** A revoked device may be registered again: a lost phone is replaced under its identifier. Undefined when it is in use. */
    async register({ bureauId, identifier, unitId, keyHash }: NewDevice, trx: Db = db): Promise<number | undefined> {
      const row = await trx
        .insertInto('device')
        .values({ bureau_id: bureauId, identifier, unit_id: unitId, key_hash: keyHash })
        .onConflict((conflict) =>
          conflict
            .columns(['bureau_id', 'identifier'])
            .doUpdateSet({
              unit_id: unitId,
              key_hash: keyHash,
              revoked_at: null,
              accepted: 0,
              refused: 0,
              last_seen_at: null,
            })
            .where('device.revoked_at', 'is not', null),
        )
        .returning('id')
        .executeTakeFirst();
      return row?.id;
    },

    async revoke(id: number, trx: Db = db): Promise<boolean> {
      const { numUpdatedRows } = await trx
        .updateTable('device')
        .set({ revoked_at: new Date() })
        .where('id', '=', id)
        .where('revoked_at', 'is', null)
        .executeTakeFirst();
      return numUpdatedRows > 0n;
    },

    async addCounts(counts: readonly DeviceCounts[], trx: Db = db): Promise<void> {
      const column = (pick: (count: DeviceCounts) => number) => kyselySql.val(counts.map(pick));
      await kyselySql`
        UPDATE device
        SET accepted = device.accepted + c.accepted, refused = device.refused + c.refused,
          last_seen_at = greatest(device.last_seen_at, to_timestamp(c.seen_ms / 1000))
        FROM unnest(
          ${column((count) => count.id)}::int[], ${column((count) => count.accepted)}::int[],
          ${column((count) => count.refused)}::int[], ${column((count) => count.lastSeenMs)}::float8[]
        ) AS c (id, accepted, refused, seen_ms)
        WHERE device.id = c.id`.execute(trx);
    },
  };
}

function selectViews(db: Db) {
  return db
    .selectFrom('device')
    .leftJoin('unit', 'unit.id', 'device.unit_id')
    .select([
      'device.id',
      'device.bureau_id as bureauId',
      'device.identifier',
      'device.unit_id as unitId',
      'unit.call_sign as callSign',
      'device.last_seen_at as lastSeenAt',
      'device.accepted',
      'device.refused',
      'device.revoked_at as revokedAt',
    ]);
}

type DeviceRow = Awaited<ReturnType<ReturnType<typeof selectViews>['execute']>>[number];

function toDevice({ id, identifier, unitId, callSign, accepted, refused, lastSeenAt, revokedAt }: DeviceRow): Device {
  const revoked = revokedAt !== null;
  return {
    id,
    identifier,
    unitId,
    callSign,
    accepted,
    refused,
    lastSeenAt: lastSeenAt?.toISOString() ?? null,
    revoked,
  };
}
