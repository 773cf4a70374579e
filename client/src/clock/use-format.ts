import { useMemo } from 'react';
import { create } from 'zustand';
import { type Language, useLanguage } from '../i18n/index.ts';
import { formatDay, formatInstant, formatList, formatNumber, formatPercent, type InstantStyle } from './format.ts';

/** The bureau's zone; set by the session when a bureau is chosen. */
const useZone = create<{ timeZone: string }>(() => ({
  timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
}));

export function setTimeZone(timeZone: string): void {
  useZone.setState({ timeZone });
}

export interface Format {
  language: Language;
  timeZone: string;
  /** `at`: ms since the epoch or RFC 3339. */
  instant: (at: number | string, style?: InstantStyle) => string;
  day: (atMs: number) => string;
  number: (value: number, decimals?: number) => string;
  percent: (share: number | null, decimals?: number, signed?: boolean) => string;
  list: (names: readonly string[]) => string;
}

/** Times and numbers as this bureau and this language write them. */
export function useFormat(): Format {
  const timeZone = useZone((state) => state.timeZone);
  const language = useLanguage();
  return useMemo(
    () => ({
      language,
      timeZone,
      instant: (at, style = 'dateTime') =>
        formatInstant(typeof at === 'string' ? Date.parse(at) : at, style, timeZone, language),
      day: (atMs) => formatDay(atMs, timeZone, language),
      number: (value, decimals = 0) => formatNumber(value, decimals, language),
      percent: (share, decimals = 1, signed = false) => formatPercent(share, decimals, language, signed),
      list: (names) => formatList(names, language),
    }),
    [timeZone, language],
  );
}
