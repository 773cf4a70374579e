import type { Map as MapLibreMap, MapMouseEvent } from 'maplibre-gl';
import { type PointerMode, type PointerPlace, pointer } from './map-pointer.ts';

const placeOf = ({ lngLat, point }: MapMouseEvent): PointerPlace => ({
  lon: lngLat.lng,
  lat: lngLat.lat,
  x: point.x,
  y: point.y,
});

/** Hands the map's own mouse events to the mode that holds the pointer. */
export function followPointerMode(map: MapLibreMap): void {
  let holding: PointerMode | null = null;
  let dropped = false;
  map.on('mousedown', (event) => {
    dropped = false;
    const mode = pointer.mode();
    if (!mode?.grab?.(placeOf(event))) return;
    // Else the map would be dragged.
    event.preventDefault();
    holding = mode;
  });
  map.on('mousemove', (event) => {
    if (holding) holding.drag?.(placeOf(event));
    else pointer.mode()?.move?.(placeOf(event));
  });
  map.on('mouseup', (event) => {
    dropped = holding !== null;
    holding?.drop?.(placeOf(event));
    holding = null;
  });
  map.on('click', (event) => {
    // The click that ends a drag is not one.
    if (!dropped) pointer.mode()?.click(placeOf(event));
    dropped = false;
  });
  map.on('dblclick', (event) => {
    const mode = pointer.mode();
    if (!mode) return;
    event.preventDefault();
    mode.doubleClick?.(placeOf(event));
  });
}
