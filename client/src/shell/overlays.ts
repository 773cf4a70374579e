import { create } from 'zustand';

/** What may lie over the whole console; one at a time. */
export type Overlay = 'palette' | 'keys';
export const useOverlay = create<{ overlay: Overlay | null }>(() => ({ overlay: null }));

export function openOverlay(overlay: Overlay): void {
  useOverlay.setState({ overlay });
}

export function closeOverlay(): void {
  useOverlay.setState({ overlay: null });
}
