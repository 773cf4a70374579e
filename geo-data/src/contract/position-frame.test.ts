import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  ACCURACY_METERS,
  AGE_SECONDS,
  accuracyCode,
  ageCode,
  HEADING_DEGREES,
  headingCode,
  SPEED_KMH,
  speedCode,
} from './position-codes.ts';
import {
  createPositionColumns,
  decodePositionFrame,
  encodePositionFrame,
  type PositionColumns,
} from './position-frame.ts';
import { type FrameBounds, readPositionFrameHeader } from './position-frame-header.ts';

/** About 60 km wide and high. */
const CHENGDU: FrameBounds = { west: 103.75, south: 30.4, east: 104.375, north: 30.94 };
const FRAME = { rosterRevision: 7, stream: 0xfedcba98, sequence: 42, timeMs: 1_795_000_000_123 };

interface Row {
  slot: number;
  lon: number;
  lat: number;
  age: number;
  speed: number;
  heading: number;
  status: number;
  accuracy: number;
}

function columnsOf(rows: readonly Row[]): PositionColumns {
  const columns = createPositionColumns(rows.length);
  columns.count = rows.length;
  for (const [i, row] of rows.entries()) {
    columns.slot[i] = row.slot;
    columns.lon[i] = row.lon;
    columns.lat[i] = row.lat;
    columns.ageSeconds[i] = row.age;
    columns.speedKmh[i] = row.speed;
    columns.headingDegrees[i] = row.heading;
    columns.status[i] = row.status;
    columns.accuracyMeters[i] = row.accuracy;
  }
  return columns;
}

const encode = (rows: readonly Row[], bounds = CHENGDU) => encodePositionFrame(columnsOf(rows), bounds, FRAME);

function roundTrip(rows: readonly Row[], bounds = CHENGDU): PositionColumns {
  const target = createPositionColumns(rows.length);
  decodePositionFrame(encode(rows, bounds).buffer, target);
  return target;
}

const row = (change: Partial<Row> = {}): Row => ({
  slot: 0,
  lon: 104.06,
  lat: 30.65,
  age: 1,
  speed: 30,
  heading: 90,
  status: 1,
  accuracy: 5,
  ...change,
});
const rowsInSlots = (count: number, slotOf = (i: number) => i) =>
  Array.from({ length: count }, (_, i) => row({ slot: slotOf(i) }));

const unknownOr = (arbitrary: fc.Arbitrary<number>) => fc.oneof(arbitrary, fc.constant(Number.NaN));
const anyBounds = fc
  .record({
    west: fc.double({ min: -180, max: 160, noNaN: true }),
    south: fc.double({ min: -85, max: 75, noNaN: true }),
    width: fc.double({ min: 0, max: 20, noNaN: true }),
    height: fc.double({ min: 0, max: 10, noNaN: true }),
  })
  .map(({ west, south, width, height }) => ({ west, south, east: west + width, north: south + height }));
const anyState = fc.record({
  slot: fc.oneof(fc.integer({ min: 0, max: 60 }), fc.integer({ min: 0, max: 65_535 })),
  x: fc.double({ min: 0, max: 1, noNaN: true }),
  y: fc.double({ min: 0, max: 1, noNaN: true }),
  age: fc.float({ min: 0, max: 600_000, noNaN: true }),
  speed: unknownOr(fc.double({ min: 0, max: 250, noNaN: true })),
  heading: unknownOr(fc.double({ min: 0, max: 360, noNaN: true })),
  status: fc.integer({ min: 0, max: 15 }),
  accuracy: unknownOr(fc.double({ min: 0, max: 2000, noNaN: true })),
});
const anyFrame = fc.record({
  bounds: anyBounds,
  states: fc.uniqueArray(anyState, { maxLength: 80, selector: ({ slot }) => slot }),
});

describe('position frame', () => {
  it('keeps its bytes', () => {
    const bounds = { west: 104, south: 30.5, east: 104.5, north: 31 };
    const frame = { rosterRevision: 0x01020304, stream: 0x0a0b0c0d, sequence: 9, timeMs: 1_700_000_000_000 };
    const far = { lon: 104.5, lat: 30.5, age: 3600, speed: Number.NaN, heading: Number.NaN, accuracy: 1001 };
    const rows = [
      row({ slot: 1, lon: 104.25, lat: 30.75, age: 1.2, speed: 36.4, heading: 90, status: 5, accuracy: 4.6 }),
      row({ slot: 3, ...far }),
    ];
    expect(hex(encodePositionFrame(columnsOf(rows), bounds, frame))).toBe(
      [
        '58465046 02101000', // XFPF · version 2, 16 bits of x, 16 of y, slots as a bitmap
        '04030201 02000300', // roster revision · 2 units, highest slot 3
        '0d0c0b0a 09000000', // stream · sequence
        '00008056 febc7842', // 1,700,000,000,000 ms as f64
        '0024fd3d 40ee2d12', // west 1,040,000,000, south 305,000,000
        '80000037 80000037', // steps of 0.5 / 65535 degrees
        // From the lowest bit: slots 0101 · age 3 (1.5 s), speed 18, heading 15, status 5, accuracy 4, x 32768, y 32768 ·
        // age 77, speed 63, heading 63, status 1, accuracy 15, x 65535, y 0.
        '3a909e22 004000c0 e6ffc7ff ff030000',
      ].join(' '),
    );
  });

  it('takes 60 bits a unit over 60 km, where a plain record of the same takes 16 bytes', () => {
    expect(encode(rowsInSlots(2000)).length).toBe(48 + (2000 * 60) / 8);
    expect(encode([]).length).toBe(48);
  });

  it('names slots by whichever is shorter, a bitmap or a list', () => {
    const bytesFor = (count: number, every: number) => encode(rowsInSlots(count, (i) => i * every)).length - 48;
    expect(bytesFor(100, 1)).toBe(Math.ceil((100 + 100 * 59) / 8));
    expect(bytesFor(100, 600)).toBe(Math.ceil((100 * 16 + 100 * 59) / 8));
    expect(encode(rowsInSlots(100, (i) => i * 600))[7]).toBe(16);
  });

  it('brings back every row: places within a metre whatever the bounds, the rest as its code says', () => {
    fc.assert(
      fc.property(anyFrame, ({ bounds, states }) => {
        const { west, south, east, north } = bounds;
        const rows = states
          .toSorted((a, b) => a.slot - b.slot)
          .map(({ x, y, ...state }) => ({ ...state, lon: west + x * (east - west), lat: south + y * (north - south) }));
        const back = roundTrip(rows, bounds);
        expect(back.count).toBe(rows.length);
        for (const [i, sent] of rows.entries()) {
          expect(back.slot[i]).toBe(sent.slot);
          expect(metersBetween(back.lon[i], back.lat[i], sent.lon, sent.lat)).toBeLessThanOrEqual(1);
          expect(back.status[i]).toBe(sent.status);
          expect(back.ageSeconds[i]).toBe(AGE_SECONDS[ageCode(sent.age)]);
          expect(back.speedKmh[i]).toBe(SPEED_KMH[speedCode(sent.speed)]);
          expect(back.headingDegrees[i]).toBe(HEADING_DEGREES[headingCode(sent.heading)]);
          expect(back.accuracyMeters[i]).toBe(ACCURACY_METERS[accuracyCode(sent.accuracy)]);
        }
      }),
    );
  });

  it('keeps its metre in a bureau of 500 km', () => {
    const wide = { west: 100, south: 25, east: 105, north: 29.5 };
    const places = Array.from({ length: 50 }, (_, i) => row({ slot: i, lon: 100 + i * 0.0987, lat: 25 + i * 0.0876 }));
    const back = roundTrip(places, wide);
    for (const [i, { lon, lat }] of places.entries())
      expect(metersBetween(back.lon[i], back.lat[i], lon, lat)).toBeLessThanOrEqual(0.75);
  });

  it('brings back its header, also without the units', () => {
    const bytes = encode([row()]);
    expect(decodePositionFrame(bytes.buffer, createPositionColumns(1))).toMatchObject(FRAME);
    expect(readPositionFrameHeader(bytes.buffer)).toMatchObject({ ...FRAME, count: 1, span: 0 });
  });

  it('holds places outside its bounds at the border', () => {
    const back = roundTrip([row({ lon: 0, lat: 0 }), row({ slot: 1, lon: 180, lat: 89 })]);
    expect([back.lon[0], back.lat[0]]).toEqual([CHENGDU.west, CHENGDU.south]);
    expect(back.lon[1]).toBeCloseTo(CHENGDU.east, 5);
    expect(back.lat[1]).toBeCloseTo(CHENGDU.north, 5);
  });

  it('refuses to write what it cannot hold', () => {
    expect(() => encode([row({ slot: 4 }), row({ slot: 4 })])).toThrow('Slot 4 in row 1 when expected 5 or above.');
    expect(() => encode([row({ status: 16 })])).toThrow('Status code is 16, expected 0 to 15.');
    expect(() => encode([row()], { west: 1, south: 0, east: 0, north: 1 })).toThrow(
      'Bounds 1 to 0, 0 to 1 when expected',
    );
  });

  it('refuses what is no frame of this version, was cut, contradicts itself, or does not fit', () => {
    const changed = (good: Uint8Array, at: number, value: number) => {
      const copy = Uint8Array.from(good);
      copy[at] = value;
      return () => decodePositionFrame(copy.buffer, createPositionColumns(2));
    };
    const good = encode([row(), row({ slot: 2 })]);
    expect(() => decodePositionFrame(new ArrayBuffer(3), createPositionColumns(2))).toThrow('magic XFPF is missing');
    expect(changed(good, 0, 0)).toThrow('magic XFPF is missing');
    expect(changed(good, 4, 1)).toThrow('Position frame of version 1 when expected 2.');
    expect(changed(good, 5, 25)).toThrow('Widths of 25, 16 and 0 bits when expected at most 24, 24 and 16.');
    expect(changed(good, 12, 1)).toThrow('64 bytes when expected 56.');
    expect(() => decodePositionFrame(good.slice(0, -1).buffer, createPositionColumns(2))).toThrow(
      'Position frame of 63 bytes when expected 64.',
    );
    expect(() => decodePositionFrame(good.buffer, createPositionColumns(1))).toThrow(
      'Frame of 2 units when the columns hold 1.',
    );
    // The bitmap is 101: one bit less, and one elsewhere.
    expect(changed(good, 48, good[48] & ~1)).toThrow('names 1 slots when expected 2.');
    expect(changed(good, 48, good[48] ^ 0b110)).toThrow('Last slot is 1 when expected 2.');
    const listed = encode([row({ slot: 600 }), row({ slot: 700 })]);
    expect(changed(listed, 49, listed[49] | 3)).toThrow('Slot 856 in row 0 when expected 0 to 700.');
  });

  it('answers any bytes with a frame or an error, and never writes a row that is not there', () => {
    const good = encode(rowsInSlots(5, (i) => i * 3));
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(good.length - 1), fc.nat(255)), { maxLength: 4 }),
        fc.nat(good.length),
        (changes, length) => {
          const bytes = Uint8Array.from(good);
          for (const [at, value] of changes) bytes[at] = value;
          const target = createPositionColumns(6);
          try {
            decodePositionFrame(bytes.slice(0, length).buffer, target);
          } catch (error) {
            expect(error).toBeInstanceOf(Error);
          }
          expect(target.count).toBeLessThanOrEqual(6);
          expect(target.slot.subarray(0, target.count).every((slot, i, all) => i === 0 || slot > all[i - 1])).toBe(
            true,
          );
        },
      ),
      { numRuns: 2000 },
    );
  });
});

function hex(bytes: Uint8Array): string {
  const groups = Buffer.from(bytes)
    .toString('hex')
    .match(/.{1,8}/g);
  return groups?.join(' ') ?? '';
}

function metersBetween(lonA: number, latA: number, lonB: number, latB: number): number {
  const cosine = Math.cos((((latA + latB) / 2) * Math.PI) / 180);
  return 111_320 * Math.hypot((lonA - lonB) * cosine, latA - latB);
}
