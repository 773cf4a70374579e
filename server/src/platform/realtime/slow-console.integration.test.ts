import { once } from 'node:events';
import type { AddressInfo, Socket } from 'node:net';
import type { ReliableEvent } from '@xunfang/geo-data/contract';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createTestApp, createTestBureau, type TestApp, type TestSession } from '../../testing/index.ts';
import { appendEvents } from '../index.ts';
import { createTestConsole } from '../outbox/testing/follow-events.ts';
import { connectStalledConsole } from './testing/stalled-console.ts';

const SOON = { timeout: 10_000, interval: 10 };
const QUEUE = { messages: 50, bytes: 256 * 1024 };
const STALLED = 5;
/** Together far more than the system's own buffers take for a connection. */
const EVENTS_PER_BATCH = 4;
const EVENT_BYTES = 16 * 1024;
const BATCHES = 400;

let test: TestApp;
let session: TestSession;
let bureauId: number;
let port: number;

beforeAll(async () => {
  test = await createTestApp({ queueLimits: QUEUE });
  bureauId = await createTestBureau(test.database.db, { slug: 'slow' });
  await test.app.listen({ port: 0, host: '127.0.0.1' });
  port = (test.app.server.address() as AddressInfo).port;
  session = await test.signInAs('dispatcher', 'slow');
});
afterAll(() => test.close());

it('cuts off consoles that stop reading, holds little for them meanwhile, and serves the others as before', async () => {
  const { realtime } = test.app;
  const origin = `http://127.0.0.1:${port}`;
  const reader = createTestConsole(session.cookie, 'slow');
  const returning = createTestConsole(session.cookie, 'slow');
  await reader.connect(origin);
  await returning.connect(origin);
  returning.cut();
  const stalled: Socket[] = [];
  for (let i = 0; i < STALLED; i++) stalled.push(await connectStalledConsole(port, session.cookie, 'slow'));
  expect(realtime.connections()).toBe(STALLED + 1);

  let most = 0;
  const watcher = setInterval(() => (most = Math.max(most, realtime.queuedBytes())), 1);
  const payload = { revision: 1, filler: 'x'.repeat(EVENT_BYTES) };
  const event = { event: 'roster:changed', payload } as ReliableEvent;
  let sent = 0;
  for (let batch = 0; batch < BATCHES && realtime.cutOff() < STALLED; batch++) {
    sent = await appendEvents(
      test.database.db,
      bureauId,
      Array.from({ length: EVENTS_PER_BATCH }, () => event),
    );
    // One that reads is never waited for by more than what is on its way.
    await expect.poll(() => reader.applied.length, SOON).toBe(sent);
    most = Math.max(most, realtime.queuedBytes());
  }
  clearInterval(watcher);

  expect(realtime.cutOff()).toBe(STALLED);
  await expect.poll(() => realtime.connections(), SOON).toBe(1);
  expect(realtime.queuedBytes()).toBe(0);
  // Each was let go by the first message beyond the limit.
  expect(most).toBeGreaterThan(0);
  expect(most).toBeLessThanOrEqual(STALLED * QUEUE.bytes);
  expect(reader.applied).toEqual(Array.from({ length: sent }, (_, i) => i + 1));
  expect(reader.outcomes).toEqual(['first']);

  // To the console it is a break: it reads what was on its way, hears the end, and resumes.
  const [first] = stalled;
  first.resume();
  await once(first, 'close', { signal: AbortSignal.timeout(10_000) });
  await returning.connect(origin);
  expect(returning.applied).toEqual(reader.applied);
  expect(returning.outcomes).toEqual(['first', `missed ${sent}`]);
  for (const socket of stalled) socket.destroy();
  reader.cut();
  returning.cut();
});
