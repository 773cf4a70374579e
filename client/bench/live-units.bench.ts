import { createPositionColumns, encodePositionFrame } from '@xunfang/geo-data/contract';
import { type Bench, type BenchRow, formatMs, measure } from '../../geo-data/bench/bench.ts';
import { applyFrame, createLiveUnits, placesToDraw } from '../src/units/live-units.ts';

const BOUNDS = { west: 103.75, south: 30.4, east: 104.375, north: 30.94 };
const FRAMES_PER_RUN = 200;
/** Of an animation at 60 frames a second, for places alone. */
const GOAL_MS_PER_DRAWING = 1;

export const bench: Bench = {
  name: 'live units on screen',
  run: async () => [...(await measureUnits(2000)), ...(await measureUnits(10_000))],
};

/** What a tick and an animation frame cost the console before deck.gl, beside objects in a map and an array of them for every drawing. */
async function measureUnits(count: number): Promise<BenchRow[]> {
  const units = createLiveUnits(count);
  const frames = Array.from({ length: FRAMES_PER_RUN }, (_, i) => frameOf(count, i));
  const texts = frames.map((_, i) => JSON.stringify(objectsOf(count, i)));
  const places = new Float64Array(2 * count);
  let nowMs = 0;
  let stream = 0;
  const apply = await measure(() => {
    stream++;
    for (const frame of frames) {
      // A stream of its own for every run: the same numbers come again.
      new DataView(frame).setUint32(16, stream, true);
      applyFrame(units, frame, (nowMs += 1000));
    }
  });
  const draw = await measure(() => {
    for (let i = 0; i < FRAMES_PER_RUN; i++) placesToDraw(units, nowMs + i * 5, places);
  });
  const garbage = garbageOf(() => placesToDraw(units, nowMs + 5, places));
  const objects = new Map<number, { from: [number, number]; to: [number, number] }>();
  const applyObjects = await measure(() => {
    for (const text of texts)
      for (const { id, lon, lat } of JSON.parse(text) as ReturnType<typeof objectsOf>)
        objects.set(id, { from: objects.get(id)?.to ?? [lon, lat], to: [lon, lat] });
  }, 3);
  const drawObjects = await measure(() => {
    for (let i = 0; i < FRAMES_PER_RUN; i++)
      [...objects].map(([id, { from, to }]) => ({
        id,
        position: from.map((start, axis) => start + ((to[axis] - start) * i) / FRAMES_PER_RUN),
      }));
  }, 3);
  const perDrawing = draw.medianMs / FRAMES_PER_RUN;
  const ratio = (peer: { medianMs: number }, ours: { medianMs: number }) =>
    `${(peer.medianMs / ours.medianMs).toFixed(0)}×`;
  return [
    {
      what: `${count} units: take ${FRAMES_PER_RUN} frames`,
      ours: formatMs(apply),
      peer: `${formatMs(applyObjects)} (JSON, a map of objects)`,
      ratio: ratio(applyObjects, apply),
    },
    {
      what: `${count} units: places for ${FRAMES_PER_RUN} drawings`,
      ours: formatMs(draw),
      peer: `${formatMs(drawObjects)} (an array of objects)`,
      ratio: ratio(drawObjects, draw),
      goal: `≤ ${GOAL_MS_PER_DRAWING} ms a drawing, nothing allocated`,
      met: perDrawing <= GOAL_MS_PER_DRAWING && garbage < 16,
      note: `${perDrawing.toFixed(3)} ms and ${garbage.toFixed(0)} bytes of garbage a drawing`,
    },
  ];
}

/** Bytes a call leaves behind, by the growth of the heap between collections. */
function garbageOf(work: () => void): number {
  const calls = 2000;
  (globalThis as { gc?: () => void }).gc?.();
  const before = process.memoryUsage().heapUsed;
  for (let i = 0; i < calls; i++) work();
  return Math.max(0, process.memoryUsage().heapUsed - before) / calls;
}

const lonAt = (unit: number, tick: number) => 104 + (unit % 100) * 1e-3 + tick * 1e-5;
const latAt = (unit: number) => 30.6 + Math.floor(unit / 100) * 1e-3;

function frameOf(count: number, tick: number): ArrayBuffer {
  const columns = createPositionColumns(count);
  columns.count = count;
  for (let row = 0; row < count; row++) {
    columns.slot[row] = row;
    columns.lon[row] = lonAt(row, tick);
    columns.lat[row] = latAt(row);
    columns.speedKmh[row] = 40;
  }
  const frame = { rosterRevision: 1, stream: 0, sequence: tick, timeMs: tick * 1000 };
  return encodePositionFrame(columns, BOUNDS, frame).buffer;
}

const objectsOf = (count: number, tick: number) =>
  Array.from({ length: count }, (_, id) => ({
    id,
    lon: lonAt(id, tick),
    lat: latAt(id),
    age: 0,
    speed: 40,
    status: 1,
  }));
