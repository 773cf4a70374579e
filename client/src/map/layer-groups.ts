/** Draw order, bottom to top. `hotspots` and `beats` lie beneath the basemap's labels so that street names stay legible. */
export const LAYER_GROUPS = [
  'hotspots',
  'beats',
  'labels',
  'routes',
  'places',
  'trails',
  'incidents',
  'units',
  'selection',
  'alarms',
] as const;
export type LayerGroup = (typeof LAYER_GROUPS)[number];

/** These are drawn before the first label of the basemap. */
export const BENEATH_LABELS: ReadonlySet<LayerGroup> = new Set(['hotspots', 'beats']);
/** An empty layer of every basemap style: the mark between areas and labels. */
export const LABEL_ANCHOR = 'labels-begin';
