import { randomUUID } from 'node:crypto';
import { UNASSIGNED } from '@xunfang/geo-data/beats';
import {
  decodeColumnBlock,
  type ErrorBody,
  type Plan,
  type PlanSummary,
  type Simulation,
  type SimulationLine,
  type SimulationOrder,
} from '@xunfang/geo-data/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createWorkers, type Workers } from '../platform/index.ts';
import { addIncidents, createTestApp, createTestBureau, type TestApp, type TestSession } from '../testing/index.ts';
import { simulationService } from './simulation.service.ts';

/** The one whose streets ship with the product. */
const BUREAU = 'chengdu-wuhou';
const CALLS = 1_200;
const FIRST = Date.parse('2026-01-01T00:00:00+08:00');
const PERIOD = { from: '2026-01-01T00:00:00+08:00', to: '2026-02-20T00:00:00+08:00' };

let test: TestApp;
let workers: Workers;
let bureauId: number;
let supervisor: TestSession;
let few: number;
let many: number;

const post = (url: string, payload: object) => supervisor.inject({ method: 'POST', url, payload });
const ask = (order: Partial<SimulationOrder>) =>
  post(`/api/plans/simulation?bureau=${BUREAU}`, { planA: few, planB: many, ...PERIOD, ...order });
const refusal = async (order: Partial<SimulationOrder>) => (await ask(order)).json<ErrorBody>().error;

async function simulate(
  order: Partial<SimulationOrder> = {},
): Promise<{ lines: SimulationLine[]; result: Simulation }> {
  const answer = await ask(order);
  expect(answer.statusCode, answer.body).toBe(200);
  const lines = answer.body
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as SimulationLine);
  const last = lines[lines.length - 1];
  if (last.kind !== 'result') throw new Error(`The last line is ${JSON.stringify(last)}.`);
  return { lines, result: last.result };
}

async function clone(name: string): Promise<number> {
  return (await post(`/api/plans/${few}/clone`, { name })).json<PlanSummary>().id;
}

beforeAll(async () => {
  test = await createTestApp();
  workers = createWorkers(1);
  bureauId = await createTestBureau(test.database.db, { slug: BUREAU });
  await addIncidents(
    test.database.db,
    bureauId,
    Array.from({ length: CALLS }, (_, row) => ({
      key: String(row),
      at: new Date(FIRST + row * 3_600_000),
      lon: 104 + ((row * 37) % 100) / 1250,
      lat: 30.6 + ((row * 61) % 97) / 1250,
    })),
  );
  supervisor = await test.signInAs('supervisor', BUREAU);
  const design = async (name: string, beats: number) => {
    const answer = await post(`/api/plans/design?bureau=${BUREAU}`, { name, beats, zones: 2, resolution: 8 });
    expect(answer.statusCode, answer.body).toBe(201);
    return answer.json<Plan>().summary.id;
  };
  few = await design('四区', 4);
  many = await design('十二区', 12);
});
afterAll(async () => {
  await test.close();
  await workers.close();
});

describe('POST /api/plans/simulation', () => {
  it('shows that twelve units reach the same calls sooner than four, by the streets, with progress', async () => {
    const { lines, result } = await simulate();
    const { a, b, difference } = result;
    expect([result.calls + result.outside, result.days, result.travel]).toEqual([CALLS, 50, 'roads']);
    expect([a.plan.name, a.units, b.plan.name, b.units]).toEqual(['四区', 4, '十二区', 12]);
    for (const name of ['meanSeconds', 'p50Seconds', 'p90Seconds', 'utilisation', 'meanWaitSeconds'] as const) {
      const { estimate, low, high, verdict } = difference[name];
      expect([name, low <= estimate, estimate <= high]).toEqual([name, true, true]);
      // The places are few: their P90 goes in steps. Nobody has to wait for either.
      if (name !== 'p90Seconds' && name !== 'meanWaitSeconds') expect([name, verdict]).toEqual([name, 'less']);
      // Work of the last hours may end after the period; nothing else lies between the two ways to count.
      expect(Math.abs(estimate - (b[name] - a[name]))).toBeLessThan(name === 'utilisation' ? 0.002 : 1e-6);
    }
    expect(
      difference.tierShares.map(({ estimate }, tier) => estimate - b.tierShares[tier] + a.tierShares[tier]),
    ).toEqual([0, 0, 0].map(() => expect.closeTo(0, 9)));
    expect(a.histogram.reduce((sum, calls) => sum + calls, 0)).toBe(result.calls);
    const shares = lines.flatMap((line) => (line.kind === 'progress' ? [line.done / line.count] : []));
    expect(shares[0]).toBe(0);
    expect(shares).toEqual(shares.toSorted((x, y) => x - y));
    const again = (await simulate()).result;
    expect({ ...again, tookMs: 0 }).toEqual({ ...result, tookMs: 0 });
  });

  it('finds no difference between a plan and its own copy', async () => {
    const { result } = await simulate({ planB: await clone('副本'), seed: 7 });
    const { tierShares, ...others } = result.difference;
    for (const difference of [...Object.values(others), ...tierShares])
      expect(difference).toEqual({ estimate: 0, low: 0, high: 0, verdict: 'none' });
  });

  it('refuses in words what cannot be compared', async () => {
    const incomplete = await clone('缺口');
    const block = await supervisor.inject({ method: 'GET', url: `/api/drafts/${incomplete}/columns` });
    const { columns } = decodeColumnBlock(Uint8Array.from(block.rawPayload).buffer);
    const paint = { atoms: [0], before: [columns.beatOfAtom[0]], after: [UNASSIGNED] };
    const edit = { id: randomUUID(), tool: 'brush', paint, operations: [], undoOf: null };
    const edited = await post(`/api/drafts/${incomplete}/edits`, { madeOn: 0, edits: [edit] });
    expect(edited.statusCode, edited.body).toBe(200);

    expect(await refusal({ planB: few })).toMatchObject({ code: 'SIMULATION_SAME_PLAN', field: 'planB' });
    const gap = await refusal({ planB: incomplete });
    expect(gap).toMatchObject({ code: 'SIMULATION_PLAN_INCOMPLETE', params: { name: '缺口', atoms: 1, beats: 0 } });
    expect(gap.message).toContain('1 个网格未归入巡区');
    expect((await refusal({ from: '2020-01-01T00:00:00Z', to: '2020-03-01T00:00:00Z' })).code).toBe(
      'SIMULATION_NO_CALLS',
    );
    expect((await refusal({ categories: [32_000] })).code).toBe('SIMULATION_NO_CALLS');
    expect(await refusal({ to: '2026-01-08T00:00:00+08:00' })).toMatchObject({
      code: 'SIMULATION_PERIOD_SHORT',
      params: { days: 7 },
    });
    expect((await refusal({ to: PERIOD.from })).code).toBe('SIMULATION_PERIOD_EMPTY');
    expect((await refusal({ sceneMinutes: 0 })).code).toBe('INVALID_FIELD');
    await createTestBureau(test.database.db, { slug: 'elsewhere' });
    const stranger = await test.signInAs('supervisor', 'elsewhere');
    const url = '/api/plans/simulation?bureau=elsewhere';
    const asked = await stranger.inject({ method: 'POST', url, payload: { planA: few, planB: many, ...PERIOD } });
    expect(asked.statusCode).toBe(404);
  });

  it('stops the worker when nobody waits any more', async () => {
    const { db, sql } = test.database;
    const service = simulationService({ db, sql, workers, now: () => new Date() });
    const gone = new AbortController();
    const order = { planA: few, planB: many, ...PERIOD };
    const run = (await service.prepare(bureauId, order, gone.signal)).start(gone.signal);
    expect(await run.next()).toEqual({ done: false, value: { done: 0, count: expect.any(Number) } });
    gone.abort();
    await expect(run.next()).rejects.toThrow(/abort/i);
  });
});
