const DIMENSIONS_AT = 0;
const LENGTH_AT = 12;
const HEADER_BYTES = 20;
const LENGTH_BYTES = 4;

/**
 * The elements of what `array_send(float8[])` made: a head of 20 bytes, then each element after its length of 4 bytes. No object per element.
 * O(n). Throws a RangeError for anything else, nulls included.
 */
export function readFloat8Array(bytes: Buffer): Float64Array {
  const values = new Float64Array(lengthOf(bytes, 8));
  for (let i = 0; i < values.length; i++)
    values[i] = bytes.readDoubleBE(HEADER_BYTES + i * (LENGTH_BYTES + 8) + LENGTH_BYTES);
  return values;
}

/** The same of `float4[]`. */
export function readFloat4Array(bytes: Buffer): Float32Array {
  const values = new Float32Array(lengthOf(bytes, 4));
  for (let i = 0; i < values.length; i++)
    values[i] = bytes.readFloatBE(HEADER_BYTES + i * (LENGTH_BYTES + 4) + LENGTH_BYTES);
  return values;
}

function lengthOf(bytes: Buffer, width: number): number {
  const length = bytes.length < HEADER_BYTES ? -1 : bytes.readInt32BE(LENGTH_AT);
  // A null has no bytes behind its length, so the whole is shorter then.
  if (
    length < 0 ||
    bytes.readInt32BE(DIMENSIONS_AT) !== 1 ||
    bytes.length !== HEADER_BYTES + length * (LENGTH_BYTES + width)
  )
    throw new RangeError(`${bytes.length} bytes are no array of numbers of ${width} bytes without nulls.`);
  return length;
}
