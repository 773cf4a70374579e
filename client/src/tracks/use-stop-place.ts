import type { Place } from '@xunfang/geo-data/contract';
import { haversineDistanceMeters, pointInPolygon } from '@xunfang/geo-data/geometry';
import { useMemo } from 'react';
import { usePlanGeometry, usePlanShown } from '../beats/index.ts';
import { useBilingual, useMessages } from '../i18n/index.ts';
import { usePlaces } from '../places/index.ts';
import { trackMessages } from './messages.ts';

/** A stop belongs to the key place it is as near to as a patrol must be to be seen there (domain: 见警率). */
const NEAR_METERS = 150;

export type StopPlace = (lon: number, lat: number) => string;

/** The name of where a stop was: the nearest key place, else the beat. O(places + beats) for a place that was not asked for before. */
export function useStopPlace(): StopPlace {
  const t = useMessages(trackMessages);
  const bilingual = useBilingual();
  const { data: places } = usePlaces();
  const { data: plan } = usePlanShown();
  const { data: geometry } = usePlanGeometry(plan?.summary.id);
  return useMemo(
    () =>
      remembered((lon, lat) => {
        const place = nearestPlace(places ?? [], lon, lat);
        if (place) return bilingual(place.name);
        const beat = geometry?.features.find(
          ({ properties, geometry: area }) => properties.level === 'beat' && pointInPolygon(lon, lat, area),
        );
        return beat ? bilingual({ zh: beat.properties.name_zh, en: beat.properties.name_en }) : t('elsewhere');
      }),
    [places, geometry, bilingual, t],
  );
}

function nearestPlace(places: readonly Place[], lon: number, lat: number): Place | undefined {
  let nearest: Place | undefined;
  let nearestMeters = NEAR_METERS;
  for (const place of places) {
    // A neighbourhood is a name for an area, not a place to stand at.
    if (place.kind === 'area') continue;
    const meters = haversineDistanceMeters(lon, lat, place.lon, place.lat);
    if (meters > nearestMeters) continue;
    nearestMeters = meters;
    nearest = place;
  }
  return nearest;
}

function remembered(find: StopPlace): StopPlace {
  const known = new Map<string, string>();
  return (lon, lat) => {
    const key = `${lon} ${lat}`;
    const name = known.get(key) ?? find(lon, lat);
    known.set(key, name);
    return name;
  };
}
