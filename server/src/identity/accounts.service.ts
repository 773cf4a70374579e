import type { Account, Role } from '@xunfang/geo-data/contract';
import { type AccountCaller, audit, type Db, problem, type RoleGrant, rolesIn } from '../platform/index.ts';
import { type AccountRow, accountsRepository } from './accounts.repository.ts';
import { hashPassword } from './password-hash.ts';
import { passwordFault } from './password-rules.ts';
import { homeBureau } from './session.service.ts';
import { sessionsRepository } from './sessions.repository.ts';

/** `bureau` null: in every bureau. */
export interface NewAccount {
  username: string;
  displayName: string;
  password: string;
  roles: readonly { bureau: string | null; role: Role }[];
}
export type AccountChange = Partial<Omit<NewAccount, 'username'> & { disabled: boolean }>;
interface Author {
  actor: string;
  address: string | null;
}

const accounts = accountsRepository;

export function accountsService({ db, now }: { db: Db; now: () => Date }) {
  async function list(caller: AccountCaller): Promise<Account[]> {
    const rows = await accounts.all(db);
    const grants = await accounts.grantsOf(
      db,
      rows.map((row) => row.id),
    );
    const slugs = await slugOfBureau(db);
    const reads = (bureauId: number | null) => hasReach(caller, bureauId, ['admin', 'auditor']);
    return rows
      .map((row) => accountView(row, grants.get(row.id) ?? [], slugs))
      .filter(
        (_, index) =>
          hasReach(caller, null, ['admin', 'auditor']) ||
          (grants.get(rows[index].id) ?? []).some((grant) => reads(grant.bureauId)),
      );
  }

  async function create(input: NewAccount, author: Author, admin: AccountCaller | null = null): Promise<Account> {
    const { username, displayName, password } = input;
    const grants = await grantsOfRoles(db, input.roles);
    if (admin !== null) refuseBeyondReach(admin, grants);
    refuseFaultyPassword(password, username);
    if ((await accounts.byUsername(db, username)) !== undefined)
      return problem(409, 'USERNAME_TAKEN', { username }, { field: 'username' });
    const passwordHash = await hashPassword(password);
    const id = await db.transaction().execute(async (trx) => {
      const made = await accounts.insert(trx, { username, displayName, passwordHash });
      await accounts.replaceGrants(trx, made, grants);
      const detail = { displayName, roles: input.roles };
      await audit(trx, {
        bureauId: homeBureau(grants),
        ...author,
        action: 'account.created',
        subject: username,
        detail,
      });
      return made;
    });
    return viewById(id);
  }

  /** Says whether the account's sessions were ended, so that its sockets can be as well. */
  async function change(
    id: number,
    input: AccountChange,
    author: Author,
    admin: AccountCaller,
  ): Promise<{ account: Account; sessionsEnded: boolean }> {
    const row = await accounts.byId(db, id);
    const held = (await accounts.grantsOf(db, [id])).get(id) ?? [];
    if (row === undefined) return problem(404, 'NOT_FOUND');
    refuseBeyondReach(admin, held);
    const grants = input.roles === undefined ? held : await grantsOfRoles(db, input.roles);
    refuseBeyondReach(admin, grants);
    // Somebody must be left who can undo it.
    if (id === admin.accountId && (input.roles !== undefined || input.disabled === true))
      return problem(403, 'OWN_ACCOUNT_REFUSED');
    if (input.password !== undefined) refuseFaultyPassword(input.password, row.username);
    const passwordHash = input.password === undefined ? null : await hashPassword(input.password);
    const sessionsEnded = passwordHash !== null || input.disabled === true || input.roles !== undefined;
    await db.transaction().execute(async (trx) => {
      if (input.displayName !== undefined) await accounts.setDisplayName(trx, id, input.displayName);
      if (input.disabled !== undefined) await accounts.setDisabled(trx, id, input.disabled);
      if (passwordHash !== null) await accounts.setPassword(trx, id, passwordHash, now());
      if (input.roles !== undefined) await accounts.replaceGrants(trx, id, grants);
      if (sessionsEnded) await sessionsRepository.deleteOthers(trx, id, null);
      const { password: _password, ...told } = input;
      const detail = { ...told, passwordReset: passwordHash !== null };
      await audit(trx, {
        bureauId: homeBureau(grants),
        ...author,
        action: 'account.changed',
        subject: row.username,
        detail,
      });
    });
    return { account: await viewById(id), sessionsEnded };
  }

  async function viewById(id: number): Promise<Account> {
    const row = await accounts.byId(db, id);
    if (row === undefined) return problem(404, 'NOT_FOUND');
    const grants = (await accounts.grantsOf(db, [id])).get(id) ?? [];
    return accountView(row, grants, await slugOfBureau(db));
  }

  return { list, create, change };
}
export type AccountsService = ReturnType<typeof accountsService>;

async function slugOfBureau(db: Db): Promise<Map<number, string>> {
  return new Map((await accounts.bureaus(db)).map(({ id, slug }) => [id, slug]));
}

async function grantsOfRoles(db: Db, roles: NewAccount['roles']): Promise<RoleGrant[]> {
  const ids = new Map((await accounts.bureaus(db)).map(({ id, slug }) => [slug, id]));
  return roles.map(({ bureau, role }) => {
    const bureauId = bureau === null ? null : ids.get(bureau);
    if (bureauId === undefined) return problem(400, 'BUREAU_UNKNOWN', { bureau: String(bureau) }, { field: 'roles' });
    return { bureauId, role };
  });
}

/** null asks for a reach over every bureau. */
function hasReach(caller: AccountCaller, bureauId: number | null, roles: readonly Role[]): boolean {
  if (bureauId !== null) return rolesIn(caller, bureauId).some((role) => roles.includes(role));
  return caller.grants.some((grant) => grant.bureauId === null && roles.includes(grant.role));
}

/** An administrator of one bureau neither touches an account that reaches further nor grants more than that bureau. */
function refuseBeyondReach(admin: AccountCaller, grants: readonly RoleGrant[]): void {
  const within = grants.every((grant) => hasReach(admin, grant.bureauId, ['admin']));
  const nobodys = grants.length === 0 && !hasReach(admin, null, ['admin']);
  if (!within || nobodys) problem(403, 'ACCOUNT_OUT_OF_REACH');
}

function refuseFaultyPassword(password: string, username: string): void {
  const fault = passwordFault(password, username);
  if (fault !== null) problem(400, fault, {}, { field: 'password' });
}

function accountView(row: AccountRow, grants: readonly RoleGrant[], slugs: ReadonlyMap<number, string>): Account {
  return {
    id: row.id,
    username: row.username,
    displayName: row.displayName,
    disabled: row.disabled,
    lockedUntil: row.lockedUntil?.toISOString() ?? null,
    roles: grants.map(({ bureauId, role }) => ({
      bureau: bureauId === null ? null : (slugs.get(bureauId) ?? null),
      role,
    })),
  };
}
