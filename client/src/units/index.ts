export { AGE_CLASSES, ageClass, LOST } from './live-units.ts';
export { unitMessages } from './messages.ts';
export { UnitDetail } from './unit-detail.tsx';
export { livePlaceOf, useRoster, useUnitFeed, useUnitsVersion } from './unit-feed.ts';
export { UnitLegend, UnitList } from './unit-list.tsx';
export { unitLabels, unitsLayers } from './units-layers.ts';
export { countBusy, UNIT_LABELS_LAYER, UNITS_LAYER, UnitsOnMap } from './units-on-map.tsx';
