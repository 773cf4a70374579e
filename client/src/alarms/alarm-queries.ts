import { useMutation, useQuery } from '@tanstack/react-query';
import { compareAlarms } from '@xunfang/geo-data/alarms';
import type { Alarm, AlarmClosure, AlarmList } from '@xunfang/geo-data/contract';
import { useEffect } from 'react';
import { api, onServerEvent, queryClient, refreshSoon } from '../connection/index.ts';
import { useBureauSlug, useHasRole } from '../session/index.ts';
import { toast } from '../ui/index.ts';

const openKey = (bureau: string) => ['alarms', bureau, 'open'];
const closedKey = (bureau: string) => ['alarms', bureau, 'closed'];
const CLOSED_SHOWN = 20;

/** Who sees where units are sees their alarms. */
export const useSeesAlarms = () => useHasRole('dispatcher', 'supervisor', 'admin', 'display');
/** Those on duty answer. */
export const useMayAnswer = () => useHasRole('dispatcher', 'supervisor');

/** Everything not closed, in the order in which it wants attention. */
export function useOpenAlarms() {
  const bureau = useBureauSlug();
  const sees = useSeesAlarms();
  return useQuery({
    queryKey: openKey(bureau),
    queryFn: async ({ signal }) => {
      const answer = await api.get<AlarmList>('/api/alarms', { query: { bureau, state: 'open', limit: 500 }, signal });
      return answer.alarms.toSorted(compareAlarms);
    },
    enabled: sees,
    // Every change comes as a reliable event.
    staleTime: Number.POSITIVE_INFINITY,
  });
}

export function useClosedAlarms(enabled: boolean) {
  const bureau = useBureauSlug();
  return useQuery({
    queryKey: closedKey(bureau),
    queryFn: async ({ signal }) => {
      const query = { bureau, state: 'closed', limit: CLOSED_SHOWN };
      return (await api.get<AlarmList>('/api/alarms', { query, signal })).alarms;
    },
    enabled,
  });
}

function takeOver(alarm: Alarm, bureau: string): void {
  queryClient.setQueryData<Alarm[]>(openKey(bureau), (list) => {
    const others = list?.filter(({ id }) => id !== alarm.id);
    return alarm.state === 'closed' ? others : others && [...others, alarm].toSorted(compareAlarms);
  });
  // An answer on its way may be older than this change.
  if (queryClient.isFetching({ queryKey: openKey(bureau) }) > 0) refreshSoon(openKey(bureau));
  if (alarm.state === 'closed') refreshSoon(closedKey(bureau));
}

/** Keeps the lists true while mounted. */
export function useAlarmFeed(): void {
  useEffect(() => onServerEvent('alarm:changed', takeOver), []);
}

export function useAcknowledge() {
  const bureau = useBureauSlug();
  return useMutation({
    mutationFn: (id: number) => api.post<Alarm>(`/api/alarms/${id}/acknowledgement`, undefined, { query: { bureau } }),
    onSuccess: (alarm) => takeOver(alarm, bureau),
    onError: (error) => {
      toast(error.message, { tone: 'warn' });
      void queryClient.invalidateQueries({ queryKey: openKey(bureau) });
    },
  });
}

export function useCloseAlarm() {
  const bureau = useBureauSlug();
  return useMutation({
    mutationFn: ({ id, ...closure }: AlarmClosure & { id: number }) =>
      api.post<Alarm>(`/api/alarms/${id}/closure`, closure, { query: { bureau } }),
    onSuccess: (alarm) => takeOver(alarm, bureau),
  });
}
