import type { SessionView } from '@xunfang/geo-data/contract';
import {
  type AccountCaller,
  audit,
  type Caller,
  type Credentials,
  type Db,
  type Metrics,
  NOBODY,
  problem,
  type RoleGrant,
  rolesIn,
} from '../platform/index.ts';
import { accountsRepository } from './accounts.repository.ts';
import { apiKeysService } from './api-keys.service.ts';
import { inTurn } from './in-turn.ts';
import { hashPassword, isOutdatedHash, verifyPassword } from './password-hash.ts';
import { passwordFault } from './password-rules.ts';
import { hashSecret, makeSecret } from './secret-token.ts';
import { LOCK_OUT, sessionLimits, TOUCH_INTERVAL_MS } from './session-policy.ts';
import { sessionsRepository } from './sessions.repository.ts';
import './messages.identity.ts';

export interface IdentityDeps {
  db: Db;
  now: () => Date;
  metrics: Metrics;
}
interface SignInInput {
  username: string;
  password: string;
  address: string | null;
  userAgent: string | null;
}
export interface SignedIn {
  token: string;
  caller: AccountCaller;
  /** Sessions that ended because there were too many. */
  endedSessions: string[];
}

const accounts = accountsRepository;
const sessions = sessionsRepository;
/** Verified against when the name is unknown, so that the answer takes as long. */
const decoyHash = hashPassword(makeSecret());

export function sessionService({ db, now, metrics }: IdentityDeps) {
  const apiKeys = apiKeysService({ db, now });

  /** One attempt at a time for each name: many at once would all pass a counter that none has raised yet. */
  const signIn = (input: SignInInput): Promise<SignedIn> => inTurn(input.username, () => attempt(input));

  async function attempt({ username, password, address, userAgent }: SignInInput): Promise<SignedIn> {
    const at = now();
    const account = await accounts.byUsername(db, username);
    const refuse = async (outcome: string, code: string, status: number, params = {}) => {
      metrics.signIns.inc({ outcome });
      await audit(db, {
        bureauId: null,
        actor: username,
        action: 'session.refused',
        detail: { reason: outcome },
        address,
      });
      return problem(status, code, params);
    };
    if (account === undefined) {
      await verifyPassword(password, await decoyHash);
      return refuse('unknown', 'SIGN_IN_REFUSED', 401);
    }
    if (account.lockedUntil !== null && account.lockedUntil > at) {
      const minutes = Math.ceil((account.lockedUntil.getTime() - at.getTime()) / 60_000);
      return refuse('locked', 'ACCOUNT_LOCKED', 401, { minutes });
    }
    if (!(await verifyPassword(password, account.passwordHash)) || account.disabled) {
      const failures = (account.lockedUntil === null ? account.failedSignIns : 0) + 1;
      const lockedUntil = failures >= LOCK_OUT.failures ? new Date(at.getTime() + LOCK_OUT.lockedMs) : null;
      await accounts.setFailures(db, account.id, failures, lockedUntil);
      return refuse(account.disabled ? 'disabled' : 'wrong', 'SIGN_IN_REFUSED', 401);
    }
    if (account.failedSignIns > 0) await accounts.setFailures(db, account.id, 0, null);
    if (isOutdatedHash(account.passwordHash))
      await accounts.setPassword(db, account.id, await hashPassword(password), at);
    metrics.signIns.inc({ outcome: 'accepted' });
    return openSession(account, { at, address, userAgent });
  }

  async function openSession(
    account: { id: number; username: string; displayName: string },
    { at, address, userAgent }: { at: Date; address: string | null; userAgent: string | null },
  ): Promise<SignedIn> {
    const grants = (await accounts.grantsOf(db, [account.id])).get(account.id) ?? [];
    const limits = sessionLimits(grants.map((grant) => grant.role));
    const token = makeSecret();
    const tokenHash = hashSecret(token);
    const csrfToken = makeSecret();
    const expiresAt = new Date(at.getTime() + limits.absoluteMs);
    const ended = await db.transaction().execute(async (trx) => {
      await sessions.deleteExpired(trx, at);
      await sessions.insert(trx, { tokenHash, accountId: account.id, csrfToken, at, expiresAt, address, userAgent });
      await audit(trx, { bureauId: homeBureau(grants), actor: account.username, action: 'session.started', address });
      return sessions.deleteOldest(trx, account.id, limits.concurrent);
    });
    const caller: AccountCaller = {
      kind: 'account',
      accountId: account.id,
      username: account.username,
      displayName: account.displayName,
      sessionId: tokenHash.toString('hex'),
      csrfToken,
      expiresAt,
      grants,
    };
    return { token, caller, endedSessions: ended.map((hash) => hash.toString('hex')) };
  }

  async function findCaller({ sessionToken, apiKey, unattended = false }: Credentials): Promise<Caller> {
    if (apiKey !== undefined) return apiKeys.findCaller(apiKey);
    if (sessionToken === undefined) return NOBODY;
    const at = now();
    const session = await sessions.byTokenHash(db, hashSecret(sessionToken));
    if (session === undefined || session.disabled || session.expiresAt <= at) return NOBODY;
    const idleMs = at.getTime() - session.lastSeenAt.getTime();
    if (idleMs >= sessionLimits(session.grants.map((grant) => grant.role)).idleMs) {
      await sessions.delete(db, session.tokenHash);
      return NOBODY;
    }
    if (idleMs >= TOUCH_INTERVAL_MS && !unattended) await sessions.touch(db, session.tokenHash, at);
    const { accountId, username, displayName, csrfToken, expiresAt, grants } = session;
    const sessionId = session.tokenHash.toString('hex');
    return { kind: 'account', accountId, username, displayName, sessionId, csrfToken, expiresAt, grants };
  }

  async function signOut(caller: AccountCaller, address: string | null): Promise<void> {
    await db.transaction().execute(async (trx) => {
      await sessions.delete(trx, Buffer.from(caller.sessionId, 'hex'));
      await audit(trx, {
        bureauId: homeBureau(caller.grants),
        actor: caller.username,
        action: 'session.ended',
        address,
      });
    });
  }

  /** Ends the account's other sessions and returns them. */
  async function changePassword(
    caller: AccountCaller,
    change: { currentPassword: string; newPassword: string },
    address: string | null,
  ): Promise<string[]> {
    return inTurn(caller.username, async () => {
      const account = await accounts.byId(db, caller.accountId);
      if (account === undefined || !(await verifyPassword(change.currentPassword, account.passwordHash)))
        return problem(403, 'PASSWORD_WRONG', {}, { field: 'currentPassword' });
      const fault =
        passwordFault(change.newPassword, caller.username) ??
        (change.newPassword === change.currentPassword ? 'PASSWORD_UNCHANGED' : null);
      if (fault !== null) return problem(400, fault, {}, { field: 'newPassword' });
      const passwordHash = await hashPassword(change.newPassword);
      return db.transaction().execute(async (trx) => {
        await accounts.setPassword(trx, caller.accountId, passwordHash, now());
        const actor = caller.username;
        await audit(trx, {
          bureauId: homeBureau(caller.grants),
          actor,
          action: 'password.changed',
          subject: actor,
          address,
        });
        const ended = await sessions.deleteOthers(trx, caller.accountId, Buffer.from(caller.sessionId, 'hex'));
        return ended.map((hash) => hash.toString('hex'));
      });
    });
  }

  async function view(caller: AccountCaller): Promise<SessionView> {
    const bureaus = await accounts.bureaus(db);
    return {
      account: { id: caller.accountId, username: caller.username, displayName: caller.displayName },
      bureaus: bureaus
        .map(({ id, slug, nameZh, nameEn }) => ({
          id: slug,
          name: { zh: nameZh, en: nameEn },
          roles: rolesIn(caller, id),
        }))
        .filter(({ roles }) => roles.length > 0),
      csrfToken: caller.csrfToken,
      expiresAt: caller.expiresAt.toISOString(),
    };
  }

  return { signIn, signOut, findCaller, changePassword, view };
}

/** The bureau an account's own events are filed under: its only one, else none. */
export function homeBureau(grants: readonly RoleGrant[]): number | null {
  const bureaus = new Set(grants.map((grant) => grant.bureauId));
  return bureaus.size === 1 ? ([...bureaus][0] ?? null) : null;
}

export type SessionService = ReturnType<typeof sessionService>;
