export { GeofenceDetail } from './geofence-detail.tsx';
export { GeofenceLegend } from './geofence-legend.tsx';
export { GeofencePanel } from './geofence-panel.tsx';
export { GEOFENCES_LAYER, GeofencesOnMap } from './geofences-on-map.tsx';
export { useSeesFences } from './geofence-queries.ts';
export { geofenceMessages } from './messages.ts';
