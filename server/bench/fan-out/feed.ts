import { Agent, request } from 'node:http';
import { nowMs } from '../now-ms.ts';
import { serveOrders } from './child.ts';

/** Every unit reports once a second; the reports are spread over the second in batches, as gateways send them. */
export const BATCHES_A_SECOND = 20;
/** What a unit moves by each second: the number of the second can be read from its place. */
export const STEP_DEGREES = 1e-4;
const STEPS = 400;

export interface FeedOrder {
  port: number;
  path: string;
  headers: Record<string, string>;
  units: number;
  lon: number;
  lat: number;
}
export type FeedAnswer = {
  /** By second and batch: when it was handed to the network; NaN: not yet. */
  sentAtMs: Float64Array;
  refused: number;
};

/** Units stand in rows, so that each has a place of its own, a hundred metres north of the last. */
export const lonOf = (lon: number, unit: number) => lon + (unit % 100) * 1e-3;
export const latOf = (lat: number, second: number) => lat + (second % STEPS) * STEP_DEGREES;
export const secondOf = (lat: number, unitLat: number) => Math.round((unitLat - lat) / STEP_DEGREES);
export const batchOf = (unit: number) => unit % BATCHES_A_SECOND;

if (process.argv[1] === import.meta.filename) serve();

function serve(): void {
  const agent = new Agent({ keepAlive: true, maxSockets: 4 });
  let timer: NodeJS.Timeout | undefined;
  let refused = 0;
  let sentAtMs = new Float64Array(0);

  function post(order: FeedOrder, second: number, batch: number): void {
    const time = new Date().toISOString();
    const fixes = [];
    for (let unit = batch; unit < order.units; unit += BATCHES_A_SECOND)
      fixes.push({
        device: `phone-${unit}`,
        time,
        lon: lonOf(order.lon, unit),
        lat: latOf(order.lat, second),
        speedKmh: 40,
        headingDegrees: (unit * 7) % 360,
        accuracyMeters: 4.8,
        status: 'patrolling',
      });
    const body = JSON.stringify(fixes);
    const headers = { ...order.headers, 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) };
    const { port, path } = order;
    const sending = request({ host: '127.0.0.1', port, path, method: 'POST', agent, headers }, (answer) => {
      if (answer.statusCode !== 200) refused++;
      answer.resume();
    });
    sending.on('error', () => refused++);
    sending.end(body);
    sentAtMs[second * BATCHES_A_SECOND + batch] = nowMs();
  }

  serveOrders((order: FeedOrder | 'stop'): FeedAnswer => {
    clearInterval(timer);
    if (order === 'stop') return { sentAtMs, refused };
    refused = 0;
    sentAtMs = new Float64Array(STEPS * BATCHES_A_SECOND).fill(Number.NaN);
    const startedAtMs = performance.now();
    let sent = 0;
    timer = setInterval(() => {
      const due = Math.min(sentAtMs.length, ((performance.now() - startedAtMs) * BATCHES_A_SECOND) / 1000);
      for (; sent < due; sent++) post(order, Math.floor(sent / BATCHES_A_SECOND), sent % BATCHES_A_SECOND);
    }, 5);
    return { sentAtMs, refused };
  });
}
