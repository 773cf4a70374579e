/** Makes geo-data/datasets/chengdu-wuhou from the road extract: `node scripts/src/make-chengdu-dataset.ts --from <folder>`. */
import { join } from 'node:path';
import { bbox } from '@turf/turf';
import type { LineString, Point } from 'geojson';
import type { Bounds } from './basemap/basemap-schema.ts';
import { writeBasemap } from './basemap/write-basemap.ts';
import { CHENGDU_CATEGORIES } from './datasets/categories.ts';
import { chengduBasemap } from './datasets/chengdu-basemap.ts';
import { placesOfChengdu } from './datasets/chengdu-places.ts';
import { unitsOfChengdu } from './datasets/chengdu-units.ts';
import {
  readCollection,
  readDatasetArguments,
  writeFeatures,
  writeItems,
  writeText,
} from './datasets/dataset-files.ts';
import { extendRoads, type SumoEdge } from './datasets/extend-roads.ts';
import { roadHull } from './datasets/road-hull.ts';

const { from, out } = readDatasetArguments(new URL('../../geo-data/datasets/chengdu-wuhou/', import.meta.url));
const edges = readCollection<LineString, SumoEdge>(join(from, 'edges.geojson')).features;
const nodes = readCollection<Point, { id: string }>(join(from, 'nodes.geojson')).features;
const roads = extendRoads(edges, nodes);
const boundary = roadHull(roads, 900, 130);
const places = placesOfChengdu(roads);
const units = unitsOfChengdu(places);
const [west, south, east, north] = bbox(boundary).map((degrees) => Number(degrees.toFixed(5)));
const bounds: Bounds = [west, south, east, north];

const bureau = {
  id: 'chengdu-wuhou',
  code: '510107000000',
  name: { zh: '成都·武侯示范区', en: 'Chengdu · Wuhou demonstration area' },
  timeZone: 'Asia/Shanghai',
  centre: [Number(((west + east) / 2).toFixed(5)), Number(((south + north) / 2).toFixed(5))],
  bounds,
  defaultResolution: 10,
  atomResolution: 10,
  zones: 14,
  beats: 27,
  nightFromHour: 20,
  nightToHour: 6,
  demonstration: true,
  simulated: true,
  attribution: '© OpenStreetMap contributors (ODbL)',
};

writeText(join(out, 'bureau.json'), `${JSON.stringify(bureau, null, 2)}\n`);
writeFeatures(join(out, 'boundary.geojson'), [{ ...boundary, properties: { bureau: bureau.id } }], 5);
writeFeatures(join(out, 'roads.geojson'), roads, 6);
writeItems(join(out, 'places.json'), places);
writeItems(join(out, 'categories.json'), CHENGDU_CATEGORIES);
writeItems(join(out, 'units.json'), units);
const basemap = writeBasemap(chengduBasemap(roads, boundary, bounds, bureau.attribution), join(out, 'basemap.pmtiles'));
console.log(`${out}: ${roads.length} road edges, ${places.length} places, ${units.length} units.`);
console.log(`basemap.pmtiles: ${basemap.tiles} tiles, ${basemap.bytes} bytes.`);
