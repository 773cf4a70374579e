import type { Layer, PickingInfo } from '@deck.gl/core';
import type { ReactNode } from 'react';
import { BENEATH_LABELS, LABEL_ANCHOR, LAYER_GROUPS, type LayerGroup } from './layer-groups.ts';

export type MapPick = PickingInfo;

/** A line of the list of what lies on one spot. */
export interface StackItem {
  key: string;
  label: ReactNode;
  choose: () => void;
}

/** What an owner does with the pointer on its layers. All are called outside React. */
export interface LayerEvents {
  onClick?: (pick: MapPick) => void;
  onHover?: (pick: MapPick | null) => void;
  /** Shown beside the pointer; null shows nothing. Only detail belongs here, nothing important. */
  tooltip?: (pick: MapPick) => ReactNode;
  /** With this, a click on several things at once opens a list of them instead of guessing. */
  stackItem?: (pick: MapPick) => StackItem | null;
  /** The same for an owner who knows where its things stand: all of them at that place, however many. Spares the picking passes. */
  stackAt?: (pick: MapPick) => readonly StackItem[];
}
interface Entry {
  group: LayerGroup;
  layers: readonly Layer[];
  events: LayerEvents;
}

const entries = new Map<string, Entry>();
const ownerOfLayer = new Map<string, string>();
const listeners = new Set<() => void>();
let scheduled = false;

/** Where every folder puts its deck.gl layers. Changes are gathered and reach the map once per animation frame. */
export const mapLayers = {
  /** Replaces all layers of `owner`. Cheap: call it with fresh layer instances whenever data changed, as deck.gl wants it. */
  set(owner: string, group: LayerGroup, layers: readonly Layer[], events: LayerEvents = {}): void {
    entries.set(owner, { group, layers: BENEATH_LABELS.has(group) ? layers.map(beneathLabels) : layers, events });
    schedule();
  },
  remove(owner: string): void {
    if (entries.delete(owner)) schedule();
  },
  eventsOf(layerId: string): LayerEvents | undefined {
    return entries.get(ownerOfLayer.get(layerId) ?? '')?.events;
  },
  /** Everything at the place of a pick that its owners know of, and the layers of the others, which have to be picked. */
  stackAt(pick: MapPick): { items: StackItem[]; layersToPick: string[] } {
    const items = [...entries.values()].flatMap(({ events }) => events.stackAt?.(pick) ?? []);
    const layersToPick = [...entries.values()]
      .filter(({ events }) => events.stackItem && !events.stackAt)
      .flatMap(({ layers }) => layers.map(({ id }) => id));
    return { items, layersToPick };
  },
  /** All layers in draw order. Owners that did not change hand over the same instances: deck.gl skips those. */
  inDrawOrder(): Layer[] {
    ownerOfLayer.clear();
    const ordered: Layer[] = [];
    for (const group of LAYER_GROUPS)
      for (const [owner, entry] of entries)
        if (entry.group === group)
          for (const layer of entry.layers) {
            ownerOfLayer.set(layer.id, owner);
            ordered.push(layer);
          }
    return ordered;
  },
  subscribe(listener: () => void): () => void {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
};

function beneathLabels(layer: Layer): Layer {
  return layer.clone({ beforeId: LABEL_ANCHOR } as Partial<Layer['props']>);
}

function schedule(): void {
  if (scheduled) return;
  scheduled = true;
  requestAnimationFrame(() => {
    scheduled = false;
    for (const listener of listeners) listener();
  });
}
