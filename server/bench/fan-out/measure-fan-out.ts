import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { nowMs } from '../now-ms.ts';
import { type Child, startChild } from './child.ts';
import type { ConsolesAnswer, ConsolesOrder, FanOutMode } from './consoles.ts';
import type { FeedAnswer, FeedOrder } from './feed.ts';
import { LAT, LON, type ServerAnswer, type ServerOrder } from './product-server.ts';

export type FanOutServer = Child<ServerOrder, ServerAnswer> & { mode: FanOutMode };

export interface FanOutResult {
  connected: number;
  bytesPerConsoleSecond: number;
  /** Of one core, by the server process; PostgreSQL is another process. */
  cpuShare: number;
  /** Percentiles in ms. From the snapshot: NaN where there is none. */
  fromTick: Spread;
  fromReceipt: Spread;
  /** Of the messages that should have come. */
  delivered: number;
  /** Whether the last snapshots held every unit that reports. */
  complete: boolean;
  /** Batches that the server did not take. */
  refused: number;
}
export interface Spread {
  p50: number;
  p99: number;
}

const HERE = import.meta.dirname;
const WARM_UP_SECONDS = 4;
const CONSOLES_PER_PROCESS = 250;
/** How soon devices that were not made through the server count there. */
const TAKE_OVER_MS = 6000;

export function startFanOutServer(mode: FanOutMode): FanOutServer {
  return { mode, ...startChild<ServerOrder, ServerAnswer>(join(HERE, 'product-server.ts'), [mode]) };
}

/** Feeds one bureau and measures what its consoles get, each part in processes of their own. */
export async function measureFanOut(
  server: FanOutServer,
  { units, consoles, seconds = 10 }: { units: number; consoles: number; seconds?: number },
): Promise<FanOutResult> {
  const { mode } = server;
  const bureau = `b${units}-${consoles}`;
  const { port, cookie, headers } = await server.ask({ bureau, units });
  await delay(TAKE_OVER_MS);
  const feed = startChild<FeedOrder | 'stop', FeedAnswer>(join(HERE, 'feed.ts'));
  const watching = startConsoles(Math.ceil(consoles / CONSOLES_PER_PROCESS));
  try {
    const order = { origin: `http://127.0.0.1:${port}`, cookie, bureau, mode, units, lat: LAT };
    await watching.connect(order, consoles);
    await feed.ask({ port, path: '/api/positions', headers, units, lon: LON, lat: LAT });
    await delay(WARM_UP_SECONDS * 1000);
    await watching.tell('begin');
    const [before, startedAtMs] = [await server.ask('cost'), nowMs()];
    await delay(seconds * 1000);
    const [after, endedAtMs] = [await server.ask('cost'), nowMs()];
    const heard = await watching.tell('end');
    const { sentAtMs, refused } = await feed.ask('stop');
    return summary({ mode, units, consoles, heard, sentAtMs, refused, before, after, startedAtMs, endedAtMs });
  } finally {
    await Promise.all([feed.stop(), watching.stop()]);
    // Let the server find out that everybody has gone.
    await delay(500);
  }
}

function startConsoles(processes: number) {
  const children = Array.from({ length: processes }, () =>
    startChild<ConsolesOrder | 'begin' | 'end', ConsolesAnswer>(join(HERE, 'consoles.ts')),
  );
  return {
    async connect(order: Omit<ConsolesOrder, 'consoles'>, consoles: number): Promise<void> {
      for (const [i, child] of children.entries()) {
        const share = Math.floor((consoles * (i + 1)) / processes) - Math.floor((consoles * i) / processes);
        await child.ask({ ...order, consoles: share });
      }
    },
    tell: (order: 'begin' | 'end') => Promise.all(children.map((child) => child.ask(order))),
    stop: () => Promise.all(children.map((child) => child.stop())),
  };
}

interface Measured {
  mode: FanOutMode;
  units: number;
  consoles: number;
  heard: ConsolesAnswer[];
  sentAtMs: Float64Array;
  refused: number;
  before: ServerAnswer;
  after: ServerAnswer;
  startedAtMs: number;
  endedAtMs: number;
}

function summary({ mode, units, consoles, heard, sentAtMs, refused, ...measured }: Measured): FanOutResult {
  const seconds = (measured.endedAtMs - measured.startedAtMs) / 1000;
  const sum = (pick: (answer: ConsolesAnswer) => number) => heard.reduce((total, answer) => total + pick(answer), 0);
  const connected = sum((answer) => answer.connected);
  const fromReceipt: number[] = [];
  for (const { decoded } of heard)
    for (let i = 0; i < decoded.index.length; i++) {
      const latencyMs = decoded.atMs[i] - sentAtMs[decoded.index[i]];
      if (latencyMs >= 0) fromReceipt.push(latencyMs);
    }
  const perSecond = mode === 'per fix' ? units : 1;
  return {
    connected,
    bytesPerConsoleSecond: sum((answer) => answer.bytes) / consoles / seconds,
    cpuShare: (measured.after.cpuSeconds - measured.before.cpuSeconds) / seconds,
    fromTick: spreadOf(heard.flatMap(({ fromTickMs }) => [...fromTickMs])),
    fromReceipt: spreadOf(fromReceipt),
    delivered: sum((answer) => answer.messages) / (consoles * perSecond * Math.round(seconds)),
    complete: heard.every(({ unitsSeen }) => unitsSeen === units),
    refused,
  };
}

function spreadOf(values: number[]): Spread {
  const sorted = Float64Array.from(values).sort();
  const at = (share: number) => sorted[Math.floor((sorted.length - 1) * share)] ?? Number.NaN;
  return { p50: at(0.5), p99: at(0.99) };
}
