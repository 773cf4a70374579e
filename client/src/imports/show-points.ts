import { type Bounds, mapCamera } from '../map/index.ts';
import type { LonLat } from './preview-layers.ts';

/** A map of the world at zoom 0. */
const WORLD_PX = 512;
const MARGIN = 0.9;
const MOST_ZOOM = 16;
export const IMPORT_PANEL_ID = 'panel-import';

export function showPoints(points: readonly LonLat[]): void {
  const lons = points.map(([lon]) => lon);
  const lats = points.map(([, lat]) => lat);
  showBesidePanel([Math.min(...lons), Math.min(...lats), Math.max(...lons), Math.max(...lats)]);
}

/** Fits bounds into what the import panel leaves free: the camera knows the shell's panels, this one stands above them. */
export function showBesidePanel([west, south, east, north]: Bounds): void {
  const stage = document.querySelector('main')?.getBoundingClientRect();
  if (!stage) return;
  const left = insetPx('--inset-left');
  const right = insetPx('--inset-right');
  const panel = document.getElementById(IMPORT_PANEL_ID)?.offsetWidth ?? 0;
  const covered = Math.max(panel, right);
  const freeWidth = Math.max(80, stage.width - left - covered);
  const freeHeight = Math.max(80, stage.height - insetPx('--inset-bottom'));
  const zoomOf = (freePx: number, shareOfWorld: number) => Math.log2((freePx * MARGIN) / (WORLD_PX * shareOfWorld));
  const zoom = Math.min(
    zoomOf(freeWidth, (east - west) / 360),
    zoomOf(freeHeight, mercatorY(south) - mercatorY(north)),
    MOST_ZOOM,
  );
  const degreesPerPx = 360 / (WORLD_PX * 2 ** zoom);
  mapCamera.flyTo({
    lon: (west + east) / 2 + ((covered - right) / 2) * degreesPerPx,
    lat: (south + north) / 2,
    zoom,
  });
}

function mercatorY(latDegrees: number): number {
  const sine = Math.sin((latDegrees * Math.PI) / 180);
  return 0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI);
}

/** What the shell's own panel takes on that side. */
function insetPx(name: string): number {
  const stage = document.querySelector('main');
  return stage ? Number.parseFloat(getComputedStyle(stage).getPropertyValue(name)) || 0 : 0;
}
