const CUMULATIVE = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334];
const LENGTHS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

const isLeap = (year: number) => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;

/** Seconds of a civil date and time as if it were UTC; NaN when there is no such date or time. A leap second is the next second. */
export function civilSeconds(
  year: number,
  month: number,
  day: number,
  hour: number,
  minute: number,
  second: number,
): number {
  if (!(year >= 1 && year <= 9999 && month >= 1 && month <= 12 && day >= 1)) return Number.NaN;
  const leapDay = month === 2 && isLeap(year) ? 1 : 0;
  if (day > LENGTHS[month - 1] + leapDay) return Number.NaN;
  // 24:00 is the end of the day in Chinese and ISO 8601:2000 writing.
  if (!(hour >= 0 && hour <= 24 && minute >= 0 && minute < 60 && second >= 0 && second < 61)) return Number.NaN;
  if (hour === 24 && (minute > 0 || second > 0)) return Number.NaN;
  const before = year - 1;
  const leapDays = Math.floor(before / 4) - Math.floor(before / 100) + Math.floor(before / 400);
  const dayOfYear = CUMULATIVE[month - 1] + day - 1 + (month > 2 && isLeap(year) ? 1 : 0);
  // 719,162 days lie between 0001-01-01 and 1970-01-01.
  const days = before * 365 + leapDays + dayOfYear - 719_162;
  return days * 86_400 + hour * 3600 + minute * 60 + second;
}
