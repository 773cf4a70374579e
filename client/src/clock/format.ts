import { type Language, LOCALE } from '../i18n/language.ts';

export type InstantStyle =
  | 'time'
  | 'seconds'
  | 'date'
  | 'dateTime'
  | 'dateSeconds'
  | 'dayTime'
  | 'daySeconds'
  | 'month';

const OPTIONS: Record<Exclude<InstantStyle, 'dayTime' | 'daySeconds'>, Intl.DateTimeFormatOptions> = {
  time: { hour: '2-digit', minute: '2-digit' },
  seconds: { hour: '2-digit', minute: '2-digit', second: '2-digit' },
  date: { year: 'numeric', month: '2-digit', day: '2-digit' },
  dateTime: { year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit' },
  dateSeconds: {
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  },
  month: { year: 'numeric', month: 'long' },
};
const cache = new Map<string, Intl.DateTimeFormat>();

/** An instant in the bureau's own time zone, 24 h. Dates are written year first in both languages: no one misreads them. */
export function formatInstant(atMs: number, style: InstantStyle, timeZone: string, language: Language): string {
  if (style === 'dayTime') return withoutYear(formatInstant(atMs, 'dateTime', timeZone, language));
  if (style === 'daySeconds') return withoutYear(formatInstant(atMs, 'dateSeconds', timeZone, language));
  const locale = style === 'month' ? LOCALE[language] : 'sv-SE';
  const key = `${style} ${timeZone} ${locale}`;
  let format = cache.get(key);
  if (!format) {
    format = new Intl.DateTimeFormat(locale, { ...OPTIONS[style], timeZone, hourCycle: 'h23' });
    cache.set(key, format);
  }
  return format.format(atMs);
}

const withoutYear = (text: string): string => text.slice('2026-'.length);

/** Weekday and date for the clock: 11月23日 周一, Mon 23 Nov. */
export function formatDay(atMs: number, timeZone: string, language: Language): string {
  const options = { timeZone, month: language === 'zh' ? 'long' : 'short', day: 'numeric', weekday: 'short' } as const;
  return new Intl.DateTimeFormat(LOCALE[language], options).format(atMs);
}

/** The largest unit an age is told in. */
export function splitAge(ageMs: number): { unit: 'seconds' | 'minutes' | 'hours' | 'days'; count: number } {
  const seconds = Math.max(0, Math.floor(ageMs / 1000));
  if (seconds < 60) return { unit: 'seconds', count: seconds };
  if (seconds < 3600) return { unit: 'minutes', count: Math.floor(seconds / 60) };
  if (seconds < 86_400) return { unit: 'hours', count: Math.floor(seconds / 3600) };
  return { unit: 'days', count: Math.floor(seconds / 86_400) };
}

/** Rounds half away from zero on the decimal as written (domain, section 5), with digits grouped. */
export function formatNumber(value: number, decimals: number, language: Language): string {
  const rounded = roundHalfAway(value, decimals);
  return new Intl.NumberFormat(LOCALE[language], {
    minimumFractionDigits: decimals,
    maximumFractionDigits: decimals,
  }).format(rounded);
}

/** A share of 1 as a percentage; base 0 is "—" and is for the caller to pass as null. */
export function formatPercent(share: number | null, decimals: number, language: Language, signed = false): string {
  if (share === null || !Number.isFinite(share)) return '—';
  const text = formatNumber(Math.abs(share) * 100, decimals, language);
  const sign = share < 0 ? '−' : signed && share > 0 ? '+' : '';
  return `${sign}${text} %`;
}

/** Names one after the other: 甲、乙和丙, A, B and C. */
export function formatList(names: readonly string[], language: Language): string {
  return new Intl.ListFormat(LOCALE[language]).format(names);
}

function roundHalfAway(value: number, decimals: number): number {
  const magnitude = Number(`${Math.round(Number(`${Math.abs(value)}e${decimals}`))}e-${decimals}`);
  return Number.isFinite(magnitude) ? Math.sign(value) * magnitude : value;
}
