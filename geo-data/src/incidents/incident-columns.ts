import { latLngToCellColumns } from '../geometry/index.ts';

/** Resolution of the cell every incident carries; coarser cells follow from it by bit arithmetic. */
export const INCIDENT_CELL_RESOLUTION = 11;

/** Bytes one incident takes in columns and on the wire. */
export const BYTES_PER_INCIDENT = 30;

/**
 * Incidents as a struct of arrays, ascending by time. All columns have `count` elements and may be views on one
 * (shared) buffer.
 */
export interface IncidentColumns {
  count: number;
  /** Seconds since 1970-01-01T00:00:00Z, to 2106. */
  occurredAtSeconds: Uint32Array;
  /** WGS 84 degrees. */
  lon: Float64Array;
  lat: Float64Array;
  /** Upper and lower 32 bits of the H3 cell at resolution 11. */
  cellHi: Uint32Array;
  cellLo: Uint32Array;
  /** Id of the category in the bureau’s dictionary, which travels apart; 0 is uncategorised. */
  category: Uint16Array;
}

/** Lays the columns one after another on a buffer, widest elements first so that each is aligned. */
export function incidentColumnsOn(buffer: ArrayBufferLike, byteOffset: number, count: number): IncidentColumns {
  return {
    count,
    lon: new Float64Array(buffer, byteOffset, count),
    lat: new Float64Array(buffer, byteOffset + 8 * count, count),
    occurredAtSeconds: new Uint32Array(buffer, byteOffset + 16 * count, count),
    cellHi: new Uint32Array(buffer, byteOffset + 20 * count, count),
    cellLo: new Uint32Array(buffer, byteOffset + 24 * count, count),
    category: new Uint16Array(buffer, byteOffset + 28 * count, count),
  };
}

/** Empty columns on one new buffer: a SharedArrayBuffer when several workers are to read it. */
export function createIncidentColumns(count: number, memory: 'own' | 'shared' = 'own'): IncidentColumns {
  const bytes = count * BYTES_PER_INCIDENT;
  return incidentColumnsOn(memory === 'shared' ? new SharedArrayBuffer(bytes) : new ArrayBuffer(bytes), 0, count);
}

/** First row that is earlier than the one before it, -1 when times ascend. O(n). */
export function firstUnsortedRow(occurredAtSeconds: Uint32Array): number {
  for (let row = 1; row < occurredAtSeconds.length; row++) {
    if (occurredAtSeconds[row] < occurredAtSeconds[row - 1]) return row;
  }
  return -1;
}

/** Fills the cell columns from longitude and latitude. O(n). */
export function fillCells(columns: IncidentColumns): void {
  latLngToCellColumns(columns.lat, columns.lon, INCIDENT_CELL_RESOLUTION, { hi: columns.cellHi, lo: columns.cellLo });
}

/** A copy in order of time; incidents of the same second keep their order. O(n log n). */
export function sortIncidentsByTime(columns: IncidentColumns, memory: 'own' | 'shared' = 'own'): IncidentColumns {
  const { count, occurredAtSeconds } = columns;
  // Time and row in one number sort as a typed array, without a comparator: 2^32 seconds leave 21 bits for the row.
  const rowBits = 2 ** 21;
  const order = new Uint32Array(count);
  if (count <= rowBits) {
    const keys = new Float64Array(count);
    for (let row = 0; row < count; row++) keys[row] = occurredAtSeconds[row] * rowBits + row;
    keys.sort();
    for (let rank = 0; rank < count; rank++) order[rank] = keys[rank] % rowBits;
  } else {
    for (let row = 0; row < count; row++) order[row] = row;
    order.sort((a, b) => occurredAtSeconds[a] - occurredAtSeconds[b] || a - b);
  }
  const sorted = createIncidentColumns(count, memory);
  for (let rank = 0; rank < count; rank++) {
    const row = order[rank];
    sorted.occurredAtSeconds[rank] = occurredAtSeconds[row];
    sorted.lon[rank] = columns.lon[row];
    sorted.lat[rank] = columns.lat[row];
    sorted.cellHi[rank] = columns.cellHi[row];
    sorted.cellLo[rank] = columns.cellLo[row];
    sorted.category[rank] = columns.category[row];
  }
  return sorted;
}
