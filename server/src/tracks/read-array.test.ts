import { describe, expect, it } from 'vitest';
import { readFloat4Array, readFloat8Array } from './read-array.ts';

/** As PostgreSQL's array_send writes it. */
function sent(values: (number | null)[], width: 4 | 8): Buffer {
  const head = Buffer.alloc(20);
  head.writeInt32BE(1, 0);
  head.writeInt32BE(Number(values.includes(null)), 4);
  head.writeInt32BE(width === 8 ? 701 : 700, 8);
  head.writeInt32BE(values.length, 12);
  head.writeInt32BE(1, 16);
  const elements = values.map((value) => {
    const bytes = Buffer.alloc(value === null ? 4 : 4 + width);
    bytes.writeInt32BE(value === null ? -1 : width, 0);
    if (value !== null && width === 8) bytes.writeDoubleBE(value, 4);
    if (value !== null && width === 4) bytes.writeFloatBE(value, 4);
    return bytes;
  });
  return Buffer.concat([head, ...elements]);
}

describe('arrays as PostgreSQL sends them', () => {
  it('are read as they are', () => {
    expect(readFloat8Array(sent([104.06, Number.NaN, -1e300], 8))).toEqual(Float64Array.of(104.06, Number.NaN, -1e300));
    expect(readFloat4Array(sent([36.5, Number.NaN], 4))).toEqual(Float32Array.of(36.5, Number.NaN));
  });

  it('are refused with nulls, of another width, or cut off', () => {
    expect(() => readFloat8Array(sent([1, null], 8))).toThrow('are no array of numbers of 8 bytes');
    expect(() => readFloat8Array(sent([1, 2], 4))).toThrow(RangeError);
    expect(() => readFloat4Array(sent([1, 2], 4).subarray(0, 30))).toThrow(RangeError);
    expect(() => readFloat4Array(Buffer.alloc(3))).toThrow(RangeError);
  });
});
