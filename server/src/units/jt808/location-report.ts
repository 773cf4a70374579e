import { readBcdTimeMs } from './bcd.ts';

/** The body of 0x0200, also an item of 0x0704, in our units; one object is filled for report after report. */
export interface LocationReport {
  /** Alarm word as sent; bit 0 is the emergency button. */
  alarm: number;
  /** Status word as sent. */
  status: number;
  lon: number;
  lat: number;
  /** False: the terminal itself says that it has no position. */
  located: boolean;
  /** The terminal's map plug-in shifted the coordinates: they are GCJ-02. */
  shifted: boolean;
  altitudeMeters: number;
  speedKmh: number;
  headingDegrees: number;
  /** NaN: the bytes are no date. */
  fixedAtMs: number;
  /** Additional items; NaN: not sent. */
  mileageKm: number;
  fuelLitres: number;
  recorderSpeedKmh: number;
  signalStrength: number;
  satellites: number;
  /** False: the items do not end where the body ends; what came before is kept. */
  itemsWhole: boolean;
}

const FIXED_BYTES = 28;
const STATUS_LOCATED = 1 << 1;
const STATUS_SOUTH = 1 << 2;
const STATUS_WEST = 1 << 3;
const STATUS_SHIFTED = 1 << 5;
const ALARM_EMERGENCY = 1;
const UNKNOWN_SPEED = 0xffff;
/** Ids of the additional items that are read; the others are passed over. */
const ITEM = { mileage: 0x01, fuel: 0x02, recorderSpeed: 0x03, signal: 0x30, satellites: 0x31 } as const;

export const isEmergency = ({ alarm }: LocationReport): boolean => (alarm & ALARM_EMERGENCY) !== 0;

export function createLocationReport(): LocationReport {
  return {
    alarm: 0,
    status: 0,
    lon: Number.NaN,
    lat: Number.NaN,
    located: false,
    shifted: false,
    altitudeMeters: Number.NaN,
    speedKmh: Number.NaN,
    headingDegrees: Number.NaN,
    fixedAtMs: Number.NaN,
    mileageKm: Number.NaN,
    fuelLitres: Number.NaN,
    recorderSpeedKmh: Number.NaN,
    signalStrength: Number.NaN,
    satellites: Number.NaN,
    itemsWhole: true,
  };
}

/** Reads bytes [start, end) into `into`; false when they are too few to be a report. No allocation. O(end − start). */
export function readLocationReport(bytes: Uint8Array, start: number, end: number, into: LocationReport): boolean {
  if (end - start < FIXED_BYTES) return false;
  const status = u32(bytes, start + 4);
  const lat = u32(bytes, start + 8) / 1e6;
  const lon = u32(bytes, start + 12) / 1e6;
  const speed = u16(bytes, start + 18);
  const heading = u16(bytes, start + 20);
  into.alarm = u32(bytes, start);
  into.status = status;
  into.lat = (status & STATUS_SOUTH) === 0 ? lat : -lat;
  into.lon = (status & STATUS_WEST) === 0 ? lon : -lon;
  into.located = (status & STATUS_LOCATED) !== 0;
  into.shifted = (status & STATUS_SHIFTED) !== 0;
  // Below the sea is two's complement in practice, though the standard says unsigned.
  into.altitudeMeters = (u16(bytes, start + 16) << 16) >> 16;
  into.speedKmh = speed === UNKNOWN_SPEED ? Number.NaN : speed / 10;
  into.headingDegrees = heading > 360 ? Number.NaN : heading % 360;
  into.fixedAtMs = readBcdTimeMs(bytes, start + 22);
  readItems(bytes, start + FIXED_BYTES, end, into);
  return true;
}

function readItems(bytes: Uint8Array, start: number, end: number, into: LocationReport): void {
  into.mileageKm = Number.NaN;
  into.fuelLitres = Number.NaN;
  into.recorderSpeedKmh = Number.NaN;
  into.signalStrength = Number.NaN;
  into.satellites = Number.NaN;
  let at = start;
  while (at + 2 <= end) {
    const length = bytes[at + 1];
    const value = at + 2;
    const next = value + length;
    if (next > end) break;
    const id = bytes[at];
    if (id === ITEM.mileage && length === 4) into.mileageKm = u32(bytes, value) / 10;
    else if (id === ITEM.fuel && length === 2) into.fuelLitres = u16(bytes, value) / 10;
    else if (id === ITEM.recorderSpeed && length === 2) into.recorderSpeedKmh = u16(bytes, value) / 10;
    else if (id === ITEM.signal && length === 1) into.signalStrength = bytes[value];
    else if (id === ITEM.satellites && length === 1) into.satellites = bytes[value];
    at = next;
  }
  into.itemsWhole = at === end;
}

const u16 = (bytes: Uint8Array, at: number): number => (bytes[at] << 8) | bytes[at + 1];
const u32 = (bytes: Uint8Array, at: number): number => ((u16(bytes, at) << 16) | u16(bytes, at + 2)) >>> 0;
