import { BYTES_PER_INCIDENT, firstUnsortedRow, type IncidentColumns, incidentColumnsOn } from './incident-columns.ts';

/** "XFIB" read as a little-endian number. */
const MAGIC = 0x42494658;
const VERSION = 1;
const HEADER_BYTES = 32;

/**
 * The incident block, the one binary form in which incidents travel (replay, density in the browser). Little-endian:
 *
 * | byte | type | meaning |
 * | --- | --- | --- |
 * | 0 | u32 | magic "XFIB" |
 * | 4 | u16 | version, 1 |
 * | 6 | u16 | bytes of the header, 32 |
 * | 8 | u32 | count n |
 * | 12 | u32 | bytes of the whole block |
 * | 16 | u32, u32 | first and last time, seconds (0, 0 when empty) |
 * | 24 | 8 bytes | zero |
 * | 32 | f64 × n, f64 × n | longitude, latitude |
 * | … | u32 × n, u32 × n, u32 × n | time, cell hi, cell lo |
 * | … | u16 × n | category |
 *
 * @throws when a column's length is not `count`, or times do not ascend. O(n).
 */
export function encodeIncidentBlock(columns: IncidentColumns): ArrayBuffer {
  const { count } = columns;
  for (const [name, column] of Object.entries(columns)) {
    if (typeof column !== 'number' && column.length !== count) {
      throw new Error(`Column ${name} has ${column.length} rows when expected ${count}.`);
    }
  }
  requireAscending(columns);
  const bytes = HEADER_BYTES + count * BYTES_PER_INCIDENT;
  const buffer = new ArrayBuffer(bytes);
  const header = new DataView(buffer);
  header.setUint32(0, MAGIC, true);
  header.setUint16(4, VERSION, true);
  header.setUint16(6, HEADER_BYTES, true);
  header.setUint32(8, count, true);
  header.setUint32(12, bytes, true);
  header.setUint32(16, count > 0 ? columns.occurredAtSeconds[0] : 0, true);
  header.setUint32(20, count > 0 ? columns.occurredAtSeconds[count - 1] : 0, true);
  requireLittleEndian();
  const target = incidentColumnsOn(buffer, HEADER_BYTES, count);
  target.lon.set(columns.lon);
  target.lat.set(columns.lat);
  target.occurredAtSeconds.set(columns.occurredAtSeconds);
  target.cellHi.set(columns.cellHi);
  target.cellLo.set(columns.cellLo);
  target.category.set(columns.category);
  return buffer;
}

/**
 * Columns as views on a received block: nothing is copied. O(n) for the check that times ascend.
 * @throws when it is not such a block, of another version, cut short, or out of order.
 */
export function decodeIncidentBlock(buffer: ArrayBufferLike): IncidentColumns {
  if (buffer.byteLength < HEADER_BYTES) {
    throw new Error(`An incident block has at least ${HEADER_BYTES} bytes, got ${buffer.byteLength}.`);
  }
  const header = new DataView(buffer);
  const magic = header.getUint32(0, true);
  if (magic !== MAGIC) {
    throw new Error(`Not an incident block: magic is 0x${magic.toString(16)} when expected 0x${MAGIC.toString(16)}.`);
  }
  const version = header.getUint16(4, true);
  if (version !== VERSION) throw new Error(`Incident block of version ${version} when expected ${VERSION}.`);
  const headerBytes = header.getUint16(6, true);
  const count = header.getUint32(8, true);
  const expectedBytes = HEADER_BYTES + count * BYTES_PER_INCIDENT;
  if (headerBytes !== HEADER_BYTES || buffer.byteLength !== expectedBytes) {
    throw new Error(`Incident block of ${count} rows has ${buffer.byteLength} bytes when expected ${expectedBytes}.`);
  }
  requireLittleEndian();
  const columns = incidentColumnsOn(buffer, HEADER_BYTES, count);
  requireAscending(columns);
  return columns;
}

function requireAscending(columns: IncidentColumns): void {
  const row = firstUnsortedRow(columns.occurredAtSeconds);
  if (row >= 0) {
    const times = columns.occurredAtSeconds;
    throw new Error(`Incidents must ascend by time: row ${row} has ${times[row]} after ${times[row - 1]}.`);
  }
}

function requireLittleEndian(): void {
  if (new Uint8Array(Uint32Array.of(1).buffer)[0] !== 1) {
    throw new Error('Incident blocks are little-endian columns; this processor is big-endian.');
  }
}
