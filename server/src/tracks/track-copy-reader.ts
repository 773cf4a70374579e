/** Fixes by unit and then in order of time, as columns. */
export interface TrackRows {
  count: number;
  unitId: Uint32Array;
  seconds: Uint32Array;
  lon: Float64Array;
  lat: Float64Array;
  speedKmh: Float32Array;
  accuracyMeters: Float32Array;
}

const SIGNATURE_BYTES = 11;
const FIELDS = 6;
/** Field count, then unit (int4), seconds, longitude, latitude (float8), speed, accuracy (float4), each after its length of 4 bytes. */
const ROW_BYTES = 2 + FIELDS * 4 + 4 + 3 * 8 + 2 * 4;

/**
 * Reads `COPY (SELECT unit_id, seconds, lon, lat, speed_kmh, accuracy_meters …) TO STDOUT (FORMAT binary)` of at most `capacity` rows. No field is ever
 * NULL, so every row has the same length and no value an object. O(rows). Throws when the bytes are not of this form.
 */
export function createTrackCopyReader(capacity: number) {
  const rows: TrackRows = {
    count: 0,
    unitId: new Uint32Array(capacity),
    seconds: new Uint32Array(capacity),
    lon: new Float64Array(capacity),
    lat: new Float64Array(capacity),
    speedKmh: new Float32Array(capacity),
    accuracyMeters: new Float32Array(capacity),
  };
  let pending: Buffer = Buffer.alloc(0);
  let headerRead = false;
  let ended = false;

  return {
    push(chunk: Buffer): void {
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
        if (fields !== FIELDS) throw new Error(`A row of the copy has ${fields} fields when expected ${FIELDS}.`);
        if (bytes.length - at < ROW_BYTES) break;
        if (rows.count === capacity) throw new Error(`The copy has more than ${capacity} rows.`);
        const row = rows.count++;
        rows.unitId[row] = bytes.readUInt32BE(at + 6);
        rows.seconds[row] = bytes.readDoubleBE(at + 14);
        rows.lon[row] = bytes.readDoubleBE(at + 26);
        rows.lat[row] = bytes.readDoubleBE(at + 38);
        rows.speedKmh[row] = bytes.readFloatBE(at + 50);
        rows.accuracyMeters[row] = bytes.readFloatBE(at + 58);
        at += ROW_BYTES;
      }
      pending = bytes.subarray(at);
    },
    finish(): TrackRows {
      if (!ended) throw new Error(`The copy ended after ${rows.count} rows without its trailer.`);
      return rows;
    },
  };
}
