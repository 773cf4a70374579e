import type { Layer } from '@deck.gl/core';
import { PathLayer, ScatterplotLayer, SolidPolygonLayer, TextLayer } from '@deck.gl/layers';
import { type AtomShapes, meanAtomKm2, NO_ATOM, UNASSIGNED } from '@xunfang/geo-data/beats';
import { labelHalo, thinLabels } from '../../map/index.ts';
import { hexRgba, hueOf, SEQUENTIAL_RAMP, type TokenName, tokenRgba } from '../../ui/tokens.ts';
import type { OtherPointer } from '../draft/presence.ts';
import type { OtherPlan } from '../compare/compare-store.ts';
import type { FactorClasses } from '../score/factor-classes.ts';
import type { Sketch, StudioSession } from '../studio-session.ts';
import { type AtomPart, hatchOf, outlineOf, type Segments, segmentsWhere } from './map-picture.ts';

export interface StudioPicture {
  session: StudioSession;
  shapes: AtomShapes;
  parts: readonly AtomPart[];
  /** Raised with every change of the assignment shown. */
  tick: number;
  beat: number | null;
  factor: FactorClasses | null;
  /** Atoms cut off from their beat. */
  torn: ReadonlySet<number>;
  changed: readonly number[];
  /** Atoms named in a comparison. */
  marked: ReadonlySet<number>;
  /** West of `lon` another plan is drawn. */
  swipe: { other: OtherPlan; lon: number } | null;
  pickable: boolean;
  /** Draws the atoms themselves: while painting. */
  grid: boolean;
  scale: number;
  theme: string;
}

type Rgba = [number, number, number, number];
const HATCHES_PER_ATOM = 4;
const KM_PER_DEGREE = 111.3;

/** The plan as it is painted. Fills change by one attribute, borders are gathered anew from the edges of atoms. */
export function planLayers(picture: StudioPicture): Layer[] {
  const { session, shapes, parts, tick, beat, factor, theme, scale } = picture;
  const view = session.picture;
  const { shown, zoneOf, colourOther } = assignmentOf(picture);
  const hues: Rgba[] = view.beats.map(({ colour }, key) => hexRgba(hueOf(colour), key === beat ? 120 : 66));
  const ramp: Rgba[] = SEQUENTIAL_RAMP.map((hex, index) => hexRgba(hex, index === 0 ? 64 : 190));
  const colourOf = (atom: number): Rgba => {
    if (factor) return factor.classOfAtom[atom] === 0xff ? [0, 0, 0, 0] : ramp[factor.classOfAtom[atom]];
    if (shown[atom] >= OTHER) return colourOther(shown[atom] - OTHER);
    if (shown[atom] === UNASSIGNED) return tokenRgba('act', 60);
    return hues[shown[atom]] ?? [0, 0, 0, 0];
  };
  const isZoneBorder = (atom: number, other: number) => other === NO_ATOM || zoneOf(atom) !== zoneOf(other);
  const isBeatBorder = (atom: number, other: number) => other !== NO_ATOM && shown[atom] !== shown[other];
  return [
    new SolidPolygonLayer<AtomPart>({
      id: 'studio-atoms',
      data: parts,
      positionFormat: 'XY',
      getPolygon: ({ polygon }) => polygon,
      getFillColor: ({ atom }) => colourOf(atom),
      extruded: false,
      pickable: picture.pickable,
      updateTriggers: { getFillColor: [tick, beat, factor, theme, picture.swipe?.lon, picture.swipe?.other] },
    }),
    ...(picture.grid ? [lines('studio-grid', allEdges(shapes), 'text3', 40, 0.5 * scale, theme)] : []),
    lines('studio-beats', segmentsWhere(shapes, isBeatBorder), 'text3', 190, 1.2 * scale, theme),
    lines('studio-zones', segmentsWhere(shapes, isZoneBorder), 'text2', 235, 2.8 * scale, theme),
    ...(beat === null
      ? []
      : [
          lines(
            'studio-beat',
            segmentsWhere(
              shapes,
              (atom, other) => (shown[atom] === beat) !== (other !== NO_ATOM && shown[other] === beat),
            ),
            'select',
            255,
            2.4 * scale,
            theme,
          ),
        ]),
    ...marks(picture),
  ];
}

/** Beats of the other plan in a swipe count from here. */
const OTHER = 0x10000;

/** What is drawn where: the draft, and in a swipe the other plan west of the divider. */
function assignmentOf({ session, swipe }: StudioPicture) {
  const { picture: view, shown } = session;
  const zoneOfKey = (key: number) => view.beats[key]?.zone ?? -1;
  if (!swipe) return { shown, zoneOf: (atom: number) => zoneOfKey(shown[atom]), colourOther: (): Rgba => [0, 0, 0, 0] };
  const { lon } = session.ground.atoms;
  const { numberOfAtom, colourOfNumber, zoneOfNumber } = swipe.other;
  const both = Uint32Array.from(shown, (key, atom) => (lon[atom] < swipe.lon ? OTHER + numberOfAtom[atom] : key));
  return {
    shown: both,
    zoneOf: (atom: number) =>
      both[atom] >= OTHER ? OTHER + (zoneOfNumber.get(both[atom] - OTHER) ?? -1) : zoneOfKey(both[atom]),
    colourOther: (number: number): Rgba =>
      number === UNASSIGNED ? tokenRgba('act', 60) : hexRgba(hueOf(colourOfNumber.get(number) ?? 0), 66),
  };
}

/** What is said about atoms: locked, cut off, changed, touched by others a moment ago. */
function marks({ session, shapes, parts, torn, changed, marked, scale, theme }: StudioPicture): Layer[] {
  const { atoms } = session.ground;
  const locked = new Set<number>();
  session.view.lockedAtoms.forEach((flag, atom) => flag === 1 && locked.add(atom));
  const spacing = Math.sqrt(meanAtomKm2(atoms)) / KM_PER_DEGREE / HATCHES_PER_ATOM;
  const layers: Layer[] = [];
  if (locked.size > 0)
    layers.push(lines('studio-locked', hatchOf(parts, locked, -1, spacing), 'text2', 110, 1 * scale, theme));
  if (torn.size > 0) {
    layers.push(lines('studio-torn', hatchOf(parts, torn, 1, spacing), 'act', 200, 1.4 * scale, theme));
    layers.push(lines('studio-torn-outline', outlineOf(shapes, torn), 'act', 255, 2.4 * scale, theme));
  }
  if (marked.size > 0) layers.push(lines('studio-marked', outlineOf(shapes, marked), 'text1', 255, 2.2 * scale, theme));
  if (session.flashed.size > 0)
    layers.push(lines('studio-flash', outlineOf(shapes, session.flashed), 'warn', 255, 2 * scale, theme));
  if (changed.length > 0)
    layers.push(
      new ScatterplotLayer<number>({
        id: 'studio-changed',
        data: changed,
        getPosition: (atom) => [atoms.lon[atom], atoms.lat[atom]],
        radiusUnits: 'pixels',
        getRadius: 2.4 * scale,
        getFillColor: tokenRgba('text1', 230),
        updateTriggers: { getFillColor: theme },
      }),
    );
  return layers;
}

/** In progress: nothing of this is in the plan yet. */
export function sketchLayers({
  sketch,
  shapes,
  pointers,
  scale,
  theme,
}: {
  sketch: Sketch | null;
  shapes: AtomShapes;
  pointers: readonly OtherPointer[];
  scale: number;
  theme: string;
}): Layer[] {
  const layers: Layer[] = [];
  if (sketch?.kind === 'atoms')
    layers.push(lines('studio-sketch', outlineOf(shapes, new Set(sketch.atoms)), 'select', 255, 2 * scale, theme));
  if (sketch?.kind === 'rectangle') {
    const [[west, south], [east, north]] = [sketch.from, sketch.to];
    const corners: [number, number][] = [
      [west, south],
      [east, south],
      [east, north],
      [west, north],
      [west, south],
    ];
    layers.push(path('studio-sketch', corners, scale, theme));
  }
  if (sketch?.kind === 'line' && sketch.places.length > 1) {
    const places = sketch.places.map(([lon, lat]): [number, number] => [lon, lat]);
    layers.push(path('studio-sketch', sketch.closed ? [...places, places[0]] : places, scale, theme));
  }
  if (pointers.length > 0) {
    layers.push(
      new ScatterplotLayer<OtherPointer>({
        id: 'studio-pointers',
        data: pointers,
        getPosition: ({ lon, lat }) => [lon, lat],
        radiusUnits: 'pixels',
        getRadius: 5 * scale,
        stroked: true,
        lineWidthUnits: 'pixels',
        getLineWidth: 1.5 * scale,
        getLineColor: tokenRgba('mapHalo'),
        getFillColor: tokenRgba('warn'),
        updateTriggers: { getLineColor: theme, getFillColor: theme },
      }),
      new TextLayer<OtherPointer>({
        id: 'studio-pointer-names',
        data: pointers,
        getPosition: ({ lon, lat }) => [lon, lat],
        getText: ({ displayName }) => displayName,
        getSize: 12 * scale,
        getColor: tokenRgba('warn'),
        getTextAnchor: 'start',
        getAlignmentBaseline: 'center',
        getPixelOffset: [10 * scale, 0],
        ...labelHalo(),
        updateTriggers: { getColor: theme },
      }),
    );
  }
  return layers;
}

export interface BeatLabel {
  key: number;
  text: string;
  lon: number;
  lat: number;
  priority: number;
}

export function labelLayer(labels: readonly BeatLabel[], zoom: number, scale: number, theme: string): Layer {
  const sizePx = 13 * scale;
  const shown = thinLabels(
    {
      count: labels.length,
      text: (index) => labels[index].text,
      lon: (index) => labels[index].lon,
      lat: (index) => labels[index].lat,
      priority: (index) => labels[index].priority,
      sizePx,
    },
    zoom,
  );
  return new TextLayer<BeatLabel>({
    id: 'studio-labels',
    data: shown.map((index) => labels[index]),
    getText: ({ text }) => text,
    getPosition: ({ lon, lat }) => [lon, lat],
    getColor: tokenRgba('text1'),
    getSize: sizePx,
    fontWeight: 600,
    ...labelHalo(),
    updateTriggers: { getColor: theme },
  });
}

function lines(id: string, data: Segments, colour: TokenName, alpha: number, widthPx: number, theme: string): Layer {
  return new PathLayer({
    id,
    data,
    _pathType: 'open',
    positionFormat: 'XY',
    capRounded: true,
    jointRounded: true,
    widthUnits: 'pixels',
    getWidth: widthPx,
    getColor: tokenRgba(colour, alpha),
    updateTriggers: { getColor: [theme, colour, alpha], getWidth: widthPx },
  });
}

function path(id: string, places: [number, number][], scale: number, theme: string): Layer {
  return new PathLayer<[number, number][]>({
    id,
    data: [places],
    getPath: (line) => line,
    capRounded: true,
    jointRounded: true,
    widthUnits: 'pixels',
    getWidth: 2 * scale,
    getColor: tokenRgba('select'),
    updateTriggers: { getColor: theme },
  });
}

/** Never changes: gathered once per set of shapes. */
const edgesOf = new WeakMap<AtomShapes, Segments>();
function allEdges(shapes: AtomShapes): Segments {
  let known = edgesOf.get(shapes);
  if (!known) {
    known = segmentsWhere(shapes, () => true);
    edgesOf.set(shapes, known);
  }
  return known;
}
