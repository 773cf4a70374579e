import { UNIT_STATUSES } from '@xunfang/geo-data/units';
import { DeviceMessageError } from './device-adapter.ts';

/** Fields of messages made of text and JSON, read once for every adapter. What is wrong is told by its name in the message. */
export type Fields = Readonly<Record<string, unknown>>;

/** A number below this is a time in seconds, above it in milliseconds: what Traccar's server does. */
const LARGEST_SECONDS = 2_147_483_647;

export const isRecord = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const isAbsent = (value: unknown): boolean => value === undefined || value === null || value === '';

export function degrees(field: string, value: unknown, limit: number): number {
  const number = toNumber(value);
  if (!(Math.abs(number) <= limit)) throw new DeviceMessageError(field, `degrees within ±${limit}`, value);
  return number;
}

/** NaN where nothing stands; phones send -1 for a speed or heading they do not know. */
export function optionalNumber(field: string, value: unknown): number {
  if (isAbsent(value)) return Number.NaN;
  const number = toNumber(value);
  if (Number.isNaN(number)) throw new DeviceMessageError(field, 'a number', value);
  return number < 0 ? Number.NaN : number;
}

/** Seconds, milliseconds, ISO 8601, or `yyyy-MM-dd HH:mm:ss`; a text without an offset is in `zone`, UTC unless told. */
export function timeMs(field: string, value: unknown, zone = 'Z'): number {
  const number = toNumber(value);
  if (!Number.isNaN(number)) return number < LARGEST_SECONDS ? number * 1000 : number;
  const text = typeof value === 'string' ? value.trim().replace(' ', 'T') : '';
  const parsed = Date.parse(/(?:Z|[+-]\d\d:?\d\d)$/i.test(text) ? text : `${text}${zone}`);
  if (Number.isNaN(parsed)) throw new DeviceMessageError(field, 'seconds, milliseconds or ISO 8601', value);
  return parsed;
}

/** A unit status by its name; -1 where nothing stands. */
export function statusCode(value: unknown): number {
  if (isAbsent(value)) return -1;
  const code = UNIT_STATUSES.findIndex((status) => status === value);
  if (code < 0) throw new DeviceMessageError('status', UNIT_STATUSES.join(' | '), value);
  return code;
}

/** The name a message gives its device, as text. */
export function identifierText(value: unknown): string | undefined {
  return typeof value === 'number' || (typeof value === 'string' && value !== '') ? String(value) : undefined;
}

function toNumber(value: unknown): number {
  if (typeof value === 'number') return value;
  return typeof value === 'string' && value.trim() !== '' ? Number(value) : Number.NaN;
}

/** The emergency button among the alarms that devices name (`sos`); others (low battery, fall, tow …) are not told. */
export const isSos = (value: unknown): boolean => typeof value === 'string' && value.trim().toLowerCase() === 'sos';
