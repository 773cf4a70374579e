import { useQuery } from '@tanstack/react-query';
import { decodeIncidentBlock, type IncidentColumns } from '@xunfang/geo-data/incidents';
import { useMemo } from 'react';
import { api } from '../connection/index.ts';
import { periodOf, useHotspotFilters } from '../hotspots/index.ts';
import { useBureau } from '../session/index.ts';
import { useReplayClock } from './replay-clock.ts';
import { createSlidingCounts, type SlidingCounts } from './sliding-counts.ts';

/** The period the filters choose, in seconds; null while the bureau holds nothing. */
export function useReplayPeriod(): { fromSeconds: number; toSeconds: number } | null {
  const bureau = useBureau();
  const { period, from, to } = useHotspotFilters();
  return useMemo(() => {
    const window = periodOf(bureau, { period, from, to });
    return window && { fromSeconds: Date.parse(window.from) / 1000, toSeconds: Date.parse(window.to) / 1000 };
  }, [bureau, period, from, to]);
}

/** All incidents of the period as one binary block of columns, asked for only while the replay is open. */
export function useReplayBlock() {
  const bureau = useBureau();
  const { categories } = useHotspotFilters();
  const period = useReplayPeriod();
  const active = useReplayClock((state) => state.active);
  return useQuery({
    queryKey: ['incident-block', bureau.id, period, categories, bureau.dataRevision],
    queryFn: async ({ signal }): Promise<IncidentColumns> => {
      const instant = (seconds: number) => new Date(seconds * 1000).toISOString();
      const query = {
        bureau: bureau.id,
        from: instant(period?.fromSeconds ?? 0),
        to: instant(period?.toSeconds ?? 0),
        categories: categories.join(','),
      };
      return decodeIncidentBlock(await api.binary('/api/incident-blocks', { query, signal }));
    },
    enabled: active && period !== null,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 60_000,
  });
}

export function useSlidingCounts(columns: IncidentColumns | undefined, resolution: number): SlidingCounts | null {
  return useMemo(() => (columns ? createSlidingCounts(columns, resolution) : null), [columns, resolution]);
}

/** Incidents per day of the period, for the strip: index 0 is the day that begins at `fromSeconds`. */
export function countsPerDay(columns: IncidentColumns, fromSeconds: number, toSeconds: number): Uint32Array {
  const days = new Uint32Array(Math.max(1, Math.ceil((toSeconds - fromSeconds) / 86_400)));
  for (let row = 0; row < columns.count; row++) {
    const day = Math.floor((columns.occurredAtSeconds[row] - fromSeconds) / 86_400);
    if (day >= 0 && day < days.length) days[day]++;
  }
  return days;
}
