import { area, bboxPolygon, difference, featureCollection, polygon } from '@turf/turf';
import type { Feature, MultiPolygon, Polygon } from 'geojson';
import type { Basemap, BasemapFeature, Bounds } from '../basemap/basemap-schema.ts';
import type { DatasetPlace } from './chengdu-places.ts';
import { LAKE_MICHIGAN } from './lake-michigan.ts';
import { explodePolygons } from './simplify-coverage.ts';

export interface ChicagoAreas {
  boundary: Feature<Polygon>;
  districts: readonly Feature<Polygon | MultiPolygon>[];
  communities: readonly Feature<Polygon>[];
  communityPlaces: readonly DatasetPlace[];
}

const COVERED_DEGREES = 4;
/** Communities from this size on are named at lower zooms. */
const LARGE_SQUARE_METERS = 8e6;

/** The city's land, borders and names, and the lake beside it. The sources hold no streets. */
export function chicagoBasemap(
  { boundary, districts, communities, communityPlaces }: ChicagoAreas,
  bounds: Bounds,
  attribution: string,
): Basemap {
  const outline = polygon([boundary.geometry.coordinates[0]]);
  const lake = cut(polygon([[...LAKE_MICHIGAN]]), outline);
  const [west, south, east, north] = bounds;
  const covered = bboxPolygon([
    west - COVERED_DEGREES,
    south - COVERED_DEGREES,
    east + COVERED_DEGREES,
    north + COVERED_DEGREES,
  ]);
  const border = (shape: Feature<Polygon>, level: number): BasemapFeature[] =>
    shape.geometry.coordinates.map((coordinates) => ({
      type: 'Feature',
      properties: { level },
      geometry: { type: 'LineString', coordinates },
    }));
  return {
    name: 'Chicago',
    attribution,
    bounds,
    layers: {
      land: [{ ...cut(covered, lake), properties: {} }],
      water: [{ ...lake, properties: { class: 'lake', name: 'Lake Michigan' } }],
      boundary: [
        ...communities.flatMap((community) => border(community, 3)),
        ...explodePolygons(districts).flatMap((district) => border(district, 2)),
        ...border(boundary, 1),
      ],
      place: [
        place('Chicago', 1, -87.6298, 41.8781),
        ...communityPlaces.map(({ name, lon, lat }, i) =>
          place(name.en, area(communities[i]) > LARGE_SQUARE_METERS ? 3 : 4, lon, lat),
        ),
      ],
    },
  };
}

function place(name: string, rank: number, lon: number, lat: number): BasemapFeature {
  return {
    type: 'Feature',
    properties: { name, name_en: name, rank },
    geometry: { type: 'Point', coordinates: [lon, lat] },
  };
}

function cut(from: Feature<Polygon>, what: Feature<Polygon | MultiPolygon>): Feature<Polygon | MultiPolygon> {
  const rest = difference(featureCollection<Polygon | MultiPolygon>([from, what]));
  if (rest === null) throw new Error('Nothing is left of an area after cutting another out of it.');
  return rest;
}
