import type { Layer } from '@deck.gl/core';
import { PathStyleExtension } from '@deck.gl/extensions';
import { PathLayer, PolygonLayer, ScatterplotLayer, TextLayer } from '@deck.gl/layers';
import type { Geofence, GeofenceKind } from '@xunfang/geo-data/contract';
import { labelHalo, MAP_FONT } from '../map/index.ts';
import { type TokenName, tokenRgba } from '../ui/tokens.ts';
import type { FenceDraft } from './fence-draft.ts';

type Position = [number, number];
interface FenceRing {
  fence: Geofence;
  path: Position[];
}

export interface FencesPicture {
  fences: readonly Geofence[];
  /** Fences with an alarm that nobody has closed. */
  alarmed: ReadonlySet<number>;
  selectedId: number | null;
  name: (fence: Geofence) => string;
  scale: number;
  theme: string;
}

/** Kinds differ by their line: solid where nobody goes, long dashes where one stays, dots where it is only noted. */
export const DASHES: Record<GeofenceKind, [number, number]> = {
  restricted: [0, 0],
  keep_in: [7, 3],
  watch: [1.5, 2.5],
};
const WIDTH_PX: Record<GeofenceKind, number> = { restricted: 3.5, keep_in: 2.5, watch: 2.5 };

/** Grey like every area at rest; red while its alarm is open, pale outside its hours. */
export function geofenceLayers({ fences, alarmed, selectedId, name, scale, theme }: FencesPicture): Layer[] {
  const polygons = fences.flatMap((fence) => polygonsOf(fence).map((polygon) => ({ fence, polygon })));
  const rings = polygons.flatMap(({ fence, polygon }) => polygon.map((path): FenceRing => ({ fence, path })));
  const colourOf = ({ id }: Geofence): TokenName => (alarmed.has(id) ? 'act' : id === selectedId ? 'select' : 'text1');
  const triggers = [theme, selectedId, [...alarmed].join()];
  return [
    new PolygonLayer<{ fence: Geofence; polygon: Position[][] }>({
      id: 'geofence-areas',
      data: polygons,
      pickable: true,
      stroked: false,
      getPolygon: ({ polygon }) => polygon,
      getFillColor: ({ fence }) => tokenRgba(colourOf(fence), fence.kind === 'restricted' ? 34 : 16),
      updateTriggers: { getFillColor: triggers },
    }),
    new PathLayer<FenceRing>({
      id: 'geofence-borders',
      data: rings,
      getPath: ({ path }) => path,
      widthUnits: 'pixels',
      getWidth: ({ fence }) => WIDTH_PX[fence.kind] * scale,
      getColor: ({ fence }) => tokenRgba(colourOf(fence), fence.active ? 235 : 90),
      extensions: [new PathStyleExtension({ dash: true, highPrecisionDash: true })],
      ...({ getDashArray: ({ fence }: FenceRing) => DASHES[fence.kind], dashJustified: true } as object),
      updateTriggers: { getColor: triggers },
    }),
    new TextLayer<Geofence>({
      id: 'geofence-names',
      data: fences,
      getText: name,
      getPosition: northOf,
      getPixelOffset: [0, -10 * scale],
      getSize: 13 * scale,
      getColor: (fence) => tokenRgba(colourOf(fence), fence.active ? 255 : 150),
      ...labelHalo(),
      fontWeight: 600,
      updateTriggers: { getColor: triggers, getText: name },
    }),
  ];
}

export interface DraftPicture {
  draft: FenceDraft;
  /** Where the pointer is while a ring is drawn. */
  pointer: Position | null;
  /** What is wrong with it, and where. */
  faultAt: Position | null;
  scale: number;
  theme: string;
}

/** The fence being drawn: its lines, corners to take hold of, and a cross where it is at fault. */
export function draftLayers({ draft, pointer, faultAt, scale, theme }: DraftPicture): Layer[] {
  const { rings, drawing, chosen } = draft;
  const lines = rings.map((ring, i) => {
    const path = ring.map(([lon, lat]): Position => [lon, lat]);
    if (i !== drawing) return [...path, path[0]];
    return pointer && path.length > 0 ? [...path, pointer] : path;
  });
  const corners = rings.flatMap((ring, i) =>
    ring.map(([lon, lat], corner) => ({ at: [lon, lat] as Position, ring: i, corner })),
  );
  const middles = middlesOf(draft).map(({ at }) => at);
  const isChosen = ({ ring, corner }: { ring: number; corner: number }) =>
    ring === chosen?.ring && corner === chosen.corner;
  const cross = faultAt === null ? [] : [faultAt];
  return [
    new PathLayer<Position[]>({
      id: 'fence-draft-lines',
      data: lines.filter((path) => path.length > 1),
      getPath: (path) => path,
      widthUnits: 'pixels',
      getWidth: 2.5 * scale,
      getColor: tokenRgba('select'),
      updateTriggers: { getColor: theme },
    }),
    new ScatterplotLayer<Position>({
      id: 'fence-draft-middles',
      data: middles,
      getPosition: (at) => at,
      radiusUnits: 'pixels',
      getRadius: 4 * scale,
      getFillColor: tokenRgba('select', 150),
      updateTriggers: { getFillColor: theme },
    }),
    new ScatterplotLayer<(typeof corners)[number]>({
      id: 'fence-draft-corners',
      data: corners,
      getPosition: ({ at }) => at,
      radiusUnits: 'pixels',
      lineWidthUnits: 'pixels',
      stroked: true,
      getRadius: (corner) => (isChosen(corner) ? 8 : 6) * scale,
      getFillColor: (corner) => tokenRgba(isChosen(corner) ? 'select' : 'surface1'),
      getLineColor: tokenRgba('select'),
      getLineWidth: 2.5 * scale,
      updateTriggers: { getFillColor: [theme, chosen], getRadius: [chosen, scale], getLineColor: theme },
    }),
    new TextLayer<Position>({
      id: 'fence-draft-fault',
      data: cross,
      getPosition: (at) => at,
      getText: () => '✕',
      getSize: 30 * scale,
      getColor: tokenRgba('act'),
      fontFamily: MAP_FONT,
      fontWeight: 700,
      characterSet: ['✕'],
      updateTriggers: { getColor: theme },
    }),
  ];
}

/** The middle of every edge of the finished rings: taken hold of, it becomes a corner. */
export function middlesOf({ rings, drawing }: FenceDraft): { at: Position; ring: number; after: number }[] {
  return rings.flatMap((ring, i) =>
    i === drawing
      ? []
      : ring.map(([lon, lat], corner) => {
          const [nextLon, nextLat] = ring[(corner + 1) % ring.length];
          return { at: [(lon + nextLon) / 2, (lat + nextLat) / 2] as Position, ring: i, after: corner };
        }),
  );
}

export function polygonsOf({ area }: Geofence): Position[][][] {
  return area.type === 'Polygon' ? [area.coordinates] : area.coordinates;
}

/** The name stands above the northernmost corner: what is inside stays free. */
function northOf(fence: Geofence): Position {
  return polygonsOf(fence)
    .flatMap(([border]) => border)
    .reduce((north, position) => (position[1] > north[1] ? position : north));
}
