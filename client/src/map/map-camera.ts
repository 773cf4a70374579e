import type { Map as MapLibreMap } from 'maplibre-gl';

export interface CameraView {
  lon: number;
  lat: number;
  zoom: number;
}
/** West, south, east, north. */
export type Bounds = readonly [number, number, number, number];
export interface Insets {
  top: number;
  right: number;
  bottom: number;
  left: number;
}

let map: MapLibreMap | null = null;
let wanted: (() => void) | null = null;
let insets: Insets = { top: 0, right: 0, bottom: 0, left: 0 };
const listeners = new Set<(view: CameraView) => void>();
const pointerListeners = new Set<(position: { lon: number; lat: number } | null) => void>();

/** Moves the one map. Before it is there, the last wish is kept and carried out then. */
export const mapCamera = {
  attach(instance: MapLibreMap): void {
    map = instance;
    map.setPadding(insets);
    map.on('move', () => {
      const view = mapCamera.view();
      if (view) for (const listener of listeners) listener(view);
    });
    map.on('moveend', () => {
      if (!instance.isMoving()) flight = null;
    });
    map.on('mousemove', ({ lngLat }) => {
      for (const listener of pointerListeners) listener({ lon: lngLat.lng, lat: lngLat.lat });
    });
    map.on('mouseout', () => {
      for (const listener of pointerListeners) listener(null);
    });
    wanted?.();
    wanted = null;
  },
  detach(): void {
    map = null;
  },
  flyTo(view: Partial<CameraView>, durationMs = 600): void {
    fly((instance) =>
      instance.easeTo({
        ...(view.lon === undefined || view.lat === undefined ? {} : { center: [view.lon, view.lat] as const }),
        ...(view.zoom === undefined ? {} : { zoom: view.zoom }),
        duration: calm(durationMs),
      }),
    );
  },
  /** Flies to a place unless it lies in the part of the map that the panels leave; then no nearer than `leastZoom` is looked at. */
  bringIntoSight(lon: number, lat: number, leastZoom: number): void {
    fly((instance) => {
      const { x, y } = instance.project([lon, lat]);
      const { clientWidth, clientHeight } = instance.getContainer();
      const acrossFits = x > insets.left && x < clientWidth - insets.right;
      if (acrossFits && y > insets.top && y < clientHeight - insets.bottom) return;
      instance.easeTo({ center: [lon, lat], zoom: Math.max(instance.getZoom(), leastZoom), duration: calm(600) });
    });
  },
  /** `marginPx` is kept free inside the part the panels leave. */
  fitBounds(bounds: Bounds, { marginPx = 32, durationMs = 600, maxZoom = 17 } = {}): void {
    fly((instance) =>
      instance.fitBounds([...bounds] as [number, number, number, number], {
        padding: marginPx,
        duration: calm(durationMs),
        maxZoom,
      }),
    );
  },
  zoomBy(delta: number): void {
    whenReady((instance) => instance.easeTo({ zoom: instance.getZoom() + delta, duration: calm(200) }));
  },
  view(): CameraView | null {
    if (!map) return null;
    const { lng, lat } = map.getCenter();
    return { lon: lng, lat, zoom: map.getZoom() };
  },
  /** What lies beneath a pixel; null before the map is there. */
  placeOf(x: number, y: number): { lon: number; lat: number } | null {
    if (!map) return null;
    const { lng, lat } = map.unproject([x, y]);
    return { lon: lng, lat };
  },
  /** Pixels from the map's upper left corner. */
  screenOf(lon: number, lat: number): { x: number; y: number } | null {
    return map?.project([lon, lat]) ?? null;
  },
  /** Called with every movement, outside React. */
  onMove(listener: (view: CameraView) => void): () => void {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
  /** Where the mouse is over the map, null when it leaves. Outside React. */
  onPointer(listener: (position: { lon: number; lat: number } | null) => void): () => void {
    pointerListeners.add(listener);
    return () => pointerListeners.delete(listener);
  },
  /** What the panels cover: the free part is what is centred and fitted. */
  setInsets(next: Insets): void {
    insets = next;
    if (!map) return;
    // Moving the padding ends whatever flight is under way (a panel opens as its thing is flown to): it goes on from here.
    const interrupted = flight;
    map.easeTo({ padding: next, duration: 0 });
    if (interrupted) fly(interrupted);
  },
};

/** A flight under way, to be flown again when the panels move beneath it. */
let flight: ((instance: MapLibreMap) => void) | null = null;

function fly(action: (instance: MapLibreMap) => void): void {
  whenReady((instance) => {
    action(instance);
    flight = instance.isMoving() ? action : null;
  });
}

function whenReady(action: (instance: MapLibreMap) => void): void {
  if (map) action(map);
  else wanted = () => map && action(map);
}

/** People who asked their system for less motion get none. */
function calm(durationMs: number): number {
  return window.matchMedia('(prefers-reduced-motion: reduce)').matches ? 0 : durationMs;
}
