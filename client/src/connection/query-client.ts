import { QueryClient, type QueryKey } from '@tanstack/react-query';
import { ApiError } from './api-error.ts';

/** A refusal will be refused again: only a server that was not reached is asked twice. */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      retry: (failures, error) => failures < 2 && error instanceof ApiError && error.unreachable,
      staleTime: 15_000,
      refetchOnWindowFocus: false,
      networkMode: 'always',
    },
    mutations: { networkMode: 'always' },
  },
});

const waiting = new Map<string, QueryKey>();

/** Invalidates once the events at hand are applied: a hundred that were missed ask for a list once, not a hundred times. */
export function refreshSoon(queryKey: QueryKey): void {
  if (waiting.size === 0) queueMicrotask(refresh);
  waiting.set(JSON.stringify(queryKey), queryKey);
}

function refresh(): void {
  const keys = [...waiting.values()];
  waiting.clear();
  for (const queryKey of keys) void queryClient.invalidateQueries({ queryKey });
}
