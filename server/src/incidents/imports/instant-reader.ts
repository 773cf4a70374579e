import { LATEST_SECONDS, localClockOf } from '../local-clock.ts';
import { civilSeconds } from './civil-seconds.ts';
import { compileDatePattern, type PatternReader } from './date-pattern.ts';

/** Seconds since 1970 UTC (with fraction where the text has one), or NaN when the text is no time within 1970–2106. */
export type InstantReader = (text: string) => number;

/**
 * Year first, month and day by number, in any of the usual separators, Chinese characters included; time of day, seconds,
 * fraction and offset may be absent. Year-last dates are left to an explicit pattern: 3/4/2020 is two different days.
 */
const YEAR_FIRST =
  /^(\d{4})(?:[-/.]|年)(\d{1,2})(?:[-/.]|月)(\d{1,2})日?(?:[T\s]+(\d{1,2})(?:[:：时点](\d{1,2})?(?:[:：分](\d{1,2}(?:[.,]\d{1,9})?)?秒?)?)?分?)?\s*(Z|UTC|[+-]\d{2}:?\d{2})?$/i;
const COMPACT = /^(\d{4})(\d{2})(\d{2})(?:[T\s]?(\d{2})(\d{2})(\d{2})?)?(Z|[+-]\d{2}:?\d{2})?$/i;

const isDigit = (code: number) => code >= 48 && code <= 57;
const two = (text: string, at: number) => (text.charCodeAt(at) - 48) * 10 + text.charCodeAt(at + 1) - 48;

/**
 * A reader for one file. `dateFormat`: `auto` (year-first texts, with an offset or without, and unix seconds or
 * milliseconds), `iso` (the same without unix), `unix`, `unix_ms`, or a pattern (see `compileDatePattern`).
 * A time without an offset is read in `timeZone`.
 * @throws when the format or the time zone is unknown.
 */
export function createInstantReader(dateFormat: string, timeZone: string): InstantReader {
  if (dateFormat === 'unix') return (text) => inRange(toNumber(text));
  if (dateFormat === 'unix_ms') return (text) => inRange(toNumber(text) / 1000);
  const clock = localClockOf(timeZone);
  const toUtc = (local: number) => inRange(Number.isNaN(local) ? local : clock.toUtcSeconds(local));
  if (dateFormat !== 'auto' && dateFormat !== 'iso') {
    const read: PatternReader = compileDatePattern(dateFormat);
    return (text) => toUtc(read(text));
  }
  const unixToo = dateFormat === 'auto';
  return (text) => {
    const quick = quickLocalSeconds(text);
    if (quick !== null) return toUtc(quick);
    const match = YEAR_FIRST.exec(text) ?? COMPACT.exec(text);
    if (match === null) return unixToo ? unixSeconds(text) : Number.NaN;
    const [, year, month, day, hour = '0', minute = '0', second = '0', offset] = match;
    const local = civilSeconds(+year, +month, +day, +hour, +minute, Number(second.replace(',', '.')));
    return offset === undefined ? toUtc(local) : inRange(local - offsetSeconds(offset));
  };
}

/** `yyyy-MM-dd HH:mm[:ss]` and nothing else, without a regular expression: what most exports hold. null: not of this form. */
function quickLocalSeconds(text: string): number | null {
  const { length } = text;
  if (length !== 16 && length !== 19) return null;
  const dash = text.charCodeAt(4);
  if ((dash !== 45 && dash !== 47) || text.charCodeAt(7) !== dash || text.charCodeAt(13) !== 58) return null;
  const gap = text.charCodeAt(10);
  if (gap !== 32 && gap !== 84) return null;
  if (length === 19 && text.charCodeAt(16) !== 58) return null;
  for (const at of QUICK_DIGITS) {
    if (at >= length) break;
    if (!isDigit(text.charCodeAt(at))) return null;
  }
  return civilSeconds(
    two(text, 0) * 100 + two(text, 2),
    two(text, 5),
    two(text, 8),
    two(text, 11),
    two(text, 14),
    length === 19 ? two(text, 17) : 0,
  );
}
const QUICK_DIGITS = [0, 1, 2, 3, 5, 6, 8, 9, 11, 12, 14, 15, 17, 18];

function offsetSeconds(text: string): number {
  if (/^(z|utc)$/i.test(text)) return 0;
  const digits = text.replace(/\D/g, '');
  const seconds = Number(digits.slice(0, 2)) * 3600 + Number(digits.slice(2)) * 60;
  return text.startsWith('-') ? -seconds : seconds;
}

const toNumber = (text: string) => (/^\d+(\.\d+)?$/.test(text) ? Number(text) : Number.NaN);

/** Nine to ten digits are seconds (1973-2106), twelve to thirteen milliseconds. */
function unixSeconds(text: string): number {
  const value = toNumber(text);
  const digits = text.indexOf('.') < 0 ? text.length : text.indexOf('.');
  if (digits === 9 || digits === 10) return inRange(value);
  if (digits === 12 || digits === 13) return inRange(value / 1000);
  return Number.NaN;
}

function inRange(seconds: number): number {
  return seconds >= 0 && seconds <= LATEST_SECONDS ? seconds : Number.NaN;
}
