import type { Role } from '@xunfang/geo-data/contract';
import type { Db, RoleGrant } from '../platform/index.ts';

export interface AccountRow {
  id: number;
  username: string;
  displayName: string;
  passwordHash: string;
  disabled: boolean;
  failedSignIns: number;
  lockedUntil: Date | null;
}

const COLUMNS = [
  'id',
  'username',
  'display_name as displayName',
  'password_hash as passwordHash',
  'disabled',
  'failed_sign_ins as failedSignIns',
  'locked_until as lockedUntil',
] as const;

/** Every method takes the pool or a transaction. */
export const accountsRepository = {
  byUsername: (db: Db, username: string): Promise<AccountRow | undefined> =>
    db.selectFrom('account').select(COLUMNS).where('username', '=', username).executeTakeFirst(),

  byId: (db: Db, id: number): Promise<AccountRow | undefined> =>
    db.selectFrom('account').select(COLUMNS).where('id', '=', id).executeTakeFirst(),

  all: (db: Db): Promise<AccountRow[]> => db.selectFrom('account').select(COLUMNS).orderBy('username').execute(),

  async insert(db: Db, account: { username: string; displayName: string; passwordHash: string }): Promise<number> {
    const { username, displayName, passwordHash } = account;
    const { id } = await db
      .insertInto('account')
      .values({ username, display_name: displayName, password_hash: passwordHash })
      .returning('id')
      .executeTakeFirstOrThrow();
    return id;
  },

  async setDisplayName(db: Db, id: number, displayName: string): Promise<void> {
    await db.updateTable('account').set({ display_name: displayName }).where('id', '=', id).execute();
  },

  async setDisabled(db: Db, id: number, disabled: boolean): Promise<void> {
    await db.updateTable('account').set({ disabled }).where('id', '=', id).execute();
  },

  /** A new password opens a locked account. */
  async setPassword(db: Db, id: number, passwordHash: string, changedAt: Date): Promise<void> {
    await db
      .updateTable('account')
      .set({ password_hash: passwordHash, password_changed_at: changedAt, failed_sign_ins: 0, locked_until: null })
      .where('id', '=', id)
      .execute();
  },

  async setFailures(db: Db, id: number, failures: number, lockedUntil: Date | null): Promise<void> {
    await db
      .updateTable('account')
      .set({ failed_sign_ins: failures, locked_until: lockedUntil })
      .where('id', '=', id)
      .execute();
  },

  async grantsOf(db: Db, accountIds: readonly number[]): Promise<Map<number, RoleGrant[]>> {
    const rows =
      accountIds.length === 0
        ? []
        : await db
            .selectFrom('account_role')
            .selectAll()
            .where('account_id', 'in', [...accountIds])
            .execute();
    const grants = new Map<number, RoleGrant[]>(accountIds.map((id) => [id, []]));
    for (const row of rows) grants.get(row.account_id)?.push({ bureauId: row.bureau_id, role: row.role as Role });
    return grants;
  },

  async replaceGrants(db: Db, accountId: number, grants: readonly RoleGrant[]): Promise<void> {
    await db.deleteFrom('account_role').where('account_id', '=', accountId).execute();
    if (grants.length === 0) return;
    await db
      .insertInto('account_role')
      .values(grants.map(({ bureauId, role }) => ({ account_id: accountId, bureau_id: bureauId, role })))
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  },

  bureaus: (db: Db) =>
    db.selectFrom('bureau').select(['id', 'slug', 'name_zh as nameZh', 'name_en as nameEn']).orderBy('id').execute(),
};
