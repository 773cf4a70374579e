import type { Position } from 'geojson';
import { createOSMStream } from 'osm-pbf-parser-node';
import { assembleRings, nestRings } from './assemble-polygons.ts';
import type { BasemapFeature, BasemapLayers, Bounds, LayerName } from './basemap-schema.ts';
import {
  boundaryLevel,
  type Classified,
  classifyArea,
  classifyLine,
  classifyNode,
  type OsmTags,
} from './classify-osm.ts';
import { splitByCoastline } from './split-by-coastline.ts';

export interface OsmBasemapData {
  bounds: Bounds;
  layers: BasemapLayers;
}

interface OsmItem {
  type?: 'node' | 'way' | 'relation';
  id: number;
  lat: number;
  lon: number;
  tags?: Record<string, string>;
  refs: number[];
  members: { type: string; ref: number; role: string }[];
  bbox?: { left: number; right: number; top: number; bottom: number };
}

interface OsmWay {
  refs: number[];
  tags: OsmTags;
}

const NANODEGREES = 1e-9;

/**
 * The features of the basemap in an OpenStreetMap extract (.osm.pbf), land and sea divided by its coastline.
 * Holds all nodes and ways in memory: meant for a city or a county, about 1 GB of memory per 100 MB of extract.
 * @throws when the file has no nodes, naming it.
 */
export async function readOsm(path: string): Promise<OsmBasemapData> {
  const nodes = new Map<number, Position>();
  const ways = new Map<number, OsmWay>();
  const layers: BasemapLayers = {};
  const levelOfWay = new Map<number, number>();
  let bounds: Bounds | null = null;
  const add = ({ layer, properties }: Classified, geometry: BasemapFeature['geometry']): void => {
    const features = (layers[layer] ??= []);
    features.push({ type: 'Feature', properties, geometry });
  };

  for await (const raw of createOSMStream(path)) {
    const item = raw as OsmItem;
    if (item.bbox) {
      const { left, bottom, right, top } = item.bbox;
      bounds = [left * NANODEGREES, bottom * NANODEGREES, right * NANODEGREES, top * NANODEGREES];
    } else if (item.type === 'node') {
      const point = [item.lon, item.lat];
      nodes.set(item.id, point);
      const place = item.tags && classifyNode(item.tags);
      if (place) add(place, { type: 'Point', coordinates: point });
    } else if (item.type === 'way') {
      ways.set(item.id, { refs: item.refs.filter((ref) => nodes.has(ref)), tags: item.tags ?? {} });
    } else if (item.type === 'relation') {
      addRelation(item, ways, levelOfWay, (rings) => rings.map((ring) => ring.map((ref) => nodes.get(ref) ?? [])), add);
    }
  }
  if (nodes.size === 0) throw new Error(`${path} holds no nodes: is it an .osm.pbf?`);

  const coastlines: Position[][] = [];
  for (const [id, { refs, tags }] of ways) {
    if (refs.length < 2) continue;
    const line = refs.map((ref) => nodes.get(ref) ?? []);
    if (tags.natural === 'coastline') coastlines.push(line);
    const asLine = classifyLine(tags);
    if (asLine) add(asLine, { type: 'LineString', coordinates: line });
    const asArea = asLine === null && refs.length >= 4 && refs[0] === refs[refs.length - 1] ? classifyArea(tags) : null;
    if (asArea) add(asArea, { type: 'Polygon', coordinates: nestRings([line], [])[0] });
    const level = levelOfWay.get(id) ?? boundaryLevel(tags);
    if (level !== null && level !== undefined) {
      add({ layer: 'boundary', properties: { level } }, { type: 'LineString', coordinates: line });
    }
  }
  const frame = bounds ?? boundsOf(nodes.values());
  return { bounds: frame, layers: { ...layers, ...landLayers(coastlines, frame, layers.water ?? []) } };
}

type Add = (classified: Classified, geometry: BasemapFeature['geometry']) => void;

function addRelation(
  { tags = {}, members }: OsmItem,
  ways: ReadonlyMap<number, OsmWay>,
  levelOfWay: Map<number, number>,
  locate: (rings: number[][]) => Position[][],
  add: Add,
): void {
  const level = boundaryLevel(tags);
  if (level !== null) {
    // A border between two areas belongs to the higher one.
    for (const { type, ref } of members) {
      if (type === 'way') levelOfWay.set(ref, Math.min(level, levelOfWay.get(ref) ?? level));
    }
  }
  if (tags.type !== 'multipolygon') return;
  const refsOf = (inner: boolean): number[][] =>
    members.flatMap(({ type, ref, role }) => {
      const way = type === 'way' && (role === 'inner') === inner ? ways.get(ref) : undefined;
      return way ? [way.refs] : [];
    });
  const area = classifyArea(tags);
  if (area === null) return;
  const polygons = nestRings(locate(assembleRings(refsOf(false))), locate(assembleRings(refsOf(true))));
  if (polygons.length > 0) add(area, { type: 'MultiPolygon', coordinates: polygons });
}

/** The layers `land` and `water` of an extract: what the coastline parts, and the inland waters. */
export function landLayers(
  coastlines: readonly Position[][],
  frame: Bounds,
  inlandWater: readonly BasemapFeature[],
): Record<'land' | 'water', BasemapFeature[]> {
  const { land, sea } = splitByCoastline(coastlines, frame);
  const feature = (geometry: BasemapFeature['geometry'], layer: LayerName): BasemapFeature => ({
    type: 'Feature',
    properties: layer === 'water' ? { class: 'sea' } : {},
    geometry,
  });
  return {
    land: [feature(land.geometry, 'land')],
    water: [...(sea ? [feature(sea.geometry, 'water')] : []), ...inlandWater],
  };
}

function boundsOf(points: Iterable<Position>): Bounds {
  const bounds: [number, number, number, number] = [180, 90, -180, -90];
  for (const [lon, lat] of points) {
    bounds[0] = Math.min(bounds[0], lon);
    bounds[1] = Math.min(bounds[1], lat);
    bounds[2] = Math.max(bounds[2], lon);
    bounds[3] = Math.max(bounds[3], lat);
  }
  return bounds;
}
