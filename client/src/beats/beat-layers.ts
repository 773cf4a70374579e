import type { Layer } from '@deck.gl/core';
import { GeoJsonLayer, PathLayer, TextLayer } from '@deck.gl/layers';
import type { Plan } from '@xunfang/geo-data/contract';
import type { Feature, FeatureCollection, MultiPolygon, Polygon, Position } from 'geojson';
import { labelHalo, ringsOf, thinLabels } from '../map/index.ts';
import { hexRgba, hueOf, tokenRgba } from '../ui/tokens.ts';
import { borderLines } from './border-lines.ts';
import type { AreaProperties, PlanGeometry } from './plan-queries.ts';

type Area = Feature<Polygon | MultiPolygon, AreaProperties>;

export interface BeatsPicture {
  geometry: PlanGeometry;
  selectedBeat: number | null;
  selectedZone: number | null;
  /** Beneath units and incidents: borders only, hardly any fill. */
  quiet: boolean;
  pickable: boolean;
  scale: number;
  theme: string;
}

/** Light fill, thick zone border, thin beat border. The hue only parts neighbours; names do the naming. */
export function beatLayers({
  geometry,
  selectedBeat,
  selectedZone,
  quiet,
  pickable,
  scale,
  theme,
}: BeatsPicture): Layer[] {
  const { beats, zones, beatBorders, zoneBorders } = areasOf(geometry);
  const isSelected = ({ properties }: Area) =>
    properties.level === 'beat' ? properties.number === selectedBeat : properties.number === selectedZone;
  const selected = [...beats, ...zones].filter(isSelected);
  return [
    new GeoJsonLayer<AreaProperties>({
      id: 'beat-areas',
      data: beats,
      pickable,
      filled: true,
      stroked: false,
      getFillColor: (feature) => hexRgba(hueOf((feature as Area).properties.colour), quiet ? 14 : 52),
      updateTriggers: { getFillColor: quiet },
    }),
    borders('beat-borders', beatBorders, tokenRgba('text3', quiet ? 130 : 220), 1 * scale),
    borders('zone-borders', zoneBorders, tokenRgba('text2', quiet ? 165 : 250), (quiet ? 1.8 : 3) * scale),
    new GeoJsonLayer<AreaProperties>({
      id: 'beat-selected',
      data: selected,
      filled: true,
      stroked: true,
      getFillColor: tokenRgba('select', 28),
      getLineColor: tokenRgba('select'),
      lineWidthUnits: 'pixels',
      getLineWidth: 2.5 * scale,
      updateTriggers: { getLineColor: theme, getFillColor: theme },
    }),
  ];
}

function borders(id: string, lines: Position[][], colour: [number, number, number, number], widthPx: number): Layer {
  return new PathLayer<Position[]>({
    id,
    data: lines,
    getPath: (line) => line as [number, number][],
    capRounded: true,
    widthUnits: 'pixels',
    getWidth: widthPx,
    getColor: colour,
    updateTriggers: { getColor: colour.join(), getWidth: widthPx },
  });
}

interface Areas {
  beats: Area[];
  zones: Area[];
  zoneBorders: Position[][];
  /** Within zones. */
  beatBorders: Position[][];
}

/** Gathered once per plan. */
const known = new WeakMap<PlanGeometry, Areas>();
function areasOf(geometry: PlanGeometry): Areas {
  let areas = known.get(geometry);
  if (!areas) {
    const beats = geometry.features.filter(({ properties }) => properties.level === 'beat');
    const zones = geometry.features.filter(({ properties }) => properties.level === 'zone');
    const zoneBorders = borderLines(zones.flatMap(({ geometry: zone }) => ringsOf({ ...zone })));
    const beatBorders = borderLines(
      beats.flatMap(({ geometry: beat }) => ringsOf({ ...beat })),
      zoneBorders,
    );
    areas = { beats, zones, zoneBorders: zoneBorders.lines, beatBorders: beatBorders.lines };
    known.set(geometry, areas);
  }
  return areas;
}

interface LabelPicture {
  plan: Plan;
  /** Labels are thinned for it. */
  zoom: number;
  name: (beat: Plan['beats'][number]) => string;
  bright: boolean;
  scale: number;
  theme: string;
}

/** A label at the visual centre of each beat; labels give way to each other. */
export function beatLabelLayer({ plan, zoom, name, bright, scale, theme }: LabelPicture): Layer {
  const { beats } = plan;
  const sizePx = (bright ? 13 : 12) * scale;
  const shown = thinLabels(
    {
      count: beats.length,
      text: (index) => name(beats[index]),
      lon: (index) => beats[index].labelAt[0],
      lat: (index) => beats[index].labelAt[1],
      priority: (index) => beats[index].figures.areaKm2,
      sizePx,
    },
    zoom,
  );
  return new TextLayer<Plan['beats'][number]>({
    id: 'beat-labels',
    data: shown.map((index) => beats[index]),
    getText: name,
    getPosition: (beat) => beat.labelAt,
    getColor: tokenRgba(bright ? 'text1' : 'text3', bright ? 255 : 190),
    getSize: sizePx,
    ...labelHalo(),
    fontWeight: 600,
    updateTriggers: { getColor: [bright, theme], getText: name },
  });
}

/** Areas of somebody else's map, to compare with: dashed in meaning, thin and colourless in fact. */
export function referenceLayer(areas: FeatureCollection<Polygon | MultiPolygon>, scale: number, theme: string): Layer {
  return new GeoJsonLayer({
    id: 'reference-areas',
    data: areas,
    filled: false,
    stroked: true,
    getLineColor: tokenRgba('warn', 150),
    lineWidthUnits: 'pixels',
    getLineWidth: 1 * scale,
    updateTriggers: { getLineColor: theme },
  });
}
