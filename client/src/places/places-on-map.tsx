import type { Place } from '@xunfang/geo-data/contract';
import { useCallback, useEffect, useMemo, useState } from 'react';
import { useLanguage, useMessages } from '../i18n/index.ts';
import { mapCamera, mapLayers, useLayerVisible, useZoomStep } from '../map/index.ts';
import { type SearchProvider, select, useDisplay, useSearchProvider, useSelectedId } from '../ui/index.ts';
import { placeMessages } from './messages.ts';
import { type PlacesPicture, placeLayers, selectedPlaceLayer } from './place-layers.ts';
import { showPlace, usePlaces } from './use-places.ts';

export const PLACES_LAYER = 'places';
const SELECTED_LAYER = 'place-selected';
const NO_PLACES: readonly Place[] = [];
const MOST_HITS = 20;

/** Key places and posts when switched on; the selected one in any case. */
export function PlacesOnMap() {
  const t = useMessages(placeMessages);
  const { data: places = NO_PLACES } = usePlaces();
  const visible = useLayerVisible(PLACES_LAYER, false);
  const selectedId = useSelectedId('place');
  const labels = useLabelsOfZoom();
  const zoom = useZoomStep();
  const scale = useDisplay((state) => state.scale);
  const theme = useDisplay((state) => state.theme);
  const name = usePlaceName();
  useEffect(() => {
    if (!visible || places.length === 0) return;
    const line = (place: Place) => `${name(place)} · ${t(place.kind)}`;
    mapLayers.set(PLACES_LAYER, 'places', placeLayers({ places, labels, name, zoom, scale, theme }), {
      onClick: (pick) => select('place', (pick.object as Place).id),
      tooltip: (pick) => line(pick.object as Place),
      stackItem: (pick) => {
        const place = pick.object as Place;
        return { key: `place-${place.id}`, label: line(place), choose: () => select('place', place.id) };
      },
    });
  }, [visible, places, labels, name, zoom, scale, theme, t]);
  useEffect(() => () => mapLayers.remove(PLACES_LAYER), [visible]);
  const selected = places.find(({ id }) => String(id) === selectedId);
  useEffect(() => {
    if (!selected) return;
    mapLayers.set(SELECTED_LAYER, 'selection', [selectedPlaceLayer(selected, scale)]);
    return () => mapLayers.remove(SELECTED_LAYER);
    // A change of theme changes the colour of the ring.
  }, [selected, scale, theme]);
  usePlaceSearch(places, name);
  return null;
}

function usePlaceName(): (place: Place) => string {
  const language = useLanguage();
  return useCallback((place) => place.name[language] || place.name.zh, [language]);
}

/** By name in either language, or by kind. */
function usePlaceSearch(places: readonly Place[], name: (place: Place) => string): void {
  const t = useMessages(placeMessages);
  const provider = useMemo(
    (): SearchProvider => ({
      title: () => t('places'),
      search: (text) => {
        const wanted = text.toLowerCase();
        const hits = places.filter((place) =>
          `${place.name.zh} ${place.name.en} ${t(place.kind)}`.toLowerCase().includes(wanted),
        );
        return hits.slice(0, MOST_HITS).map((place) => ({
          key: `place-${place.id}`,
          label: name(place),
          detail: t(place.kind),
          run: () => showPlace(place),
        }));
      },
    }),
    [places, name, t],
  );
  useSearchProvider('places', provider);
}

/** Neighbourhoods are named over the whole city, everything else where streets are. */
function useLabelsOfZoom(): PlacesPicture['labels'] {
  const [labels, setLabels] = useState(() => labelsAt(mapCamera.view()?.zoom ?? 0));
  useEffect(() => mapCamera.onMove(({ zoom }) => setLabels(labelsAt(zoom))), []);
  return labels;
}

function labelsAt(zoom: number): PlacesPicture['labels'] {
  if (zoom >= 16.5) return 'all';
  if (zoom >= 15) return 'most';
  return zoom >= 11 ? 'areas' : 'none';
}
