import { createFix, type DeviceAdapter, DeviceMessageError, type Fix } from './device-adapter.ts';
import {
  degrees,
  type Fields,
  identifierText,
  isAbsent,
  isRecord,
  isSos,
  optionalNumber,
  statusCode,
  timeMs,
} from './message-fields.ts';

/**
 * OsmAnd over HTTP, as OsmAnd's online tracking and the Traccar Client app send it (https://www.traccar.org/osmand/):
 * a query string or form (Traccar Client up to 8), or the JSON of a background location library (from 9).
 * A custom parameter `status` carries a unit status of geo-data/units; `alarm=sos` is the app's emergency button.
 */
export interface OsmAndMessage {
  query: Readonly<Record<string, unknown>>;
  /** Parsed JSON, or a form as text; undefined when there is no body. */
  body: unknown;
}

const KMH_PER_KNOT = 1.852;
const KMH_PER_MPS = 3.6;

const fix = createFix();

export const osmAndAdapter: DeviceAdapter<OsmAndMessage> = {
  protocol: 'osmand',
  identifierOf(message) {
    const fields = isRecord(message.body) ? message.body : formFieldsOf(message);
    return identifierText(last(isRecord(message.body) ? fields.device_id : (fields.id ?? fields.deviceid)));
  },
  decode(message, nowMs, report) {
    if (isRecord(message.body)) decodeJson(message.body, nowMs, report);
    else decodeForm(formFieldsOf(message), nowMs, report);
  },
};

function decodeForm(fields: Fields, nowMs: number, report: (fix: Fix) => void): void {
  const [latText, lonText] =
    fields.location === undefined ? [last(fields.lat), last(fields.lon)] : String(last(fields.location)).split(',');
  fix.lat = degrees('lat', latText, 90);
  fix.lon = degrees('lon', lonText, 180);
  fix.fixedAtMs = timeOr(nowMs, 'timestamp', last(fields.timestamp));
  fix.speedKmh = optionalNumber('speed', last(fields.speed)) * KMH_PER_KNOT;
  fix.headingDegrees = optionalNumber('bearing', last(fields.bearing ?? fields.heading));
  fix.accuracyMeters = optionalNumber('accuracy', last(fields.accuracy));
  fix.statusCode = statusCode(last(fields.status));
  const valid = last(fields.valid);
  fix.valid = valid === undefined || valid === 'true' || valid === '1';
  fix.sos = isSos(last(fields.alarm));
  report(fix);
}

function decodeJson(root: Fields, nowMs: number, report: (fix: Fix) => void): void {
  // The library sends an array instead when it is set to deliver in batches.
  const locations = Array.isArray(root.location) ? (root.location as unknown[]) : [root.location];
  for (const location of locations) {
    if (!isRecord(location)) throw new DeviceMessageError('location', 'an object', location);
    const { coords, extras } = location;
    if (!isRecord(coords)) throw new DeviceMessageError('location.coords', 'an object', coords);
    fix.lat = degrees('location.coords.latitude', coords.latitude, 90);
    fix.lon = degrees('location.coords.longitude', coords.longitude, 180);
    fix.fixedAtMs = timeOr(nowMs, 'location.timestamp', location.timestamp);
    fix.speedKmh = optionalNumber('location.coords.speed', coords.speed) * KMH_PER_MPS;
    fix.headingDegrees = optionalNumber('location.coords.heading', coords.heading);
    fix.accuracyMeters = optionalNumber('location.coords.accuracy', coords.accuracy);
    fix.statusCode = statusCode(isRecord(extras) ? extras.status : undefined);
    fix.valid = true;
    fix.sos = isRecord(extras) && isSos(extras.alarm);
    report(fix);
  }
}

/** Parameters stand in the query; only a query without any makes the body count, as with Traccar's server. */
function formFieldsOf({ query, body }: OsmAndMessage): Fields {
  if (Object.keys(query).length > 0) return query;
  return typeof body === 'string' ? Object.fromEntries(new URLSearchParams(body)) : {};
}

/** A parameter given twice counts as it was given last. */
function last(value: unknown): unknown {
  return Array.isArray(value) ? (value.at(-1) as unknown) : value;
}

function timeOr(nowMs: number, field: string, value: unknown): number {
  return isAbsent(value) ? nowMs : timeMs(field, value);
}
