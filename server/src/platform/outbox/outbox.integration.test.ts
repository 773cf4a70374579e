import type { AddressInfo } from 'node:net';
import type { IngestAnswer, ReliableEvent, Roster } from '@xunfang/geo-data/contract';
import fc from 'fast-check';
import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { buildApp } from '../../app.ts';
import { createTestApp, createTestBureau, type TestApp, type TestSession } from '../../testing/index.ts';
import { addUnits } from '../../units/index.ts';
import { appendEvents, createWorkers, type Workers } from '../index.ts';
import { createTestConsole, type TestConsole } from './testing/follow-events.ts';

const SOON = { timeout: 10_000, interval: 10 };
const SETTINGS = { keepEvents: 100, pageEvents: 7 };
let test: TestApp;
let workers: Workers;
let second: FastifyInstance;
let origins: string[];
let dispatcher: TestSession;
let bureau: { id: number; slug: string };
let bureauCount = 0;
const consoles: TestConsole[] = [];

const originOf = (app: FastifyInstance) => `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`;
const tick = (revision: number): ReliableEvent => ({ event: 'roster:changed', payload: { revision } });
const range = (from: number, to: number) => Array.from({ length: Math.max(0, to - from + 1) }, (_, i) => from + i);

async function start(): Promise<FastifyInstance> {
  const { db, sql } = test.database;
  const app = await buildApp({ config: test.config, db, sql, workers, outboxSettings: SETTINGS });
  await app.listen({ port: 0, host: '127.0.0.1' });
  return app;
}
function append(count: number): Promise<number> {
  return test.database.db.transaction().execute((trx) => appendEvents(trx, bureau.id, range(1, count).map(tick)));
}
const storedSeqs = async () =>
  (
    await test.database.db
      .selectFrom('outbox_event')
      .select('seq')
      .where('bureau_id', '=', bureau.id)
      .orderBy('seq')
      .execute()
  ).map(({ seq }) => seq);
function newConsole(session = dispatcher): TestConsole {
  const made = createTestConsole(session.cookie, bureau.slug);
  consoles.push(made);
  return made;
}

beforeAll(async () => {
  test = await createTestApp({ outboxSettings: SETTINGS });
  workers = createWorkers(1);
  await test.app.listen({ port: 0, host: '127.0.0.1' });
  second = await start();
  origins = [originOf(test.app), originOf(second)];
  dispatcher = await test.signInAs('dispatcher', null);
});
beforeEach(async () => {
  const slug = `outbox-${bureauCount++}`;
  bureau = { id: await createTestBureau(test.database.db, { slug }), slug };
});
afterAll(async () => {
  for (const one of consoles) one.cut();
  await second.close();
  await test.close();
  await workers.close();
});

describe('numbers', () => {
  it('have no gaps and become visible in order, whatever runs at once and rolls back', async () => {
    const console = newConsole();
    await console.connect(origins[0]);
    const end = new AbortController();
    const looks: number[][] = [];
    const reader = (async () => {
      while (!end.signal.aborted) looks.push(await storedSeqs());
    })();
    const kept = await Promise.all(
      range(1, 120).map(async (i) => {
        const failing = i % 4 === 0;
        const work = test.database.db.transaction().execute(async (trx) => {
          await appendEvents(trx, bureau.id, [tick(i), tick(i)]);
          if (i % 3 === 0) await new Promise((resolve) => setTimeout(resolve, i % 5));
          if (failing) throw new Error('rolled back');
        });
        return work.then(
          () => true,
          () => false,
        );
      }),
    );
    end.abort();
    await reader;
    const count = kept.filter(Boolean).length * 2;
    expect(count).toBe(180);
    expect(await storedSeqs()).toEqual(range(1, count));
    // At no moment was a later one there without those before it.
    for (const look of looks) expect(look).toEqual(range(1, look.length));
    expect(looks.length).toBeGreaterThan(2);
    await expect.poll(() => console.applied.length, SOON).toBe(count);
    expect(console.applied).toEqual(range(1, count));
  });

  it('leave nothing of what was rolled back, neither stored nor told', async () => {
    const console = newConsole();
    await console.connect(origins[0]);
    const { db } = test.database;
    const failed = db.transaction().execute(async (trx) => {
      await appendEvents(trx, bureau.id, [tick(13)]);
      throw new Error('rolled back');
    });
    await expect(failed).rejects.toThrow('rolled back');
    expect(await append(1)).toBe(1);
    await expect.poll(() => console.events, SOON).toEqual([{ seq: 1, ...tick(1) }]);
  });

  it('go to the consoles of every server, each what its role hears', async () => {
    const analyst = newConsole(await test.signInAs('analyst', bureau.slug));
    const desk = newConsole();
    await analyst.connect(origins[0]);
    await desk.connect(origins[1]);
    const imported: ReliableEvent = { event: 'incidents:imported', payload: { dataRevision: 1, inserted: 5 } };
    await appendEvents(test.database.db, bureau.id, [tick(1), imported, tick(2)]);
    await expect.poll(() => desk.applied, SOON).toEqual([1, 2, 3]);
    await expect.poll(() => analyst.applied, SOON).toEqual([2]);
    analyst.cut();
    await appendEvents(test.database.db, bureau.id, [tick(3), imported]);
    await analyst.connect(origins[1]);
    expect(analyst.applied).toEqual([2, 5]);
    expect(analyst.outcomes).toEqual(['first', 'missed 1']);
  });
});

describe('changes of the city', () => {
  it('tell of an incident and of each of its states, in the transaction of the change', async () => {
    const console = newConsole();
    await console.connect(origins[1]);
    const incident = {
      source: 'desk',
      lon: 104.04,
      lat: 30.64,
      occurredAt: new Date(Date.now() - 60_000).toISOString(),
    };
    const post = (payload: object[]) =>
      dispatcher.inject({ method: 'POST', url: `/api/incidents?bureau=${bureau.slug}`, payload });
    const answer = (
      await post([
        { ...incident, sourceId: 'a' },
        { ...incident, sourceId: 'b' },
      ])
    ).json<IngestAnswer>();
    expect(answer).toMatchObject({ created: 2 });
    const id = answer.items[0].id ?? 0;
    const url = `/api/incidents/${id}/transitions`;
    const moved = await dispatcher.inject({ method: 'POST', url, payload: { to: 'classified' } });
    expect(moved.statusCode, moved.body).toBe(200);
    const refused = await dispatcher.inject({ method: 'POST', url, payload: { to: 'received' } });
    expect(refused.statusCode).toBe(409);
    await expect.poll(() => console.events.length, SOON).toBe(3);
    expect(console.events).toMatchObject([
      { seq: 1, event: 'incident:changed', payload: { incident: { sourceId: 'a', state: 'received' }, created: true } },
      { seq: 2, event: 'incident:changed', payload: { incident: { sourceId: 'b' }, created: true } },
      { seq: 3, event: 'incident:changed', payload: { incident: { id, state: 'classified' }, created: false } },
    ]);
    const many = range(1, 201).map((i) => ({ ...incident, sourceId: `m${i}` }));
    await post(many);
    await expect
      .poll(() => console.events.slice(3), SOON)
      .toMatchObject([{ seq: 4, event: 'incidents:imported', payload: { inserted: 201 } }]);
  });
});

describe('a new roster', () => {
  it('is what a console gets that asks as it hears of it', async () => {
    const console = newConsole();
    await console.connect(origins[0]);
    const unit = { callSign: 'N-1', kind: 'car', forceLayer: 'armed_patrol', crew: 3 } as const;
    await addUnits(test.database.db, bureau.id, [unit]);
    await expect.poll(() => console.events.length, SOON).toBe(1);
    const roster = (await dispatcher.inject({ url: `/api/units?bureau=${bureau.slug}` })).json<Roster>();
    expect(roster.units).toMatchObject([{ callSign: 'N-1' }]);
    expect(console.events).toEqual([{ seq: 1, ...tick(roster.revision) }]);
  });
});

describe('a console that was away', () => {
  it('gets exactly what it missed, once and in order, over many pages and on the other server', async () => {
    const console = newConsole();
    await console.connect(origins[0]);
    await append(2);
    await expect.poll(() => console.applied, SOON).toEqual([1, 2]);
    console.cut();
    await append(40);
    await console.connect(origins[1]);
    expect(console.applied).toEqual(range(1, 42));
    await append(1);
    await expect.poll(() => console.applied, SOON).toEqual(range(1, 43));
    expect(console.outcomes).toEqual(['first', 'missed 40']);
  });

  it('goes on after its server was restarted', async () => {
    const console = newConsole();
    const before = await start();
    await console.connect(originOf(before));
    await append(3);
    await expect.poll(() => console.applied, SOON).toEqual([1, 2, 3]);
    await before.close();
    await append(5);
    const after = await start();
    try {
      await console.connect(originOf(after));
      expect(console.applied).toEqual(range(1, 8));
      await append(1);
      await expect.poll(() => console.applied, SOON).toEqual(range(1, 9));
      expect(console.outcomes).toEqual(['first', 'missed 5']);
    } finally {
      console.cut();
      await after.close();
    }
  });

  it('is told to ask for everything where what it missed is no longer kept', async () => {
    const console = newConsole();
    await console.connect(origins[0]);
    await append(1);
    await expect.poll(() => console.applied, SOON).toEqual([1]);
    console.cut();
    await append(SETTINGS.keepEvents + 1);
    expect(await test.app.outbox.prune()).toBeGreaterThan(0);
    expect(await storedSeqs()).toEqual(range(3, SETTINGS.keepEvents + 2));
    await console.connect(origins[0]);
    expect(console.outcomes).toEqual(['first', 'expired']);
    await append(1);
    await expect.poll(() => console.applied, SOON).toEqual([1, SETTINGS.keepEvents + 3]);
    console.cut();
    // Exactly the kept window: still complete.
    await append(SETTINGS.keepEvents);
    await test.app.outbox.prune();
    await console.connect(origins[1]);
    expect(console.applied).toEqual([1, ...range(SETTINGS.keepEvents + 3, 2 * SETTINGS.keepEvents + 3)]);
    // A number from a database that this one is not.
    const foreign = createTestConsole(dispatcher.cookie, bureau.slug);
    consoles.push(foreign);
    await test.database.sql`DELETE FROM outbox_event WHERE bureau_id = ${bureau.id}`;
    await foreign.connect(origins[0]);
    foreign.cut();
    await test.database.sql`UPDATE outbox_counter SET last_seq = 5 WHERE bureau_id = ${bureau.id}`;
    await foreign.connect(origins[0]);
    expect(foreign.outcomes).toEqual(['first', 'expired']);
  });

  it('applies all once and in order over random breaks, moves and transactions', async () => {
    const step = fc.oneof(
      {
        weight: 3,
        arbitrary: fc.record({ do: fc.constant('append' as const), count: fc.integer({ min: 1, max: 12 }) }),
      },
      { weight: 1, arbitrary: fc.record({ do: fc.constant('roll back' as const) }) },
      { weight: 2, arbitrary: fc.record({ do: fc.constant('cut' as const) }) },
      { weight: 2, arbitrary: fc.record({ do: fc.constant('connect' as const), to: fc.integer({ min: 0, max: 1 }) }) },
    );
    let seq = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 10 }), async (steps) => {
        const console = newConsole();
        await console.connect(origins[0]);
        const startedAt = seq;
        const running: Promise<unknown>[] = [];
        for (const one of steps) {
          // Not waited for: breaks and events run into each other.
          if (one.do === 'append') {
            running.push(append(one.count));
            seq += one.count;
          } else if (one.do === 'roll back')
            running.push(
              test.database.db
                .transaction()
                .execute(async (trx) => {
                  await appendEvents(trx, bureau.id, [tick(0)]);
                  throw new Error('rolled back');
                })
                .catch(() => {}),
            );
          else {
            console.cut();
            if (one.do === 'connect') await console.connect(origins[one.to]);
          }
        }
        await Promise.all(running);
        console.cut();
        await console.connect(origins[1]);
        await expect.poll(() => console.applied, SOON).toEqual(range(startedAt + 1, seq));
        console.cut();
        expect(console.outcomes).not.toContain('expired');
      }),
      { numRuns: 12, endOnFailure: true },
    );
  });

  it('hears of what happened while nobody told the server', async () => {
    const console = newConsole();
    await console.connect(origins[0]);
    const { sql } = test.database;
    const killed = await sql`
      SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND query ILIKE 'listen%'`;
    expect(killed.length).toBeGreaterThan(0);
    await append(1);
    await expect.poll(() => console.applied, SOON).toEqual([1]);
    await append(1);
    await expect.poll(() => console.applied, SOON).toEqual([1, 2]);
  });
});
