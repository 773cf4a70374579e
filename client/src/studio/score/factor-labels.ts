import type { Factor } from './factors.ts';

/** The message that names each factor. */
export const FACTOR_LABELS = {
  incidents: 'incidents',
  roads: 'roads',
  keyPlaces: 'keyPlacesFactor',
  posts: 'posts',
  cameras: 'cameras',
  area: 'area',
} as const satisfies Record<Factor, string>;
