import {
  createPositionColumns,
  decodePositionFrame,
  type PositionColumns,
  type PositionFrame,
  readPositionFrameHeader,
  type Unit,
} from '@xunfang/geo-data/contract';

/** Drawn differently without relying on colour: solid, hollow, dashed with its age, a ghost at the last place. */
export const AGE_CLASSES = ['fresh', 'ageing', 'stale', 'lost'] as const;
export type AgeClass = (typeof AGE_CLASSES)[number];
export const LOST = AGE_CLASSES.indexOf('lost');
/** Beside the classes: never heard, drawn where the plan has it. */
export const PLANNED = AGE_CLASSES.length;

const TICK_MS = 1000;
/** Beyond this a unit did not drive there, it was corrected: it is put there without sliding across the map. */
const JUMP_DEGREES = 0.005;

/**
 * Where every unit of the watched bureau is, in columns by slot. Frames are written into preallocated arrays;
 * no object per unit is made and React never sees a position.
 */
export interface LiveUnits {
  /** Grows with every frame; NaN lon = this slot has never reported. */
  version: number;
  capacity: number;
  lon: Float64Array;
  lat: Float64Array;
  /** Where it was drawn when the newest frame came: the start of the slide. */
  fromLon: Float64Array;
  fromLat: Float64Array;
  /** When the fix was made, ms since the epoch: never later than it was, and as near to it as the frames so far tell. */
  fixedAtMs: Float64Array;
  speedKmh: Float32Array;
  headingDegrees: Float32Array;
  accuracyMeters: Float32Array;
  status: Uint8Array;
  /** When the newest frame was made (server's clock) and when it arrived (`performance.now()`); 0 before the first. */
  frameTimeMs: number;
  arrivedAtMs: number;
  /** Of the newest frame; null before the first. */
  newest: { stream: number; sequence: number } | null;
  /** Whether the newest frame moved anybody. */
  moving: boolean;
}

export function createLiveUnits(capacity = 0): LiveUnits {
  return {
    version: 0,
    capacity,
    lon: new Float64Array(capacity).fill(Number.NaN),
    lat: new Float64Array(capacity).fill(Number.NaN),
    fromLon: new Float64Array(capacity).fill(Number.NaN),
    fromLat: new Float64Array(capacity).fill(Number.NaN),
    fixedAtMs: new Float64Array(capacity),
    speedKmh: new Float32Array(capacity).fill(Number.NaN),
    headingDegrees: new Float32Array(capacity).fill(Number.NaN),
    accuracyMeters: new Float32Array(capacity).fill(Number.NaN),
    status: new Uint8Array(capacity),
    frameTimeMs: 0,
    arrivedAtMs: 0,
    newest: null,
    moving: false,
  };
}

let scratch: PositionColumns = createPositionColumns(256);

/**
 * Takes one frame. A frame is a snapshot: what it does not name keeps its last place. A frame that is not ahead of the newest of its
 * stream is dropped (null); no clock is asked, the server's may be set back. O(units), allocates only when the roster has grown past
 * the columns.
 */
export function applyFrame(units: LiveUnits, buffer: ArrayBuffer, nowMs: number): PositionFrame | null {
  const { count } = readPositionFrameHeader(buffer);
  if (count > scratch.slot.length) scratch = createPositionColumns(count * 2);
  const frame = decodePositionFrame(buffer, scratch);
  const { newest } = units;
  const sameStream = newest?.stream === frame.stream;
  if (sameStream && ((frame.sequence - newest.sequence) | 0) <= 0) return null;
  // Ages are told rounded up: of what several frames tell of one fix the latest time is the nearest. Unless the clock was set back.
  const refines = sameStream && frame.timeMs >= units.frameTimeMs;
  const drawn = slideShare(units, nowMs);
  let moving = false;
  for (let row = 0; row < scratch.count; row++) {
    const slot = scratch.slot[row];
    if (slot >= units.capacity) growTo(units, Math.max(slot + 1, units.capacity * 2));
    const drawnLon = units.fromLon[slot] + (units.lon[slot] - units.fromLon[slot]) * drawn;
    const drawnLat = units.fromLat[slot] + (units.lat[slot] - units.fromLat[slot]) * drawn;
    const lon = scratch.lon[row];
    const lat = scratch.lat[row];
    const slides = Math.abs(drawnLon - lon) < JUMP_DEGREES && Math.abs(drawnLat - lat) < JUMP_DEGREES;
    units.fromLon[slot] = slides ? drawnLon : lon;
    units.fromLat[slot] = slides ? drawnLat : lat;
    if (slides && (drawnLon !== lon || drawnLat !== lat)) moving = true;
    units.lon[slot] = lon;
    units.lat[slot] = lat;
    const fixedAtMs = frame.timeMs - scratch.ageSeconds[row] * 1000;
    if (!refines || !(fixedAtMs < units.fixedAtMs[slot])) units.fixedAtMs[slot] = fixedAtMs;
    units.speedKmh[slot] = scratch.speedKmh[row];
    units.headingDegrees[slot] = scratch.headingDegrees[row];
    units.accuracyMeters[slot] = scratch.accuracyMeters[row];
    units.status[slot] = scratch.status[row];
  }
  units.frameTimeMs = frame.timeMs;
  units.arrivedAtMs = nowMs;
  units.newest = frame;
  units.moving = moving;
  units.version++;
  return frame;
}

/** A new roster deals the slots anew: nothing of the old one may be drawn at another unit's name. */
export function clearLiveUnits(units: LiveUnits, roster: readonly Pick<Unit, 'slot'>[]): void {
  let capacity = 0;
  for (const unit of roster) capacity = Math.max(capacity, unit.slot + 1);
  Object.assign(units, createLiveUnits(capacity), { version: units.version + 1 });
}

/**
 * Longitude and latitude to draw now, interleaved by slot (NaN where unknown). A unit slides from where it was drawn to
 * where it was told to be within one tick and then waits: it never goes to a place it was not told.
 */
export function placesToDraw(units: LiveUnits, nowMs: number, target: Float64Array): void {
  const share = slideShare(units, nowMs);
  for (let slot = 0; slot < units.capacity; slot++) {
    target[2 * slot] = units.fromLon[slot] + (units.lon[slot] - units.fromLon[slot]) * share;
    target[2 * slot + 1] = units.fromLat[slot] + (units.lat[slot] - units.fromLat[slot]) * share;
  }
}

/** Seconds since the unit's fix, on the server's clock carried on since the newest frame; Infinity before any. */
export function ageSeconds(units: LiveUnits, slot: number, nowMs: number): number {
  if (!(slot < units.capacity) || Number.isNaN(units.lon[slot])) return Number.POSITIVE_INFINITY;
  return Math.max(0, (units.frameTimeMs + (nowMs - units.arrivedAtMs) - units.fixedAtMs[slot]) / 1000);
}

/** Whether anybody has yet to arrive at the place of the newest frame. */
export function isSliding(units: LiveUnits, nowMs: number): boolean {
  return units.moving && slideShare(units, nowMs) < 1;
}

/** Index into AGE_CLASSES. */
export function ageClass(seconds: number, thresholds: readonly [number, number, number]): number {
  return seconds < thresholds[0] ? 0 : seconds < thresholds[1] ? 1 : seconds < thresholds[2] ? 2 : 3;
}

function slideShare(units: LiveUnits, nowMs: number): number {
  return Math.min(1, Math.max(0, (nowMs - units.arrivedAtMs) / TICK_MS));
}

function growTo(units: LiveUnits, capacity: number): void {
  const grown = createLiveUnits(capacity);
  for (const name of COLUMN_NAMES) grown[name].set(units[name]);
  for (const name of COLUMN_NAMES) Object.assign(units, { [name]: grown[name] });
  units.capacity = capacity;
}

const COLUMN_NAMES = [
  'lon',
  'lat',
  'fromLon',
  'fromLat',
  'fixedAtMs',
  'speedKmh',
  'headingDegrees',
  'accuracyMeters',
  'status',
] as const;
