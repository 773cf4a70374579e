import { useQuery } from '@tanstack/react-query';
import type { Trail } from '@xunfang/geo-data/contract';
import { api } from '../connection/index.ts';
import { useStatedPurpose, useTrackPolicy } from '../track-purpose/index.ts';
import { useTrailShown } from './trail-shown.ts';

/** What lies ahead of the fix that asks again. */
const REFRESH_MS = 10_000;

/**
 * The trail of a unit as far back as was chosen, or as the live picture goes while no purpose was stated for this unit. The server notes in
 * the audit log who opened whose trail. `minutes` 0: not even that, the purpose must be stated first.
 */
export function useTrail(unitId: number | null) {
  const { shown, minutes: wanted } = useTrailShown();
  const policy = useTrackPolicy(shown && unitId !== null);
  const stated = useStatedPurpose(unitId);
  const liveMinutes = policy.data?.liveTrailMinutes ?? 0;
  const minutes = wanted <= liveMinutes || stated !== null ? wanted : liveMinutes;
  const query = useQuery({
    queryKey: ['trail', unitId, minutes, stated],
    queryFn: ({ signal }) => api.get<Trail>(`/api/units/${unitId}/trail`, { query: { minutes, ...stated }, signal }),
    enabled: shown && unitId !== null && policy.data !== undefined && minutes > 0,
    refetchInterval: REFRESH_MS,
  });
  return { ...query, minutes, liveMinutes, isLimited: minutes < wanted };
}
