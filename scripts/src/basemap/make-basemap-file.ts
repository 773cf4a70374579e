import { statSync } from 'node:fs';
import { basename } from 'node:path';
import { buildTiles } from './build-tiles.ts';
import { readGeojsonFolder } from './read-geojson-folder.ts';
import { readOsm } from './read-osm.ts';
import { hasTilemaker, mergeTiles, runTilemaker } from './run-tilemaker.ts';
import { type BasemapReport, writeBasemap, writeBasemapTiles } from './write-basemap.ts';

export type Engine = 'builtin' | 'tilemaker';

export interface BasemapOptions {
  /** A folder of GeoJSON or an .osm.pbf. */
  from: string;
  out: string;
  name?: string;
  /** Without one: tilemaker where it is installed. Folders always go the built-in way. */
  engine?: Engine;
}

const OSM_ATTRIBUTION = '© OpenStreetMap contributors';

/** Makes a basemap file; returns what was written and by which engine. */
export async function makeBasemapFile(options: BasemapOptions): Promise<BasemapReport & { engine: Engine }> {
  const { from, out } = options;
  if (statSync(from).isDirectory()) {
    const basemap = readGeojsonFolder(from);
    return { ...writeBasemap({ ...basemap, name: options.name ?? basemap.name }, out), engine: 'builtin' };
  }
  if (!from.endsWith('.pbf')) throw new Error(`${from}: expected a folder of GeoJSON or an .osm.pbf file.`);
  const engine = options.engine ?? (hasTilemaker() ? 'tilemaker' : 'builtin');
  const { bounds, layers } = await readOsm(from);
  const name = options.name ?? basename(from).replace(/(\.osm)?\.pbf$/, '');
  const info = { name, attribution: OSM_ATTRIBUTION, bounds };
  if (engine === 'builtin') return { ...writeBasemap({ ...info, layers }, out), engine };
  // tilemaker knows no land polygons: land and water come from here, all else from there.
  const tiles = mergeTiles(
    buildTiles({ bounds, layers: { land: layers.land, water: layers.water } }),
    runTilemaker(from),
  );
  return { ...writeBasemapTiles(info, tiles, out), engine };
}
