import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { bbox, featureCollection } from '@turf/turf';
import type { FeatureCollection, Geometry, LineString, MultiLineString } from 'geojson';
import {
  type Basemap,
  type BasemapFeature,
  type BasemapLayers,
  type BasemapProperties,
  type Bounds,
  firstZoom,
  LAYER_FIELDS,
  LAYER_NAMES,
  type LayerName,
} from './basemap-schema.ts';

interface FolderInfo {
  name?: string;
  attribution?: string;
  bounds?: Bounds;
}

/** A basemap from a folder of GeoJSON files named after the layers. @throws on names and classes the schema lacks. */
export function readGeojsonFolder(folder: string): Basemap {
  const files = readdirSync(folder).filter((file) => /\.(geo)?json$/.test(file) && file !== 'basemap.json');
  if (files.length === 0) throw new Error(`${folder} holds no GeoJSON: expected files such as road.geojson.`);
  const layers: BasemapLayers = {};
  for (const file of files.sort()) {
    const layer = LAYER_NAMES.find((name) => name === file.replace(/\.(geo)?json$/, ''));
    if (layer === undefined) {
      throw new Error(`${join(folder, file)}: no layer has that name, expected one of ${LAYER_NAMES.join(', ')}.`);
    }
    layers[layer] = readLayer(join(folder, file), layer);
  }
  const infoPath = join(folder, 'basemap.json');
  const info: FolderInfo = existsSync(infoPath) ? JSON.parse(readFileSync(infoPath, 'utf8')) : {};
  const [west, south, east, north] = bbox(featureCollection(Object.values(layers).flat()));
  return {
    name: info.name ?? basename(folder),
    attribution: info.attribution ?? '',
    bounds: info.bounds ?? [west, south, east, north],
    layers,
  };
}

function readLayer(path: string, layer: LayerName): BasemapFeature[] {
  const parsed: Partial<FeatureCollection<Geometry, BasemapProperties | null>> = JSON.parse(readFileSync(path, 'utf8'));
  if (parsed.type !== 'FeatureCollection' || !parsed.features) {
    throw new Error(`${path}: expected a FeatureCollection, got ${String(parsed.type)}.`);
  }
  const fields = LAYER_FIELDS[layer];
  return parsed.features.map(({ properties, geometry }, i) => {
    const known = Object.entries(properties ?? {}).filter(([key, value]) => key in fields && value !== null);
    const feature: BasemapFeature = {
      type: 'Feature',
      properties: Object.fromEntries(known),
      geometry: layer === 'boundary' ? asLines(geometry) : geometry,
    };
    try {
      firstZoom(layer, feature.properties);
    } catch (cause) {
      throw new Error(`${path}, feature ${i}: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
    }
    return feature;
  });
}

function asLines(geometry: Geometry): LineString | MultiLineString | Geometry {
  if (geometry.type === 'Polygon') return { type: 'MultiLineString', coordinates: geometry.coordinates };
  if (geometry.type === 'MultiPolygon') return { type: 'MultiLineString', coordinates: geometry.coordinates.flat() };
  return geometry;
}
