import { useMutation, useQuery } from '@tanstack/react-query';
import type { Plan, PlanDesign, PlanSummary, ReferenceAreaSet } from '@xunfang/geo-data/contract';
import type { FeatureCollection, MultiPolygon, Polygon } from 'geojson';
import { useEffect, useMemo } from 'react';
import { ApiError, api, onServerEvent, refreshSoon } from '../connection/index.ts';
import { useBureauSlug } from '../session/index.ts';
import { numberCodec, updateUrl, useUrlFilter } from '../ui/index.ts';

export interface AreaProperties {
  level: 'zone' | 'beat';
  number: number;
  zone: number;
  name_zh: string;
  name_en: string;
  colour: number;
}
export type PlanGeometry = FeatureCollection<Polygon | MultiPolygon, AreaProperties>;

const planCodec = numberCodec(0);
/** The draft that is open in the studio, 0 for none: part of the address, so a reload opens it again. */
export const draftCodec = numberCodec(0);
const listKey = (bureau: string) => ['plans', bureau];

/** The plan on screen: the one the address names, else the one in force. */
export function usePlanShown() {
  const [planId] = useUrlFilter('plan', planCodec);
  return usePlan(planId);
}

const IN_FORCE = 0;

/** Where each beat of the plan in force has its label, by number; empty while there is none. */
export function useBeatPlaces(): ReadonlyMap<number, readonly [number, number]> {
  const { data } = usePlan(IN_FORCE);
  return useMemo(() => new Map(data?.beats.map(({ number, labelAt }) => [number, labelAt])), [data]);
}

/** A plan with its beats, `IN_FORCE` for the one in force; null there where none is. Null asks for nothing. */
export function usePlan(planId: number | null) {
  const bureau = useBureauSlug();
  return useQuery({
    queryKey: ['plan', bureau, planId],
    queryFn: async ({ signal }): Promise<Plan | null> => {
      if (planId !== null && planId > IN_FORCE) return api.get<Plan>(`/api/plans/${planId}`, { signal });
      try {
        return await api.get<Plan>('/api/plans/in-force', { query: { bureau }, signal });
      } catch (error) {
        // An empty state, not a failure.
        if (error instanceof ApiError && error.code === 'NO_PLAN_IN_FORCE') return null;
        throw error;
      }
    },
    enabled: planId !== null,
    staleTime: 60_000,
  });
}

/** Opens a draft in the studio, 0 leaves it; the whole bureau comes into view. */
export function useOpenDraft(): (planId: number) => void {
  const [, set] = useUrlFilter('draft', draftCodec);
  return (planId) => {
    set(planId);
    updateUrl({ view: null });
  };
}

/** `0` shows the plan in force. */
export function useChoosePlan(): (planId: number) => void {
  const [, set] = useUrlFilter('plan', planCodec);
  return set;
}

export function usePlanGeometry(planId: number | undefined) {
  return useQuery({
    queryKey: ['plan-geometry', planId],
    queryFn: ({ signal }) => api.get<PlanGeometry>(`/api/plans/${planId}.geojson`, { signal }),
    enabled: planId !== undefined,
    staleTime: Number.POSITIVE_INFINITY,
  });
}

export function usePlans() {
  const bureau = useBureauSlug();
  return useQuery({
    queryKey: listKey(bureau),
    queryFn: async ({ signal }) =>
      (await api.get<{ plans: PlanSummary[] }>('/api/plans', { query: { bureau }, signal })).plans,
  });
}

export function useReferenceSets() {
  const bureau = useBureauSlug();
  return useQuery({
    queryKey: ['reference-areas', bureau],
    queryFn: async ({ signal }) =>
      (await api.get<{ sets: ReferenceAreaSet[] }>('/api/reference-areas', { query: { bureau }, signal })).sets,
    staleTime: Number.POSITIVE_INFINITY,
  });
}

export function useReferenceAreas(setId: number) {
  return useQuery({
    queryKey: ['reference-area', setId],
    queryFn: ({ signal }) =>
      api.get<FeatureCollection<Polygon | MultiPolygon>>(`/api/reference-areas/${setId}.geojson`, { signal }),
    enabled: setId > 0,
    staleTime: Number.POSITIVE_INFINITY,
  });
}

export function useDesignPlan() {
  const bureau = useBureauSlug();
  return useMutation({
    mutationFn: (design: PlanDesign) => api.post<Plan>('/api/plans/design', design, { query: { bureau } }),
    onSuccess: () => forgetPlans(bureau),
  });
}

/** Every console hears of every step of a plan, and of the moment one takes effect. */
export function usePlanFeed(): void {
  useEffect(() => {
    const forget = (_plan: unknown, bureau: string) => forgetPlans(bureau);
    const stops = [
      onServerEvent('plan:published', forget),
      onServerEvent('plan:withdrawn', forget),
      onServerEvent('plan:changed', forget),
      onServerEvent('plan:in-force', forget),
    ];
    return () => {
      for (const stop of stops) stop();
    };
  }, []);
}

function forgetPlans(bureau: string): void {
  refreshSoon(listKey(bureau));
  refreshSoon(['plan', bureau]);
}
