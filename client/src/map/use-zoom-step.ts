import { useSyncExternalStore } from 'react';
import { mapCamera } from './map-camera.ts';

/** The zoom in quarter steps: labels are thinned anew when it changes, not with every pixel of a pan. */
export function useZoomStep(): number {
  return useSyncExternalStore(mapCamera.onMove, zoomStep);
}

export function zoomStep(): number {
  return Math.floor((mapCamera.view()?.zoom ?? 12) * 4) / 4;
}
