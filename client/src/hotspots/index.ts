export { type HotspotFilters, PERIODS, periodOf, useHotspotFilters } from './hotspot-filters.ts';
export { HotspotLegend } from './hotspot-legend.tsx';
export { HotspotPanel } from './hotspot-panel.tsx';
export { HOTSPOTS_LAYER, HotspotsOnMap } from './hotspots-on-map.tsx';
export { CellDetail } from './hottest-cells.tsx';
export { hotspotMessages } from './messages.ts';
