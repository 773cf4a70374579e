import { setTimeout as delay } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { Bench, BenchRow } from '../../geo-data/bench/bench.ts';
import { createDeviceRegistry, hashDeviceKey } from '../src/units/device-registry.ts';
import { createJt808Gateway } from '../src/units/jt808/jt808-gateway.ts';
import { createLivePositions } from '../src/units/live-positions.ts';
import { createPositionIngest } from '../src/units/position-ingest.ts';
import { createReception } from '../src/units/reception.ts';
import { BOUNDS, BUREAU, squareRules } from '../src/units/testing/gate-fixture.ts';
import { createTrackWriter } from '../src/units/track-writer.ts';
import { codeOf, phoneOf, startTerminals } from './jt808-load.ts';

const TERMINALS = 5000;
const INTERVAL_MS = 5000;
const SECONDS = 15;
const [LON, LAT] = [104.05, 30.65];

export const bench: Bench = { name: 'JT/T 808 terminals', run };

/** The gateway and everything behind it but the database, with terminals on loopback in a process of their own. */
async function run(): Promise<BenchRow[]> {
  const { gateway, positions, stop } = await startGateway();
  const port = await gateway.listen(0, '127.0.0.1');
  const terminals = await startTerminals({
    port,
    terminals: TERMINALS,
    intervalMs: INTERVAL_MS,
    seconds: SECONDS,
    lon: LON,
    lat: LAT,
  });
  const before = memory();
  const { authenticated } = await terminals.connect();
  await delay(500);
  const idle = memory();
  const cpu = process.cpuUsage();
  const started = performance.now();
  const { sent, answered, latencyMs } = await terminals.run();
  const seconds = (performance.now() - started) / 1000;
  const { user, system } = process.cpuUsage(cpu);
  const cpuShare = (user + system) / 1e6 / seconds;
  const after = memory();
  let seen = 0;
  for (let unit = 1; unit <= TERMINALS; unit++)
    if (!Number.isNaN(positions.fixedAtMs(BUREAU, positions.slotOf(BUREAU, unit)))) seen++;
  terminals.stop();
  await gateway.close();
  await stop();
  const kib = (bytes: number) => `${(bytes / TERMINALS / 1024).toFixed(1)} KiB`;
  return [
    {
      what: `${TERMINALS} terminals at ${1000 / INTERVAL_MS} Hz for ${SECONDS} s`,
      ours: `${Math.round(answered / SECONDS)} fixes/s, reply p50 ${latencyMs.p50.toFixed(1)} p99 ${latencyMs.p99.toFixed(1)} ms`,
      goal: 'every fix answered and live',
      met: authenticated === TERMINALS && answered === sent && seen === TERMINALS,
      note: `${answered} of ${sent} answered, longest ${latencyMs.max.toFixed(0)} ms; ${(cpuShare * 100).toFixed(0)} % of one core; terminals share the machine`,
    },
    {
      what: 'memory per connected terminal',
      ours: `${kib(idle.rss - before.rss)} resident`,
      note: `of it ${kib(idle.heap - before.heap)} heap; ${kib(after.rss - before.rss)} resident and ${kib(after.heap - before.heap)} heap after the load; kernel buffers apart`,
    },
  ];
}

async function startGateway() {
  const unitIds = Array.from({ length: TERMINALS }, (_, i) => i + 1);
  const positions = createLivePositions();
  positions.setRoster({ bureauId: BUREAU, revision: 1, bounds: BOUNDS, unitIds });
  const rules = squareRules(unitIds.map(() => 'car'));
  const tracks = createTrackWriter({
    tracks: { ensureDays: () => Promise.resolve(), copy: () => Promise.resolve() },
    onError: raise,
  });
  const ingest = createPositionIngest({ positions, tracks, rulesOf: () => rules, quarantine: { add: () => {} } });
  const registry = createDeviceRegistry({
    active: () =>
      Promise.resolve(
        unitIds.map((unitId) => ({
          id: unitId,
          bureauId: BUREAU,
          identifier: phoneOf(unitId - 1),
          unitId,
          keyHash: hashDeviceKey(codeOf(unitId - 1)),
          previousKeyHash: null,
          previousKeyUntil: null,
          coordinateSystem: 'WGS84' as const,
          suspectedSystem: null,
          checksSpeed: true,
          mqttUser: null,
          messagesPerMinute: null,
        })),
      ),
    addCounts: () => Promise.resolve(),
  });
  await registry.reload();
  await tracks.start();
  const gateway = createJt808Gateway({
    findDevice: (code) => registry.find(code),
    reception: createReception({ ingest, countFix: () => {}, countMessage: () => {} }),
    register: () => Promise.resolve(undefined),
    onEmergency: () => {},
    onError: raise,
    metrics: { countMessage: () => {}, countFault: () => {}, countClosed: () => {} },
    nowMs: Date.now,
  });
  return { gateway, positions, stop: () => tracks.stop() };
}

function memory(): { rss: number; heap: number } {
  setFlagsFromString('--expose_gc');
  (runInNewContext('gc') as () => void)();
  const { rss, heapUsed, external } = process.memoryUsage();
  return { rss, heap: heapUsed + external };
}

function raise(cause: unknown): never {
  throw cause;
}
