import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  createPositionColumns,
  decodePositionFrame,
  encodePositionFrame,
  type FrameBounds,
  POSITION_FRAME_BYTES_PER_UNIT,
  POSITION_FRAME_HEADER_BYTES,
  type PositionColumns,
} from './position-frame.ts';

/** About 60 km wide and high: the largest bureau the format promises a metre for. */
const CHENGDU: FrameBounds = { west: 103.75, south: 30.4, east: 104.375, north: 30.94 };
const FRAME = { rosterRevision: 7, sequence: 42, timeMs: 1_795_000_000_123 };

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

function roundTrip(rows: readonly Row[], bounds = CHENGDU): PositionColumns {
  const target = createPositionColumns(rows.length);
  decodePositionFrame(encodePositionFrame(columnsOf(rows), bounds, FRAME).buffer, target);
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

const unknownOr = (arbitrary: fc.Arbitrary<number>) => fc.oneof(arbitrary, fc.constant(Number.NaN));
const anyRow = fc.record<Row>({
  slot: fc.integer({ min: 0, max: 65535 }),
  lon: fc.double({ min: CHENGDU.west, max: CHENGDU.east, noNaN: true }),
  lat: fc.double({ min: CHENGDU.south, max: CHENGDU.north, noNaN: true }),
  age: fc.double({ min: 0, max: 590_000, noNaN: true }),
  speed: unknownOr(fc.double({ min: 0, max: 254, noNaN: true })),
  heading: unknownOr(fc.double({ min: 0, max: 360, maxExcluded: true, noNaN: true })),
  status: fc.integer({ min: 0, max: 255 }),
  accuracy: unknownOr(fc.double({ min: 0, max: 254, noNaN: true })),
});

describe('position frame', () => {
  it('keeps its bytes', () => {
    const bounds = { west: 104, south: 30.5, east: 104.5, north: 31 };
    const bytes = encodePositionFrame(
      columnsOf([
        row({ slot: 3, lon: 104.25, lat: 30.75, age: 1.2, speed: 36.4, heading: 90, status: 5, accuracy: 4.6 }),
        row({
          slot: 513,
          lon: 104.5,
          lat: 30.5,
          age: 3600,
          speed: Number.NaN,
          heading: Number.NaN,
          status: 1,
          accuracy: 900,
        }),
      ]),
      bounds,
      { rosterRevision: 0x01020304, sequence: 9, timeMs: 1_700_000_000_000 },
    );
    expect(
      Buffer.from(bytes)
        .toString('hex')
        .replaceAll(/(.{8})/g, '$1 ')
        .trim(),
    ).toBe(
      [
        '58465046 01000200 04030201 09000000', // XFPF · version 1, 2 units · roster revision · sequence
        '00008056 febc7842', // 1,700,000,000,000 ms as f64
        '0000d042 0000f441 80000037 80000037', // west 104, south 30.5, steps 0.5 / 65535
        '03000102', // slots 3, 513
        '0080ffff 00800000', // x 32768, 65535 · y 32768, 0
        '0c009c18', // ages 1.2 s = 12, 3600 s = 6000 + 300
        '24ff40ff 050105fe', // speed 36, unknown · heading 90° = 64, unknown · status 5, 1 · accuracy 5, 254 and worse
      ].join(' '),
    );
  });

  it('takes 12 bytes a unit behind its header', () => {
    for (const n of [0, 1, 2, 3, 2000]) {
      const bytes = encodePositionFrame(columnsOf(Array.from({ length: n }, () => row())), CHENGDU, FRAME);
      expect(bytes.length).toBe(POSITION_FRAME_HEADER_BYTES + n * POSITION_FRAME_BYTES_PER_UNIT);
    }
  });

  it('brings back every row: places within a metre, the rest within half a step', () => {
    fc.assert(
      fc.property(fc.array(anyRow, { maxLength: 50 }), (rows) => {
        const back = roundTrip(rows);
        expect(back.count).toBe(rows.length);
        for (const [i, sent] of rows.entries()) {
          expect(back.slot[i]).toBe(sent.slot);
          expect(distanceMeters(back.lon[i] - sent.lon, back.lat[i] - sent.lat)).toBeLessThanOrEqual(1);
          expect(Math.abs(back.ageSeconds[i] - sent.age)).toBeLessThanOrEqual(sent.age < 600 ? 0.051 : 5.1);
          expect(back.status[i]).toBe(sent.status);
          expectWithin(back.speedKmh[i], sent.speed, 0.51);
          expectWithin(back.accuracyMeters[i], sent.accuracy, 0.51);
          if (Number.isNaN(sent.heading)) expect(back.headingDegrees[i]).toBeNaN();
          else expect(angleBetween(back.headingDegrees[i], sent.heading)).toBeLessThanOrEqual(180 / 255 + 1e-4);
        }
      }),
    );
  });

  it('brings back its header', () => {
    const target = createPositionColumns(1);
    expect(decodePositionFrame(encodePositionFrame(columnsOf([row()]), CHENGDU, FRAME).buffer, target)).toEqual(FRAME);
  });

  it('never makes an old position look younger than one that is fresher', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 1e7, noNaN: true }),
        fc.double({ min: 0, max: 1e7, noNaN: true }),
        (a, b) => {
          const [younger, older] = roundTrip([row({ age: Math.min(a, b) }), row({ age: Math.max(a, b) })]).ageSeconds;
          expect(younger).toBeLessThanOrEqual(older);
        },
      ),
    );
  });

  it('codes ages in tenths up to ten minutes, then in tens of seconds up to a week', () => {
    const ages = [-5, 0, 0.04, 599.9, 600, 604, 606, 86_400, 595_950, 1e9, Number.POSITIVE_INFINITY, Number.NaN];
    const decoded = roundTrip(ages.map((age) => row({ age }))).ageSeconds;
    const expected = [0, 0, 0, 599.9, 600, 600, 610, 86_400, 595_950, 595_950, 595_950, 595_950];
    expect([...decoded].map((age) => Number(age.toFixed(1)))).toEqual(expected);
  });

  it('holds places outside its bounds at the border', () => {
    const back = roundTrip([row({ lon: 0, lat: 0 }), row({ lon: 180, lat: 89 })]);
    expect(back.lon[0]).toBeCloseTo(CHENGDU.west, 4);
    expect(back.lat[1]).toBeCloseTo(CHENGDU.north, 4);
  });

  it('turns any heading into the same one within the circle', () => {
    const back = roundTrip([-90, 270, 359.9, 720].map((heading) => row({ heading }))).headingDegrees;
    expect(back[0]).toBe(back[1]);
    expect(angleBetween(back[2], 0)).toBeLessThan(1);
    expect(back[3]).toBe(0);
  });

  it('refuses what is no frame of this version, was cut, or does not fit', () => {
    const good = encodePositionFrame(columnsOf([row(), row()]), CHENGDU, FRAME);
    const changed = (at: number, value: number) => {
      const copy = good.slice();
      copy[at] = value;
      return copy.buffer;
    };
    const target = createPositionColumns(2);
    expect(() => decodePositionFrame(new ArrayBuffer(3), target)).toThrow('magic XFPF is missing');
    expect(() => decodePositionFrame(changed(0, 0), target)).toThrow('magic XFPF is missing');
    expect(() => decodePositionFrame(changed(4, 2), target)).toThrow('Position frame of version 2 when expected 1.');
    expect(() => decodePositionFrame(good.slice(0, -1).buffer, target)).toThrow('63 bytes when expected 64');
    expect(() => decodePositionFrame(good.buffer, createPositionColumns(1))).toThrow(
      'Frame of 2 units when the columns hold 1.',
    );
  });
});

/** On a plane at the southern border, where a degree of longitude is longest. */
function distanceMeters(lonDegrees: number, latDegrees: number): number {
  return 111_320 * Math.hypot(lonDegrees * Math.cos((CHENGDU.south * Math.PI) / 180), latDegrees);
}

function expectWithin(actual: number, sent: number, tolerance: number): void {
  if (Number.isNaN(sent)) expect(actual).toBeNaN();
  else expect(Math.abs(actual - sent)).toBeLessThanOrEqual(tolerance);
}

function angleBetween(a: number, b: number): number {
  const difference = Math.abs(a - b) % 360;
  return Math.min(difference, 360 - difference);
}
