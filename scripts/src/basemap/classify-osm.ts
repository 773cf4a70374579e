import type { BasemapProperties, LayerName } from './basemap-schema.ts';

export type OsmTags = Readonly<Record<string, string>>;

export interface Classified {
  layer: LayerName;
  properties: BasemapProperties;
}

const ROAD_CLASS: Readonly<Record<string, string>> = {
  motorway: 'motorway',
  trunk: 'trunk',
  primary: 'primary',
  secondary: 'secondary',
  tertiary: 'tertiary',
  unclassified: 'residential',
  residential: 'residential',
  living_street: 'residential',
  road: 'residential',
  service: 'service',
  track: 'path',
  pedestrian: 'path',
  footway: 'path',
  cycleway: 'path',
  bridleway: 'path',
  steps: 'path',
  path: 'path',
};
const RAILWAYS = new Set(['rail', 'light_rail', 'subway', 'tram', 'narrow_gauge', 'funicular', 'monorail']);
const WATERWAY_CLASS: Readonly<Record<string, string>> = {
  river: 'river',
  canal: 'canal',
  stream: 'stream',
  drain: 'drain',
  ditch: 'drain',
};
/** `key=value` of areas of green. */
const GREEN_CLASS: Readonly<Record<string, string>> = {
  'leisure=park': 'park',
  'leisure=garden': 'park',
  'leisure=golf_course': 'park',
  'leisure=nature_reserve': 'forest',
  'leisure=pitch': 'pitch',
  'leisure=playground': 'pitch',
  'landuse=forest': 'forest',
  'landuse=grass': 'grass',
  'landuse=meadow': 'grass',
  'landuse=village_green': 'grass',
  'landuse=recreation_ground': 'park',
  'landuse=cemetery': 'cemetery',
  'amenity=grave_yard': 'cemetery',
  'natural=wood': 'forest',
  'natural=scrub': 'forest',
  'natural=grassland': 'grass',
  'natural=heath': 'grass',
};
const PLACE_RANK: Readonly<Record<string, number>> = {
  city: 1,
  town: 2,
  suburb: 3,
  village: 3,
  quarter: 4,
  neighbourhood: 4,
  hamlet: 4,
  locality: 5,
};

const named = (tags: OsmTags): BasemapProperties => (tags.name ? { name: tags.name } : {});
const isYes = (value: string | undefined): boolean => value !== undefined && value !== 'no';

/** What a way is as a line; null when the basemap does not draw it. Mirrored in tilemaker/process.lua. */
export function classifyLine(tags: OsmTags): Classified | null {
  const base = tags.highway?.replace(/_link$/, '');
  const roadClass = base === undefined || tags.area === 'yes' ? undefined : ROAD_CLASS[base];
  if (roadClass !== undefined) {
    return {
      layer: 'road',
      properties: { class: roadClass, ...named(tags), ...roadFlags(tags, base !== tags.highway) },
    };
  }
  if (RAILWAYS.has(tags.railway)) {
    return { layer: 'road', properties: { class: 'rail', ...named(tags), ...roadFlags(tags, false) } };
  }
  const waterwayClass = WATERWAY_CLASS[tags.waterway];
  if (waterwayClass !== undefined && !isYes(tags.tunnel)) {
    return { layer: 'waterway', properties: { class: waterwayClass, ...named(tags) } };
  }
  return null;
}

function roadFlags(tags: OsmTags, link: boolean): BasemapProperties {
  return {
    ...(tags.oneway === 'yes' || tags.oneway === '1' || tags.oneway === '-1' ? { oneway: true } : {}),
    ...(isYes(tags.bridge) ? { bridge: true } : {}),
    ...(isYes(tags.tunnel) ? { tunnel: true } : {}),
    ...(link ? { link: true } : {}),
  };
}

/** What a closed way or multipolygon is as an area; null when the basemap does not draw it. Mirrored in tilemaker/process.lua. */
export function classifyArea(tags: OsmTags): Classified | null {
  if (isYes(tags.building)) {
    const height = Number.parseFloat(tags.height ?? '');
    return { layer: 'building', properties: height > 0 ? { height } : {} };
  }
  if (tags.waterway === 'riverbank' || (tags.natural === 'water' && tags.water === 'river')) {
    return { layer: 'water', properties: { class: 'river', ...named(tags) } };
  }
  if (
    tags.natural === 'water' ||
    tags.landuse === 'reservoir' ||
    tags.landuse === 'basin' ||
    tags.waterway === 'dock'
  ) {
    return { layer: 'water', properties: { class: 'lake', ...named(tags) } };
  }
  for (const key of ['leisure', 'landuse', 'natural', 'amenity']) {
    const green = GREEN_CLASS[`${key}=${tags[key]}`];
    if (green !== undefined) return { layer: 'green', properties: { class: green } };
  }
  return null;
}

/** What a node is; null when the basemap does not show it. Mirrored in tilemaker/process.lua. */
export function classifyNode(tags: OsmTags): Classified | null {
  const rank = PLACE_RANK[tags.place];
  if (rank === undefined || !tags.name) return null;
  const english = tags['name:en'];
  return { layer: 'place', properties: { name: tags.name, ...(english ? { name_en: english } : {}), rank } };
}

/** Level in the basemap of an administrative border by OpenStreetMap's admin_level; null for none. */
export function boundaryLevel(tags: OsmTags): number | null {
  if (tags.boundary !== 'administrative') return null;
  const level = Number(tags.admin_level);
  return level >= 2 && level <= 5 ? 1 : level <= 8 ? 2 : level <= 11 ? 3 : null;
}
