import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeColumnBlock, encodeColumnBlock } from './column-block.ts';

describe('column block', () => {
  it('gives back the meta and every column of any type and length', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 40 }),
        fc.uint16Array({ maxLength: 40 }),
        fc.float64Array({ maxLength: 40 }),
        fc.string(),
        (bytes, words, numbers, note) => {
          const decoded = decodeColumnBlock<{ note: string }>(
            encodeColumnBlock({ meta: { note }, columns: { bytes, words, numbers } }).buffer,
          );
          expect(decoded.meta.note).toBe(note);
          expect(decoded.columns.bytes).toEqual(bytes);
          expect(decoded.columns.words).toEqual(words);
          expect(decoded.columns.numbers).toEqual(numbers);
        },
      ),
    );
  });

  it('has a layout that does not drift: golden bytes', () => {
    const bytes = encodeColumnBlock({ meta: { n: 1 }, columns: { a: Uint16Array.of(258), b: Uint32Array.of(1, 2) } });
    const header =
      '{"meta":{"n":1},"columns":[{"name":"a","type":"u16","length":1,"offset":0},{"name":"b","type":"u32","length":2,"offset":8}]}';
    expect(Buffer.from(bytes.subarray(0, 6)).toString('hex')).toBe('584643420100');
    expect(new DataView(bytes.buffer).getUint32(8, true)).toBe(header.length);
    expect(Buffer.from(bytes.subarray(12, 12 + header.length)).toString()).toBe(header);
    const body = (12 + header.length + 7) & ~7;
    expect(Buffer.from(bytes.subarray(body)).toString('hex')).toBe('02010000000000000100000002000000');
  });

  it('refuses what is no block, another version, and a block cut short, saying what was expected', () => {
    expect(() => decodeColumnBlock(new ArrayBuffer(40))).toThrow('magic XFCB');
    const bytes = encodeColumnBlock({ meta: null, columns: { a: new Float64Array(4) } });
    expect(() => decodeColumnBlock(bytes.buffer.slice(0, bytes.length - 1))).toThrow('Column a ends at byte');
    bytes[4] = 9;
    expect(() => decodeColumnBlock(bytes.buffer)).toThrow('version 9 when expected 1');
  });
});
