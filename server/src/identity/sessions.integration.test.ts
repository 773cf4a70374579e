import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestApp, createTestBureau, type TestApp, type TestSession } from '../testing/index.ts';
import { LOCK_OUT, sessionLimits } from './session-policy.ts';

let test: TestApp;
/** The application's clock: moved by the tests, never waited for. */
let clockMs = Date.parse('2026-03-01T08:00:00Z');

beforeAll(async () => {
  test = await createTestApp({ now: () => new Date(clockMs) });
  await createTestBureau(test.database.db, { slug: 'west' });
});
afterAll(() => test.close());

const statusOf = async (session: TestSession) => (await session.inject({ url: '/api/session' })).statusCode;
const signIn = (username: string, password: string) =>
  test.app.inject({ method: 'POST', url: '/api/session', payload: { username, password } });
const again = async ({ username, password }: TestSession) => {
  const { value } = (await signIn(username, password)).cookies[0];
  return () => test.app.inject({ url: '/api/session', headers: { cookie: `xunfang_session=${value}` } });
};

describe('sessions', () => {
  it('tell who it is, and end with the sign-out', async () => {
    const session = await test.signInAs('dispatcher', 'west');
    expect((await session.inject({ url: '/api/session' })).json()).toMatchObject({
      account: { username: session.username },
      bureaus: [{ id: 'west', roles: ['dispatcher'] }],
    });
    expect((await session.inject({ method: 'DELETE', url: '/api/session' })).statusCode).toBe(204);
    expect(await statusOf(session)).toBe(401);
  });

  it('travel in a cookie that scripts cannot read and other sites do not send', async () => {
    const { username, password } = await test.signInAs('dispatcher', 'west');
    const answer = await signIn(username, password);
    expect(answer.cookies[0]).toMatchObject({ name: 'xunfang_session', httpOnly: true, sameSite: 'Strict', path: '/' });
    expect(answer.headers['cache-control']).toBe('no-store');
  });

  it('are stored so that the database does not open them', async () => {
    const session = await test.signInAs('dispatcher', 'west');
    const token = session.cookie.split('=')[1];
    const rows = await test.database.db.selectFrom('session').select('token_hash').execute();
    expect(rows.map((row) => row.token_hash.toString('base64url'))).not.toContain(token);
    expect(rows.every((row) => row.token_hash.length === 32)).toBe(true);
  });

  it('end when nobody asks for too long, later for a dispatcher, not for a wall', async () => {
    const analyst = await test.signInAs('analyst', 'west');
    const dispatcher = await test.signInAs('dispatcher', 'west');
    const wall = await test.signInAs('display', 'west');
    clockMs += sessionLimits(['analyst']).idleMs - 1000;
    expect(await statusOf(analyst)).toBe(200);
    clockMs += sessionLimits(['analyst']).idleMs;
    expect([await statusOf(analyst), await statusOf(dispatcher), await statusOf(wall)]).toEqual([401, 200, 200]);
    clockMs += sessionLimits(['dispatcher']).idleMs;
    expect([await statusOf(dispatcher), await statusOf(wall)]).toEqual([401, 200]);
  });

  it('are not kept alive by a page that asks on its own', async () => {
    const session = await test.signInAs('analyst', 'west');
    const { idleMs } = sessionLimits(['analyst']);
    const ask = () => session.inject({ url: '/api/session', headers: { 'x-unattended': '1' } });
    clockMs += idleMs / 2;
    expect((await ask()).statusCode).toBe(200);
    clockMs += idleMs / 2;
    expect((await ask()).statusCode).toBe(401);
  });

  it('end some time after the sign-in, however busy', async () => {
    const { idleMs, absoluteMs } = sessionLimits(['analyst']);
    const session = await test.signInAs('analyst', 'west');
    const stepMs = idleMs / 2;
    for (let passedMs = stepMs; passedMs < absoluteMs; passedMs += stepMs) {
      clockMs += stepMs;
      expect(await statusOf(session)).toBe(200);
    }
    clockMs += stepMs;
    expect(await statusOf(session)).toBe(401);
  });

  it('are few for one account: one more ends the oldest', async () => {
    const first = await test.signInAs('analyst', 'west');
    const { concurrent } = sessionLimits(['analyst']);
    for (let more = 1; more < concurrent; more++) {
      clockMs += 1000;
      await again(first);
    }
    expect(await statusOf(first)).toBe(200);
    clockMs += 1000;
    const newest = await again(first);
    expect(await statusOf(first)).toBe(401);
    expect((await newest()).statusCode).toBe(200);
  });

  it('end with their account', async () => {
    const admin = await test.signInAs('admin', null);
    const session = await test.signInAs('analyst', 'west');
    const url = `/api/accounts/${session.view.account.id}`;
    expect((await admin.inject({ method: 'PATCH', url, payload: { disabled: true } })).statusCode).toBe(200);
    expect(await statusOf(session)).toBe(401);
    expect((await signIn(session.username, session.password)).statusCode).toBe(401);
  });
});

describe('a new password', () => {
  const change = (session: TestSession, currentPassword: string, newPassword: string) =>
    session.inject({ method: 'POST', url: '/api/session/password', payload: { currentPassword, newPassword } });

  it('ends the other sessions, and the old one no longer signs in', async () => {
    const session = await test.signInAs('analyst', 'west');
    const other = await again(session);
    expect((await other()).statusCode).toBe(200);
    expect((await change(session, session.password, 'Correct-horse-7-staple')).statusCode).toBe(204);
    expect(await statusOf(session)).toBe(200);
    expect((await other()).statusCode).toBe(401);
    expect((await signIn(session.username, session.password)).statusCode).toBe(401);
    expect((await signIn(session.username, 'Correct-horse-7-staple')).statusCode).toBe(200);
  });

  it('needs the current one and obeys the rules', async () => {
    const session = await test.signInAs('analyst', 'west');
    const codeOf = async (current: string, next: string) =>
      (await change(session, current, next)).json<{ error: { code: string } }>().error.code;
    expect(await codeOf('wrong', 'Correct-horse-7-staple')).toBe('PASSWORD_WRONG');
    expect(await codeOf(session.password, 'Short-1')).toBe('INVALID_FIELD');
    expect(await codeOf(session.password, 'alllowercaseletters')).toBe('PASSWORD_SIMPLE');
    expect(await codeOf(session.password, session.password)).toBe('PASSWORD_UNCHANGED');
  });
});

describe('guessing', () => {
  it('locks the account, also for the right password, until time has passed', async () => {
    const { username, password } = await test.signInAs('analyst', 'west');
    for (let guess = 0; guess < LOCK_OUT.failures; guess++)
      expect((await signIn(username, `wrong ${guess}`)).json()).toMatchObject({ error: { code: 'SIGN_IN_REFUSED' } });
    expect((await signIn(username, password)).json()).toMatchObject({
      error: { code: 'ACCOUNT_LOCKED', params: { minutes: LOCK_OUT.lockedMs / 60_000 } },
    });
    clockMs += LOCK_OUT.lockedMs;
    expect((await signIn(username, 'wrong')).json()).toMatchObject({ error: { code: 'SIGN_IN_REFUSED' } });
    expect((await signIn(username, password)).statusCode).toBe(200);
  });

  it('gains nothing from asking many times at once', async () => {
    const { username, password } = await test.signInAs('analyst', 'west');
    const guesses = Array.from({ length: 20 }, (_, guess) =>
      signIn(username, guess === 15 ? password : `wrong ${guess}`),
    );
    const statuses = (await Promise.all(guesses)).map(
      (answer) => answer.json<{ error: { code: string } }>().error.code,
    );
    expect(statuses.filter((code) => code === 'SIGN_IN_REFUSED')).toHaveLength(LOCK_OUT.failures);
    expect(statuses.filter((code) => code === 'ACCOUNT_LOCKED')).toHaveLength(20 - LOCK_OUT.failures);
  });

  it('is answered alike for a name that exists and one that does not', async () => {
    const { username } = await test.signInAs('analyst', 'west');
    const withoutId = (body: string) => ({ ...JSON.parse(body).error, id: '' }) as unknown;
    const [known, unknown] = [await signIn(username, 'wrong'), await signIn('no-such-name', 'wrong')];
    expect(withoutId(known.body)).toEqual(withoutId(unknown.body));
  });

  it('is slowed down for each address', async () => {
    const strict = await createTestApp({ config: { ...test.config, requestsPerMinute: 3000 } });
    const attempt = () =>
      strict.app.inject({ method: 'POST', url: '/api/session', payload: { username: 'nobody', password: 'wrong' } });
    const statuses: number[] = [];
    for (let count = 0; count < 21; count++) statuses.push((await attempt()).statusCode);
    await strict.close();
    expect(statuses.slice(0, 20).every((status) => status === 401)).toBe(true);
    expect(statuses[20]).toBe(429);
  });
});
