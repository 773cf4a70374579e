import { inflateSync } from 'node:zlib';

const WOFF = 0x774f4646;
const HEADER_BYTES = 44;
const ENTRY_BYTES = 20;

/**
 * The font inside a WOFF file, as PDF embeds it: its tables inflated, behind an sfnt directory. Layout: W3C WOFF File Format 1.0.
 * O(bytes). Throws a RangeError for a file of another format.
 */
export function unpackWoff(woff: Uint8Array): Buffer {
  const view = new DataView(woff.buffer, woff.byteOffset, woff.byteLength);
  const signature = woff.byteLength < HEADER_BYTES ? 0 : view.getUint32(0);
  if (signature !== WOFF) throw new RangeError(`The font begins with ${signature.toString(16)}, expected 774f4646.`);
  const count = view.getUint16(12);
  const tables = Array.from({ length: count }, (_, i) => {
    const [tag, offset, packedBytes, bytes, checksum] = [0, 4, 8, 12, 16].map((at) =>
      view.getUint32(HEADER_BYTES + i * ENTRY_BYTES + at),
    );
    const packed = woff.subarray(offset, offset + packedBytes);
    return { tag, bytes, checksum, data: packedBytes < bytes ? inflateSync(packed) : packed };
  });
  let offset = 12 + 16 * count;
  const font = Buffer.alloc(offset + tables.reduce((sum, { bytes }) => sum + padded(bytes), 0));
  const power = Math.floor(Math.log2(count));
  font.writeUInt32BE(view.getUint32(4), 0);
  for (const [i, value] of [count, 16 * 2 ** power, power, 16 * (count - 2 ** power)].entries())
    font.writeUInt16BE(value, 4 + 2 * i);
  for (const [i, { tag, bytes, checksum, data }] of tables.entries()) {
    for (const [column, value] of [tag, checksum, offset, bytes].entries())
      font.writeUInt32BE(value, 12 + 16 * i + 4 * column);
    font.set(data, offset);
    offset += padded(bytes);
  }
  return font;
}

/** Tables begin at multiples of four. */
const padded = (bytes: number) => (bytes + 3) & ~3;
