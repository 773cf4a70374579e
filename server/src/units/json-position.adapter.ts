import { createFix, type DeviceAdapter, DeviceMessageError } from './device-adapter.ts';
import { degrees, identifierText, isRecord, isSos, optionalNumber, statusCode, timeMs } from './message-fields.ts';

const fix = createFix();

/**
 * One item of a plain JSON batch: { device, time, lon, lat, speedKmh?, headingDegrees?, accuracyMeters?, status?, alarm? }.
 * `time` is ISO 8601, or seconds or milliseconds since the epoch; `alarm: "sos"` says that the emergency button is pressed.
 */
export const jsonPositionAdapter: DeviceAdapter<unknown> = {
  protocol: 'json',
  identifierOf: (item) => (isRecord(item) ? identifierText(item.device) : undefined),
  decode(item, _nowMs, report) {
    if (!isRecord(item)) throw new DeviceMessageError('item', 'an object', item);
    fix.lon = degrees('lon', item.lon, 180);
    fix.lat = degrees('lat', item.lat, 90);
    fix.fixedAtMs = timeMs('time', item.time);
    fix.speedKmh = optionalNumber('speedKmh', item.speedKmh);
    fix.headingDegrees = optionalNumber('headingDegrees', item.headingDegrees);
    fix.accuracyMeters = optionalNumber('accuracyMeters', item.accuracyMeters);
    fix.statusCode = statusCode(item.status);
    fix.sos = isSos(item.alarm);
    report(fix);
  },
};
