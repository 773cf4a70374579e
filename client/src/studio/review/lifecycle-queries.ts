import { useMutation, useQuery } from '@tanstack/react-query';
import type {
  DraftChecks,
  PlanComment,
  PlanComparison,
  PlanPublication,
  PlanSummary,
  Review,
} from '@xunfang/geo-data/contract';
import { useEffect } from 'react';
import { usePlans } from '../../beats/index.ts';
import { api, onServerEvent, refreshSoon } from '../../connection/index.ts';
import { useBureauSlug } from '../../session/index.ts';

/** The draft's own summary as others change it: submitted, approved, sent back. Null until it is known. */
export function usePlanSummary(planId: number): PlanSummary | null {
  const { data } = usePlans();
  return data?.find(({ id }) => id === planId) ?? null;
}

/** One step in the life of a plan; afterwards every list of plans asks again. */
export function useLifecycleStep(planId: number) {
  const bureau = useBureauSlug();
  return useMutation({
    mutationFn: (step: Step) => {
      switch (step.kind) {
        case 'submit':
          return api.post<PlanSummary>(`/api/plans/${planId}/submission`, { revision: step.revision });
        case 'review':
          return api.post<PlanSummary>(`/api/plans/${planId}/review`, step.review);
        case 'publish':
          return api.post<PlanSummary>(`/api/plans/${planId}/publication`, step.publication);
        case 'rename':
          return api.put<PlanSummary>(`/api/plans/${planId}/name`, { name: step.name });
        case 'withdraw':
          return api.post<PlanSummary>(`/api/plans/${planId}/withdrawal`);
      }
    },
    onSuccess: () => {
      refreshSoon(['plans', bureau]);
      refreshSoon(['plan', bureau]);
    },
  });
}
export type Step =
  | { kind: 'submit'; revision: number }
  | { kind: 'review'; review: Review }
  | { kind: 'publish'; publication: PlanPublication }
  | { kind: 'rename'; name: string }
  | { kind: 'withdraw' };

export function useComments(planId: number) {
  useEffect(
    () =>
      onServerEvent('plan:commented', (comment) => {
        if (comment.planId === planId) refreshSoon(['plan-comments', planId]);
      }),
    [planId],
  );
  return useQuery({
    queryKey: ['plan-comments', planId],
    queryFn: async ({ signal }) =>
      (await api.get<{ comments: PlanComment[] }>(`/api/plans/${planId}/comments`, { signal })).comments,
  });
}

/** Of the revision that is saved, null while there is none. */
export function useDraftChecks(planId: number, revision: number | null) {
  return useQuery({
    queryKey: ['draft-checks', planId, revision],
    queryFn: ({ signal }) => api.get<DraftChecks>(`/api/drafts/${planId}/checks`, { signal }),
    enabled: revision !== null,
    placeholderData: (before) => before,
  });
}

export function useAddComment(planId: number) {
  return useMutation({
    mutationFn: (comment: Pick<PlanComment, 'text' | 'anchor'>) =>
      api.post<PlanComment>(`/api/plans/${planId}/comments`, comment),
    onSuccess: () => refreshSoon(['plan-comments', planId]),
  });
}

export function useResolveComment(planId: number) {
  return useMutation({
    mutationFn: (commentId: number) => api.post<PlanComment>(`/api/plan-comments/${commentId}/resolution`),
    onSuccess: () => refreshSoon(['plan-comments', planId]),
  });
}

/** `state` names what is compared, so that an edit asks anew: the revision saved, null while it is not known. */
export function useComparison(from: number | null, to: number, state: number | null) {
  const bureau = useBureauSlug();
  return useQuery({
    queryKey: ['plan-comparison', from, to, state],
    queryFn: ({ signal }) => api.get<PlanComparison>('/api/plans/comparison', { query: { bureau, from, to }, signal }),
    enabled: from !== null && state !== null,
    placeholderData: (before) => before,
  });
}
