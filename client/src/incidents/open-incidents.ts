import { useMutation, useQuery } from '@tanstack/react-query';
import type {
  IncidentDetail,
  IncidentList,
  IncidentSummary,
  IncidentView,
  Transition,
} from '@xunfang/geo-data/contract';
import { useEffect } from 'react';
import { api, onReconnect, onServerEvent, queryClient } from '../connection/index.ts';
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

/** Keeps lists true while mounted: changes come by socket, and after a gap everything is asked for again. */
export function useIncidentFeed(): void {
  const bureau = useBureauSlug();
  useEffect(() => {
    const askAgain = () => void queryClient.invalidateQueries({ queryKey: ['incidents', bureau] });
    const stops = [
      onServerEvent('incident:changed', ({ incident }) => {
        queryClient.setQueryData<IncidentView[]>(listKey(bureau), (list) => list && withChange(list, incident));
        void queryClient.invalidateQueries({ queryKey: detailKey(incident.id) });
        void queryClient.invalidateQueries({ queryKey: summaryKey(bureau) });
      }),
      onServerEvent('incidents:imported', askAgain),
      onReconnect(askAgain),
    ];
    return () => {
      for (const stop of stops) stop();
    };
  }, [bureau]);
}
