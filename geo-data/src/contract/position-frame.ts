import { BitReader } from './bit-reader.ts';
import { BitWriter } from './bit-writer.ts';
import {
  ACCURACY_BITS,
  ACCURACY_METERS,
  AGE_BITS,
  AGE_SECONDS,
  accuracyCode,
  ageCode,
  HEADING_BITS,
  HEADING_DEGREES,
  headingCode,
  SPEED_BITS,
  SPEED_KMH,
  STATUS_BITS,
  speedCode,
} from './position-codes.ts';
import {
  type FrameBounds,
  type FrameGrid,
  gridOf,
  POSITION_FRAME_HEADER_BYTES,
  type PositionFrame,
  readPositionFrameHeader,
  writePositionFrameHeader,
} from './position-frame-header.ts';

/*
 * The position frame: one binary snapshot of every unit of a bureau, sent once per tick. A snapshot needs no history: a lost frame is
 * harmless and a slow console gets the newest. The layout, header and bits, stands in position-frame.md.
 */

/** Columns of live positions, one row per unit; only the first `count` rows count. NaN = unknown in speed, heading, accuracy. */
export interface PositionColumns {
  count: number;
  /** Ascending. */
  slot: Uint16Array;
  lon: Float64Array;
  lat: Float64Array;
  ageSeconds: Float32Array;
  speedKmh: Float32Array;
  headingDegrees: Float32Array;
  /** 0 to 15. */
  status: Uint8Array;
  accuracyMeters: Float32Array;
}

const MOST_UNITS = 65_535;
const MOTION_BITS = AGE_BITS + SPEED_BITS + HEADING_BITS;
const STATE_BITS = STATUS_BITS + ACCURACY_BITS;

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

/** O(units), one pass, nothing allocated but the frame. Throws for slots out of order and for a status above 15. */
export function encodePositionFrame(
  columns: PositionColumns,
  bounds: FrameBounds,
  frame: PositionFrame,
): Uint8Array<ArrayBuffer> {
  const { count, slot } = columns;
  if (count > MOST_UNITS) throw new RangeError(`A frame holds at most ${MOST_UNITS} units, got ${count}.`);
  const grid = gridOf(bounds);
  const span = count === 0 ? 0 : slot[count - 1];
  const slotBits = slotBitsFor(count, span);
  const bytes = new Uint8Array(frameBytes(count, span, slotBits, grid));
  // The values as the console will read them: both sides compute with the same to the bit.
  const { west, south, lonStep, latStep, xBits, yBits } = writePositionFrameHeader(bytes, frame, {
    count,
    span,
    slotBits,
    ...grid,
  });
  const writer = new BitWriter(bytes, POSITION_FRAME_HEADER_BYTES);
  writeSlots(writer, columns, slotBits);
  const [xMost, yMost] = [2 ** xBits - 1, 2 ** yBits - 1];
  for (let row = 0; row < count; row++) {
    const status = columns.status[row];
    if (status >> STATUS_BITS !== 0) throw new RangeError(`Status code is ${status}, expected 0 to 15.`);
    writer.put(
      ageCode(columns.ageSeconds[row]) |
        (speedCode(columns.speedKmh[row]) << AGE_BITS) |
        (headingCode(columns.headingDegrees[row]) << (AGE_BITS + SPEED_BITS)),
      MOTION_BITS,
    );
    writer.put(status | (accuracyCode(columns.accuracyMeters[row]) << STATUS_BITS), STATE_BITS);
    writer.put(stepOf(columns.lon[row] - west, lonStep, xMost), xBits);
    writer.put(stepOf(columns.lat[row] - south, latStep, yMost), yBits);
  }
  writer.finish();
  return bytes;
}

/**
 * Decodes into preallocated columns; O(units), nothing allocated per unit. Throws when the bytes are no frame of this version, have the
 * wrong length, contradict themselves, or name more units than the columns hold.
 */
export function decodePositionFrame(buffer: ArrayBuffer, target: PositionColumns): PositionFrame {
  const header = readPositionFrameHeader(buffer);
  const { count, span, slotBits, west, south, lonStep, latStep, xBits, yBits } = header;
  const expected = frameBytes(count, span, slotBits, header);
  if (buffer.byteLength !== expected)
    throw new Error(`Position frame of ${buffer.byteLength} bytes when expected ${expected}.`);
  if (count > target.slot.length)
    throw new Error(`Frame of ${count} units when the columns hold ${target.slot.length}.`);
  const reader = new BitReader(new Uint8Array(buffer), POSITION_FRAME_HEADER_BYTES);
  target.count = 0;
  readSlots(reader, target.slot, count, span, slotBits);
  for (let row = 0; row < count; row++) {
    target.ageSeconds[row] = AGE_SECONDS[reader.take(AGE_BITS)];
    target.speedKmh[row] = SPEED_KMH[reader.take(SPEED_BITS)];
    target.headingDegrees[row] = HEADING_DEGREES[reader.take(HEADING_BITS)];
    target.status[row] = reader.take(STATUS_BITS);
    target.accuracyMeters[row] = ACCURACY_METERS[reader.take(ACCURACY_BITS)];
    target.lon[row] = west + reader.take(xBits) * lonStep;
    target.lat[row] = south + reader.take(yBits) * latStep;
  }
  target.count = count;
  return header;
}

/** Bits of each slot when they are listed; 0: a bitmap over slots 0 to `span` is no longer than the list. */
function slotBitsFor(count: number, span: number): number {
  const bits = Math.max(1, 32 - Math.clz32(span));
  return span + 1 <= count * bits || count === 0 ? 0 : bits;
}

function frameBytes(count: number, span: number, slotBits: number, { xBits, yBits }: FrameGrid): number {
  const slots = count === 0 ? 0 : slotBits === 0 ? span + 1 : count * slotBits;
  return POSITION_FRAME_HEADER_BYTES + Math.ceil((slots + count * (MOTION_BITS + STATE_BITS + xBits + yBits)) / 8);
}

function writeSlots(writer: BitWriter, { count, slot }: PositionColumns, slotBits: number): void {
  let next = 0;
  for (let row = 0; row < count; row++) {
    if (slot[row] < next) throw new RangeError(`Slot ${slot[row]} in row ${row} when expected ${next} or above.`);
    if (slotBits > 0) writer.put(slot[row], slotBits);
    else {
      for (; next < slot[row]; next++) writer.put(0, 1);
      writer.put(1, 1);
    }
    next = slot[row] + 1;
  }
}

function readSlots(reader: BitReader, slots: Uint16Array, count: number, span: number, slotBits: number): void {
  if (count === 0) return;
  let found = 0;
  if (slotBits === 0) {
    for (let slot = 0; slot <= span; slot++) {
      if (reader.take(1) === 0) continue;
      if (found < count) slots[found] = slot;
      found++;
    }
    if (found !== count) throw new Error(`Position frame names ${found} slots when expected ${count}.`);
  } else {
    for (let next = 0; found < count; next = slots[found++] + 1) {
      const slot = reader.take(slotBits);
      if (slot < next || slot > span) throw new Error(`Slot ${slot} in row ${found} when expected ${next} to ${span}.`);
      slots[found] = slot;
    }
  }
  if (slots[count - 1] !== span) throw new Error(`Last slot is ${slots[count - 1]} when expected ${span}.`);
}

/** A place outside the bounds is held at the border. */
function stepOf(degrees: number, step: number, most: number): number {
  const steps = Math.round(degrees / step);
  return steps > 0 ? Math.min(steps, most) : 0;
}
