import type { Feature, Geometry } from 'geojson';

/** The layers of every basemap, bottom to top; README.md says what each holds. */
export const LAYER_NAMES = ['land', 'green', 'water', 'waterway', 'building', 'road', 'boundary', 'place'] as const;
export type LayerName = (typeof LAYER_NAMES)[number];

export const MIN_ZOOM = 9;
export const MAX_ZOOM = 15;
export const EXTENT = 4096;
/** Version of the schema, in the metadata of each file. */
export const SCHEMA_VERSION = '1';

export type BasemapProperties = Record<string, string | number | boolean>;
export type BasemapFeature = Feature<Geometry, BasemapProperties>;
export type BasemapLayers = Partial<Record<LayerName, BasemapFeature[]>>;
/** West, south, east, north in degrees. */
export type Bounds = readonly [number, number, number, number];

export interface Basemap {
  name: string;
  attribution: string;
  bounds: Bounds;
  layers: BasemapLayers;
}

/** First zoom by the property that decides it. A layer with one entry under '' has no such property. */
const FIRST_ZOOM: Record<LayerName, { by: string; zooms: Readonly<Record<string, number>> }> = {
  land: { by: '', zooms: { '': 9 } },
  green: { by: 'class', zooms: { park: 11, forest: 11, grass: 12, cemetery: 12, pitch: 14 } },
  water: { by: 'class', zooms: { sea: 9, lake: 9, river: 9 } },
  waterway: { by: 'class', zooms: { river: 11, canal: 11, stream: 14, drain: 14 } },
  building: { by: '', zooms: { '': 14 } },
  road: {
    by: 'class',
    zooms: {
      motorway: 9,
      trunk: 9,
      primary: 10,
      secondary: 11,
      tertiary: 12,
      residential: 13,
      service: 14,
      path: 14,
      rail: 12,
    },
  },
  boundary: { by: 'level', zooms: { 1: 9, 2: 9, 3: 9 } },
  place: { by: 'rank', zooms: { 1: 9, 2: 9, 3: 11, 4: 12, 5: 14 } },
};

/** The properties a layer may carry, with their types: the metadata's `vector_layers`. */
export const LAYER_FIELDS: Record<LayerName, Readonly<Record<string, 'String' | 'Number' | 'Boolean'>>> = {
  land: {},
  green: { class: 'String' },
  water: { class: 'String', name: 'String' },
  waterway: { class: 'String', name: 'String' },
  building: { height: 'Number' },
  road: {
    class: 'String',
    name: 'String',
    oneway: 'Boolean',
    bridge: 'Boolean',
    tunnel: 'Boolean',
    link: 'Boolean',
  },
  boundary: { level: 'Number', name: 'String' },
  place: { name: 'String', name_en: 'String', rank: 'Number' },
};

/** First zoom of a feature. @throws when the property that decides it has a value the schema does not know. */
export function firstZoom(layer: LayerName, properties: BasemapProperties): number {
  const { by, zooms } = FIRST_ZOOM[layer];
  const zoom = zooms[by === '' ? '' : String(properties[by])];
  if (zoom === undefined) {
    throw new Error(`${layer}: ${by} is ${String(properties[by])}, expected one of ${Object.keys(zooms).join(', ')}.`);
  }
  return zoom;
}
