import { gzipSync } from 'node:zlib';
import { GeoJSONVT, type GeoJSONVTTile } from '@maplibre/geojson-vt';
import { fromGeojsonVt } from '@maplibre/vt-pbf';
import {
  type Basemap,
  type BasemapFeature,
  type Bounds,
  EXTENT,
  firstZoom,
  LAYER_NAMES,
  MAX_ZOOM,
  MIN_ZOOM,
} from './basemap-schema.ts';
import type { Tile } from './write-pmtiles.ts';

/** Half a 4K wall screen is under four tiles: one centred on the border of the bounds is filled. */
const MARGIN_TILES = 6;
const MARGIN_DEGREES = 0.25;
/** In units of 1/4096 tile: detail finer than this is dropped below the deepest zoom. */
const SIMPLIFY_TOLERANCE = 3;
const BUFFER = 64;

/** Features of one layer that appear at one zoom, cut into tiles on demand. */
interface Group {
  layer: string;
  fromZoom: number;
  index: GeoJSONVT;
}

/** The gzip-compressed vector tiles of a basemap, in no particular order; empty ones are left out. */
export function buildTiles({ layers, bounds }: Pick<Basemap, 'layers' | 'bounds'>): Tile[] {
  const groups: Group[] = LAYER_NAMES.flatMap((layer) => {
    const byZoom = Map.groupBy(layers[layer] ?? [], ({ properties }) => firstZoom(layer, properties));
    return [...byZoom].map(([fromZoom, features]) => ({ layer, fromZoom, index: indexOf(features) }));
  });
  const tiles: Tile[] = [];
  for (let z = MIN_ZOOM; z <= MAX_ZOOM; z++) {
    const { left, right, top, bottom } = coveredTiles(bounds, z);
    for (let x = left; x <= right; x++) {
      for (let y = top; y <= bottom; y++) {
        const data = encodeTile(groups, z, x, y);
        if (data) tiles.push({ z, x, y, data });
      }
    }
  }
  return tiles;
}

function indexOf(features: BasemapFeature[]): GeoJSONVT {
  return new GeoJSONVT(
    { type: 'FeatureCollection', features },
    {
      maxZoom: MAX_ZOOM,
      indexMaxZoom: MIN_ZOOM,
      tolerance: SIMPLIFY_TOLERANCE,
      extent: EXTENT,
      buffer: BUFFER,
      wrap: false,
    },
  );
}

function encodeTile(groups: readonly Group[], z: number, x: number, y: number): Uint8Array | null {
  const layers: Record<string, GeoJSONVTTile> = {};
  for (const { layer, fromZoom, index } of groups) {
    const tile = z >= fromZoom ? index.getTile(z, x, y) : null;
    if (!tile || tile.features.length === 0) continue;
    const drawn = layers[layer];
    layers[layer] = drawn ? { ...drawn, features: [...drawn.features, ...tile.features] } : tile;
  }
  if (Object.keys(layers).length === 0) return null;
  return gzipSync(fromGeojsonVt(layers, { version: 2, extent: EXTENT }), { level: 9 });
}

interface TileRange {
  left: number;
  right: number;
  top: number;
  bottom: number;
}

/** The tiles of one zoom that the bounds and their margin touch. */
export function coveredTiles([west, south, east, north]: Bounds, z: number): TileRange {
  const size = 2 ** z;
  const margin = marginDegrees(z);
  const column = (lon: number): number => Math.floor(((lon + 180) / 360) * size);
  const row = (lat: number): number => {
    const sine = Math.sin((Math.max(-85, Math.min(85, lat)) * Math.PI) / 180);
    return Math.floor((0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI)) * size);
  };
  const inside = (tile: number): number => Math.max(0, Math.min(size - 1, tile));
  return {
    left: inside(column(west - margin)),
    right: inside(column(east + margin)),
    top: inside(row(north + margin)),
    bottom: inside(row(south - margin)),
  };
}

function marginDegrees(z: number): number {
  return Math.max(MARGIN_DEGREES, (MARGIN_TILES * 360) / 2 ** z);
}

/** What the archive states as its bounds: MapLibre asks for no tile outside them, so they include the margin. */
export function coveredBounds([west, south, east, north]: Bounds): Bounds {
  const margin = marginDegrees(MIN_ZOOM);
  return [west - margin, south - margin, east + margin, north + margin];
}
