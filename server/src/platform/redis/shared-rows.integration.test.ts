import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  createRedisServer,
  createTcpProxy,
  findProgram,
  type RedisServer,
  type TcpProxy,
} from '../../testing/index.ts';
import { createSharedRows } from './shared-rows.ts';

const REDIS = findProgram('redis-server', 'The end of a process whose Redis is silent is not tested');
const ROW_BYTES = 8;
const SOON = { timeout: 15_000, interval: 20 };

describe.skipIf(REDIS === undefined)('the end of what a process shares', () => {
  let redis: RedisServer;
  let network: TcpProxy;
  beforeEach(async () => {
    redis = await createRedisServer(REDIS as string);
    network = await createTcpProxy(() => [Number(new URL(redis.url).port)]);
  });
  afterEach(async () => {
    await network.close();
    await redis.close();
  });

  function createProcess(flushMs: number) {
    const changed: number[] = [];
    const adopted: number[] = [];
    let taken = 0;
    const rows = createSharedRows({
      url: `redis://127.0.0.1:${network.port}`,
      log: pino({ level: 'silent' }),
      settings: { flushMs, retryMs: 60_000, silenceMs: 60_000 },
    });
    const user = {
      rowBytes: ROW_BYTES,
      takeChanged() {
        const bytes = Buffer.alloc(changed.length * ROW_BYTES);
        changed.forEach((id, i) => bytes.writeUInt32LE(id, i * ROW_BYTES));
        taken += changed.length;
        changed.length = 0;
        return bytes;
      },
      tellEverything: () => {},
      adopt(bytes: Buffer) {
        for (let at = 0; at < bytes.length; at += ROW_BYTES) adopted.push(bytes.readUInt32LE(at));
      },
    };
    return { ...rows, changed, adopted, taken: () => taken, begin: () => rows.start(user, 'test') };
  }

  it('does not wait for a Redis that takes everything and answers nothing', async () => {
    const one = createProcess(60_000);
    await one.begin();
    one.changed.push(1);
    redis.freeze();
    await one.stop();
    expect(one.taken()).toBe(1);
    await expect.poll(() => network.connections(), SOON).toBe(0);
  });

  it('comes after what is on its way and what changed since', async () => {
    const one = createProcess(5);
    await one.begin();
    redis.freeze();
    one.changed.push(1);
    await expect.poll(one.taken, SOON).toBe(1);
    one.changed.push(2);
    const stopping = one.stop();
    redis.thaw();
    await stopping;
    const two = createProcess(60_000);
    await two.begin();
    expect(two.adopted.sort((a, b) => a - b)).toEqual([1, 2]);
    await two.stop();
  });

  it('leaves no line open that was on its way', async () => {
    const one = createProcess(60_000);
    const beginning = one.begin();
    await one.stop();
    await beginning;
    await expect.poll(() => network.connections(), SOON).toBe(0);
    expect(one.state()).toBe('partial');
  });
});
