import { join } from 'node:path';
import {
  area,
  booleanPointInPolygon,
  centerOfMass,
  featureCollection,
  flatten,
  intersect,
  pointOnFeature,
  union,
} from '@turf/turf';
import { createCoordinateConverter, loadEpsgDefinition } from '@xunfang/geo-data/geometry';
import type { Feature, MultiPolygon, Polygon, Position } from 'geojson';
import type { DatasetPlace } from './chengdu-places.ts';
import { readCollection } from './dataset-files.ts';
import { explodePolygons, simplifyCoverage } from './simplify-coverage.ts';

/** Number of the pseudo-district that covers the enclaves, which belong to other municipalities. */
const ENCLAVES = '31';
const BEAT_TOLERANCE_METERS = 25;
const COMMUNITY_TOLERANCE_METERS = 20;
/** Crumbs of land that the union leaves beside the city. */
const MIN_PART_SQUARE_METERS = 1e6;

interface SourceBeat {
  BEAT_NUM: string;
  DISTRICT: string;
  SECTOR: string;
}
/** The two columns are one to the left of their names: the community's name is in AREA_NUMBE, its number in COMMUNITY. */
interface SourceCommunity {
  AREA_NUMBE: string;
  COMMUNITY: string;
}

export interface BeatProperties {
  beat: string;
  district: string;
  sector: string;
}

export interface ChicagoData {
  boundary: Feature<Polygon>;
  beats: Feature<Polygon, BeatProperties>[];
  districts: Feature<Polygon | MultiPolygon, { district: string }>[];
  communities: Feature<Polygon>[];
  communityPlaces: DatasetPlace[];
}

/** Reads the City's areas and makes them small: beats first, districts and boundary out of them, so that borders coincide. */
export async function readChicagoAreas(folder: string): Promise<ChicagoData> {
  const source = readCollection<Polygon | MultiPolygon, SourceBeat>(join(folder, 'police_beats_277.geojson')).features;
  const named = explodePolygons(source).map(
    ({
      properties: { BEAT_NUM: beat, DISTRICT: district, SECTOR: sector },
      geometry,
    }): Feature<Polygon, BeatProperties> => ({
      type: 'Feature',
      properties: { beat, district, sector },
      geometry,
    }),
  );
  const beats = simplifyCoverage(named, BEAT_TOLERANCE_METERS);
  const districts = [...Map.groupBy(beats, ({ properties }) => properties.district)]
    .map(([district, parts]) => ({ ...dissolve(parts), properties: { district } }))
    .sort((a, b) => a.properties.district.localeCompare(b.properties.district));
  const city = flatten(dissolve(beats.filter(({ properties }) => properties.district !== ENCLAVES))).features;
  const [boundary, ...others] = city.filter((part) => area(part) > MIN_PART_SQUARE_METERS);
  if (!boundary || others.length > 0) throw new Error(`The city falls into ${others.length + 1} parts, expected 1.`);
  const { communities, communityPlaces } = await readCommunities(folder, boundary);
  return { boundary: { ...boundary, properties: {} }, beats, districts, communities, communityPlaces };
}

/**
 * The file declares EPSG:4236 (Hu Tzu Shan 1950, a datum of Taiwan) and means it: taken as WGS 84 the areas lie 880 m off.
 * The overlap with the beats proves it: 90 % as written, 99.9 % after conversion.
 */
async function readCommunities(
  folder: string,
  boundary: Feature<Polygon>,
): Promise<Pick<ChicagoData, 'communities' | 'communityPlaces'>> {
  const source = readCollection<Polygon | MultiPolygon, SourceCommunity>(
    join(folder, 'community_areas_77.geojson'),
  ).features;
  const convert = createCoordinateConverter('EPSG:4236', await loadEpsgDefinition('EPSG:4236'));
  const point = new Float64Array(2);
  const toWgs84 = ([lon, lat]: Position): Position => {
    convert(lon, lat, point, 0);
    return [point[0], point[1]];
  };
  const converted = explodePolygons(source).map((part) => ({
    ...part,
    geometry: { ...part.geometry, coordinates: part.geometry.coordinates.map((ring) => ring.map(toWgs84)) },
  }));
  // One polygon each: what O'Hare has besides are crumbs.
  const largest = [...Map.groupBy(converted, ({ properties }) => properties.COMMUNITY)]
    .sort(([a], [b]) => Number(a) - Number(b))
    .map(([, parts]) => parts.reduce((best, part) => (area(part) > area(best) ? part : best)));
  const communities = simplifyCoverage(largest, COMMUNITY_TOLERANCE_METERS);
  const inside = communities.reduce((sum, community) => {
    const common = intersect(featureCollection<Polygon>([community, boundary]));
    return sum + (common ? area(common) : 0);
  }, 0);
  const share = inside / communities.reduce((sum, community) => sum + area(community), 0);
  if (share < 0.99)
    throw new Error(`Only ${(share * 100).toFixed(1)} % of the communities lie in the city, expected 99 %.`);
  return { communities, communityPlaces: communities.map((community) => placeOf(community)) };
}

function placeOf(community: Feature<Polygon, SourceCommunity>): DatasetPlace {
  const centre = centerOfMass(community);
  const { geometry } = booleanPointInPolygon(centre, community) ? centre : pointOnFeature(community);
  const name = titleCase(community.properties.AREA_NUMBE);
  return {
    id: Number(community.properties.COMMUNITY),
    kind: 'area',
    name: { zh: name, en: name },
    lon: Number(geometry.coordinates[0].toFixed(5)),
    lat: Number(geometry.coordinates[1].toFixed(5)),
    tier: null,
  };
}

function titleCase(capitals: string): string {
  if (capitals === 'OHARE') return "O'Hare";
  return capitals
    .toLowerCase()
    .replace(/\b(mc)?([a-z])/g, (_, mc: string | undefined, letter: string) =>
      mc ? `Mc${letter.toUpperCase()}` : letter.toUpperCase(),
    );
}

function dissolve(parts: readonly Feature<Polygon>[]): Feature<Polygon | MultiPolygon> {
  const [first, ...others] = parts;
  const whole = others.length === 0 ? first : union(featureCollection([...parts]));
  if (!whole) throw new Error(`The union of ${parts.length} areas is empty.`);
  return whole;
}
