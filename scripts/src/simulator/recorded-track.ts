import { readFile } from 'node:fs/promises';
import { gunzipSync } from 'node:zlib';
import { haversineDistanceMeters } from '@xunfang/geo-data/geometry';

/** A recorded track as columns, oldest first. */
export interface RecordedTrack {
  unixSeconds: Float64Array;
  lon: Float64Array;
  lat: Float64Array;
}

/**
 * Reads `cab,unix,lat,lon,occupied` (the cabspotting form; other columns are passed over), gzipped or not. `cab` chooses
 * one vehicle, the first of the file unless told. Throws when columns are missing or the vehicle has no fix.
 */
export async function readRecordedTrack(path: string, cab?: string): Promise<RecordedTrack> {
  const bytes = await readFile(path);
  const text = (bytes[0] === 0x1f && bytes[1] === 0x8b ? gunzipSync(bytes) : bytes).toString('utf8');
  const [header, ...lines] = text.split(/\r?\n/);
  const names = header.split(',').map((name) => name.trim());
  const [cabAt, unixAt, latAt, lonAt] = ['cab', 'unix', 'lat', 'lon'].map((name) => names.indexOf(name));
  if (unixAt < 0 || latAt < 0 || lonAt < 0)
    throw new Error(`${path} has the columns ${header}, expected unix, lat, lon.`);
  const rows: [number, number, number][] = [];
  let chosen = cab;
  for (const line of lines) {
    if (line === '') continue;
    const cells = line.split(',');
    if (cabAt >= 0) {
      chosen ??= cells[cabAt];
      if (cells[cabAt] !== chosen) continue;
    }
    const row: [number, number, number] = [Number(cells[unixAt]), Number(cells[lonAt]), Number(cells[latAt])];
    if (row.every(Number.isFinite)) rows.push(row);
  }
  if (rows.length === 0) throw new Error(`${path} holds no fix of vehicle ${chosen ?? '?'}.`);
  rows.sort((a, b) => a[0] - b[0]);
  return {
    unixSeconds: Float64Array.from(rows, (row) => row[0]),
    lon: Float64Array.from(rows, (row) => row[1]),
    lat: Float64Array.from(rows, (row) => row[2]),
  };
}

/** The same drive elsewhere: moved so that it begins at the place, its shape kept in metres. */
export function shiftTrack({ unixSeconds, lon, lat }: RecordedTrack, toLon: number, toLat: number): RecordedTrack {
  const stretch = Math.cos((lat[0] * Math.PI) / 180) / Math.cos((toLat * Math.PI) / 180);
  return {
    unixSeconds,
    lon: lon.map((value) => toLon + (value - lon[0]) * stretch),
    lat: lat.map((value) => toLat + (value - lat[0])),
  };
}

/** Speed and direction towards fix `i` from the one before: the record holds neither. */
export function motionAt(
  { unixSeconds, lon, lat }: RecordedTrack,
  i: number,
): { speedMps: number; headingDegrees: number } {
  if (i === 0) return { speedMps: 0, headingDegrees: 0 };
  const seconds = unixSeconds[i] - unixSeconds[i - 1];
  const meters = haversineDistanceMeters(lon[i - 1], lat[i - 1], lon[i], lat[i]);
  const east = (lon[i] - lon[i - 1]) * Math.cos((lat[i] * Math.PI) / 180);
  const headingDegrees = ((Math.atan2(east, lat[i] - lat[i - 1]) * 180) / Math.PI + 360) % 360;
  return { speedMps: seconds > 0 ? meters / seconds : 0, headingDegrees };
}
