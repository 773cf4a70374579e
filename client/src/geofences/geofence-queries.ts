import { useInfiniteQuery, useMutation, useQuery } from '@tanstack/react-query';
import type { Geofence, GeofenceEvent, GeofenceEventList, GeofenceInput } from '@xunfang/geo-data/contract';
import { useEffect } from 'react';
import { api, onServerEvent, queryClient, refreshSoon } from '../connection/index.ts';
import { useBureauSlug, useHasRole } from '../session/index.ts';

const listKey = (bureau: string) => ['geofences', bureau];
const eventsKey = (bureau: string, fenceId: number) => ['geofence-events', bureau, fenceId];
const EVENTS_PER_PAGE = 20;
/** Windows begin and end without an event. */
const HOURS_MS = 60_000;

export const useSeesFences = () => useHasRole('dispatcher', 'supervisor', 'admin', 'display');
export const useMayDraw = () => useHasRole('supervisor', 'admin');

export function useGeofences() {
  const bureau = useBureauSlug();
  const sees = useSeesFences();
  return useQuery({
    queryKey: listKey(bureau),
    queryFn: async ({ signal }) =>
      (await api.get<{ geofences: Geofence[] }>('/api/geofences', { query: { bureau }, signal })).geofences,
    enabled: sees,
    refetchInterval: ({ state }) => (state.data?.some(({ windows }) => windows.length > 0) ? HOURS_MS : false),
    staleTime: Number.POSITIVE_INFINITY,
  });
}

export function useGeofenceEvents(geofenceId: number) {
  const bureau = useBureauSlug();
  return useInfiniteQuery({
    queryKey: eventsKey(bureau, geofenceId),
    queryFn: ({ pageParam: before, signal }) =>
      api.get<GeofenceEventList>('/api/geofences/events', {
        query: { bureau, geofenceId, before, limit: EVENTS_PER_PAGE },
        signal,
      }),
    initialPageParam: undefined as number | undefined,
    getNextPageParam: ({ nextBefore }) => nextBefore ?? undefined,
  });
}

/** Keeps fences, who is in them and what they noted true while mounted. */
export function useGeofenceFeed(): void {
  useEffect(() => {
    const stops = [
      onServerEvent('geofence:changed', (_change, bureau) => refreshSoon(listKey(bureau))),
      onServerEvent('geofence:crossed', (event, bureau) => {
        // Fences may be large and crossings many: what an event says is not asked for.
        queryClient.setQueryData<Geofence[]>(listKey(bureau), (list) => list && withCrossing(list, event));
        if (queryClient.isFetching({ queryKey: listKey(bureau) }) > 0) refreshSoon(listKey(bureau));
        refreshSoon(eventsKey(bureau, event.geofenceId));
      }),
    ];
    return () => {
      for (const stop of stops) stop();
    };
  }, []);
}

function withCrossing(list: Geofence[], { geofenceId, crossing, unitId, callSign, at }: GeofenceEvent): Geofence[] {
  return list.map((fence) => {
    if (fence.id !== geofenceId) return fence;
    const others = fence.inside.filter((one) => one.unitId !== unitId);
    return { ...fence, inside: crossing === 'exit' ? others : [...others, { unitId, callSign, since: at }] };
  });
}

export function useSaveGeofence() {
  const bureau = useBureauSlug();
  return useMutation({
    mutationFn: ({ before, input }: { before: Geofence | 'new'; input: GeofenceInput }) =>
      before === 'new'
        ? api.post<Geofence>('/api/geofences', input, { query: { bureau } })
        : api.put<Geofence>(
            `/api/geofences/${before.id}`,
            { ...input, revision: before.revision },
            { query: { bureau } },
          ),
    onSuccess: () => refreshSoon(listKey(bureau)),
  });
}

export function useRemoveGeofence() {
  const bureau = useBureauSlug();
  return useMutation({
    mutationFn: (id: number) => api.delete(`/api/geofences/${id}`, { query: { bureau } }),
    onSuccess: () => refreshSoon(listKey(bureau)),
  });
}
