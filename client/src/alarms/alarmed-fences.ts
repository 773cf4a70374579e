import { useMemo } from 'react';
import { useOpenAlarms } from './alarm-queries.ts';

/** Fences with an open alarm: drawn in red. */
export function useAlarmedFences(): ReadonlySet<number> {
  const { data } = useOpenAlarms();
  return useMemo(() => new Set(data?.flatMap(({ geofence }) => (geofence ? [geofence.id] : []))), [data]);
}
