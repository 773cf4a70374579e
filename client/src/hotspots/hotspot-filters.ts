import type { Bureau, HotspotQuery } from '@xunfang/geo-data/contract';
import { HOTSPOT_KERNELS } from '@xunfang/geo-data/contract';
import { useMemo } from 'react';
import { instantOf, localDate } from '../clock/index.ts';
import { useBureau } from '../session/index.ts';
import { choiceCodec, numberCodec, numberListCodec, textCodec, useUrlFilter } from '../ui/index.ts';
import { MEASURES } from './hotspot-classes.ts';

export const RESOLUTIONS = [7, 8, 9, 10, 11] as const;
/** Mean edge-to-edge width of H3 cells in metres: √3 × mean edge length of the H3 tables. */
export const CELL_WIDTH_METERS: Record<number, number> = { 7: 2435, 8: 920, 9: 348, 10: 131, 11: 50 };
/** Days back from the newest incident; 0 is everything, -1 is dates of one's own. */
export const PERIODS = [7, 30, 90, 365, 0, -1] as const;
const DAY_MS = 86_400_000;

const measureCodec = choiceCodec(MEASURES, 'density');
const periodCodec = numberCodec(90);
const resolutionCodec = numberCodec(0);
const bandwidthCodec = numberCodec(0);
const kernelCodec = choiceCodec(HOTSPOT_KERNELS, 'epanechnikov');
const flagCodec = numberCodec(0);

/** All filters of the analysis, held in the address. */
export function useHotspotFilters() {
  const [measure, setMeasure] = useUrlFilter('measure', measureCodec);
  const [period, setPeriod] = useUrlFilter('period', periodCodec);
  const [from, setFrom] = useUrlFilter('from', textCodec);
  const [to, setTo] = useUrlFilter('to', textCodec);
  const [categories, setCategories] = useUrlFilter('categories', numberListCodec);
  const [hours, setHours] = useUrlFilter('hours', numberListCodec);
  const [weekdays, setWeekdays] = useUrlFilter('weekdays', numberListCodec);
  const [chosenResolution, setResolution] = useUrlFilter('resolution', resolutionCodec);
  const [chosenBandwidth, setBandwidth] = useUrlFilter('bandwidth', bandwidthCodec);
  const [kernel, setKernel] = useUrlFilter('kernel', kernelCodec);
  const [selfInitiated, setSelfInitiated] = useUrlFilter('self', flagCodec);
  const bureau = useBureau();
  const resolution = chosenResolution || bureau.defaultResolution;
  return {
    measure,
    setMeasure,
    period,
    setPeriod,
    from,
    setFrom,
    to,
    setTo,
    categories,
    setCategories,
    hours,
    setHours,
    weekdays,
    setWeekdays,
    resolution,
    setResolution,
    bandwidthMeters: chosenBandwidth || defaultBandwidthMeters(resolution),
    setBandwidth,
    kernel,
    setKernel,
    selfInitiated: selfInitiated === 1,
    setSelfInitiated: (wanted: boolean) => setSelfInitiated(wanted ? 1 : 0),
  };
}
export type HotspotFilters = ReturnType<typeof useHotspotFilters>;

/** Twice the width of a cell: smooth enough to see past its borders, sharp enough to tell two streets apart. */
function defaultBandwidthMeters(resolution: number): number {
  return Math.max(50, Math.round((2 * CELL_WIDTH_METERS[resolution]) / 50) * 50);
}

/** [from, to) of the analysis as instants; null while the bureau holds no incidents. */
export function periodOf(
  bureau: Bureau,
  filters: Pick<HotspotFilters, 'period' | 'from' | 'to'>,
): { from: string; to: string } | null {
  if (!bureau.incidentsFrom || !bureau.incidentsTo) return null;
  const { timeZone } = bureau;
  // Whole local days: the day of the newest incident is the last one.
  const lastDay = localDate(Date.parse(bureau.incidentsTo), timeZone);
  const nextDay = (date: string) => new Date(Date.parse(`${date}T00:00Z`) + DAY_MS).toISOString().slice(0, 10);
  const daysBack = (days: number) =>
    new Date(Date.parse(`${lastDay}T00:00Z`) - (days - 1) * DAY_MS).toISOString().slice(0, 10);
  const firstDay = localDate(Date.parse(bureau.incidentsFrom), timeZone);
  let first = filters.period > 0 ? daysBack(filters.period) : firstDay;
  let last = lastDay;
  if (filters.period < 0) {
    first = filters.from || daysBack(90);
    last = filters.to && filters.to >= first ? filters.to : lastDay < first ? first : lastDay;
  }
  return { from: instantOf(`${first}T00:00`, timeZone), to: instantOf(`${nextDay(last)}T00:00`, timeZone) };
}

export function useHotspotQuery(): HotspotQuery | null {
  const bureau = useBureau();
  const filters = useHotspotFilters();
  const { period, from, to, resolution, categories, hours, weekdays, bandwidthMeters, kernel, selfInitiated } = filters;
  const key = JSON.stringify([categories, hours, weekdays]);
  return useMemo(() => {
    const window = periodOf(bureau, { period, from, to });
    if (!window) return null;
    const [categoryList, hourList, weekdayList] = JSON.parse(key) as number[][];
    return {
      bureau: bureau.id,
      ...window,
      resolution,
      bandwidthMeters,
      kernel,
      ...(categoryList.length > 0 ? { categories: categoryList.join(',') } : {}),
      ...(hourList.length > 0 ? { hours: hourList.join(',') } : {}),
      ...(weekdayList.length > 0 ? { weekdays: weekdayList.join(',') } : {}),
      ...(selfInitiated ? { includeSelfInitiated: true } : {}),
    };
  }, [bureau, period, from, to, resolution, key, bandwidthMeters, kernel, selfInitiated]);
}
