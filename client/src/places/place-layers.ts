import type { Layer } from '@deck.gl/core';
import { IconLayer, ScatterplotLayer, TextLayer } from '@deck.gl/layers';
import { PLACE_KINDS, type Place } from '@xunfang/geo-data/contract';
import { type DrawIcon, type IconAtlas, labelHalo, makeIconAtlas, thinLabels } from '../map/index.ts';
import { tokenRgba } from '../ui/tokens.ts';
import { PLACE_SHAPES, type PlaceKind } from './place-shapes.ts';

/** The mark is that long on the ground, between two sizes on the screen: small over the whole bureau, readable in a street. */
const MARK_METERS = 110;
const MARK_PX = { least: 11, most: 18 };
const LABEL_PX = 12;
const GRID = 16;

/** Posts at crossings are many, and their names are those of the streets they stand at: their marks say enough for long. */
const UNNAMED_FOR_LONG: ReadonlySet<PlaceKind> = new Set(['camera_gate', 'blocking_point', 'checkpoint']);
const LABEL_KINDS = {
  none: () => false,
  areas: (kind: PlaceKind) => kind === 'area',
  most: (kind: PlaceKind) => !UNNAMED_FOR_LONG.has(kind),
  all: () => true,
};

export interface PlacesPicture {
  places: readonly Place[];
  /** Whose names stand beside the marks. */
  labels: keyof typeof LABEL_KINDS;
  name: (place: Place) => string;
  /** Labels are thinned for it. */
  zoom: number;
  scale: number;
  theme: string;
}

const position = ({ lon, lat }: Place): [number, number] => [lon, lat];

/** Marks in a quiet grey, so that units and incidents stay the brightest things. */
export function placeLayers({ places, labels, name, zoom, scale, theme }: PlacesPicture): Layer[] {
  const icons = placeIcons();
  const shared = {
    data: places,
    iconAtlas: icons.atlas,
    iconMapping: icons.mapping,
    getPosition: position,
    sizeUnits: 'meters' as const,
    getSize: MARK_METERS,
    sizeMinPixels: MARK_PX.least * scale,
    sizeMaxPixels: MARK_PX.most * scale,
    updateTriggers: { getColor: theme },
  };
  const named = places.filter(({ kind }) => LABEL_KINDS[labels](kind));
  return [
    new IconLayer<Place>({
      ...shared,
      id: 'place-halo',
      getIcon: ({ kind }) => `halo-${kind}`,
      getColor: tokenRgba('mapHalo', 220),
    }),
    new IconLayer<Place>({
      ...shared,
      id: 'place-mark',
      pickable: true,
      getIcon: ({ kind }) => kind,
      getColor: tokenRgba('text2', 190),
    }),
    ...(named.length > 0 ? [labelLayer(named, name, zoom, scale)] : []),
  ];
}

function labelLayer(places: readonly Place[], name: (place: Place) => string, zoom: number, scale: number): Layer {
  const shown = thinLabels(
    {
      count: places.length,
      text: (index) => name(places[index]),
      lon: (index) => places[index].lon,
      lat: (index) => places[index].lat,
      priority: (index) => 4 - (places[index].tier ?? 4),
      sizePx: LABEL_PX * scale,
    },
    zoom,
  );
  return new TextLayer<Place>({
    id: 'place-label',
    data: shown.map((index) => places[index]),
    getText: name,
    getPosition: position,
    getColor: tokenRgba('text2', 205),
    getSize: LABEL_PX * scale,
    getPixelOffset: [0, 17 * scale],
    ...labelHalo(),
    // Thinner strokes of Chinese get lost at this size.
    fontWeight: 600,
  });
}

/** The ring around the selected one. */
export function selectedPlaceLayer(place: Place, scale: number): Layer {
  return new ScatterplotLayer<Place>({
    id: 'place-selected',
    data: [place],
    getPosition: position,
    filled: false,
    stroked: true,
    radiusUnits: 'pixels',
    lineWidthUnits: 'pixels',
    getRadius: 14 * scale,
    getLineWidth: 2 * scale,
    getLineColor: tokenRgba('select'),
  });
}

let made: IconAtlas | null = null;

function placeIcons(): IconAtlas {
  if (made) return made;
  const draws = new Map<string, DrawIcon>();
  for (const kind of PLACE_KINDS) {
    draws.set(kind, (context, sizePx) => {
      toGrid(context, sizePx);
      context.fill(shapeOf(kind), 'evenodd');
    });
    draws.set(`halo-${kind}`, (context, sizePx) => {
      toGrid(context, sizePx);
      context.lineWidth = 3;
      context.stroke(shapeOf(kind));
      context.fill(shapeOf(kind));
    });
  }
  made = makeIconAtlas(draws);
  return made;
}

const shapeOf = (kind: PlaceKind) => new Path2D(PLACE_SHAPES[kind]);

/** Leaves a margin, so that the halo is not cut off. */
function toGrid(context: CanvasRenderingContext2D, sizePx: number): void {
  const scale = (sizePx / GRID) * 0.84;
  context.translate(sizePx * 0.08, sizePx * 0.08);
  context.scale(scale, scale);
}
