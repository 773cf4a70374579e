import { useMutation, useQuery } from '@tanstack/react-query';
import type {
  IncidentDetail,
  IncidentList,
  IncidentSummary,
  IncidentView,
  Transition,
} from '@xunfang/geo-data/contract';
import { useEffect } from 'react';
import { api, onServerEvent, queryClient, refreshSoon } from '../connection/index.ts';
import { useBureauSlug } from '../session/index.ts';
import { inOrder, withChange } from './urgency-order.ts';

const listKey = (bureau: string) => ['incidents', bureau, 'open'];
const summaryKey = (bureau: string) => ['incidents', bureau, 'summary'];
const detailKey = (id: number) => ['incident', id];

/** Everything not yet finished, most urgent first, then longest waiting. */
export function useOpenIncidents() {
  const bureau = useBureauSlug();
  return useQuery({
    queryKey: listKey(bureau),
    queryFn: async ({ signal }) => {
      const answer = await api.get<IncidentList>('/api/incidents', {
        query: { bureau, state: 'open', limit: 500 },
        signal,
      });
      return inOrder(answer.incidents);
    },
  });
}

export function useIncidentSummary() {
  const bureau = useBureauSlug();
  return useQuery({
    queryKey: summaryKey(bureau),
    queryFn: ({ signal }) => api.get<IncidentSummary>('/api/incidents/summary', { query: { bureau }, signal }),
    refetchInterval: 60_000,
  });
}

export function useIncident(id: number) {
  return useQuery({
    queryKey: detailKey(id),
    queryFn: ({ signal }) => api.get<IncidentDetail>(`/api/incidents/${id}`, { signal }),
  });
}

export function useTransition(id: number) {
  return useMutation({
    mutationFn: (transition: Transition) => api.post<IncidentDetail>(`/api/incidents/${id}/transitions`, transition),
    onSuccess: (detail) => queryClient.setQueryData(detailKey(id), detail),
  });
}

/** Keeps lists true while mounted: every change comes as an event, also those of a break, once it is over. */
export function useIncidentFeed(): void {
  useEffect(() => {
    const stops = [
      onServerEvent('incident:changed', ({ incident }, bureau) => {
        queryClient.setQueryData<IncidentView[]>(listKey(bureau), (list) => list && withChange(list, incident));
        // An answer on its way may be older than this change.
        if (queryClient.isFetching({ queryKey: listKey(bureau) }) > 0) refreshSoon(listKey(bureau));
        refreshSoon(detailKey(incident.id));
        refreshSoon(summaryKey(bureau));
      }),
      onServerEvent('incidents:imported', (_imported, bureau) => refreshSoon(['incidents', bureau])),
    ];
    return () => {
      for (const stop of stops) stop();
    };
  }, []);
}
