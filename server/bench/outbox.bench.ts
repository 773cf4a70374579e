import type { AddressInfo, Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import type { ReliableEvent } from '@xunfang/geo-data/contract';
import type { Bench, BenchRow } from '../../geo-data/bench/bench.ts';
import { appendEvents, audit, type QueueLimits } from '../src/platform/index.ts';
import { createTestConsole } from '../src/platform/outbox/testing/follow-events.ts';
import { connectStalledConsole } from '../src/platform/realtime/testing/stalled-console.ts';
import { createTestApp, createTestBureau, type TestApp } from '../src/testing/index.ts';
import { openConsoles } from './console-load.ts';
import { nowMs } from './now-ms.ts';
import { withTestPostgres } from './with-test-postgres.ts';

const CONSOLES = 100;
const STALLED = 20;
const EVENTS = 400;
const INTERVAL_MS = 20;
const EVENT_BYTES = 1024;
/** First of all, more than the system's own buffers take, so that those who do not read are behind. */
const FILLING = { events: 400, bytes: 16 * 1024 };
const TRANSACTIONS = 3000;
const CONNECTIONS = 8;
const MISSED = 1000;
const BUREAU = 'bench';
const NO_LIMITS: QueueLimits = { messages: Infinity, bytes: Infinity };

export const bench: Bench = { name: 'reliable events', run: () => withTestPostgres(run) };

async function run(): Promise<BenchRow[]> {
  const calm = await fanOut(0);
  const stalled = await fanOut(STALLED);
  const unguarded = await fanOut(STALLED, NO_LIMITS);
  const inMemory = (bytes: number) => `${(bytes / 2 ** 20).toFixed(1)} MiB`;
  const rate = `${EVENTS} events of ${EVENT_BYTES / 1024} KiB at ${1000 / INTERVAL_MS}/s`;
  return [
    {
      what: `append to console, ${CONSOLES} consoles, ${rate}`,
      ours: `p50 ${calm.p50.toFixed(1)} ms, p99 ${calm.p99.toFixed(1)} ms`,
      met: calm.wrong === 0,
      note: `${calm.heard} deliveries; consoles out of order or short: ${calm.wrong}`,
    },
    {
      what: `the same beside ${STALLED} consoles that stopped reading`,
      ours: `p50 ${stalled.p50.toFixed(1)} ms, p99 ${stalled.p99.toFixed(1)} ms`,
      peer: `p50 ${unguarded.p50.toFixed(1)} ms, p99 ${unguarded.p99.toFixed(1)} ms (no limit)`,
      met: stalled.wrong === 0 && stalled.cutOff === STALLED,
      note: `${stalled.cutOff} of ${STALLED} cut off`,
    },
    {
      what: `most that waited in memory for the ${STALLED}`,
      ours: inMemory(stalled.mostQueued),
      peer: `${inMemory(unguarded.mostQueued)} and growing (no limit)`,
      goal: `≤ ${STALLED} MiB`,
      met: stalled.mostQueued <= STALLED * 2 ** 20,
    },
    await throughput(),
    await catchUp(),
  ];
}

async function withApp<Result>(
  queueLimits: QueueLimits | undefined,
  work: (test: TestApp, bureauId: number, port: number) => Promise<Result>,
): Promise<Result> {
  const test = await createTestApp({ queueLimits });
  try {
    const bureauId = await createTestBureau(test.database.db, { slug: BUREAU });
    await test.app.listen({ port: 0, host: '127.0.0.1' });
    return await work(test, bureauId, (test.app.server.address() as AddressInfo).port);
  } finally {
    await test.close();
  }
}

const eventOf = (bytes: number) =>
  ({
    event: 'roster:changed',
    payload: { revision: 1, sentAtMs: nowMs(), filler: 'x'.repeat(bytes) },
  }) as ReliableEvent;

function fanOut(stalledCount: number, queueLimits?: QueueLimits) {
  return withApp(queueLimits, async (test, bureauId, port) => {
    const { realtime } = test.app;
    const { cookie } = await test.signInAs('dispatcher', BUREAU);
    const origin = `http://127.0.0.1:${port}`;
    const consoles = await openConsoles({ origin, cookie, bureau: BUREAU, consoles: CONSOLES });
    const stalled: Socket[] = [];
    for (let i = 0; i < stalledCount; i++) stalled.push(await connectStalledConsole(port, cookie, BUREAU));
    let mostQueued = 0;
    const send = async (count: number, bytes: number) => {
      for (let i = 0; i < count; i++) {
        const [seq] = await Promise.all([
          appendEvents(test.database.db, bureauId, [eventOf(bytes)]),
          delay(INTERVAL_MS),
        ]);
        while (test.app.outbox.delivered(bureauId) < seq) await delay(1);
        mostQueued = Math.max(mostQueued, realtime.queuedBytes());
      }
      await delay(1000);
      return consoles.heard();
    };
    await send(FILLING.events, FILLING.bytes);
    const { latenciesMs, wrong } = await send(EVENTS, EVENT_BYTES);
    await consoles.close();
    for (const socket of stalled) socket.destroy();
    const at = (share: number) => latenciesMs[Math.floor((latenciesMs.length - 1) * share)];
    const short = latenciesMs.length === EVENTS * CONSOLES ? 0 : 1;
    return {
      p50: at(0.5),
      p99: at(0.99),
      heard: latenciesMs.length,
      wrong: wrong + short,
      mostQueued,
      cutOff: realtime.cutOff(),
    };
  });
}

/** Transactions of one bureau on every connection at once: the counter makes them wait for each other's commit. */
function throughput(): Promise<BenchRow> {
  return withApp(undefined, async ({ database: { db } }, bureauId) => {
    const perSecond = async (append: boolean) => {
      let left = TRANSACTIONS;
      const startedAtMs = performance.now();
      const lane = async () => {
        while (left-- > 0)
          await db.transaction().execute(async (trx) => {
            await audit(trx, { bureauId, actor: 'bench', action: 'bench.change' });
            if (append) await appendEvents(trx, bureauId, [eventOf(500)]);
          });
      };
      await Promise.all(Array.from({ length: CONNECTIONS }, lane));
      return (TRANSACTIONS * 1000) / (performance.now() - startedAtMs);
    };
    await perSecond(true);
    const [ours, bare] = [await perSecond(true), await perSecond(false)];
    return {
      what: `changes a second in one bureau, ${CONNECTIONS} connections`,
      ours: ours.toFixed(0),
      peer: `${bare.toFixed(0)} (without the event)`,
      ratio: `${(ours / bare).toFixed(2)}×`,
      goal: '≥ 200',
      met: ours >= 200,
    };
  });
}

function catchUp(): Promise<BenchRow> {
  return withApp(undefined, async (test, bureauId, port) => {
    const { cookie } = await test.signInAs('dispatcher', BUREAU);
    const origin = `http://127.0.0.1:${port}`;
    const console = createTestConsole(cookie, BUREAU);
    await console.connect(origin);
    console.cut();
    for (let i = 0; i < MISSED / 100; i++)
      await appendEvents(
        test.database.db,
        bureauId,
        Array.from({ length: 100 }, () => eventOf(500)),
      );
    const startedAtMs = performance.now();
    await console.connect(origin);
    const tookMs = performance.now() - startedAtMs;
    console.cut();
    return {
      what: `${MISSED} missed events caught up, connecting included`,
      ours: `${tookMs.toFixed(0)} ms`,
      met: console.applied.length === MISSED && console.outcomes.at(-1) === `missed ${MISSED}`,
    };
  });
}
