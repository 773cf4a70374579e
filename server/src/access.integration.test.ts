import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import {
  CLIENT_EVENT_ROLES,
  type ClientToServerEvents,
  RELIABLE_EVENT_ROLES,
  ROLES,
  type Role,
  SERVER_EVENT_ROLES,
  type ServerToClientEvents,
} from '@xunfang/geo-data/contract';
import type { HTTPMethods, RouteOptions } from 'fastify';
import { io, type Socket } from 'socket.io-client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { apiKeysService } from './identity/index.ts';
import { type Access, appendEvents } from './platform/index.ts';
import { createTestApp, createTestBureau, type TestApp, type TestSession } from './testing/index.ts';

interface Route {
  method: HTTPMethods;
  url: string;
  /** Read when asked: a plugin may declare it after the route was seen. */
  readonly access: Access;
}
/** Who calls: a role in the bureau, a role in another bureau only, keys, nobody. */
interface Caller {
  name: string;
  role?: Role;
  scopes?: readonly string[];
  elsewhere?: boolean;
  ask(method: HTTPMethods, url: string): Promise<{ statusCode: number; body: string }>;
}

const BUREAU = 'west';
const routes: Route[] = [];
const callers: Caller[] = [];
const sessions = new Map<Role, TestSession>();
let test: TestApp;

beforeAll(async () => {
  test = await createTestApp({}, (app) => app.addHook('onRoute', collect));
  const bureauId = await createTestBureau(test.database.db, { slug: BUREAU });
  await createTestBureau(test.database.db, { slug: 'east' });
  for (const role of ROLES) {
    const session = await test.signInAs(role, BUREAU);
    sessions.set(role, session);
    callers.push({
      name: role,
      role,
      ask: (method, url) => session.inject({ method, url, ...bodyOf(method) }),
    });
    const outsider = await test.signInAs(role, 'east');
    callers.push({
      name: `${role} of another bureau`,
      role,
      elsewhere: true,
      ask: (method, url) => outsider.inject({ method, url, ...bodyOf(method) }),
    });
  }
  const keys = apiKeysService({ db: test.database.db, now: () => new Date() });
  for (const scopes of [
    ['incidents:write'],
    ['incidents:read'],
    ['plans:read'],
    ['metrics:read'],
    ['positions:write'],
  ] as const) {
    const { key } = await keys.create(
      { bureauId, name: scopes[0], scopes },
      { accountId: null, actor: 'test', address: null },
    );
    const headers = { authorization: `Bearer ${key}` };
    callers.push({
      name: `API key ${scopes[0]}`,
      scopes,
      ask: (method, url) => test.app.inject({ method, url, headers, ...bodyOf(method) }),
    });
  }
  const forged = { cookie: 'xunfang_session=forged' };
  callers.push({ name: 'nobody', ask: (method, url) => askFromOutside(method, url, {}) });
  callers.push({ name: 'a forged cookie', ask: (method, url) => askFromOutside(method, url, forged) });
  callers.push({
    name: 'a forged key',
    ask: (method, url) => askFromOutside(method, url, { authorization: 'Bearer xf_forged' }),
  });
});
afterAll(() => test.close());

function collect(route: RouteOptions): void {
  for (const method of [route.method].flat())
    if (method !== 'HEAD' && method !== 'OPTIONS')
      routes.push({
        method,
        url: route.url,
        get access() {
          return route.config?.access as Access;
        },
      });
}

function askFromOutside(method: HTTPMethods, url: string, headers: Record<string, string>) {
  const remoteAddress = '203.0.113.7';
  return test.app.inject({ method, url, headers, remoteAddress, ...bodyOf(method) });
}

/** Empty on purpose: who passes the gate is told what is wrong with it, and nothing changes. */
const bodyOf = (method: HTTPMethods) => (method === 'GET' || method === 'DELETE' ? {} : { payload: {} });

/** Ids of nothing: who passes the gate hears 404. */
function addressOf(url: string): string {
  const path = url
    .replace(/:deviceKey/, 'no-such-key')
    .replace(/:id/g, '999999')
    .replace(/:\w+/g, 'nothing')
    .replace('*', 'nothing.txt');
  return `${path}?bureau=${BUREAU}`;
}

/** What the declaration says, told apart from the code that enforces it. */
function maySee(caller: Caller, access: Access): boolean {
  if ('public' in access) return true;
  if ('deviceKey' in access) return false;
  if (caller.scopes) return caller.scopes.some((scope) => access.scopes?.includes(scope as never));
  if (caller.role === undefined || !access.roles.includes(caller.role)) return false;
  return access.bureau === 'query' ? caller.elsewhere !== true : true;
}

describe('every route, as everybody', () => {
  it('declares who may call it', () => {
    expect(routes.length).toBeGreaterThan(20);
    expect(routes.filter(({ access }) => access === undefined)).toEqual([]);
  });

  it('lets in whom it names and nobody else', async () => {
    const wrong: string[] = [];
    let asked = 0;
    // Signing out would end the session that asks.
    const ending = (route: Route) => route.method === 'DELETE' && route.url === '/api/session';
    for (const route of routes.filter((candidate) => !ending(candidate)))
      for (const caller of callers) {
        const answer = await caller.ask(route.method, addressOf(route.url));
        asked++;
        const refused = answer.statusCode === 401 || answer.statusCode === 403;
        // The public sign-in answers 400 to an empty body; a device route answers 401 to whoever has no device key.
        if (refused === maySee(caller, route.access))
          wrong.push(
            `${route.method} ${route.url} as ${caller.name}: ${answer.statusCode} ${answer.body.slice(0, 120)}`,
          );
        if (answer.statusCode >= 500)
          wrong.push(`${route.method} ${route.url} as ${caller.name}: ${answer.statusCode}`);
      }
    expect(wrong).toEqual([]);
    expect(asked).toBeGreaterThan(routes.length * 15);
  });

  it('answers nobody with 401 and a wrong role with 403, in the caller’s language', async () => {
    const url = `/api/audit?bureau=${BUREAU}`;
    expect((await askFromOutside('GET', url, {})).statusCode).toBe(401);
    const refused = await sessions.get('dispatcher')?.inject({ url, headers: { 'accept-language': 'en' } });
    expect(refused?.statusCode).toBe(403);
    expect(refused?.json()).toMatchObject({
      error: { code: 'ROLE_REFUSED', message: 'Your role may not do this; it takes: admin, auditor.' },
    });
  });

  it('refuses what changes something without the CSRF token', async () => {
    const { cookie, view } = sessions.get('admin') as TestSession;
    const ask = (headers: Record<string, string>) =>
      test.app.inject({ method: 'POST', url: '/api/accounts', payload: {}, headers: { cookie, ...headers } });
    expect((await ask({})).json()).toMatchObject({ error: { code: 'CSRF_MISSING' } });
    expect((await ask({ 'x-csrf-token': 'wrong' })).statusCode).toBe(403);
    expect((await ask({ 'x-csrf-token': view.csrfToken })).statusCode).toBe(400);
    const foreign = await ask({ 'x-csrf-token': view.csrfToken, origin: 'https://elsewhere.example' });
    expect(foreign.json()).toMatchObject({ error: { code: 'ORIGIN_REFUSED' } });
  });

  it('tells which bureaus exist only to those who see all', async () => {
    const ask = async (session: TestSession, bureau: string) =>
      (await session.inject({ url: `/api/audit?bureau=${bureau}` })).json<{ error: { code: string } }>().error.code;
    const local = sessions.get('auditor') as TestSession;
    expect(await ask(local, 'east')).toBe('BUREAU_REFUSED');
    expect(await ask(local, 'no-such')).toBe('BUREAU_REFUSED');
    expect(await ask(await test.signInAs('auditor', null), 'no-such')).toBe('BUREAU_UNKNOWN');
  });
});

describe('every socket event, as everybody', () => {
  type Client = Socket<ServerToClientEvents, ClientToServerEvents>;
  const open: Client[] = [];
  let url: string;
  beforeAll(async () => {
    await test.app.listen({ port: 0, host: '127.0.0.1' });
    url = `http://127.0.0.1:${(test.app.server.address() as AddressInfo).port}`;
  });
  afterAll(() => {
    for (const socket of open) socket.disconnect();
  });

  const connect = (headers: Record<string, string>) =>
    new Promise<Client>((resolve, reject) => {
      const socket: Client = io(url, {
        extraHeaders: headers,
        transports: ['websocket'],
        forceNew: true,
        reconnection: false,
      });
      open.push(socket);
      socket.on('connect', () => resolve(socket)).on('connect_error', reject);
    });
  const watch = (socket: Client, bureau: string) =>
    socket.timeout(5000).emitWithAck('bureau:watch', { bureau, lastSeq: null });

  it('connects nobody without a session', async () => {
    await expect(connect({})).rejects.toThrow('NOT_SIGNED_IN');
    await expect(connect({ cookie: 'xunfang_session=forged' })).rejects.toThrow('NOT_SIGNED_IN');
  });

  it('refuses a page of another site', async () => {
    const { cookie } = sessions.get('admin') as TestSession;
    await expect(connect({ cookie, origin: 'https://elsewhere.example' })).rejects.toThrow('websocket error');
  });

  it.each(ROLES)('%s hears what its role may hear, of its own bureau', async (role) => {
    const { cookie } = sessions.get(role) as TestSession;
    const socket = await connect({ cookie });
    const heard = new Set<string>();
    // The running modules speak as well (frames of their own): only what this test sent counts, told by the bureau in it.
    const hear = (event: string, message: { bureau?: string } | Uint8Array) => {
      const bureau = message instanceof Uint8Array ? Buffer.from(message).toString() : message.bureau;
      if (bureau === 'east' || bureau === BUREAU) heard.add(`${event} of ${bureau}`);
    };
    socket.onAny(hear);
    socket.on('bureau:events', ({ events }) => {
      for (const { event, payload } of events) hear(event, payload as { bureau?: string });
    });
    expect(await watch(socket, 'east')).toMatchObject({ ok: false, code: 'BUREAU_REFUSED' });
    expect(await watch(socket, BUREAU)).toMatchObject({ ok: true, more: false });
    await sendEveryEvent('east');
    await sendEveryEvent(BUREAU);
    if (SERVER_EVENT_ROLES['positions:frame'].includes(role))
      await sendFrameUntil(() => heard.has(`positions:frame of ${BUREAU}`));
    // A packet sent later arrives later: what was not heard before this answer was not sent.
    expect(await socket.timeout(5000).emitWithAck('bureau:leave')).toEqual({ ok: true });
    const allRoles = { ...SERVER_EVENT_ROLES, ...RELIABLE_EVENT_ROLES };
    const allowed = Object.entries(allRoles).filter(([, roles]) => roles.includes(role));
    // Of drafts hears who has one open.
    const ofBureau = allowed.filter(([event]) => event !== 'server:time' && !event.startsWith('draft:'));
    expect([...heard].sort()).toEqual(ofBureau.map(([event]) => `${event} of ${BUREAU}`).sort());
    heard.clear();
    await sendEveryEvent(BUREAU);
    await new Promise<void>((resolve) => socket.once('server:time', () => resolve()));
    expect([...heard]).toEqual([]);
  });

  it.each(ROLES)('%s is let through with the events that its role may send, and with no other', async (role) => {
    const socket = (await connect({ cookie: (sessions.get(role) as TestSession).cookie })) as Socket;
    const messages: Record<keyof ClientToServerEvents, object[]> = {
      'bureau:watch': [{ bureau: BUREAU, lastSeq: null }],
      'bureau:leave': [],
      'draft:join': [{ draft: 999_999 }],
      'draft:leave': [{ draft: 999_999 }],
      'draft:pointer': [{ draft: 999_999, lon: 0, lat: 0, beat: null }],
    };
    for (const [event, roles] of Object.entries(CLIENT_EVENT_ROLES)) {
      let answer: unknown;
      socket.emit(event, ...messages[event as keyof ClientToServerEvents], (told: unknown) => (answer = told));
      // Refusals are answered at once, in order: what was not refused before this one was let through.
      expect(await socket.timeout(5000).emitWithAck('bureau:delete')).toMatchObject({ code: 'ROLE_REFUSED' });
      const refusal = { ok: false, code: 'ROLE_REFUSED' };
      if (roles.includes(role)) expect(answer, event).not.toMatchObject(refusal);
      else expect(answer, event).toMatchObject(refusal);
    }
  });

  /** A volatile frame may be dropped while another is on its way. */
  async function sendFrameUntil(isHeard: () => boolean): Promise<void> {
    const id = await idOf(BUREAU);
    for (; !isHeard(); await delay(20)) test.app.realtime.frameToBureau(id, Buffer.from(BUREAU));
  }

  async function sendEveryEvent(bureau: string): Promise<void> {
    const { realtime, outbox } = test.app;
    const id = await idOf(bureau);
    realtime.frameToBureau(id, Buffer.from(bureau));
    realtime.toBureau(id, 'import:progress', { bureau } as never);
    const events = Object.keys(RELIABLE_EVENT_ROLES).map((event) => ({ event, payload: { bureau } }));
    const seq = await appendEvents(test.database.db, id, events as never);
    for (; outbox.delivered(id) < seq; ) await delay(5);
  }

  it('answers an event it does not know with a refusal', async () => {
    const socket = await connect({ cookie: (sessions.get('admin') as TestSession).cookie });
    const answer: unknown = await (socket as Socket).timeout(5000).emitWithAck('bureau:delete', {});
    expect(answer).toMatchObject({ ok: false, code: 'ROLE_REFUSED' });
  });

  it('closes the sockets of a session that ends', async () => {
    const session = await test.signInAs('dispatcher', BUREAU);
    const socket = await connect({ cookie: session.cookie });
    const closed = new Promise((resolve) => socket.once('disconnect', resolve));
    await session.inject({ method: 'DELETE', url: '/api/session' });
    expect(await closed).toBe('io server disconnect');
  });

  async function idOf(slug: string): Promise<number> {
    return (await test.database.db.selectFrom('bureau').select('id').where('slug', '=', slug).executeTakeFirstOrThrow())
      .id;
  }
});
