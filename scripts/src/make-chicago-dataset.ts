/** Makes geo-data/datasets/chicago from the City's data: `node scripts/src/make-chicago-dataset.ts --from <folder>`. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { bbox } from '@turf/turf';
import type { Bounds } from './basemap/basemap-schema.ts';
import { writeBasemap } from './basemap/write-basemap.ts';
import { CHICAGO_CATEGORIES } from './datasets/categories.ts';
import { readChicagoAreas } from './datasets/chicago-areas.ts';
import { chicagoBasemap } from './datasets/chicago-basemap.ts';
import { readDatasetArguments, writeFeatures, writeItems, writeText } from './datasets/dataset-files.ts';

const YEAR = '2017';
const ATTRIBUTION = 'Data from the City of Chicago (modified); see the notice';

const { from, out } = readDatasetArguments(new URL('../../geo-data/datasets/chicago/', import.meta.url));
const areas = await readChicagoAreas(from);
const [west, south, east, north] = bbox(areas.boundary).map((degrees) => Number(degrees.toFixed(5)));
const bounds: Bounds = [west, south, east, north];

const bureau = {
  id: 'chicago',
  code: '171400000000',
  name: { zh: '芝加哥', en: 'Chicago' },
  timeZone: 'America/Chicago',
  centre: [-87.68, 41.84],
  bounds,
  defaultResolution: 9,
  atomResolution: 8,
  zones: 14,
  beats: 27,
  nightFromHour: 20,
  nightToHour: 6,
  demonstration: false,
  simulated: false,
  attribution: ATTRIBUTION,
};

const [header, ...rows] = gunzipSync(readFileSync(join(from, 'split_dev_2010_2017.csv.gz')))
  .toString()
  .split('\n');
const ofYear = rows.filter((row) => row.startsWith(`${YEAR}-`));

writeText(join(out, 'bureau.json'), `${JSON.stringify(bureau, null, 2)}\n`);
writeFeatures(join(out, 'boundary.geojson'), [{ ...areas.boundary, properties: { bureau: bureau.id } }], 6);
writeFeatures(join(out, 'reference-beats.geojson'), areas.beats, 6);
writeFeatures(join(out, 'reference-districts.geojson'), areas.districts, 6);
writeItems(join(out, 'places.json'), areas.communityPlaces);
writeItems(join(out, 'categories.json'), CHICAGO_CATEGORIES);
writeFileSync(join(out, `incidents-${YEAR}.csv.gz`), gzipSync(`${[header, ...ofYear].join('\n')}\n`, { level: 9 }));
const basemap = writeBasemap(chicagoBasemap(areas, bounds, ATTRIBUTION), join(out, 'basemap.pmtiles'));
console.log(`${out}: ${ofYear.length} incidents, ${areas.beats.length} beats, ${areas.districts.length} districts.`);
console.log(`basemap.pmtiles: ${basemap.tiles} tiles, ${basemap.bytes} bytes.`);
