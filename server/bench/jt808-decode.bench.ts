import { type Bench, type BenchRow, formatMs, measure } from '../../geo-data/bench/bench.ts';
import type { Fix } from '../src/units/device-adapter.ts';
import { createFrameSplitter } from '../src/units/jt808/frame-splitter.ts';
import { createJt808Adapter, type PositionMessage } from '../src/units/jt808/jt808.adapter.ts';
import { MESSAGE } from '../src/units/jt808/jt808-message.ts';
import { createLocationReport } from '../src/units/jt808/location-report.ts';
import { createMessageHeader, readMessageHeader } from '../src/units/jt808/message-header.ts';
import { locationBody, terminalFrame } from '../src/units/jt808/testing/terminal-frames.ts';

const FRAMES = 20_000;
const CHUNK_BYTES = 16_384;
const RUNS = 10;
const GOAL_FRAMES_PER_SECOND = 30_000;
const START_MS = Date.UTC(2026, 10, 23);

export const bench: Bench = { name: 'JT/T 808 decode', run };

/** 0x0200 with six additional items out of a byte stream to fixes: by the gateway's decoder, and by the obvious one. */
async function run(): Promise<BenchRow[]> {
  const stream = Buffer.concat(Array.from({ length: FRAMES }, (_, i) => frame(i)));
  const chunks: Buffer[] = [];
  for (let at = 0; at < stream.length; at += CHUNK_BYTES) chunks.push(stream.subarray(at, at + CHUNK_BYTES));
  const expected = decodePlainly(chunks);
  const actual = decode(chunks);
  if (actual !== expected) throw new Error(`The two decoders disagree: ${actual} and ${expected}.`);
  const ours = await measure(() => decode(chunks), RUNS);
  const peer = await measure(() => decodePlainly(chunks), RUNS);
  const perSecond = FRAMES / (ours.medianMs / 1000);
  return [
    {
      what: `decode ${FRAMES} frames of ${Math.round(stream.length / FRAMES)} bytes on one core`,
      ours: `${formatMs(ours)}, ${Math.round(perSecond / 1000)}k frames/s`,
      peer: `${formatMs(peer)}, ${Math.round(FRAMES / peer.medianMs)}k frames/s (split, slice, DataView, Date per frame)`,
      ratio: `${(peer.medianMs / ours.medianMs).toFixed(1)}×`,
      goal: `≥ ${GOAL_FRAMES_PER_SECOND / 1000}k frames/s`,
      met: perSecond >= GOAL_FRAMES_PER_SECOND,
      note: 'both give the same fixes',
    },
  ];
}

function frame(i: number): Uint8Array {
  const items = [1, 4, 0, 0, i >> 8, i & 255, 2, 2, 0, 125, 3, 2, 1, 44, 0x25, 4, 0, 0, 0, 0, 0x30, 1, 20, 0x31, 1, 12];
  const lon = 104 + (i % 1000) * 1e-5;
  const place = { lon, lat: 30.64, atMs: START_MS + i * 1000, speedKmh: (i % 900) / 10, headingDegrees: i % 360 };
  const phone = String(13_800_000_000 + (i % 5000));
  return terminalFrame({ id: MESSAGE.position, phone, sequence: i & 0xffff, body: locationBody({ ...place, items }) });
}

/** A sum over everything that was decoded, so that both decoders can be compared and neither is optimised away. */
function decode(chunks: readonly Uint8Array[]): number {
  let sum = 0;
  const header = createMessageHeader();
  const location = createLocationReport();
  const adapter = createJt808Adapter(location);
  const message: PositionMessage = { messageId: 0, bytes: new Uint8Array(), start: 0, end: 0, unshift: false };
  const add = (fix: Fix) => {
    sum += fix.lon + fix.lat + fix.speedKmh + fix.headingDegrees + fix.fixedAtMs / 1e9;
    sum += location.mileageKm + location.fuelLitres + location.recorderSpeedKmh;
    sum += location.signalStrength + location.satellites;
  };
  const splitter = createFrameSplitter(
    (bytes, length) => {
      if (readMessageHeader(bytes, length, header) !== undefined || header.messageId !== MESSAGE.position) return;
      message.messageId = header.messageId;
      message.bytes = bytes;
      message.start = header.bodyStart;
      message.end = header.bodyEnd;
      adapter.decode(message, START_MS, add);
    },
    () => {},
  );
  for (const chunk of chunks) splitter.push(chunk);
  return sum;
}

/** As one writes it first: an array of frames, an object and a Date per message, text for BCD, a map of items. */
function decodePlainly(chunks: readonly Buffer[]): number {
  let sum = 0;
  let rest = Buffer.alloc(0);
  for (const chunk of chunks) {
    rest = Buffer.concat([rest, chunk]);
    for (;;) {
      const start = rest.indexOf(0x7e);
      const end = rest.indexOf(0x7e, start + 1);
      if (start < 0 || end < 0) break;
      const unescaped: number[] = [];
      for (let i = start + 1; i < end; i++)
        if (rest[i] === 0x7d) unescaped.push(rest[++i] === 1 ? 0x7d : 0x7e);
        else unescaped.push(rest[i]);
      rest = rest.subarray(end + 1);
      const message = readPlainly(Buffer.from(unescaped));
      if (message === undefined) continue;
      const { lon, lat, speedKmh, heading, time, items } = message;
      sum += lon + lat + speedKmh + heading + time.getTime() / 1e9;
      sum += items[1] / 10 + items[2] / 10 + items[3] / 10;
      sum += items[0x30] + items[0x31];
    }
  }
  return sum;
}

function readPlainly(content: Buffer) {
  if (content.reduce((xor, byte) => xor ^ byte, 0) !== 0) return undefined;
  const properties = content.readUInt16BE(2);
  const start = (properties & 0x4000) === 0 ? 12 : 17;
  const body = content.subarray(start, -1);
  if (content.readUInt16BE(0) !== MESSAGE.position || body.length !== (properties & 0x3ff)) return undefined;
  const status = body.readUInt32BE(4);
  const [yy, mm, dd, h, m, s] = body.toString('hex', 22, 28).match(/../g) ?? [];
  const items: Record<number, number> = {};
  for (let at = 28; at + 2 <= body.length; at += 2 + body[at + 1])
    items[body[at]] = body.readUIntBE(at + 2, body[at + 1]);
  return {
    phone: content.toString('hex', 4, 10),
    lat: (body.readUInt32BE(8) / 1e6) * ((status & 4) === 0 ? 1 : -1),
    lon: (body.readUInt32BE(12) / 1e6) * ((status & 8) === 0 ? 1 : -1),
    speedKmh: body.readUInt16BE(18) / 10,
    heading: body.readUInt16BE(20),
    time: new Date(`20${yy}-${mm}-${dd}T${h}:${m}:${s}+08:00`),
    items,
  };
}
