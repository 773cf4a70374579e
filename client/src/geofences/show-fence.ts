import type { Geofence } from '@xunfang/geo-data/contract';
import { mapCamera } from '../map/index.ts';
import { select } from '../ui/index.ts';
import { polygonsOf } from './geofence-layers.ts';

export function zoomToFence(fence: Geofence): void {
  const corners = polygonsOf(fence).flatMap(([border]) => border);
  const lons = corners.map(([lon]) => lon);
  const lats = corners.map(([, lat]) => lat);
  mapCamera.fitBounds([Math.min(...lons), Math.min(...lats), Math.max(...lons), Math.max(...lats)], { marginPx: 60 });
}

export function showFence(fence: Geofence): void {
  select('geofence', fence.id);
  zoomToFence(fence);
}
