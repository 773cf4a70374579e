import type { AddressInfo } from 'node:net';
import type { ReliableEvent } from '@xunfang/geo-data/contract';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { appendEvents } from './platform/index.ts';
import { createTestConsole, type TestConsole } from './platform/outbox/testing/follow-events.ts';
import { createTcpProxy, createTestApp, createTestBureau, type TcpProxy, type TestApp } from './testing/index.ts';

const SOON = { timeout: 15_000, interval: 20 };
let test: TestApp;
let network: TcpProxy;
let desk: TestConsole;
let bureauId: number;

beforeAll(async () => {
  test = await createTestApp({ heartbeat: { pingIntervalMs: 400, pingTimeoutMs: 600 } });
  bureauId = await createTestBureau(test.database.db, { slug: 'half-open' });
  await test.app.listen({ port: 0, host: '127.0.0.1' });
  const { port } = test.app.server.address() as AddressInfo;
  network = await createTcpProxy(() => [port]);
});
afterAll(async () => {
  desk?.cut();
  await network?.close();
  await test?.close();
});

it('a console whose line died without a word is let go, notices, and goes on with what it missed', async () => {
  const { cookie } = await test.signInAs('dispatcher', 'half-open');
  desk = createTestConsole(cookie, 'half-open', { comesBack: true });
  await desk.connect(`http://127.0.0.1:${network.port}`);
  const { realtime } = test.app;
  expect(realtime.connections()).toBe(1);
  let noticed = 0;
  desk.socket().on('disconnect', () => noticed++);

  network.swallow();
  const event: ReliableEvent = { event: 'roster:changed', payload: { revision: 1 } };
  await appendEvents(test.database.db, bureauId, [event, event]);
  await expect.poll(() => [realtime.connections(), realtime.watchers(bureauId)], SOON).toEqual([0, 0]);
  await expect.poll(() => noticed, SOON).toBe(1);
  expect(realtime.queuedBytes()).toBe(0);
  expect(desk.applied).toEqual([]);

  network.pass();
  await expect.poll(() => desk.applied, SOON).toEqual([1, 2]);
  expect(desk.outcomes).toEqual(['first', 'missed 2']);
  expect(realtime.connections()).toBe(1);
});
