/**
 * A table of typed-array columns as one binary answer: no object per row on either side.
 *
 * Layout, little-endian: bytes 0-3 magic "XFCB", 4-5 version (1), 6-7 zero, 8-11 length H of the header in bytes,
 * 12.. header (UTF-8 JSON: `{ meta, columns: [{ name, type, length, offset }] }`, offsets from the start of the body),
 * zero padding to a multiple of 8, then the body; every column starts at a multiple of 8.
 */
const COLUMN_TYPES = {
  u8: Uint8Array,
  u16: Uint16Array,
  u32: Uint32Array,
  i32: Int32Array,
  f32: Float32Array,
  f64: Float64Array,
} as const;
type ColumnType = keyof typeof COLUMN_TYPES;
export type Column = Uint8Array | Uint16Array | Uint32Array | Int32Array | Float32Array | Float64Array;
export interface ColumnBlock<Meta> {
  meta: Meta;
  columns: Record<string, Column>;
}
interface Header {
  meta: unknown;
  columns: { name: string; type: ColumnType; length: number; offset: number }[];
}

const MAGIC = 0x42434658;
const VERSION = 1;
const align8 = (bytes: number) => (bytes + 7) & ~7;

export function encodeColumnBlock<Meta>(block: ColumnBlock<Meta>): Uint8Array<ArrayBuffer> {
  const header: Header = { meta: block.meta, columns: [] };
  let bodyBytes = 0;
  for (const [name, column] of Object.entries(block.columns)) {
    header.columns.push({ name, type: columnType(column), length: column.length, offset: bodyBytes });
    bodyBytes = align8(bodyBytes + column.byteLength);
  }
  const headerBytes = new TextEncoder().encode(JSON.stringify(header));
  const bodyStart = align8(12 + headerBytes.length);
  const bytes = new Uint8Array(bodyStart + bodyBytes);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, MAGIC, true);
  view.setUint16(4, VERSION, true);
  view.setUint32(8, headerBytes.length, true);
  bytes.set(headerBytes, 12);
  for (const { name, offset } of header.columns) {
    const column = block.columns[name];
    bytes.set(new Uint8Array(column.buffer, column.byteOffset, column.byteLength), bodyStart + offset);
  }
  return bytes;
}

/** The columns are views into `buffer`. Throws when the bytes are not a column block of this version. */
export function decodeColumnBlock<Meta>(buffer: ArrayBuffer): ColumnBlock<Meta> {
  const view = new DataView(buffer);
  if (buffer.byteLength < 12 || view.getUint32(0, true) !== MAGIC)
    throw new Error('Not a column block: the magic XFCB is missing.');
  const version = view.getUint16(4, true);
  if (version !== VERSION) throw new Error(`Column block of version ${version} when expected ${VERSION}.`);
  const headerLength = view.getUint32(8, true);
  const header = JSON.parse(new TextDecoder().decode(new Uint8Array(buffer, 12, headerLength))) as Header;
  const bodyStart = align8(12 + headerLength);
  const columns: Record<string, Column> = {};
  for (const { name, type, length, offset } of header.columns) {
    const needed = bodyStart + offset + length * COLUMN_TYPES[type].BYTES_PER_ELEMENT;
    if (needed > buffer.byteLength)
      throw new Error(`Column ${name} ends at byte ${needed}, the block at ${buffer.byteLength}.`);
    columns[name] = new COLUMN_TYPES[type](buffer, bodyStart + offset, length);
  }
  return { meta: header.meta as Meta, columns };
}

function columnType(column: Column): ColumnType {
  for (const [type, constructor] of Object.entries(COLUMN_TYPES))
    if (column instanceof constructor) return type as ColumnType;
  throw new Error(`A column is a typed array of one of ${Object.keys(COLUMN_TYPES).join(', ')}.`);
}
