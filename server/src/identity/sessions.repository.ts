import type { Role } from '@xunfang/geo-data/contract';
import type { Db, RoleGrant } from '../platform/index.ts';

export interface SessionRow {
  tokenHash: Buffer;
  accountId: number;
  username: string;
  displayName: string;
  disabled: boolean;
  csrfToken: string;
  lastSeenAt: Date;
  expiresAt: Date;
  grants: RoleGrant[];
}

export const sessionsRepository = {
  /** The session, its account and the account's roles in one round trip: asked with every request. */
  async byTokenHash(db: Db, tokenHash: Buffer): Promise<SessionRow | undefined> {
    const rows = await db
      .selectFrom('session')
      .innerJoin('account', 'account.id', 'session.account_id')
      .leftJoin('account_role', 'account_role.account_id', 'account.id')
      .select([
        'session.token_hash as tokenHash',
        'session.account_id as accountId',
        'session.csrf_token as csrfToken',
        'session.last_seen_at as lastSeenAt',
        'session.expires_at as expiresAt',
        'account.username as username',
        'account.display_name as displayName',
        'account.disabled as disabled',
        'account_role.bureau_id as bureauId',
        'account_role.role as role',
      ])
      .where('session.token_hash', '=', tokenHash)
      .execute();
    if (rows.length === 0) return undefined;
    const { bureauId: _bureauId, role: _role, ...session } = rows[0];
    const grants = rows.flatMap(({ role, bureauId }) => (role === null ? [] : [{ bureauId, role: role as Role }]));
    return { ...session, grants };
  },

  async insert(
    db: Db,
    session: {
      tokenHash: Buffer;
      accountId: number;
      csrfToken: string;
      at: Date;
      expiresAt: Date;
      address: string | null;
      userAgent: string | null;
    },
  ): Promise<void> {
    await db
      .insertInto('session')
      .values({
        token_hash: session.tokenHash,
        account_id: session.accountId,
        csrf_token: session.csrfToken,
        created_at: session.at,
        last_seen_at: session.at,
        expires_at: session.expiresAt,
        address: session.address,
        user_agent: session.userAgent,
      })
      .execute();
  },

  async touch(db: Db, tokenHash: Buffer, at: Date): Promise<void> {
    await db.updateTable('session').set({ last_seen_at: at }).where('token_hash', '=', tokenHash).execute();
  },

  async delete(db: Db, tokenHash: Buffer): Promise<void> {
    await db.deleteFrom('session').where('token_hash', '=', tokenHash).execute();
  },

  async deleteExpired(db: Db, at: Date): Promise<void> {
    await db.deleteFrom('session').where('expires_at', '<=', at).execute();
  },

  /** Ends all sessions of the account but the `keep` newest; returns the ends' token hashes. */
  async deleteOldest(db: Db, accountId: number, keep: number): Promise<Buffer[]> {
    const rows = await db
      .deleteFrom('session')
      .where('token_hash', 'in', (query) =>
        query
          .selectFrom('session')
          .select('token_hash')
          .where('account_id', '=', accountId)
          .orderBy('created_at', 'desc')
          .orderBy('token_hash')
          .offset(keep),
      )
      .returning('token_hash')
      .execute();
    return rows.map((row) => row.token_hash);
  },

  /** Ends every session of the account but `except`. */
  async deleteOthers(db: Db, accountId: number, except: Buffer | null): Promise<Buffer[]> {
    let query = db.deleteFrom('session').where('account_id', '=', accountId);
    if (except !== null) query = query.where('token_hash', '!=', except);
    return (await query.returning('token_hash').execute()).map((row) => row.token_hash);
  },
};
