import { create } from 'zustand';
import { readPreference, writePreference } from '../ui/preferences.ts';

interface LayerVisibility {
  /** Only what differs from how a layer starts. */
  chosen: Record<string, boolean>;
}
const useStore = create<LayerVisibility>(() => ({ chosen: readPreference('layers', {}) }));

export function setLayerVisible(id: string, visible: boolean): void {
  const chosen = { ...useStore.getState().chosen, [id]: visible };
  useStore.setState({ chosen });
  writePreference('layers', chosen);
}

/** Whether the viewer wants to see the layer; `atFirst` until they chose. */
export function useLayerVisible(id: string, atFirst = true): boolean {
  return useStore((state) => state.chosen[id] ?? atFirst);
}
