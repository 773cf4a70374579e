import { MapLibreOverlay } from '@deck.gl/maplibre';
import { AttributionControl, addProtocol, Map as MapLibreMap, ScaleControl, setWorkerUrl } from 'maplibre-gl';
import 'maplibre-gl/dist/maplibre-gl.css';
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url';
import { Protocol } from 'pmtiles';
import { loadMapFont, MAP_FONT } from './fonts.ts';
import { mapCamera } from './map-camera.ts';
import { mapGestures } from './map-gestures.ts';
import { mapLayers } from './map-layers.ts';
import { pointer } from './map-pointer.ts';

// MapLibre 6 is ESM with its own worker: without this a built page shows a blank map.
setWorkerUrl(workerUrl);
addProtocol('pmtiles', new Protocol().tile);

interface StartOptions {
  container: HTMLElement;
  view: { lon: number; lat: number; zoom: number };
  style: Parameters<MapLibreMap['setStyle']>[0];
  locale: Record<string, string>;
}

export interface MapInstance {
  map: MapLibreMap;
  stop: () => void;
}

/** Makes the one map: MapLibre and deck.gl in one WebGL context, drawn on demand. */
export async function startMap({ container, view, style, locale }: StartOptions): Promise<MapInstance> {
  await loadMapFont();
  const map = new MapLibreMap({
    container,
    style: style ?? undefined,
    center: [view.lon, view.lat],
    zoom: view.zoom,
    minZoom: 8,
    maxZoom: 18.5,
    // North stays up: a wall and six desks must mean the same by "left".
    dragRotate: false,
    pitchWithRotate: false,
    touchPitch: false,
    attributionControl: false,
    fadeDuration: 0,
    localIdeographFontFamily: MAP_FONT,
    locale,
  });
  // MapLibre paints its sky over the whole canvas before every frame; a map that cannot be tilted never shows it.
  map.painter.drawFunctions.sky = () => undefined;
  map.touchZoomRotate.disableRotation();
  map.keyboard.disableRotation();
  map.addControl(new AttributionControl({ compact: false }), 'bottom-right');
  map.addControl(new ScaleControl({ maxWidth: 120, unit: 'metric' }), 'bottom-left');
  const overlay = new MapLibreOverlay({
    interleaved: true,
    layers: [],
    pickingRadius: 4,
    onHover: (pick) => pointer.hover(pick),
    onClick: (pick) => pointer.click(pick, overlay),
    // A press is a click however long it lasts, on a slow machine or under a calm hand; what moves beyond the threshold is a drag. By itself
    // the overlay takes no press longer than 250 ms, counted from when it got round to it.
    eventRecognizerOptions: { click: { time: Number.POSITIVE_INFINITY } },
    getCursor: ({ isDragging }) => mapGestures.cursor() ?? (isDragging ? 'grabbing' : pointer.cursor()),
  });
  map.addControl(overlay);
  const draw = () => overlay.setProps({ layers: mapLayers.inDrawOrder() });
  const stopDrawing = mapLayers.subscribe(draw);
  draw();
  // A new style lays its areas over our layers beneath the labels, and the overlay mends that only once the style is
  // complete, which nobody tells it.
  map.on('styledata', () => map.once('idle', draw));
  mapCamera.attach(map);
  mapGestures.attach(map);
  return {
    map,
    stop: () => {
      stopDrawing();
      mapCamera.detach();
      mapGestures.detach();
      map.remove();
    },
  };
}
