import type {
  ExpressionSpecification,
  LayerSpecification,
  LineLayerSpecification,
  StyleSpecification,
} from 'maplibre-gl';
import type { Language } from '../i18n/index.ts';
import { type TokenName, token } from '../ui/tokens.ts';
import { MAP_FONT } from './fonts.ts';
import { LABEL_ANCHOR } from './layer-groups.ts';

interface BasemapOptions {
  /** `/api/basemaps/<slug>.pmtiles`, or null where a bureau has none: then the map is plain land. */
  url: string | null;
  attribution: string;
  language: Language;
  /** Type size over a desk's (see ui/display.ts). */
  scale: number;
}
const SOURCE = 'basemap';

/** The basemap in our tile schema (scripts/src/basemap/README.md), coloured by the tokens of the theme of the moment. */
export function basemapStyle(options: BasemapOptions): StyleSpecification {
  const anchor: LayerSpecification = { id: LABEL_ANCHOR, type: 'background', paint: { 'background-opacity': 0 } };
  const land: LayerSpecification = { id: 'base', type: 'background', paint: { 'background-color': token('mapLand') } };
  if (!options.url) return { version: 8, sources: {}, layers: [land, anchor] };
  return {
    version: 8,
    sources: {
      [SOURCE]: { type: 'vector', url: `pmtiles://${options.url}`, attribution: attributionWithNotices(options) },
    },
    layers: [land, ...areas(), ...roads(), ...boundaries(), anchor, ...labels(options)],
  };
}

function areas(): LayerSpecification[] {
  return [
    fill('land', 'mapLand'),
    fill('green', 'mapGreen'),
    fill('water', 'mapWater'),
    {
      ...line('waterway', 'mapWater'),
      paint: { 'line-color': token('mapWater'), 'line-width': widths([11, 0.8], [14, 2], [17, 6]) },
    },
    { ...fill('building', 'mapBuilding'), minzoom: 14.5 },
  ];
}

/** Three weights, thin below thick; tunnels dashed, railways apart. */
function roads(): LayerSpecification[] {
  const minor = ['residential', 'service', 'path'];
  const main = ['secondary', 'tertiary'];
  const arterial = ['motorway', 'trunk', 'primary'];
  return [
    {
      ...road('rail', ['rail'], 'mapRail', widths([12, 0.8], [16, 2])),
      layout: { 'line-cap': 'butt' },
    },
    road('minor', minor, 'mapRoadMinor', widths([12, 0.4], [14, 1.2], [16, 4], [18, 12])),
    road('main', main, 'mapRoadMain', widths([11, 0.5], [13, 1.4], [15, 4], [18, 18])),
    road('arterial', arterial, 'mapRoadArterial', widths([9, 0.6], [12, 1.6], [14, 3.6], [16, 8], [18, 24])),
  ];
}

function boundaries(): LayerSpecification[] {
  return [
    {
      ...line('boundary', 'mapBoundary'),
      filter: ['<=', ['get', 'level'], 2],
      layout: { 'line-join': 'round' },
      paint: { 'line-color': token('mapBoundary'), 'line-width': ['match', ['get', 'level'], 1, 1.4, 0.7] },
    },
  ];
}

function labels({ language, scale }: BasemapOptions): LayerSpecification[] {
  const localName: ExpressionSpecification = ['get', 'name'];
  const placeName: ExpressionSpecification =
    language === 'en' ? ['coalesce', ['get', 'name_en'], ['get', 'name']] : localName;
  return [
    {
      ...symbol('water-label', 'water', 'mapWaterLabel'),
      filter: ['has', 'name'],
      minzoom: 12,
      layout: { ...text(localName, 11 * scale), 'text-max-width': 6 },
    },
    {
      ...symbol('waterway-label', 'waterway', 'mapWaterLabel'),
      filter: ['has', 'name'],
      minzoom: 13,
      layout: { ...text(localName, 11 * scale), 'symbol-placement': 'line', 'symbol-spacing': 400 },
    },
    {
      ...symbol('road-label', 'road', 'mapLabel'),
      filter: ['all', ['has', 'name'], ['!=', ['get', 'class'], 'rail']],
      minzoom: 13,
      layout: {
        ...text(localName, 11.5 * scale),
        'symbol-placement': 'line',
        'symbol-spacing': 320,
        'text-padding': 6,
        'text-letter-spacing': 0.06,
        'text-max-angle': 25,
        'symbol-sort-key': [
          'match',
          ['get', 'class'],
          ['motorway', 'trunk', 'primary'],
          0,
          ['secondary', 'tertiary'],
          1,
          2,
        ],
      },
    },
    {
      ...symbol('place-label', 'place', 'mapLabel'),
      layout: {
        ...text(placeName, 12 * scale),
        'text-size': ['interpolate', ['linear'], ['get', 'rank'], 1, 17 * scale, 3, 13 * scale, 5, 11 * scale],
        'symbol-sort-key': ['get', 'rank'],
        'text-max-width': 8,
        'text-padding': 8,
      },
    },
  ];
}

function fill(layer: string, colour: TokenName): LayerSpecification {
  return { id: layer, type: 'fill', source: SOURCE, 'source-layer': layer, paint: { 'fill-color': token(colour) } };
}

function line(layer: string, colour: TokenName) {
  return {
    id: layer,
    type: 'line' as const,
    source: SOURCE,
    'source-layer': layer,
    paint: { 'line-color': token(colour) },
  };
}

function road(
  id: string,
  classes: readonly string[],
  colour: TokenName,
  width: ExpressionSpecification,
): LineLayerSpecification {
  return {
    ...line('road', colour),
    id: `road-${id}`,
    filter: ['in', ['get', 'class'], ['literal', classes]],
    layout: { 'line-cap': 'round', 'line-join': 'round' },
    paint: { 'line-color': token(colour), 'line-width': width },
  };
}

function symbol(id: string, layer: string, colour: TokenName) {
  return {
    id,
    type: 'symbol' as const,
    source: SOURCE,
    'source-layer': layer,
    paint: { 'text-color': token(colour), 'text-halo-color': token('mapHalo'), 'text-halo-width': 1.4 },
  };
}

function text(field: ExpressionSpecification, size: number) {
  return { 'text-field': field, 'text-font': [MAP_FONT], 'text-size': size };
}

function widths(...stops: [number, number][]): ExpressionSpecification {
  return ['interpolate', ['exponential', 1.5], ['zoom'], ...stops.flat()] as unknown as ExpressionSpecification;
}

/** The sources by name, and a link to what their licences ask to be said in full. */
function attributionWithNotices({ attribution, language }: BasemapOptions): string {
  const link = `<a href="/notices.txt" target="_blank" rel="noopener">${language === 'zh' ? '来源与许可' : 'Data and licences'}</a>`;
  // The control takes markup; the name of a source is text.
  const name = attribution.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
  return name ? `${name} · ${link}` : link;
}
