import { useSyncExternalStore } from 'react';
import { mapCamera } from './map-camera.ts';

const subscribe = (listener: () => void) => mapCamera.onMove(listener);

/** The zoom in quarter steps: labels are thinned anew when it changes, not with every pixel of a pan. */
export function useZoomStep(): number {
  return useSyncExternalStore(subscribe, zoomStep);
}

export function zoomStep(): number {
  return Math.floor((mapCamera.view()?.zoom ?? 12) * 4) / 4;
}
