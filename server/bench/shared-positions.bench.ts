import { createClient } from '@redis/client';
import { type Bench, type BenchRow, formatMs, measure, type Timing } from '../../geo-data/bench/bench.ts';
import { openRedisLine } from '../src/platform/redis/redis-line.ts';
import { ROWS_HEADER_BYTES, writeHeader } from '../src/platform/redis/rows-message.ts';
import { createRedisServer, findProgram } from '../src/testing/index.ts';
import { createFix } from '../src/units/device-adapter.ts';
import { createLivePositions } from '../src/units/live-positions.ts';
import { createRegisteredDevice, type RegisteredDevice } from '../src/units/registered-device.ts';
import { createSharedPositions } from '../src/units/shared-positions.ts';
import { SHARED_ROW_BYTES } from '../src/units/shared-row.ts';

const DEVICES = 2000;
const RUNS = 20;
const KEPT_SECONDS = 60;
const BOUNDS = { west: 103, south: 30, east: 105, north: 31 };

export const bench: Bench = { name: 'shared positions', run };

/** What one second of 2,000 devices costs two processes, from the fix that was believed to the other's picture, through a real Redis. */
async function run(): Promise<BenchRow[]> {
  const program = findProgram('redis-server', 'Sharing positions is not measured');
  if (program === undefined) return [];
  const redis = await createRedisServer(program);
  try {
    const ours = await inRows(redis.url);
    const peer = await inMessages(redis.url);
    return [
      {
        what: `${DEVICES} positions from one process to the other`,
        ours: formatMs(ours),
        peer: `JSON message and HSET per fix ${formatMs(peer)}`,
        ratio: `${(peer.medianMs / ours.medianMs).toFixed(1)}×`,
        note: `${SHARED_ROW_BYTES} bytes a device; both processes and Redis on this machine`,
      },
    ];
  } finally {
    await redis.close();
  }
}

function createProcess() {
  const positions = createLivePositions();
  const unitIds = Array.from({ length: DEVICES }, (_, i) => i + 1);
  positions.setRoster({ bureauId: 1, revision: 1, bounds: BOUNDS, unitIds });
  const devices = new Map<number, RegisteredDevice>();
  for (const id of unitIds)
    devices.set(id, createRegisteredDevice({ id, bureauId: 1, identifier: String(id), unitId: id }));
  const shared = createSharedPositions(positions, { byId: (id) => devices.get(id), all: () => devices.values() });
  return { positions, devices, shared };
}

/** Every device moves. */
function move(
  { positions, devices }: ReturnType<typeof createProcess>,
  timeMs: number,
  note: (d: RegisteredDevice) => void,
) {
  const fix = createFix();
  for (const device of devices.values()) {
    const lon = 104 + (device.id % 100) / 1000;
    Object.assign(device.last, { fixedAtMs: timeMs, lon, lat: 30.5, accuracyMeters: 5 });
    Object.assign(fix, {
      fixedAtMs: timeMs,
      lon,
      lat: 30.5,
      speedKmh: 40,
      headingDegrees: 90,
      accuracyMeters: 5,
      statusCode: 2,
    });
    positions.write(1, device.id - 1, fix);
    note(device);
  }
}

async function inRows(url: string): Promise<Timing> {
  const [here, there] = [createProcess(), createProcess()];
  let arrived: () => void = () => {};
  const take = (message: Buffer) => {
    there.shared.adopt(message.subarray(ROWS_HEADER_BYTES));
    arrived();
  };
  const line = await openRedisLine(url, 'bench-rows', { take, broken: () => {} });
  let timeMs = 0;
  try {
    return await measure(async () => {
      const done = new Promise<void>((resolve) => (arrived = resolve));
      move(here, ++timeMs, here.shared.note);
      const rows = here.shared.takeChanged();
      await line.send(Buffer.concat([writeHeader(1), rows]), rows, SHARED_ROW_BYTES, KEPT_SECONDS);
      await done;
      if (there.positions.fixedAtMs(1, DEVICES - 1) !== timeMs) throw new Error('The other process has not heard.');
    }, RUNS);
  } finally {
    line.close();
  }
}

/** The usual way: each fix is published as JSON and kept as JSON; the client sends what one turn has together. */
async function inMessages(url: string): Promise<Timing> {
  const [here, there] = [createProcess(), createProcess()];
  const speaker = await createClient({ url }).connect();
  const listener = await createClient({ url }).connect();
  let left = 0;
  let arrived: () => void = () => {};
  const fix = createFix();
  await listener.subscribe('bench-json', (text) => {
    const { unitId, ...reported } = JSON.parse(text) as { unitId: number; fixedAtMs: number };
    if (
      reported.fixedAtMs > there.positions.fixedAtMs(1, unitId - 1) ||
      Number.isNaN(there.positions.fixedAtMs(1, unitId - 1))
    )
      there.positions.write(1, unitId - 1, Object.assign(fix, reported));
    if (--left === 0) arrived();
  });
  let timeMs = 0;
  try {
    return await measure(async () => {
      const done = new Promise<void>((resolve) => (arrived = resolve));
      left = DEVICES;
      const sent: Promise<unknown>[] = [];
      move(here, ++timeMs, ({ id, unitId, bureauId, last }) => {
        const text = JSON.stringify({
          deviceId: id,
          unitId,
          bureauId,
          ...last,
          speedKmh: 40,
          headingDegrees: 90,
          statusCode: 2,
        });
        sent.push(speaker.publish('bench-json', text), speaker.hSet('bench-json:last', String(id), text));
      });
      await Promise.all(sent);
      await done;
    }, RUNS);
  } finally {
    speaker.destroy();
    listener.destroy();
  }
}
