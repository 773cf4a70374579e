import type { HotspotQuery } from '@xunfang/geo-data/contract';
import { ALL_HOURS, ALL_WEEKDAYS } from '@xunfang/geo-data/incidents';
import { problem } from '../platform/index.ts';
import './messages.hotspots.ts';

/** A query with every default filled in: equal ones have equal texts, which is what results are kept by. */
export interface HotspotSelection {
  fromSeconds: number;
  toSeconds: number;
  resolution: number;
  /** Ascending ids as asked for; empty: all. Children are added where they are known. */
  categories: number[];
  hoursMask: number;
  weekdaysMask: number;
  bandwidthMeters: number;
  kernel: 'epanechnikov' | 'gaussian';
  includeSelfInitiated: boolean;
}

/** Bandwidths of about two to five cell edges where none is asked for. */
const DEFAULT_BANDWIDTH_METERS: Record<number, number> = { 7: 3000, 8: 1200, 9: 500, 10: 250, 11: 150 };

export function selectionOf(query: HotspotQuery): HotspotSelection {
  const fromSeconds = secondsOf(query.from);
  const toSeconds = secondsOf(query.to);
  if (fromSeconds >= toSeconds) problem(400, 'WINDOW_EMPTY', { from: query.from, to: query.to }, { field: 'to' });
  return {
    fromSeconds,
    toSeconds,
    resolution: query.resolution,
    categories: integers(query.categories, 'categories', 0, 32_767),
    hoursMask: maskOf(integers(query.hours, 'hours', 0, 23), 0, ALL_HOURS),
    weekdaysMask: maskOf(integers(query.weekdays, 'weekdays', 1, 7), 1, ALL_WEEKDAYS),
    bandwidthMeters: query.bandwidthMeters ?? DEFAULT_BANDWIDTH_METERS[query.resolution],
    kernel: query.kernel ?? 'epanechnikov',
    includeSelfInitiated: query.includeSelfInitiated ?? false,
  };
}

/** Whole seconds, as the columns hold them; before 1970 there is nothing. */
const secondsOf = (instant: string) => Math.max(0, Math.ceil(Date.parse(instant) / 1000));

function integers(text: string | undefined, field: string, lowest: number, highest: number): number[] {
  const parts = (text ?? '').split(',').filter((part) => part.trim() !== '');
  const numbers = parts.map(Number);
  const wrong = numbers.findIndex((number) => !Number.isInteger(number) || number < lowest || number > highest);
  if (wrong >= 0) {
    const expected = `${lowest}–${highest}`;
    problem(400, 'INVALID_FIELD', { field, expected, actual: parts[wrong] }, { field });
  }
  return [...new Set(numbers)].sort((a, b) => a - b);
}

/** No number: all bits. */
function maskOf(numbers: readonly number[], first: number, all: number): number {
  return numbers.length === 0 ? all : numbers.reduce((mask, number) => mask | (1 << (number - first)), 0);
}
