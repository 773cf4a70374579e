const GMT_PLUS_8_MS = 8 * 3_600_000;

/** Six bytes YY-MM-DD-hh-mm-ss at GMT+8 as milliseconds since 1970; NaN when they are no date. */
export function readBcdTimeMs(bytes: Uint8Array, at: number): number {
  const year = digits(bytes[at]);
  const month = digits(bytes[at + 1]);
  const day = digits(bytes[at + 2]);
  const hour = digits(bytes[at + 3]);
  const minute = digits(bytes[at + 4]);
  const second = digits(bytes[at + 5]);
  const possible = year >= 0 && month >= 1 && month <= 12 && day >= 1 && day <= daysOf(month, year);
  if (!possible || !(hour >= 0 && hour < 24) || !(minute >= 0 && minute < 60) || !(second >= 0 && second < 60))
    return Number.NaN;
  return Date.UTC(2000 + year, month - 1, day, hour, minute, second) - GMT_PLUS_8_MS;
}

/**
 * A terminal's phone number, 6 or 10 bytes BCD, without leading zeros: the same terminal has 12 digits in the 2013 edition
 * and 20 in that of 2019. Vendors put hexadecimal digits there too; they stay.
 */
export function readPhone(bytes: Uint8Array, start: number, end: number): string {
  let text = '';
  for (let i = start; i < end; i++) text += bytes[i].toString(16).padStart(2, '0');
  return normalisePhone(text);
}

/** What a person typed for a terminal, as `readPhone` spells it. */
export const normalisePhone = (text: string): string => text.trim().toLowerCase().replace(/^0+/, '');

function digits(byte: number): number {
  const [high, low] = [byte >> 4, byte & 15];
  return high > 9 || low > 9 ? -1 : high * 10 + low;
}

/** 2000 to 2099: every fourth year is a leap year. */
function daysOf(month: number, year: number): number {
  if (month === 2) return year % 4 === 0 ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}
