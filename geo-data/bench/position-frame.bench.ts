import {
  createPositionColumns,
  decodePositionFrame,
  encodePositionFrame,
  type FrameBounds,
  type PositionColumns,
} from '../src/contract/index.ts';
import { createSeededRandom } from '../src/numeric/index.ts';
import { type Bench, type BenchRow, formatMs, measure } from './bench.ts';

/** 60 km wide and high. */
const BOUNDS: FrameBounds = { west: 103.75, south: 30.4, east: 104.375, north: 30.94 };
const FRAME = { rosterRevision: 1, stream: 1, sequence: 1, timeMs: 1_795_000_000_000 };
/** One frame takes microseconds: a run makes many, so that the clock can tell. */
const FRAMES_PER_RUN = 100;
const GOAL_TIMES_FEWER = 12;

export const bench: Bench = {
  name: 'position frame',
  run: async () => [...(await measureFrame(2000)), ...(await measureFrame(10_000))],
};

/** What one tick costs without a network, beside the JSON array of objects that consoles commonly get. */
async function measureFrame(units: number): Promise<BenchRow[]> {
  const columns = randomColumns(units);
  const frame = encodePositionFrame(columns, BOUNDS, FRAME);
  const json = Buffer.from(JSON.stringify(asObjects(columns)));
  const target = createPositionColumns(units);
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
  const timesFewer = json.length / frame.length;
  return [
    {
      what: `${units} units: bytes a unit`,
      ours: `${(frame.length / units).toFixed(2)} B`,
      peer: `${(json.length / units).toFixed(1)} B (JSON array)`,
      ratio: `${timesFewer.toFixed(1)}×`,
      goal: `≥ ${GOAL_TIMES_FEWER}×, places within 1 m`,
      met: timesFewer >= GOAL_TIMES_FEWER && worstMeters(columns, target) <= 1,
      note: `worst place ${worstMeters(columns, target).toFixed(2)} m off`,
    },
    {
      what: `${units} units: encode ${FRAMES_PER_RUN} frames`,
      ours: formatMs(encode),
      peer: `${formatMs(stringify)} (JSON.stringify)`,
      ratio: share(stringify, encode),
    },
    {
      what: `${units} units: decode ${FRAMES_PER_RUN} frames`,
      ours: formatMs(decode),
      peer: `${formatMs(parse)} (JSON.parse)`,
      ratio: share(parse, decode),
    },
  ];
}

function randomColumns(units: number): PositionColumns {
  const random = createSeededRandom(1);
  const columns = createPositionColumns(units);
  columns.count = units;
  for (let row = 0; row < units; row++) {
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

/** What the same tick looks like as JSON, with a precision of a metre. */
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

function worstMeters(sent: PositionColumns, back: PositionColumns): number {
  let worst = 0;
  const cosine = Math.cos((BOUNDS.south * Math.PI) / 180);
  for (let row = 0; row < sent.count; row++)
    worst = Math.max(
      worst,
      111_320 * Math.hypot((sent.lon[row] - back.lon[row]) * cosine, sent.lat[row] - back.lat[row]),
    );
  return worst;
}
