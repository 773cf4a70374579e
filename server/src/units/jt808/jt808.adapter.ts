import { createCoordinateConverter } from '@xunfang/geo-data/geometry';
import { createFix, type DeviceAdapter, DeviceMessageError, type Fix } from '../device-adapter.ts';
import { MESSAGE } from './jt808-message.ts';
import { readLocationBatch } from './location-batch.ts';
import { type LocationReport, readLocationReport } from './location-report.ts';

/** The body of 0x0200 or 0x0704 and where it stands; one object is filled for message after message. */
export interface PositionMessage {
  messageId: number;
  bytes: Uint8Array;
  start: number;
  end: number;
  /** Whether coordinates that the terminal itself marks as shifted (GCJ-02) are brought back here. */
  unshift: boolean;
}

/**
 * Positions of JT/T 808 as fixes. `location` is filled anew for each fix and holds, while it is reported, what a fix has
 * no room for. Times are those of the terminal; one that is no date makes the fix not valid, for it could be of any day.
 */
export function createJt808Adapter(location: LocationReport): DeviceAdapter<PositionMessage> {
  const fix = createFix();
  const fromGcj02 = createCoordinateConverter('GCJ02');
  const point = new Float64Array(2);

  function fill(unshift: boolean, nowMs: number): Fix {
    const dated = !Number.isNaN(location.fixedAtMs);
    fix.valid = location.located && dated;
    fix.fixedAtMs = dated ? location.fixedAtMs : nowMs;
    fix.lon = location.lon;
    fix.lat = location.lat;
    if (location.shifted && unshift) {
      fromGcj02(location.lon, location.lat, point, 0);
      fix.lon = point[0];
      fix.lat = point[1];
    }
    fix.speedKmh = location.speedKmh;
    fix.headingDegrees = location.headingDegrees;
    // Not of this protocol, and an ingest may have written here.
    fix.accuracyMeters = Number.NaN;
    return fix;
  }

  return {
    protocol: 'jt808',
    // The number stands in the header of the connection's messages: the session has compared it.
    identifierOf: () => undefined,
    decode({ messageId, bytes, start, end, unshift }, nowMs, report) {
      if (messageId === MESSAGE.position) {
        if (!readLocationReport(bytes, start, end, location))
          throw new DeviceMessageError('0x0200', 'at least 28 bytes', end - start);
        report(fill(unshift, nowMs));
      } else if (!readLocationBatch(bytes, start, end, location, () => report(fill(unshift, nowMs))))
        throw new DeviceMessageError('0x0704', 'reports as long as they say', end - start);
    },
  };
}
