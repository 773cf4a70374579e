import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import { createTestConsole } from '../src/platform/outbox/testing/follow-events.ts';
import { nowMs } from './now-ms.ts';

interface ConsoleOrder {
  origin: string;
  cookie: string;
  bureau: string;
  consoles: number;
}
export interface HeardEvents {
  /** From `sentAtMs` in the payload to the console's handler, of every console and event, ascending. */
  latenciesMs: number[];
  /** Consoles that did not get every number from the first to the last once and in order. */
  wrong: number;
}
export interface ConsoleLoad {
  heard(): Promise<HeardEvents>;
  close(): Promise<unknown>;
}

/** Consoles on a thread of their own, so that what they cost is not taken for the server's. */
export async function openConsoles(order: ConsoleOrder): Promise<ConsoleLoad> {
  const worker = new Worker(new URL(import.meta.url), { workerData: order });
  const answer = <Answer>() => new Promise<Answer>((resolve) => worker.once('message', resolve));
  await answer();
  return {
    heard: () => {
      worker.postMessage('report');
      return answer<HeardEvents>();
    },
    close: () => worker.terminate(),
  };
}

async function run({ origin, cookie, bureau, consoles }: ConsoleOrder): Promise<void> {
  let latencies: number[] = [];
  const onApply = (payload: { sentAtMs?: number }) => latencies.push(nowMs() - (payload.sentAtMs ?? 0));
  const open = Array.from({ length: consoles }, () => createTestConsole(cookie, bureau, { onApply }));
  for (const console of open) await console.connect(origin);
  parentPort?.on('message', () => {
    const wrong = open.filter(({ applied }) => applied.some((seq, i) => i > 0 && seq !== applied[i - 1] + 1)).length;
    parentPort?.postMessage({ latenciesMs: latencies.sort((a, b) => a - b), wrong } satisfies HeardEvents);
    latencies = [];
  });
  parentPort?.postMessage('ready');
}

if (!isMainThread) await run(workerData as ConsoleOrder);
