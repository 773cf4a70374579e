import { useQuery } from '@tanstack/react-query';
import type { TrackPolicy } from '@xunfang/geo-data/contract';
import { api } from '../connection/index.ts';

/** How long tracks stay, and how many minutes of a trail need no purpose. */
export function useTrackPolicy(enabled = true) {
  return useQuery({
    queryKey: ['track-policy'],
    queryFn: ({ signal }) => api.get<TrackPolicy>('/api/track-policy', { signal }),
    staleTime: 5 * 60_000,
    enabled,
  });
}
