import { lazy, Suspense } from 'react';
import { useUnitFeed } from '../units/index.ts';

const TracksOnMap = lazy(async () => ({ default: (await import('./tracks-on-map.tsx')).TracksOnMap }));

/** Where all units were, once the timeline is open; its code comes with it. */
export function PastUnitsOnMap() {
  // The list of units stays live beside the past on the map.
  useUnitFeed();
  return (
    <Suspense fallback={null}>
      <TracksOnMap />
    </Suspense>
  );
}
