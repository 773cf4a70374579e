import type { FenceWindow } from '@xunfang/geo-data/contract';
import { isActiveAt, type WeekWindow } from '@xunfang/geo-data/geofences';
import { localSecondsOf } from '@xunfang/geo-data/incidents';

const SECONDS_PER_DAY = 86_400;

/** Day of the week (1 Monday to 7 Sunday) and minute of the day by the bureau's clock. */
export function localDayAndMinute(timeZone: string, now: Date): { day: number; minute: number } {
  const localSeconds = localSecondsOf(now.getTime() / 1000, timeZone);
  const days = Math.floor(localSeconds / SECONDS_PER_DAY);
  // 1 January 1970 was a Thursday.
  return { day: ((days + 3) % 7) + 1, minute: Math.floor((localSeconds - days * SECONDS_PER_DAY) / 60) };
}

export function fenceIsActive(
  windows: readonly FenceWindow[],
  { day, minute }: ReturnType<typeof localDayAndMinute>,
): boolean {
  return isActiveAt(weekWindowsOf(windows), day, minute);
}

export const weekWindowsOf = (windows: readonly FenceWindow[]): WeekWindow[] =>
  windows.map(({ days, from, to }) => ({ days, fromMinute: minuteOf(from), toMinute: minuteOf(to) }));

function minuteOf(time: string): number {
  const [hours, minutes] = time.split(':');
  return Number(hours) * 60 + Number(minutes);
}
