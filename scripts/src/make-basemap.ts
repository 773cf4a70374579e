/** Makes an offline basemap; basemap/README.md says from what and in which schema. */
import { parseArgs } from 'node:util';
import { makeBasemapFile } from './basemap/make-basemap-file.ts';

const USAGE =
  'make-basemap --from <GeoJSON folder | file.osm.pbf> --out <file.pmtiles> [--name <text>] [--engine builtin|tilemaker]';

const { values } = parseArgs({
  options: {
    from: { type: 'string' },
    out: { type: 'string' },
    name: { type: 'string' },
    engine: { type: 'string' },
  },
});
const { from, out, name, engine } = values;
try {
  if (from === undefined || out === undefined) throw new Error(`Usage: ${USAGE}`);
  if (engine !== undefined && engine !== 'builtin' && engine !== 'tilemaker') {
    throw new Error(`Engine is ${engine}, expected builtin or tilemaker.`);
  }
  const report = await makeBasemapFile({ from, out, name, engine });
  console.log(`${out}: ${report.tiles} tiles, ${(report.bytes / 1e6).toFixed(2)} MB, made by ${report.engine}.`);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
