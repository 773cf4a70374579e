import { keepPreviousData, useQuery } from '@tanstack/react-query';
import {
  type BeatCounts,
  decodeColumnBlock,
  type HotspotColumns,
  type HotspotMeta,
  type HotspotQuery,
} from '@xunfang/geo-data/contract';
import { useEffect, useMemo } from 'react';
import { api, onServerEvent, refreshSoon } from '../connection/index.ts';
import { type ClassedGrid, classifyGrid, type Measure } from './hotspot-classes.ts';
import { useHotspotFilters, useHotspotQuery } from './hotspot-filters.ts';

export interface HotspotAnswer {
  meta: HotspotMeta;
  columns: HotspotColumns;
}

/** The grid of the filters in the address; the one before stays until the new one is there. */
export function useHotspots() {
  const query = useHotspotQuery();
  useEffect(() => onServerEvent('incidents:imported', () => refreshSoon(['hotspots'])), []);
  return useQuery({
    queryKey: ['hotspots', query],
    queryFn: ({ signal }) => fetchHotspots(query as HotspotQuery, signal),
    enabled: query !== null,
    placeholderData: keepPreviousData,
    staleTime: 60_000,
  });
}

export function useClassedHotspots(): { answer: HotspotAnswer; classed: ClassedGrid; measure: Measure } | null {
  const { measure } = useHotspotFilters();
  const { data } = useHotspots();
  return useMemo(
    () => (data ? { answer: data, classed: classifyGrid(data.columns, measure), measure } : null),
    [data, measure],
  );
}

/** The incidents of the filters in the address per beat; `under` another plan than that of their time, 0: of their time. */
export function useBeatCounts(under: number) {
  const query = useHotspotQuery();
  useEffect(() => {
    const again = () => refreshSoon(['beat-counts']);
    const stops = [onServerEvent('incidents:imported', again), onServerEvent('plan:in-force', again)];
    return () => {
      for (const stop of stops) stop();
    };
  }, []);
  return useQuery({
    queryKey: ['beat-counts', query, under],
    queryFn: ({ signal }) => {
      const { resolution: _, bandwidthMeters: __, kernel: ___, ...counted } = query as HotspotQuery;
      return api.get<BeatCounts>('/api/beat-counts', {
        query: { ...counted, ...(under > 0 ? { under } : {}) },
        signal,
      });
    },
    enabled: query !== null,
    placeholderData: keepPreviousData,
    staleTime: 60_000,
  });
}

async function fetchHotspots(query: HotspotQuery, signal: AbortSignal): Promise<HotspotAnswer> {
  const buffer = await api.binary('/api/hotspots', { query: { ...query }, signal });
  const { meta, columns } = decodeColumnBlock<HotspotMeta>(buffer);
  return { meta, columns: columns as unknown as HotspotColumns };
}
