import { INCIDENT_CELL_RESOLUTION } from '@xunfang/geo-data/incidents';
import { type CellColumns, latLngToCellColumns } from '@xunfang/geo-data/geometry';
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
  /** Where the raw row lies, should it turn out to be a duplicate: the reader's buffers, not copies. */
  raw: { bytes: Buffer[]; start: Uint32Array; end: Uint32Array };
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
    raw: { bytes: [], start: new Uint32Array(capacity), end: new Uint32Array(capacity) },
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
  batch.raw.bytes[at] = record.bytes;
  batch.raw.start[at] = record.start;
  batch.raw.end[at] = record.end;
  batch.keys.add(key);
}

export function clearBatch(batch: ImportBatch): void {
  batch.count = 0;
  batch.keys.clear();
  batch.raw.bytes.length = 0;
}

/** Fills the cells of the batch's rows. */
export function locateBatch(batch: ImportBatch): CellColumns {
  const { count, lat, lon, cells } = batch;
  const filled = { hi: cells.hi.subarray(0, count), lo: cells.lo.subarray(0, count) };
  return latLngToCellColumns(lat.subarray(0, count), lon.subarray(0, count), INCIDENT_CELL_RESOLUTION, filled);
}
