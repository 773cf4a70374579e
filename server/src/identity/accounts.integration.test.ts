import type { ApiKeyView, AuditEntry } from '@xunfang/geo-data/contract';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestApp, createTestBureau, type TestApp, type TestSession } from '../testing/index.ts';

let test: TestApp;
let chief: TestSession;
let local: TestSession;

beforeAll(async () => {
  test = await createTestApp();
  await createTestBureau(test.database.db, { slug: 'west' });
  await createTestBureau(test.database.db, { slug: 'east' });
  chief = await test.signInAs('admin', null);
  local = await test.signInAs('admin', 'west');
});
afterAll(() => test.close());

const newAccount = (username: string, bureau: string | null, role = 'dispatcher') => ({
  username,
  displayName: username,
  password: 'Correct-horse-7-staple',
  roles: [{ bureau, role }],
});
const create = (admin: TestSession, payload: object) => admin.inject({ method: 'POST', url: '/api/accounts', payload });
const codeOf = (answer: { json(): unknown }) => (answer.json() as { error: { code: string } }).error.code;

describe('accounts', () => {
  it('are made, changed and audited', async () => {
    const made = await create(chief, newAccount('first', 'west'));
    expect(made.statusCode).toBe(201);
    const { id } = made.json<{ id: number }>();
    const roles = [{ bureau: 'east', role: 'analyst' }];
    const changed = await chief.inject({
      method: 'PATCH',
      url: `/api/accounts/${id}`,
      payload: { displayName: '一号', roles },
    });
    expect(changed.json()).toMatchObject({ id, username: 'first', displayName: '一号', roles });
    const { entries } = (await chief.inject({ url: '/api/audit?bureau=west' })).json<{ entries: AuditEntry[] }>();
    expect(entries.find((entry) => entry.action === 'account.created' && entry.subject === 'first')).toMatchObject({
      bureau: 'west',
      actor: chief.username,
    });
    expect(JSON.stringify(entries)).not.toContain('Correct-horse');
  });

  it('have names of their own and passwords by the rules', async () => {
    await create(chief, newAccount('second', 'west'));
    expect(codeOf(await create(chief, newAccount('second', 'west')))).toBe('USERNAME_TAKEN');
    expect(codeOf(await create(chief, { ...newAccount('third', 'west'), password: 'My-name-is-third-7' }))).toBe(
      'PASSWORD_NAMES_ACCOUNT',
    );
    expect(codeOf(await create(chief, newAccount('fourth', 'nowhere')))).toBe('BUREAU_UNKNOWN');
  });

  it('of other bureaus are out of a bureau’s administrator’s reach', async () => {
    expect((await create(local, newAccount('near', 'west'))).statusCode).toBe(201);
    expect(codeOf(await create(local, newAccount('far', 'east')))).toBe('ACCOUNT_OUT_OF_REACH');
    expect(codeOf(await create(local, newAccount('everywhere', null, 'admin')))).toBe('ACCOUNT_OUT_OF_REACH');
    const { id } = (await create(chief, newAccount('theirs', 'east'))).json<{ id: number }>();
    const steal = await local.inject({
      method: 'PATCH',
      url: `/api/accounts/${id}`,
      payload: { password: 'Correct-horse-8-staple' },
    });
    expect(codeOf(steal)).toBe('ACCOUNT_OUT_OF_REACH');
    const { accounts } = (await local.inject({ url: '/api/accounts' })).json<{ accounts: { username: string }[] }>();
    const names = accounts.map((account) => account.username);
    expect(names).toContain('near');
    expect(names).not.toContain('theirs');
  });

  it('do not lock themselves out', async () => {
    const url = `/api/accounts/${chief.view.account.id}`;
    expect(codeOf(await chief.inject({ method: 'PATCH', url, payload: { disabled: true } }))).toBe(
      'OWN_ACCOUNT_REFUSED',
    );
    expect(codeOf(await chief.inject({ method: 'PATCH', url, payload: { roles: [] } }))).toBe('OWN_ACCOUNT_REFUSED');
  });
});

describe('API keys', () => {
  it('are shown once, open what they are for, and can be revoked', async () => {
    const made = await local.inject({
      method: 'POST',
      url: '/api/api-keys?bureau=west',
      payload: { name: 'CAD', scopes: ['metrics:read'] },
    });
    const { apiKey, key } = made.json<{ apiKey: ApiKeyView; key: string }>();
    const ask = () => test.app.inject({ url: '/metrics', headers: { authorization: `Bearer ${key}` } });
    expect((await ask()).statusCode).toBe(200);
    const list = await local.inject({ url: '/api/api-keys?bureau=west' });
    expect(list.body).not.toContain(key);
    expect(list.json<{ apiKeys: ApiKeyView[] }>().apiKeys[0]).toMatchObject({
      id: apiKey.id,
      name: 'CAD',
      revoked: false,
    });
    const stranger = await test.signInAs('admin', 'east');
    const url = `/api/api-keys/${apiKey.id}`;
    expect((await stranger.inject({ method: 'DELETE', url })).statusCode).toBe(404);
    expect((await local.inject({ method: 'DELETE', url })).statusCode).toBe(204);
    expect((await ask()).statusCode).toBe(401);
  });

  it('have only scopes that exist', async () => {
    const payload = { name: 'CAD', scopes: ['everything'] };
    const answer = await local.inject({ method: 'POST', url: '/api/api-keys?bureau=west', payload });
    expect(answer.json()).toMatchObject({ error: { code: 'INVALID_FIELD', field: 'scopes.0' } });
  });
});

describe('the audit', () => {
  it('shows a bureau’s own entries, newest first, page by page', async () => {
    const auditor = await test.signInAs('auditor', 'west');
    const page = async (query: string) =>
      (await auditor.inject({ url: `/api/audit?bureau=west${query}` })).json<{ entries: AuditEntry[] }>().entries;
    const first = await page('&limit=2');
    const second = await page(`&limit=2&before=${first[1].id}`);
    const ids = [...first, ...second].map((entry) => entry.id);
    expect(ids).toEqual(ids.toSorted((a, b) => b - a));
    expect(new Set((await page('')).map((entry) => entry.bureau))).toEqual(new Set(['west']));
  });

  it.each([
    ['UPDATE', sql`UPDATE audit_entry SET actor = 'somebody else'`],
    ['DELETE', sql`DELETE FROM audit_entry`],
    ['TRUNCATE', sql`TRUNCATE audit_entry`],
    ['UPDATE of no row', sql`UPDATE audit_entry SET actor = 'x' WHERE id = -1`],
  ])('refuses %s', async (_name, statement) => {
    const count = () =>
      test.database.db
        .selectFrom('audit_entry')
        .select((row) => row.fn.countAll().as('n'))
        .execute();
    const before = await count();
    await expect(statement.execute(test.database.db)).rejects.toThrow('audit_entry is append-only');
    expect(await count()).toEqual(before);
  });
});
