import type { Db } from '../../platform/index.ts';

/** Gives a device another key, the earlier ones end; false when it was revoked meanwhile. */
export async function replaceDeviceKey(trx: Db, deviceId: number, keyHash: Buffer): Promise<boolean> {
  const { numUpdatedRows } = await trx
    .updateTable('device')
    .set({ key_hash: keyHash, previous_key_hash: null, previous_key_until: null })
    .where('id', '=', deviceId)
    .where('revoked_at', 'is', null)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}
