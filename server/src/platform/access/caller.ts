import type { ApiScope, Role } from '@xunfang/geo-data/contract';

export interface RoleGrant {
  /** null: the role holds in every bureau. */
  bureauId: number | null;
  role: Role;
}

export interface AccountCaller {
  kind: 'account';
  accountId: number;
  username: string;
  displayName: string;
  /** Names the session without being able to open it. */
  sessionId: string;
  csrfToken: string;
  expiresAt: Date;
  grants: readonly RoleGrant[];
}
export interface ApiKeyCaller {
  kind: 'apiKey';
  id: number;
  name: string;
  bureauId: number;
  scopes: readonly ApiScope[];
}
export interface NobodyCaller {
  kind: 'nobody';
}
export type Caller = AccountCaller | ApiKeyCaller | NobodyCaller;

/** What a request brings to say who it is. The identity module answers with the caller; platform only asks. */
export interface Credentials {
  sessionToken: string | undefined;
  apiKey: string | undefined;
  /** Asked by a machine on its own (a timer, an open socket): does not keep an idle session alive. */
  unattended?: boolean;
}
export type FindCaller = (credentials: Credentials) => Promise<Caller>;

export const NOBODY: NobodyCaller = { kind: 'nobody' };
export const SESSION_COOKIE = 'xunfang_session';

/** Roles in one bureau, those that hold in every bureau included. */
export function rolesIn(caller: Caller, bureauId: number): Role[] {
  if (caller.kind !== 'account') return [];
  const held = caller.grants.filter((grant) => grant.bureauId === null || grant.bureauId === bureauId);
  return [...new Set(held.map((grant) => grant.role))];
}

export function rolesAnywhere(caller: Caller): Role[] {
  return caller.kind === 'account' ? [...new Set(caller.grants.map((grant) => grant.role))] : [];
}

export function seesEveryBureau(caller: Caller): boolean {
  return caller.kind === 'account' && caller.grants.some((grant) => grant.bureauId === null);
}

/** Who changes something, and from where. */
export interface Doer {
  actor: string;
  address: string | null;
}

export const doerOf = ({ caller, ip }: { caller: Caller; ip: string }): Doer => ({
  actor: actorOf(caller),
  address: ip,
});

/** Who did it, as the audit and the event logs write it. */
export function actorOf(caller: Caller): string {
  if (caller.kind === 'account') return caller.username;
  return caller.kind === 'apiKey' ? `api-key:${caller.id} ${caller.name}` : 'nobody';
}
