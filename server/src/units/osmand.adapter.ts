import { UNIT_STATUSES } from '@xunfang/geo-data/units';
import { createFix, type DeviceAdapter, DeviceMessageError, type Fix } from './device-adapter.ts';

/**
 * OsmAnd over HTTP, as OsmAnd's online tracking and the Traccar Client app send it (https://www.traccar.org/osmand/):
 * a query string or form (Traccar Client up to 8), or the JSON of a background location library (from 9).
 * A custom parameter `status` carries a unit status of geo-data/units.
 */
export interface OsmAndMessage {
  query: Readonly<Record<string, unknown>>;
  /** Parsed JSON, or a form as text; undefined when there is no body. */
  body: unknown;
}

type Fields = Readonly<Record<string, unknown>>;

const KMH_PER_KNOT = 1.852;
const KMH_PER_MPS = 3.6;
/** A number below this is a time in seconds, above it in milliseconds: what Traccar's server does. */
const LARGEST_SECONDS = 2_147_483_647;

const fix = createFix();

export const osmAndAdapter: DeviceAdapter<OsmAndMessage> = {
  protocol: 'osmand',
  identifierOf(message) {
    const fields = isRecord(message.body) ? message.body : formFieldsOf(message);
    const value = last(isRecord(message.body) ? fields.device_id : (fields.id ?? fields.deviceid));
    return typeof value === 'number' || (typeof value === 'string' && value !== '') ? String(value) : undefined;
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
  fix.fixedAtMs = timeMs('timestamp', last(fields.timestamp), nowMs);
  fix.speedKmh = optionalNumber('speed', last(fields.speed)) * KMH_PER_KNOT;
  fix.headingDegrees = optionalNumber('bearing', last(fields.bearing ?? fields.heading));
  fix.accuracyMeters = optionalNumber('accuracy', last(fields.accuracy));
  fix.statusCode = statusCode(last(fields.status));
  const valid = last(fields.valid);
  fix.valid = valid === undefined || valid === 'true' || valid === '1';
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
    fix.fixedAtMs = timeMs('location.timestamp', location.timestamp, nowMs);
    fix.speedKmh = optionalNumber('location.coords.speed', coords.speed) * KMH_PER_MPS;
    fix.headingDegrees = optionalNumber('location.coords.heading', coords.heading);
    fix.accuracyMeters = optionalNumber('location.coords.accuracy', coords.accuracy);
    fix.statusCode = statusCode(isRecord(extras) ? extras.status : undefined);
    fix.valid = true;
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

function degrees(field: string, value: unknown, limit: number): number {
  const number = toNumber(value);
  if (!(Math.abs(number) <= limit)) throw new DeviceMessageError(field, `degrees within ±${limit}`, value);
  return number;
}

/** Phones send -1 for a speed or heading they do not know. */
function optionalNumber(field: string, value: unknown): number {
  if (value === undefined || value === null || value === '') return Number.NaN;
  const number = toNumber(value);
  if (Number.isNaN(number)) throw new DeviceMessageError(field, 'a number', value);
  return number < 0 ? Number.NaN : number;
}

function toNumber(value: unknown): number {
  if (typeof value === 'number') return value;
  return typeof value === 'string' && value.trim() !== '' ? Number(value) : Number.NaN;
}

/** Seconds, milliseconds, ISO 8601, or `yyyy-MM-dd HH:mm:ss`; without an offset it is UTC. */
function timeMs(field: string, value: unknown, nowMs: number): number {
  if (value === undefined || value === null || value === '') return nowMs;
  const number = toNumber(value);
  if (!Number.isNaN(number)) return number < LARGEST_SECONDS ? number * 1000 : number;
  const text = typeof value === 'string' ? value.trim().replace(' ', 'T') : '';
  const parsed = Date.parse(/(?:Z|[+-]\d\d:?\d\d)$/i.test(text) ? text : `${text}Z`);
  if (Number.isNaN(parsed)) throw new DeviceMessageError(field, 'seconds, milliseconds or ISO 8601', value);
  return parsed;
}

function statusCode(value: unknown): number {
  if (value === undefined || value === null || value === '') return -1;
  const code = UNIT_STATUSES.findIndex((status) => status === value);
  if (code < 0) throw new DeviceMessageError('status', UNIT_STATUSES.join(' | '), value);
  return code;
}

const isRecord = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
