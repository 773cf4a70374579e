import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { type Basemap, LAYER_FIELDS, LAYER_NAMES, MAX_ZOOM, MIN_ZOOM, SCHEMA_VERSION } from './basemap-schema.ts';
import { buildTiles, coveredBounds } from './build-tiles.ts';
import { type Tile, writePmtiles } from './write-pmtiles.ts';

export interface BasemapReport {
  tiles: number;
  bytes: number;
}

/** Writes a basemap from its features. */
export function writeBasemap(basemap: Basemap, path: string): BasemapReport {
  return writeBasemapTiles(basemap, buildTiles(basemap), path);
}

/** Writes a basemap from tiles that already follow the schema. The file appears whole or not at all. */
export function writeBasemapTiles(
  { name, attribution, bounds }: Omit<Basemap, 'layers'>,
  tiles: readonly Tile[],
  path: string,
): BasemapReport {
  if (tiles.length === 0) throw new Error(`The basemap ${name} would hold no tiles: its source has no features.`);
  const archive = writePmtiles(tiles, {
    minZoom: MIN_ZOOM,
    maxZoom: MAX_ZOOM,
    bounds: coveredBounds(bounds),
    metadata: {
      name,
      attribution,
      type: 'baselayer',
      version: SCHEMA_VERSION,
      vector_layers: LAYER_NAMES.map((id) => ({ id, fields: LAYER_FIELDS[id], minzoom: MIN_ZOOM, maxzoom: MAX_ZOOM })),
    },
  });
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(`${path}.part`, archive);
  renameSync(`${path}.part`, path);
  return { tiles: tiles.length, bytes: archive.length };
}
