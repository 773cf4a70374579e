import { bboxPolygon } from '@turf/turf';
import type { Feature, Polygon } from 'geojson';
import type { Basemap, Bounds } from '../basemap/basemap-schema.ts';
import { basemapRoads } from './basemap-roads.ts';
import type { Road } from './place-on-streets.ts';

const COVERED_DEGREES = 4;

/** The real streets with their names, the demonstration area's border, and land as far as the eye reaches (no sea is near). */
export function chengduBasemap(
  roads: readonly Road[],
  boundary: Feature<Polygon>,
  bounds: Bounds,
  attribution: string,
): Basemap {
  const [west, south, east, north] = bounds;
  const covered = bboxPolygon([
    west - COVERED_DEGREES,
    south - COVERED_DEGREES,
    east + COVERED_DEGREES,
    north + COVERED_DEGREES,
  ]);
  return {
    name: '成都·武侯示范区',
    attribution,
    bounds,
    layers: {
      land: [{ type: 'Feature', properties: {}, geometry: covered.geometry }],
      road: basemapRoads(roads),
      boundary: [
        {
          type: 'Feature',
          properties: { level: 1, name: '武侯示范区' },
          geometry: { type: 'LineString', coordinates: boundary.geometry.coordinates[0] },
        },
      ],
      place: [
        {
          type: 'Feature',
          properties: { name: '成都', name_en: 'Chengdu', rank: 1 },
          geometry: { type: 'Point', coordinates: [104.0633, 30.6598] },
        },
      ],
    },
  };
}
