export { placeMessages } from './messages.ts';
export { PlaceDetail } from './place-detail.tsx';
export { PlaceLegend } from './place-legend.tsx';
export { PLACES_LAYER, PlacesOnMap } from './places-on-map.tsx';
export { usePlaces } from './use-places.ts';
