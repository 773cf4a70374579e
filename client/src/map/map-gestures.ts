import type { Map as MapLibreMap, MapMouseEvent } from 'maplibre-gl';
import { pointer } from './map-pointer.ts';

/** Where a hand is on the map. */
export interface GesturePoint {
  lon: number;
  lat: number;
  /** Pixels of the map. */
  x: number;
  y: number;
  kind: 'mouse' | 'touch' | 'pen';
  /** Alt of the keyboard, or the second button of a pen: take the beat instead of painting it. */
  alt: boolean;
  shift: boolean;
}

/** What a mode does with the pointer. A press of its own ends in exactly one of `up` and `cancel`. All are called outside React. */
export interface GestureMode {
  cursor: string;
  /** Whether a press here is the mode's, as each one is without this; false leaves it to the map, which the hand then moves. */
  takes?: (at: GesturePoint) => boolean;
  /** A press that was left to the map and ended where it began. */
  click?: (at: GesturePoint) => void;
  down?: (at: GesturePoint) => void;
  /** While pressed. */
  drag?: (at: GesturePoint) => void;
  up?: (at: GesturePoint) => void;
  /** Escape, a second finger, a lost pointer: as if it had not been begun. */
  cancel?: () => void;
  /** Not pressed; null when the pointer leaves the map. */
  hover?: (at: GesturePoint | null) => void;
  doubleClick?: (at: GesturePoint) => void;
}

const PRIMARY = 0;
const PEN_BARREL = 2;

let map: MapLibreMap | null = null;
let mode: GestureMode | null = null;
let stopListening: (() => void) | null = null;
let pressed: number | null = null;
/** Whether the last press was the mode's. */
let taken = true;
let panning = false;
const fingers = new Map<number, { x: number; y: number }>();

/**
 * Hands the pointer to one mode at a time, whether it is a mouse, a finger or a pen. While a mode has it, dragging draws and the map moves
 * by wheel, by keys, by the middle button, with the space bar held, or by two fingers.
 */
export const mapGestures = {
  attach(instance: MapLibreMap): void {
    map = instance;
    if (mode) begin(instance);
  },
  detach(): void {
    stopListening?.();
    stopListening = null;
    map = null;
  },
  /** Replaces whatever mode had the pointer; null gives it back to the map. A press under way is dropped. */
  take(next: GestureMode | null): void {
    mapGestures.drop();
    mode = next;
    pointer.suspend(next !== null);
    if (!map) return;
    if (next && !stopListening) begin(map);
    if (!next && stopListening) {
      stopListening();
      stopListening = null;
    }
  },
  /** Drops the press under way; answers whether there was one. */
  drop(): boolean {
    if (pressed === null) return false;
    pressed = null;
    mode?.cancel?.();
    return true;
  },
  /** What the pointer looks like while a mode has it, else null. */
  cursor: (): string | null => (mode === null ? null : panning ? 'grab' : mode.cursor),
  /** The map follows the hand for as long as this holds (space bar). */
  pan(held: boolean): void {
    panning = held;
    if (!map || !mode) return;
    if (held) map.dragPan.enable();
    else map.dragPan.disable();
  },
};

function begin(instance: MapLibreMap): void {
  const element = instance.getCanvasContainer();
  const { touchAction } = element.style;
  const had = { pan: instance.dragPan.isEnabled(), box: instance.boxZoom.isEnabled() };
  instance.dragPan.disable();
  instance.boxZoom.disable();
  instance.doubleClickZoom.disable();
  // The browser would scroll or zoom the page with the finger that paints.
  element.style.touchAction = 'none';
  const listeners = {
    pointerdown: (event: PointerEvent) => onDown(instance, element, event),
    pointermove: (event: PointerEvent) => onMove(instance, event),
    pointerup: (event: PointerEvent) => onUp(instance, event),
    pointercancel: (event: PointerEvent) => onCancel(event),
    pointerleave: () => pressed === null && mode?.hover?.(null),
    dblclick: (event: MouseEvent) => mode?.doubleClick?.(pointOf(instance, event)),
  };
  for (const [name, listener] of Object.entries(listeners)) element.addEventListener(name, listener as EventListener);
  // The map's own: it tells a click from a drag.
  const onClick = ({ originalEvent }: MapMouseEvent) => {
    if (!taken) mode?.click?.(pointOf(instance, originalEvent));
  };
  instance.on('click', onClick);
  stopListening = () => {
    for (const [name, listener] of Object.entries(listeners))
      element.removeEventListener(name, listener as EventListener);
    instance.off('click', onClick);
    element.style.touchAction = touchAction;
    if (had.pan) instance.dragPan.enable();
    if (had.box) instance.boxZoom.enable();
    instance.doubleClickZoom.enable();
    fingers.clear();
    panning = false;
  };
}

function onDown(instance: MapLibreMap, element: HTMLElement, event: PointerEvent): void {
  taken = true;
  if (event.pointerType === 'touch') {
    fingers.set(event.pointerId, { x: event.clientX, y: event.clientY });
    // A second finger means to move the map: the stroke of the first was its beginning.
    if (fingers.size > 1) {
      mapGestures.drop();
      return;
    }
  }
  const draws = event.button === PRIMARY || (event.pointerType === 'pen' && event.button === PEN_BARREL);
  if (!draws || panning || pressed !== null || !isMap(event.target)) {
    if (event.button === 1) panByMiddle(instance, event);
    return;
  }
  const at = pointOf(instance, event);
  taken = mode?.takes?.(at) ?? true;
  if (!taken) {
    instance.dragPan.enable();
    return;
  }
  instance.dragPan.disable();
  pressed = event.pointerId;
  element.setPointerCapture(event.pointerId);
  mode?.down?.(at);
}

function onMove(instance: MapLibreMap, event: PointerEvent): void {
  const finger = fingers.get(event.pointerId);
  // Where the map was left a press, it follows the fingers by itself.
  if (finger && fingers.size > 1 && !instance.dragPan.isEnabled()) {
    // Each finger moves the middle by its share.
    const share = 1 / fingers.size;
    instance.panBy([(finger.x - event.clientX) * share, (finger.y - event.clientY) * share], { duration: 0 });
  }
  if (finger) fingers.set(event.pointerId, { x: event.clientX, y: event.clientY });
  if (pressed === event.pointerId) {
    // A pen reports more places than frames are drawn: each of them belongs to the stroke. The last of them is the event's own.
    const parts = event.getCoalescedEvents?.() ?? [];
    for (const one of parts.length > 0 ? parts : [event]) mode?.drag?.(pointOf(instance, one));
  } else if (pressed === null && event.pointerType !== 'touch') mode?.hover?.(pointOf(instance, event));
}

function onUp(instance: MapLibreMap, event: PointerEvent): void {
  fingers.delete(event.pointerId);
  if (pressed !== event.pointerId) return;
  pressed = null;
  mode?.up?.(pointOf(instance, event));
}

function onCancel(event: PointerEvent): void {
  fingers.delete(event.pointerId);
  if (pressed === event.pointerId) mapGestures.drop();
}

function panByMiddle(instance: MapLibreMap, start: PointerEvent): void {
  start.preventDefault();
  let [x, y] = [start.clientX, start.clientY];
  const move = (event: PointerEvent) => {
    instance.panBy([x - event.clientX, y - event.clientY], { duration: 0 });
    [x, y] = [event.clientX, event.clientY];
  };
  const end = () => {
    window.removeEventListener('pointermove', move);
    window.removeEventListener('pointerup', end);
  };
  window.addEventListener('pointermove', move);
  window.addEventListener('pointerup', end);
}

/** Controls stand inside the same container. */
function isMap(target: EventTarget | null): boolean {
  return target instanceof HTMLCanvasElement;
}

function pointOf(instance: MapLibreMap, event: MouseEvent | PointerEvent): GesturePoint {
  const box = instance.getCanvas().getBoundingClientRect();
  const [x, y] = [event.clientX - box.left, event.clientY - box.top];
  const { lng, lat } = instance.unproject([x, y]);
  const type = 'pointerType' in event ? event.pointerType : 'mouse';
  return {
    lon: lng,
    lat,
    x,
    y,
    kind: type === 'touch' || type === 'pen' ? type : 'mouse',
    alt: event.altKey || ('buttons' in event && (event.buttons & PEN_BARREL) !== 0),
    shift: event.shiftKey,
  };
}
