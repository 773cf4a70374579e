import { useQuery } from '@tanstack/react-query';
import type { Place } from '@xunfang/geo-data/contract';
import { api } from '../connection/index.ts';
import { mapCamera } from '../map/index.ts';
import { useBureauSlug } from '../session/index.ts';
import { select } from '../ui/index.ts';

const PLACE_ZOOM = 16;

/** Places change with an import of the bureau's ledger, not during a shift. */
export function usePlaces() {
  const bureau = useBureauSlug();
  return useQuery({
    queryKey: ['places', bureau],
    queryFn: async ({ signal }) =>
      (await api.get<{ places: Place[] }>('/api/places', { query: { bureau }, signal })).places,
    staleTime: Number.POSITIVE_INFINITY,
  });
}

export function showPlace(place: Place): void {
  select('place', place.id);
  // A neighbourhood is a name for an area, not a doorstep.
  const zoom = place.kind === 'area' ? PLACE_ZOOM - 2.5 : PLACE_ZOOM;
  mapCamera.flyTo({ lon: place.lon, lat: place.lat, zoom: Math.max(mapCamera.view()?.zoom ?? 0, zoom) });
}
