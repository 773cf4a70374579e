import { createIncidentColumns, type IncidentColumns } from '@xunfang/geo-data/incidents';

/** All counted incidents of a bureau in shared memory: every worker reads the same bytes. */
export interface LoadedIncidents {
  revision: number;
  columns: IncidentColumns;
  /** 1 where officers found it themselves; a row per incident. */
  selfInitiated: Uint8Array;
}

const SIGNATURE_BYTES = 11;
const POSTGRES_EPOCH_SECONDS = 946_684_800;
const TWO_32 = 2 ** 32;
/** Fields of a row: time, longitude, latitude, cell, category, self-initiated; each after its length of 4 bytes. */
const ROW_BYTES = 2 + (4 + 8) * 4 + (4 + 2) + (4 + 1);

export interface IncidentCopyReader {
  push(chunk: Buffer): void;
  /** @throws when the copy has not come to its end. */
  finish(revision: number): LoadedIncidents;
}

/**
 * Reads `COPY (SELECT occurred_at, lon, lat, cell, category, self_initiated …) TO STDOUT (FORMAT binary)` in order of time. No field is
 * ever NULL, so every row has the same length and no value an object. O(rows).
 * @throws when the bytes are not of this form.
 */
export function createIncidentCopyReader(): IncidentCopyReader {
  let capacity = 1 << 16;
  let columns = createIncidentColumns(capacity);
  let selfInitiated = new Uint8Array(capacity);
  let count = 0;
  let pending: Buffer = Buffer.alloc(0);
  let headerRead = false;
  let ended = false;

  function grow(): void {
    capacity *= 2;
    const larger = createIncidentColumns(capacity);
    copyColumns(columns, larger, count);
    columns = larger;
    const flags = new Uint8Array(capacity);
    flags.set(selfInitiated);
    selfInitiated = flags;
  }

  function push(chunk: Buffer): void {
    const bytes = pending.length === 0 ? chunk : Buffer.concat([pending, chunk]);
    let at = 0;
    if (!headerRead) {
      if (bytes.length < SIGNATURE_BYTES + 8) {
        pending = bytes;
        return;
      }
      if (bytes.toString('latin1', 0, SIGNATURE_BYTES) !== 'PGCOPY\n\xff\r\n\0')
        throw new Error('The database did not answer with a binary COPY.');
      at = SIGNATURE_BYTES + 8 + bytes.readUInt32BE(SIGNATURE_BYTES + 4);
      headerRead = true;
    }
    while (!ended && bytes.length - at >= 2) {
      const fields = bytes.readInt16BE(at);
      if (fields === -1) {
        ended = true;
        break;
      }
      if (fields !== 6) throw new Error(`A row of the copy has ${fields} fields when expected 6.`);
      if (bytes.length - at < ROW_BYTES) break;
      if (count === capacity) grow();
      const micros = bytes.readInt32BE(at + 6) * TWO_32 + bytes.readUInt32BE(at + 10);
      columns.occurredAtSeconds[count] = Math.floor(micros / 1e6) + POSTGRES_EPOCH_SECONDS;
      columns.lon[count] = bytes.readDoubleBE(at + 18);
      columns.lat[count] = bytes.readDoubleBE(at + 30);
      columns.cellHi[count] = bytes.readUInt32BE(at + 42);
      columns.cellLo[count] = bytes.readUInt32BE(at + 46);
      columns.category[count] = bytes.readUInt16BE(at + 54);
      selfInitiated[count] = bytes[at + 60];
      count++;
      at += ROW_BYTES;
    }
    pending = bytes.subarray(at);
  }
  function finish(revision: number): LoadedIncidents {
    if (!ended) throw new Error(`The copy ended after ${count} rows without its trailer.`);
    const shared = createIncidentColumns(count, 'shared');
    copyColumns(columns, shared, count);
    const flags = new Uint8Array(new SharedArrayBuffer(count));
    flags.set(selfInitiated.subarray(0, count));
    return { revision, columns: shared, selfInitiated: flags };
  }

  return { push, finish };
}

function copyColumns(from: IncidentColumns, to: IncidentColumns, count: number): void {
  to.occurredAtSeconds.set(from.occurredAtSeconds.subarray(0, count));
  to.lon.set(from.lon.subarray(0, count));
  to.lat.set(from.lat.subarray(0, count));
  to.cellHi.set(from.cellHi.subarray(0, count));
  to.cellLo.set(from.cellLo.subarray(0, count));
  to.category.set(from.category.subarray(0, count));
}
