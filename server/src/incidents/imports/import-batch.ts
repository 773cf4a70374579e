import { type CellColumns, latLngToCellColumns } from '@xunfang/geo-data/geometry';
import { INCIDENT_CELL_RESOLUTION } from '@xunfang/geo-data/incidents';
import type { CsvRecord } from './csv-scanner.ts';
import type { RowValues } from './row-reader.ts';

/** Rows that go to the database together: columns, used again for every batch. */
export interface ImportBatch {
  readonly capacity: number;
  count: number;
  occurredAtSeconds: Float64Array;
  lon: Float64Array;
  lat: Float64Array;
  cells: CellColumns;
  beatIds: Int32Array;
  category: Int16Array;
  priority: Int16Array;
  row: Float64Array;
  key: string[];
  address: string[];
  /** The raw rows one after another, should one turn out to be a duplicate: row i ends at end[i]. */
  raw: { bytes: Buffer; end: Uint32Array };
  /** Keys of this batch: two rows with one key must not go into one statement. */
  keys: Set<string>;
}

export function createImportBatch(capacity: number): ImportBatch {
  return {
    capacity,
    count: 0,
    occurredAtSeconds: new Float64Array(capacity),
    lon: new Float64Array(capacity),
    lat: new Float64Array(capacity),
    cells: { hi: new Uint32Array(capacity), lo: new Uint32Array(capacity) },
    beatIds: new Int32Array(capacity),
    category: new Int16Array(capacity),
    priority: new Int16Array(capacity),
    row: new Float64Array(capacity),
    key: [],
    address: [],
    raw: { bytes: Buffer.allocUnsafeSlow(capacity * 128), end: new Uint32Array(capacity) },
    keys: new Set(),
  };
}

export function addToBatch(
  batch: ImportBatch,
  values: RowValues,
  priority: number,
  key: string,
  record: CsvRecord,
): void {
  const at = batch.count++;
  batch.occurredAtSeconds[at] = values.occurredAtSeconds;
  batch.lon[at] = values.lon;
  batch.lat[at] = values.lat;
  batch.category[at] = values.category;
  batch.priority[at] = priority;
  batch.row[at] = record.row;
  batch.key[at] = key;
  batch.address[at] = values.address;
  keepRaw(batch, at, record);
  batch.keys.add(key);
}

function keepRaw({ raw }: ImportBatch, at: number, record: CsvRecord): void {
  const start = at === 0 ? 0 : raw.end[at - 1];
  const end = start + record.end - record.start;
  if (end > raw.bytes.length) {
    const larger = Buffer.allocUnsafeSlow(Math.max(2 * raw.bytes.length, end));
    raw.bytes.copy(larger, 0, 0, start);
    raw.bytes = larger;
  }
  record.bytes.copy(raw.bytes, start, record.start, record.end);
  raw.end[at] = end;
}

/** The raw row as it was read. */
export function rawRow({ raw }: ImportBatch, at: number): Buffer {
  return raw.bytes.subarray(at === 0 ? 0 : raw.end[at - 1], raw.end[at]);
}

export function clearBatch(batch: ImportBatch): void {
  batch.count = 0;
  batch.keys.clear();
}

/** Fills the cells of the batch's rows. */
export function locateBatch(batch: ImportBatch): CellColumns {
  const { count, lat, lon, cells } = batch;
  const filled = { hi: cells.hi.subarray(0, count), lo: cells.lo.subarray(0, count) };
  return latLngToCellColumns(lat.subarray(0, count), lon.subarray(0, count), INCIDENT_CELL_RESOLUTION, filled);
}
