import type { ApiScope } from '@xunfang/geo-data/contract';
import type { Db } from '../platform/index.ts';

export interface ApiKeyRow {
  id: number;
  bureauId: number;
  name: string;
  scopes: ApiScope[];
  createdAt: Date;
  lastUsedAt: Date | null;
  revokedAt: Date | null;
}

const COLUMNS = [
  'id',
  'bureau_id as bureauId',
  'name',
  'scopes',
  'created_at as createdAt',
  'last_used_at as lastUsedAt',
  'revoked_at as revokedAt',
] as const;
/** The table knows text; what goes in was checked against API_SCOPES. */
const typed = <Row extends { scopes: string[] }>(row: Row) => row as Row & { scopes: ApiScope[] };

export const apiKeysRepository = {
  async ofBureau(db: Db, bureauId: number): Promise<ApiKeyRow[]> {
    const query = db.selectFrom('api_key').select(COLUMNS).where('bureau_id', '=', bureauId).orderBy('id', 'desc');
    return (await query.execute()).map(typed);
  },

  async byId(db: Db, id: number): Promise<ApiKeyRow | undefined> {
    const row = await db.selectFrom('api_key').select(COLUMNS).where('id', '=', id).executeTakeFirst();
    return row && typed(row);
  },

  async byHash(db: Db, keyHash: Buffer): Promise<ApiKeyRow | undefined> {
    const row = await db.selectFrom('api_key').select(COLUMNS).where('key_hash', '=', keyHash).executeTakeFirst();
    return row && typed(row);
  },

  async insert(
    db: Db,
    key: { bureauId: number; name: string; scopes: readonly ApiScope[]; keyHash: Buffer; createdBy: number | null },
  ): Promise<ApiKeyRow> {
    const row = await db
      .insertInto('api_key')
      .values({
        bureau_id: key.bureauId,
        name: key.name,
        scopes: [...key.scopes],
        key_hash: key.keyHash,
        created_by: key.createdBy,
      })
      .returning(COLUMNS)
      .executeTakeFirstOrThrow();
    return typed(row);
  },

  async revoke(db: Db, id: number, at: Date): Promise<void> {
    await db
      .updateTable('api_key')
      .set({ revoked_at: at })
      .where('id', '=', id)
      .where('revoked_at', 'is', null)
      .execute();
  },

  async touch(db: Db, id: number, at: Date): Promise<void> {
    await db.updateTable('api_key').set({ last_used_at: at }).where('id', '=', id).execute();
  },
};
