import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createCopyEncoder } from '../incidents/imports/copy-encoder.ts';
import { createIncidentCopyReader } from './loaded-incidents.ts';

const row = fc.record({
  seconds: fc.integer({ min: 0, max: 2 ** 32 - 1 }),
  lon: fc.double({ min: -180, max: 180, noNaN: true }),
  lat: fc.double({ min: -90, max: 90, noNaN: true }),
  hi: fc.integer({ min: 0, max: 2 ** 31 - 1 }),
  lo: fc.integer({ min: 0, max: 2 ** 32 - 1 }),
  category: fc.integer({ min: 0, max: 32_767 }),
});

/** What PostgreSQL answers: the encoder knows no boolean, which is one byte. */
function copyOf(
  rows: readonly { seconds: number; lon: number; lat: number; hi: number; lo: number; category: number }[],
) {
  const encoder = createCopyEncoder(64);
  const empty = Buffer.from(encoder.take());
  const parts = rows.map((values, i) => {
    encoder.row(6);
    encoder.timestamp(values.seconds);
    encoder.float8(values.lon);
    encoder.float8(values.lat);
    encoder.int8(values.hi, values.lo);
    encoder.int2(values.category);
    const bytes = Buffer.from(encoder.take());
    return Buffer.concat([bytes.subarray(19, -2), Buffer.from([0, 0, 0, 1, i % 2])]);
  });
  return Buffer.concat([empty.subarray(0, 19), ...parts, Buffer.from([0xff, 0xff])]);
}

describe('createIncidentCopyReader', () => {
  it('reads every row, whatever the chunks', () => {
    fc.assert(
      fc.property(fc.array(row, { maxLength: 40 }), fc.integer({ min: 1, max: 200 }), (rows, chunkBytes) => {
        const bytes = copyOf(rows);
        const reader = createIncidentCopyReader();
        for (let from = 0; from < bytes.length; from += chunkBytes)
          reader.push(bytes.subarray(from, from + chunkBytes));
        const { columns, selfInitiated, revision } = reader.finish(7);
        expect(revision).toBe(7);
        expect(columns.count).toBe(rows.length);
        expect(columns.lon.buffer).toBeInstanceOf(SharedArrayBuffer);
        rows.forEach((values, i) => {
          expect(columns.occurredAtSeconds[i]).toBe(values.seconds);
          expect(columns.lon[i]).toBe(values.lon);
          expect(columns.lat[i]).toBe(values.lat);
          expect([columns.cellHi[i], columns.cellLo[i], columns.category[i]]).toEqual([
            values.hi,
            values.lo,
            values.category,
          ]);
          expect(selfInitiated[i]).toBe(i % 2);
        });
      }),
    );
  });

  it('refuses a copy that was cut off, and bytes that are none', () => {
    const bytes = copyOf([{ seconds: 1, lon: 2, lat: 3, hi: 4, lo: 5, category: 6 }]);
    const reader = createIncidentCopyReader();
    reader.push(bytes.subarray(0, -2));
    expect(() => reader.finish(1)).toThrow('after 1 rows without its trailer');
    expect(() => createIncidentCopyReader().push(Buffer.alloc(64))).toThrow('binary COPY');
  });
});
