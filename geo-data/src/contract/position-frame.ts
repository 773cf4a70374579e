/**
 * The position frame: one binary snapshot of every unit of a bureau, sent once per tick.
 *
 * A snapshot needs no history: a lost frame is harmless and a slow console gets the newest. Little-endian.
 *
 * Header, 40 bytes: 0-3 magic "XFPF" · 4 version (1) · 5 reserved · 6-7 count n (u16) · 8-11 roster revision (u32) ·
 * 12-15 sequence (u32) · 16-23 time of the snapshot, ms since the epoch (f64) · 24-27 west · 28-31 south (f32 degrees) ·
 * 32-35 degrees of longitude per step · 36-39 degrees of latitude per step (f32).
 * Columns, each of n rows: slot u16 · x u16 · y u16 · age u16 (0.1 s steps up to 10 minutes, then see `encodeAge`) ·
 * speed u8 (km/h, 255 = unknown) · heading u8 (360/255 degrees steps, 255 = unknown) · status u8 (geo-data/units codes) ·
 * accuracy u8 (metres, 255 = unknown or worse).
 * 12 bytes a unit. Steps are the frame bounds / 65535: over a bureau 60 km wide that is 0.92 m.
 */
export const POSITION_FRAME_HEADER_BYTES = 40;
export const POSITION_FRAME_BYTES_PER_UNIT = 12;
const MAGIC = 0x46504658;
const VERSION = 1;
const STEPS = 65535;
const UNKNOWN = 255;

/** Where positions are quantised against. */
export interface FrameBounds {
  west: number;
  south: number;
  east: number;
  north: number;
}

/** Columns of live positions, one row per unit; only the first `count` rows count. NaN = unknown in speed, heading, accuracy. */
export interface PositionColumns {
  count: number;
  slot: Uint16Array;
  lon: Float64Array;
  lat: Float64Array;
  ageSeconds: Float32Array;
  speedKmh: Float32Array;
  headingDegrees: Float32Array;
  status: Uint8Array;
  accuracyMeters: Float32Array;
}

export interface PositionFrame {
  rosterRevision: number;
  sequence: number;
  timeMs: number;
}

export function createPositionColumns(capacity: number): PositionColumns {
  return {
    count: 0,
    slot: new Uint16Array(capacity),
    lon: new Float64Array(capacity),
    lat: new Float64Array(capacity),
    ageSeconds: new Float32Array(capacity),
    speedKmh: new Float32Array(capacity),
    headingDegrees: new Float32Array(capacity),
    status: new Uint8Array(capacity),
    accuracyMeters: new Float32Array(capacity),
  };
}

export function encodePositionFrame(
  columns: PositionColumns,
  bounds: FrameBounds,
  frame: PositionFrame,
): Uint8Array<ArrayBuffer> {
  const n = columns.count;
  if (n > 65535) throw new Error(`A frame holds at most 65535 units, got ${n}.`);
  const bytes = new Uint8Array(POSITION_FRAME_HEADER_BYTES + n * POSITION_FRAME_BYTES_PER_UNIT);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, MAGIC, true);
  view.setUint8(4, VERSION);
  view.setUint16(6, n, true);
  view.setUint32(8, frame.rosterRevision, true);
  view.setUint32(12, frame.sequence, true);
  view.setFloat64(16, frame.timeMs, true);
  view.setFloat32(24, bounds.west, true);
  view.setFloat32(28, bounds.south, true);
  view.setFloat32(32, (bounds.east - bounds.west) / STEPS, true);
  view.setFloat32(36, (bounds.north - bounds.south) / STEPS, true);
  // What the console will compute with: the rounded values, so that both sides agree to the bit.
  const west = view.getFloat32(24, true);
  const south = view.getFloat32(28, true);
  const lonStep = view.getFloat32(32, true);
  const latStep = view.getFloat32(36, true);
  const { slot, x, y, age, speed, heading, status, accuracy } = columnViews(bytes.buffer, n);
  for (let row = 0; row < n; row++) {
    slot[row] = columns.slot[row];
    x[row] = clamp(Math.round((columns.lon[row] - west) / lonStep), STEPS);
    y[row] = clamp(Math.round((columns.lat[row] - south) / latStep), STEPS);
    age[row] = encodeAge(columns.ageSeconds[row]);
    speed[row] = encodeOrUnknown(columns.speedKmh[row]);
    heading[row] = encodeHeading(columns.headingDegrees[row]);
    status[row] = columns.status[row];
    accuracy[row] = encodeOrUnknown(columns.accuracyMeters[row]);
  }
  return bytes;
}

/** Decodes into preallocated columns. Throws when the bytes are no frame, the wrong length, or more units than the columns hold. */
export function decodePositionFrame(buffer: ArrayBuffer, target: PositionColumns): PositionFrame {
  const view = new DataView(buffer);
  if (buffer.byteLength < POSITION_FRAME_HEADER_BYTES || view.getUint32(0, true) !== MAGIC) {
    throw new Error('Not a position frame: the magic XFPF is missing.');
  }
  if (view.getUint8(4) !== VERSION)
    throw new Error(`Position frame of version ${view.getUint8(4)} when expected ${VERSION}.`);
  const n = view.getUint16(6, true);
  const expected = POSITION_FRAME_HEADER_BYTES + n * POSITION_FRAME_BYTES_PER_UNIT;
  if (buffer.byteLength !== expected)
    throw new Error(`Position frame of ${buffer.byteLength} bytes when expected ${expected}.`);
  if (n > target.slot.length) throw new Error(`Frame of ${n} units when the columns hold ${target.slot.length}.`);
  const west = view.getFloat32(24, true);
  const south = view.getFloat32(28, true);
  const lonStep = view.getFloat32(32, true);
  const latStep = view.getFloat32(36, true);
  const { slot, x, y, age, speed, heading, status, accuracy } = columnViews(buffer, n);
  target.count = n;
  for (let row = 0; row < n; row++) {
    target.slot[row] = slot[row];
    target.lon[row] = west + x[row] * lonStep;
    target.lat[row] = south + y[row] * latStep;
    target.ageSeconds[row] = decodeAge(age[row]);
    target.speedKmh[row] = speed[row] === UNKNOWN ? Number.NaN : speed[row];
    target.headingDegrees[row] = heading[row] === UNKNOWN ? Number.NaN : (heading[row] * 360) / 255;
    target.status[row] = status[row];
    target.accuracyMeters[row] = accuracy[row] === UNKNOWN ? Number.NaN : accuracy[row];
  }
  return {
    rosterRevision: view.getUint32(8, true),
    sequence: view.getUint32(12, true),
    timeMs: view.getFloat64(16, true),
  };
}

/**
 * Up to 10 minutes in tenths of a second (0-6000), beyond that in steps of 10 s up to about a week (65535 and above stay
 * there). An age that is not a number is the oldest: what nobody knows must never look fresh.
 */
function encodeAge(seconds: number): number {
  if (Number.isNaN(seconds)) return 65535;
  if (seconds <= 0) return 0;
  if (seconds < 600) return Math.round(seconds * 10);
  return Math.min(65535, 6000 + Math.round((seconds - 600) / 10));
}

function decodeAge(code: number): number {
  return code <= 6000 ? code / 10 : 600 + (code - 6000) * 10;
}

function encodeOrUnknown(value: number): number {
  return Number.isNaN(value) ? UNKNOWN : clamp(Math.round(value), UNKNOWN - 1);
}

function encodeHeading(degrees: number): number {
  if (Number.isNaN(degrees)) return UNKNOWN;
  return Math.round(((((degrees % 360) + 360) % 360) * 255) / 360) % 255;
}

function clamp(value: number, max: number): number {
  return value < 0 ? 0 : value > max ? max : value;
}

function columnViews(buffer: ArrayBuffer, n: number) {
  const at = POSITION_FRAME_HEADER_BYTES;
  return {
    slot: new Uint16Array(buffer, at, n),
    x: new Uint16Array(buffer, at + 2 * n, n),
    y: new Uint16Array(buffer, at + 4 * n, n),
    age: new Uint16Array(buffer, at + 6 * n, n),
    speed: new Uint8Array(buffer, at + 8 * n, n),
    heading: new Uint8Array(buffer, at + 9 * n, n),
    status: new Uint8Array(buffer, at + 10 * n, n),
    accuracy: new Uint8Array(buffer, at + 11 * n, n),
  };
}
