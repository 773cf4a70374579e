import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestApp, createTestBureau, type TestApp, type TestSession } from '../../testing/index.ts';
import { temporaryDataDir } from '../testing/temporary-data-dir.ts';

let test: TestApp;
let admin: TestSession;
let consoleDir: string;

beforeAll(async () => {
  consoleDir = await temporaryDataDir();
  await mkdir(join(consoleDir, 'assets'));
  await writeFile(join(consoleDir, 'index.html'), '<script src="/assets/a.js">');
  await writeFile(join(consoleDir, 'assets/a.js'), 'export {};');
  await writeFile(join(consoleDir, 'favicon.svg'), '<svg/>');
  test = await createTestApp({ consoleDir });
  await createTestBureau(test.database.db, { slug: 'west' });
  admin = await test.signInAs('admin', null);
});
afterAll(async () => {
  await test.close();
  await rm(consoleDir, { recursive: true });
});

const get = (url: string, headers: Record<string, string> = {}) => test.app.inject({ url, headers });

describe('a refusal', () => {
  it('names the field, what was expected and what came, in either language', async () => {
    const payload = { username: 'UPPER', displayName: 'x', password: 'Correct-horse-7', roles: [] };
    const ask = (language: string) =>
      admin.inject({ method: 'POST', url: '/api/accounts', payload, headers: { 'accept-language': language } });
    const english = (await ask('en')).json<{ error: object }>().error;
    expect(english).toMatchObject({ code: 'INVALID_FIELD', field: 'username', params: { actual: '"UPPER"' } });
    expect(english).toHaveProperty(
      'message',
      expect.stringMatching(/^username is invalid: expected .*a-z.*, got "UPPER"\.$/),
    );
    expect((await ask('zh-CN')).json()).toMatchObject({ error: { message: expect.stringContaining('username 无效') } });
  });

  it('never repeats a password', async () => {
    const payload = { username: 'somebody', displayName: 'x', password: 'secret', roles: [] };
    expect((await admin.inject({ method: 'POST', url: '/api/accounts', payload })).body).not.toContain('secret');
  });

  it('names a missing field, an unknown one and a value of no list', async () => {
    const fieldOf = async (payload: object) => {
      const answer = await admin.inject({ method: 'POST', url: '/api/accounts', payload });
      return answer.json<{ error: { field: string; params: object } }>().error;
    };
    expect(await fieldOf({ username: 'somebody' })).toMatchObject({
      field: 'displayName',
      params: { actual: 'nothing' },
    });
    const roles = [{ bureau: null, role: 'king' }];
    const account = { username: 'somebody', displayName: 'x', password: 'Correct-horse-7' };
    const refused = await fieldOf({ ...account, roles });
    expect(refused).toMatchObject({ field: 'roles.0.role', params: { actual: '"king"' } });
    expect(JSON.stringify(refused.params)).toContain('dispatcher');
  });

  it('of a body says why', async () => {
    const post = (payload: string, type = 'application/json') =>
      test.app.inject({ method: 'POST', url: '/api/session', payload, headers: { 'content-type': type } });
    expect((await post('{"username":')).json()).toMatchObject({ error: { code: 'BODY_UNREADABLE' } });
    expect((await post('x', 'text/csv')).statusCode).toBe(415);
    const large = await post(JSON.stringify({ username: 'x'.repeat(5 * 1024 * 1024) }));
    expect(large.statusCode).toBe(413);
    expect(large.json()).toMatchObject({ error: { code: 'BODY_TOO_LARGE', params: { limitBytes: 4_194_304 } } });
  });

  it('of an address without a route is JSON below /api', async () => {
    const answer = await get('/api/no-such-thing?x=1');
    expect(answer.statusCode).toBe(404);
    expect(answer.json()).toMatchObject({ error: { code: 'ROUTE_UNKNOWN', params: { path: '/api/no-such-thing' } } });
    expect((await test.app.inject({ method: 'POST', url: '/api/no-such-thing' })).statusCode).toBe(404);
  });

  it('of too many requests comes before the gate, so that guessing keys is slowed as well', async () => {
    const slow = await createTestApp({ config: { ...test.config, requestsPerMinute: 3 } });
    const statuses: number[] = [];
    for (let count = 0; count < 4; count++) statuses.push((await slow.app.inject('/api/accounts')).statusCode);
    await slow.close();
    expect(statuses).toEqual([401, 401, 401, 429]);
  });
});

describe('the console', () => {
  it('is one page for every address of its own, never kept', async () => {
    const [first, second] = [await get('/'), await get('/command/beats?bureau=west')];
    for (const page of [first, second]) {
      expect(page.headers['content-type']).toBe('text/html; charset=utf-8');
      expect(page.headers['cache-control']).toBe('no-cache');
    }
    expect(second.body).toBe(first.body);
  });

  it('runs and styles with nothing but its own files', async () => {
    const policy = String((await get('/')).headers['content-security-policy']);
    const directives = new Map(policy.split('; ').map((directive) => [directive.split(' ')[0], directive]));
    expect(directives.get('default-src')).toBe("default-src 'self'");
    expect(directives.get('script-src')).toBe("script-src 'self'");
    expect(directives.get('style-src')).toBe("style-src 'self'");
    expect(directives.get('connect-src')).toBe("connect-src 'self'");
    expect(directives.get('frame-ancestors')).toBe("frame-ancestors 'none'");
    expect(policy).not.toMatch(/unsafe|https?:|\*/);
  });

  it('keeps hashed files for good and others for a while', async () => {
    expect((await get('/assets/a.js')).headers['cache-control']).toBe('public, max-age=31536000, immutable');
    expect((await get('/favicon.svg')).headers['cache-control']).toBe('public, max-age=300');
    expect((await get('/assets/missing.js')).statusCode).toBe(404);
    expect((await get('/..%2f..%2fetc%2fpasswd.txt')).statusCode).toBeGreaterThanOrEqual(400);
  });
});

describe('the interface’s description', () => {
  it('is OpenAPI 3.1 made from the routes, with who may call them', async () => {
    const description = (await get('/api/docs/json')).json<{
      openapi: string;
      paths: Record<string, Record<string, object>>;
    }>();
    expect(description.openapi).toBe('3.1.0');
    expect(description.paths['/api/audit'].get).toMatchObject({ tags: ['audit'], security: [{ session: [] }] });
    expect(description.paths['/api/session'].post).not.toHaveProperty('security');
  });

  it('is shown with files of this server alone', async () => {
    const page = await get('/api/docs/');
    expect(page.headers['content-security-policy']).toContain("default-src 'self'");
    const addresses = [...page.body.matchAll(/(?:src|href)="([^"]+)"/g)].map((match) => match[1]);
    expect(addresses.length).toBeGreaterThan(3);
    for (const address of addresses) {
      expect(address).toMatch(/^\.\/static\//);
      expect((await get(`/api/docs/${address.slice(2)}`)).statusCode).toBe(200);
    }
    expect(page.body).not.toMatch(/<script>/);
  });
});

describe('the machinery', () => {
  it('hears whether the process lives and the database answers', async () => {
    expect((await get('/healthz')).json()).toEqual({ ok: true });
    expect((await get('/readyz')).json()).toEqual({ ok: true, positions: 'alone' });
  });

  it('reads metrics on this machine, but not through a proxy on it', async () => {
    const metrics = await get('/metrics');
    expect(metrics.body).toContain('xunfang_http_request_seconds_bucket');
    expect(metrics.body).toContain('xunfang_sign_ins_total{outcome="accepted"}');
    expect((await get('/metrics', { 'x-forwarded-for': '203.0.113.7' })).statusCode).toBe(401);
  });

  it('is told that the database is gone', async () => {
    const lost = await createTestApp();
    await lost.database.drop();
    expect((await lost.app.inject('/healthz')).statusCode).toBe(200);
    await expect
      .poll(async () => (await lost.app.inject('/readyz')).json(), { timeout: 15_000 })
      .toMatchObject({ error: { code: 'DATABASE_DOWN' } });
    expect((await lost.app.inject('/readyz')).statusCode).toBe(503);
    await lost.close();
  });
});
