import {
  createPositionColumns,
  decodePositionFrame,
  encodePositionFrame,
  type FrameBounds,
  type PositionColumns,
} from '@xunfang/geo-data/contract';
import { createSeededRandom } from '@xunfang/geo-data/numeric';
import { type Bench, type BenchRow, formatMs, measure } from '../../geo-data/bench/bench.ts';

const UNITS = 2000;
const BOUNDS: FrameBounds = { west: 103.75, south: 30.4, east: 104.375, north: 30.94 };
const FRAME = { rosterRevision: 1, sequence: 1, timeMs: 1_795_000_000_000 };
/** One frame takes microseconds: a run makes many, so that the clock can tell. */
const FRAMES_PER_RUN = 100;

export const bench: Bench = { name: 'position fan-out', run };

/** What one tick costs for 2,000 units, beside the JSON array of objects that consoles commonly get. */
async function run(): Promise<BenchRow[]> {
  const columns = randomColumns();
  const frame = encodePositionFrame(columns, BOUNDS, FRAME);
  const units = asObjects(columns);
  const json = Buffer.from(JSON.stringify(units));
  const target = createPositionColumns(UNITS);

  const many = (work: () => unknown) => () => {
    for (let i = 0; i < FRAMES_PER_RUN; i++) work();
  };
  const encode = await measure(many(() => encodePositionFrame(columns, BOUNDS, FRAME)));
  const decode = await measure(many(() => decodePositionFrame(frame.buffer, target)));
  const stringify = await measure(
    many(() => JSON.stringify(asObjects(columns))),
    3,
  );
  const parse = await measure(
    many(() => JSON.parse(json.toString()) as unknown),
    3,
  );
  const share = (peer: { medianMs: number }, ours: { medianMs: number }) =>
    `${(peer.medianMs / ours.medianMs).toFixed(0)}×`;
  return [
    {
      what: 'bytes per unit and tick',
      ours: `${(frame.length / UNITS).toFixed(1)} B`,
      peer: `${(json.length / UNITS).toFixed(1)} B (JSON array)`,
      ratio: `${(json.length / frame.length).toFixed(1)}×`,
      goal: '≤ 16 B',
      met: frame.length / UNITS <= 16,
    },
    {
      what: `bytes a second to 200 consoles, ${UNITS} units at 1 Hz`,
      ours: `${((frame.length * 200) / 1e6).toFixed(1)} MB/s`,
      peer: `${((json.length * 200) / 1e6).toFixed(1)} MB/s`,
      goal: '≤ 6.4 MB/s',
      met: frame.length * 200 <= 6.4e6,
    },
    {
      what: `encode ${FRAMES_PER_RUN} frames of ${UNITS} units`,
      ours: formatMs(encode),
      peer: `${formatMs(stringify)} (JSON.stringify)`,
      ratio: share(stringify, encode),
    },
    {
      what: `decode ${FRAMES_PER_RUN} frames of ${UNITS} units`,
      ours: formatMs(decode),
      peer: `${formatMs(parse)} (JSON.parse)`,
      ratio: share(parse, decode),
    },
  ];
}

function randomColumns(): PositionColumns {
  const random = createSeededRandom(1);
  const columns = createPositionColumns(UNITS);
  columns.count = UNITS;
  for (let row = 0; row < UNITS; row++) {
    columns.slot[row] = row;
    columns.lon[row] = BOUNDS.west + random.uniform() * (BOUNDS.east - BOUNDS.west);
    columns.lat[row] = BOUNDS.south + random.uniform() * (BOUNDS.north - BOUNDS.south);
    columns.ageSeconds[row] = random.uniform() * 20;
    columns.speedKmh[row] = random.uniform() * 60;
    columns.headingDegrees[row] = random.uniform() * 360;
    columns.status[row] = random.int(9);
    columns.accuracyMeters[row] = 3 + random.uniform() * 20;
  }
  return columns;
}

/** What the same tick looks like as JSON, with the precision of the frame. */
function asObjects(columns: PositionColumns) {
  return Array.from({ length: columns.count }, (_, row) => ({
    id: columns.slot[row],
    lon: Number(columns.lon[row].toFixed(5)),
    lat: Number(columns.lat[row].toFixed(5)),
    age: Number(columns.ageSeconds[row].toFixed(1)),
    speed: Math.round(columns.speedKmh[row]),
    heading: Math.round(columns.headingDegrees[row]),
    status: columns.status[row],
    accuracy: Math.round(columns.accuracyMeters[row]),
  }));
}
