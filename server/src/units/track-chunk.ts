import type { Fix } from './device-adapter.ts';

/** Rows of `track_point` in PostgreSQL's binary COPY format, ready to be sent: a fix becomes bytes when it arrives and never an object. */
export interface TrackChunk {
  bytes: Buffer;
  length: number;
  rows: number;
  /** UTC days (whole days since the epoch) of its rows: each needs its partition. */
  days: Set<number>;
}

const SIGNATURE = Buffer.from('PGCOPY\n\xff\r\n\0\0\0\0\0\0\0\0\0', 'latin1');
const COLUMNS = 11;
/** Column count, eleven lengths, and the widest row: three int4, two int8, two float8, three float4, one int2. */
const MAX_ROW_BYTES = 2 + COLUMNS * 4 + 3 * 4 + 2 * 8 + 2 * 8 + 3 * 4 + 2;
const TRAILER_BYTES = 2;
const CHUNK_BYTES = 256 * 1024;
/** PostgreSQL counts microseconds from 2000-01-01. */
const POSTGRES_EPOCH_MS = 946_684_800_000;
const DAY_MS = 86_400_000;

export const TRACK_COLUMNS = [
  'bureau_id',
  'unit_id',
  'device_id',
  'fixed_at',
  'received_at',
  'lon',
  'lat',
  'speed_kmh',
  'heading_degrees',
  'accuracy_meters',
  'status',
] as const;

export function createTrackChunk(): TrackChunk {
  const bytes = Buffer.allocUnsafe(CHUNK_BYTES);
  SIGNATURE.copy(bytes);
  return { bytes, length: SIGNATURE.length, rows: 0, days: new Set() };
}

export function chunkIsFull(chunk: TrackChunk): boolean {
  return chunk.length + MAX_ROW_BYTES + TRAILER_BYTES > chunk.bytes.length;
}

export interface TrackOwner {
  id: number;
  bureauId: number;
}

/** Appends one row. The order of the columns is that of `TRACK_COLUMNS`. */
export function appendTrackRow(
  chunk: TrackChunk,
  device: TrackOwner,
  unitId: number,
  fix: Fix,
  statusCode: number,
  receivedAtMs: number,
): void {
  const { bytes } = chunk;
  let at = bytes.writeInt16BE(COLUMNS, chunk.length);
  at = writeInt32(bytes, at, device.bureauId);
  at = writeInt32(bytes, at, unitId);
  at = writeInt32(bytes, at, device.id);
  at = writeInstant(bytes, at, fix.fixedAtMs);
  at = writeInstant(bytes, at, receivedAtMs);
  at = bytes.writeDoubleBE(fix.lon, bytes.writeInt32BE(8, at));
  at = bytes.writeDoubleBE(fix.lat, bytes.writeInt32BE(8, at));
  at = writeFloat(bytes, at, fix.speedKmh);
  at = writeFloat(bytes, at, fix.headingDegrees);
  at = writeFloat(bytes, at, fix.accuracyMeters);
  chunk.length = bytes.writeInt16BE(statusCode, bytes.writeInt32BE(2, at));
  chunk.rows++;
  chunk.days.add(Math.floor(fix.fixedAtMs / DAY_MS));
}

/** The whole COPY stream of a chunk. It may be asked for again after a failure, and rows may still be added later. */
export function copyBytesOf(chunk: TrackChunk): Buffer {
  const end = chunk.bytes.writeInt16BE(-1, chunk.length);
  return chunk.bytes.subarray(0, end);
}

function writeInt32(bytes: Buffer, at: number, value: number): number {
  return bytes.writeInt32BE(value, bytes.writeInt32BE(4, at));
}

function writeInstant(bytes: Buffer, at: number, timeMs: number): number {
  const micros = Math.round((timeMs - POSTGRES_EPOCH_MS) * 1000);
  const start = bytes.writeInt32BE(8, at);
  // As two halves: a bigint for every row would be garbage on the path of every fix.
  const high = Math.floor(micros / 0x1_0000_0000);
  return bytes.writeUInt32BE(micros - high * 0x1_0000_0000, bytes.writeInt32BE(high, start));
}

function writeFloat(bytes: Buffer, at: number, value: number): number {
  if (Number.isNaN(value)) return bytes.writeInt32BE(-1, at);
  return bytes.writeFloatBE(value, bytes.writeInt32BE(4, at));
}
