import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createContentKeys } from './content-keys.ts';
import { murmur3 } from './murmur3.ts';

describe('murmur3', () => {
  it('passes the verification of the reference suite (SMHasher) for the x86 128-bit form', () => {
    const hashes = new Int32Array(256 * 4);
    const key = Uint8Array.from({ length: 256 }, (_, i) => i);
    for (let i = 0; i < 256; i++) murmur3(key, 0, i, hashes.subarray(i * 4, i * 4 + 4), 256 - i);
    const out = new Int32Array(4);
    murmur3(new Uint8Array(hashes.buffer), 0, hashes.byteLength, out);
    expect((out[0] >>> 0).toString(16)).toBe('b3ece62a');
  });
});

describe('createContentKeys', () => {
  it('gives every occurrence its own key, and the same keys to the same rows again', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 40 }), { maxLength: 300 }), (numbers) => {
        const keys = () => {
          const contents = createContentKeys(4);
          return numbers.map((number) => {
            const bytes = Buffer.from(`row ${number}`);
            return contents.keyOf(bytes, 0, bytes.length);
          });
        };
        const first = keys();
        expect(new Set(first).size).toBe(numbers.length);
        expect(keys()).toEqual(first);
      }),
    );
  });
});
