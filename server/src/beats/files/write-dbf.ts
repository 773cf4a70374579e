export interface DbfField {
  name: string;
  type: 'text' | 'number';
  /** Of a number; a text field is as wide as its longest value. */
  width?: number;
  decimals?: number;
}
type Value = string | number | null;

const HEADER_BYTES = 32;
const FIELD_BYTES = 32;
const MOST_WIDTH = 254;
const DBASE_III = 3;

/**
 * A dBASE III table with UTF-8 texts, as a Shapefile carries its attributes; its encoding is said by a .cpg file beside it. Rows without a value
 * have blanks. Layout: dBASE table file format, level 3.
 * @throws RangeError for a value that is wider than its field can be.
 */
export function writeDbf(fields: readonly DbfField[], rows: readonly (readonly Value[])[], at: Date): Uint8Array {
  const encoder = new TextEncoder();
  const cells = rows.map((row) => row.map((value, column) => encoder.encode(textOf(value, fields[column]))));
  const widths = fields.map(({ type, width = 1 }, column) =>
    type === 'number' ? width : Math.max(1, ...cells.map((row) => row[column].length)),
  );
  const headerBytes = HEADER_BYTES + fields.length * FIELD_BYTES + 1;
  const rowBytes = 1 + widths.reduce((sum, width) => sum + width, 0);
  const bytes = new Uint8Array(headerBytes + rows.length * rowBytes + 1);
  const view = new DataView(bytes.buffer);
  bytes.set([DBASE_III, at.getUTCFullYear() - 1900, at.getUTCMonth() + 1, at.getUTCDate()]);
  view.setUint32(4, rows.length, true);
  view.setUint16(8, headerBytes, true);
  view.setUint16(10, rowBytes, true);
  for (const [column, { name, type, decimals = 0 }] of fields.entries()) {
    const start = HEADER_BYTES + column * FIELD_BYTES;
    bytes.set(encoder.encode(name).subarray(0, 10), start);
    bytes[start + 11] = (type === 'number' ? 'N' : 'C').charCodeAt(0);
    bytes[start + 16] = widths[column];
    bytes[start + 17] = decimals;
  }
  bytes[headerBytes - 1] = 0x0d;
  bytes.fill(0x20, headerBytes);
  for (const [row, values] of cells.entries()) {
    let start = headerBytes + row * rowBytes + 1;
    for (const [column, value] of values.entries()) {
      const width = widths[column];
      if (value.length > Math.min(width, MOST_WIDTH))
        throw new RangeError(`${fields[column].name} has ${value.length} bytes in row ${row + 1}, expected ${width}.`);
      // Numbers stand to the right.
      bytes.set(value, fields[column].type === 'number' ? start + width - value.length : start);
      start += width;
    }
  }
  bytes[bytes.length - 1] = 0x1a;
  return bytes;
}

function textOf(value: Value, { decimals = 0 }: DbfField): string {
  if (value === null) return '';
  return typeof value === 'number' ? value.toFixed(decimals) : value;
}
