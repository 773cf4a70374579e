import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { ProposalAnswer, ProposalOrder, ProposedPlan } from '@xunfang/geo-data/contract';
import { api } from '../../connection/index.ts';

const POLL_MS = 500;

/** The search under way for a draft, or the last one; asked again as long as it runs. */
export function useProposalRun(draft: number) {
  return useQuery({
    queryKey: ['proposals', draft],
    queryFn: ({ signal }) => api.get<ProposalAnswer>(`/api/drafts/${draft}/proposals`, { signal }),
    refetchInterval: ({ state }) => (state.data?.run?.state === 'running' ? POLL_MS : false),
    staleTime: 0,
  });
}

/** Begins a search, or stops the one named. */
export function useProposalOrder(draft: number) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (order: ProposalOrder | { stop: string }) =>
      'stop' in order
        ? api.post<ProposalAnswer>(`/api/drafts/${draft}/proposals/stop`, {})
        : api.post<ProposalAnswer>(`/api/drafts/${draft}/proposals`, order),
    onSuccess: (answer) => queries.setQueryData(['proposals', draft], answer),
    // Somebody else has begun one: that is what there is to see.
    onError: () => void queries.invalidateQueries({ queryKey: ['proposals', draft] }),
  });
}

/** A proposal never changes. */
export function useProposedPlan(draft: number, run: string | null, proposal: number | null) {
  return useQuery({
    queryKey: ['proposed-plan', draft, run, proposal],
    queryFn: ({ signal }) => api.get<ProposedPlan>(`/api/drafts/${draft}/proposals/${proposal}`, { signal }),
    enabled: run !== null && proposal !== null,
    staleTime: Number.POSITIVE_INFINITY,
  });
}
