import { useMemo } from 'react';
import { useOpenAlarms } from './alarm-queries.ts';

/** Fences with an open alarm: drawn in red. */
export function useAlarmedFences(): ReadonlySet<number> {
  const { data } = useOpenAlarms();
  const ids = [...new Set(data?.flatMap(({ geofence }) => (geofence ? [geofence.id] : [])))].toSorted((a, b) => a - b);
  const signature = ids.join();
  // The same set while the same fences have alarms: what is drawn with it is not drawn anew for each alarm.
  return useMemo(() => new Set(signature === '' ? [] : signature.split(',').map(Number)), [signature]);
}
