/** Where a device was last believed, as processes tell each other. NaN: unknown; `unitId` 0: none; `statusCode` -1: not of this fix. */
export interface SharedRow {
  deviceId: number;
  bureauId: number;
  unitId: number;
  fixedAtMs: number;
  lon: number;
  lat: number;
  speedKmh: number;
  headingDegrees: number;
  accuracyMeters: number;
  statusCode: number;
}

/**
 * Little-endian: 0-3 device (u32, also the key of the last known row) · 4-7 bureau · 8-11 unit (u32) · 12-15 status (i32) ·
 * 16-23 time of the fix, ms since the epoch · 24-31 longitude · 32-39 latitude (f64, WGS 84) · 40-43 speed, km/h · 44-47 heading, degrees ·
 * 48-51 accuracy, metres (f32).
 */
export const SHARED_ROW_BYTES = 52;

export function writeSharedRow(bytes: Buffer, at: number, row: SharedRow): void {
  bytes.writeUInt32LE(row.deviceId, at);
  bytes.writeUInt32LE(row.bureauId, at + 4);
  bytes.writeUInt32LE(row.unitId, at + 8);
  bytes.writeInt32LE(row.statusCode, at + 12);
  bytes.writeDoubleLE(row.fixedAtMs, at + 16);
  bytes.writeDoubleLE(row.lon, at + 24);
  bytes.writeDoubleLE(row.lat, at + 32);
  bytes.writeFloatLE(row.speedKmh, at + 40);
  bytes.writeFloatLE(row.headingDegrees, at + 44);
  bytes.writeFloatLE(row.accuracyMeters, at + 48);
}

/** Fills `row`: one object for message after message. */
export function readSharedRow(bytes: Buffer, at: number, row: SharedRow): void {
  row.deviceId = bytes.readUInt32LE(at);
  row.bureauId = bytes.readUInt32LE(at + 4);
  row.unitId = bytes.readUInt32LE(at + 8);
  row.statusCode = bytes.readInt32LE(at + 12);
  row.fixedAtMs = bytes.readDoubleLE(at + 16);
  row.lon = bytes.readDoubleLE(at + 24);
  row.lat = bytes.readDoubleLE(at + 32);
  row.speedKmh = bytes.readFloatLE(at + 40);
  row.headingDegrees = bytes.readFloatLE(at + 44);
  row.accuracyMeters = bytes.readFloatLE(at + 48);
}
