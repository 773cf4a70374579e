import type { MapLibreOverlay } from '@deck.gl/maplibre';
import { create } from 'zustand';
import { type LayerEvents, type MapPick, mapLayers } from './map-layers.ts';

type StackItem = NonNullable<ReturnType<NonNullable<LayerEvents['stackItem']>>>;

interface PointerState {
  /** Under the pointer, with what its owner says about it. */
  hovered: { pick: MapPick; events: LayerEvents } | null;
  /** Several things lie where was clicked: the list to choose from. */
  stack: { x: number; y: number; items: readonly StackItem[] } | null;
}
export const usePointer = create<PointerState>(() => ({ hovered: null, stack: null }));

let emptyClick: () => void = () => {};
/** A pointer mode has the hand (map-gestures.ts): nothing on the map is hovered or clicked. */
let suspended = false;
/** Enough to tell a stack; each costs a picking pass. */
const STACK_DEPTH = 8;
const STACK_RADIUS_PX = 6;

/** Hands pointer events to the owner of the layer they hit. */
export const pointer = {
  suspend(next: boolean): void {
    suspended = next;
    if (next) usePointer.setState({ hovered: null, stack: null });
  },
  hover(pick: MapPick): void {
    if (suspended) return;
    const before = usePointer.getState().hovered;
    const events = pick.picked && pick.layer ? mapLayers.eventsOf(pick.layer.id) : undefined;
    if (before && before.events !== events) before.events.onHover?.(null);
    if (!events) {
      if (before) usePointer.setState({ hovered: null });
      return;
    }
    const isSame = before?.pick.layer?.id === pick.layer?.id && before?.pick.index === pick.index;
    if (!isSame) events.onHover?.(pick);
    usePointer.setState({ hovered: { pick, events } });
  },
  click(pick: MapPick, overlay: MapLibreOverlay): void {
    if (suspended) return;
    usePointer.setState({ stack: null });
    const events = pick.picked && pick.layer ? mapLayers.eventsOf(pick.layer.id) : undefined;
    if (!events) {
      emptyClick();
      return;
    }
    const items = events.stackItem ? stackAt(pick, overlay) : [];
    if (items.length > 1) usePointer.setState({ stack: { x: pick.x, y: pick.y, items } });
    else events.onClick?.(pick);
  },
  cursor(): string {
    return usePointer.getState().hovered?.events.onClick ? 'pointer' : 'grab';
  },
  /** What a click on nothing does: the shell clears the selection. */
  onEmptyClick(handler: () => void): void {
    emptyClick = handler;
  },
};

export function closeStack(): void {
  usePointer.setState({ stack: null });
}

function stackAt({ x, y }: MapPick, overlay: MapLibreOverlay): StackItem[] {
  const items = new Map<string, StackItem>();
  for (const pick of overlay.pickMultipleObjects({ x, y, radius: STACK_RADIUS_PX, depth: STACK_DEPTH })) {
    const item = pick.layer ? mapLayers.eventsOf(pick.layer.id)?.stackItem?.(pick) : null;
    if (item) items.set(item.key, item);
  }
  return [...items.values()];
}
