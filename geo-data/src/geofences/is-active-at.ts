/** A part of the week by the bureau's own clock. Ends before it begins: over midnight; as it begins: the whole day. */
export interface WeekWindow {
  /** Days on which it begins, 1 Monday to 7 Sunday. */
  days: readonly number[];
  fromMinute: number;
  toMinute: number;
}

const MINUTES_PER_DAY = 1440;

/** Whether any of the windows holds the moment; without windows always. O(windows). */
export function isActiveAt(windows: readonly WeekWindow[], day: number, minuteOfDay: number): boolean {
  return windows.length === 0 || windows.some((window) => windowHolds(window, day, minuteOfDay));
}

/** Whether a window holds the moment. O(days). */
export function windowHolds({ days, fromMinute, toMinute }: WeekWindow, day: number, minuteOfDay: number): boolean {
  const dayBefore = day === 1 ? 7 : day - 1;
  const end = toMinute > fromMinute ? toMinute : toMinute + MINUTES_PER_DAY;
  const holds = (minute: number) => minute >= fromMinute && minute < end;
  return (
    (days.includes(day) && holds(minuteOfDay)) || (days.includes(dayBefore) && holds(minuteOfDay + MINUTES_PER_DAY))
  );
}
