import type { Layer } from '@deck.gl/core';
import { IconLayer, ScatterplotLayer, TextLayer } from '@deck.gl/layers';
import type { Unit } from '@xunfang/geo-data/contract';
import { UNIT_STATUSES, type UnitStatus } from '@xunfang/geo-data/units';
import { countWith, MAP_FONT, thinLabels } from '../map/index.ts';
import { tokenRgba } from '../ui/tokens.ts';
import { changedRows } from './changed-rows.ts';
import { LOST, PLANNED } from './live-units.ts';
import { type Badge, DRAWN_AGES, haloIcon, markIcon, unitIcons } from './unit-icons.ts';

/** Marks so near each other hide one another; pixels at a desk. A label says how many stand with its unit. */
export const STACK_RADIUS_PX = 12;
/** Who is clicked: index is the slot. */
export const UNIT_MARK_LAYER = 'unit-mark';
const MARK_PX = 30;
const LABEL_PX = 12;
/** The planned place is where the beat has its name: mark and call sign stand above it. */
const PLANNED_RAISE_PX = -38;

interface UnitsData {
  length: number;
  /** Of the picture: with another one everything is made anew. */
  version: number;
  attributes: { getPosition: { value: Float64Array; size: number } };
}
export interface UnitsPicture {
  /** Slots to draw: from 0 to one below. */
  count: number;
  /** By slot; a hole where no unit holds the slot. */
  unitOfSlot: readonly (Unit | undefined)[];
  /** Interleaved longitude, latitude by slot. May be the same array with other places in it. */
  places: Float64Array;
  headingDegrees: Float32Array;
  /** NaN where the device does not say. */
  accuracyMeters: Float32Array;
  status: Uint8Array;
  /** Index into AGE_CLASSES by slot, or PLANNED. */
  ageClassOfSlot: Uint8Array;
  selectedSlot: number;
  scale: number;
  /** Text under the mark, by slot: call sign, status when busy, age when old. */
  label: (slot: number) => string;
  /** The same object as long as they are the same; null: none are drawn. */
  labels: UnitLabels | null;
  /** Another number when anything but the places may have changed: a heading, a status, an age, a label. */
  version: number;
  theme: string;
}

/**
 * Marks, badges and call signs of all units. Called for every animation frame: places are a binary attribute, uploaded as they are, and
 * all the others are kept as long as the version is the same. Nothing is allocated per unit.
 */
export function unitsLayers(picture: UnitsPicture): Layer[] {
  const { count, unitOfSlot, places, headingDegrees, status, ageClassOfSlot, selectedSlot, scale, theme, version } =
    picture;
  const icons = unitIcons();
  // A new object each time: deck.gl uploads an attribute when that is another one.
  const data: UnitsData = { length: count, version, attributes: { getPosition: { value: places, size: 2 } } };
  const shared = {
    data,
    _dataDiff: (next: unknown, last: unknown) => changedRows(next as UnitsData, last as UnitsData),
    iconAtlas: icons.atlas,
    iconMapping: icons.mapping,
    sizeUnits: 'pixels' as const,
    getSize: MARK_PX * scale,
    getAngle: (_: unknown, { index }: { index: number }) =>
      Number.isNaN(headingDegrees[index]) ? 0 : -headingDegrees[index],
  };
  // A place long ago or only planned tells no direction.
  const pointed = (slot: number) => !Number.isNaN(headingDegrees[slot]) && ageClassOfSlot[slot] < LOST;
  const raised = (slot: number): [number, number] => [
    0,
    ageClassOfSlot[slot] === PLANNED ? PLANNED_RAISE_PX * scale : 0,
  ];
  const offset = {
    getPixelOffset: (_: unknown, { index }: { index: number }) => raised(index),
  };
  const layerOf = (slot: number) => unitOfSlot[slot]?.forceLayer ?? 'station_patrol';
  return [
    ...accuracyLayer(picture),
    new IconLayer({
      ...shared,
      ...offset,
      id: 'unit-halo',
      getIcon: (_: unknown, { index }: { index: number }) => haloIcon(layerOf(index), pointed(index)),
      getColor: tokenRgba('mapHalo', 230),
    }),
    new IconLayer({
      ...shared,
      id: 'unit-badge',
      getAngle: 0,
      getSize: MARK_PX * 1.25 * scale,
      // Nobody knows what one does that was never heard.
      getIcon: (_: unknown, { index }: { index: number }) =>
        ageClassOfSlot[index] === PLANNED ? 'none' : badgeOf(UNIT_STATUSES[status[index]]),
      getColor: tokenRgba('text1', 230),
    }),
    new IconLayer({
      ...shared,
      ...offset,
      id: UNIT_MARK_LAYER,
      pickable: true,
      getIcon: (_: unknown, { index }: { index: number }) =>
        markIcon(layerOf(index), DRAWN_AGES[ageClassOfSlot[index]], pointed(index)),
      getColor: (_: unknown, { index }: { index: number }) => markColour(ageClassOfSlot[index], status[index]),
    }),
    ...(picture.labels === null ? [] : [labelLayer(picture, picture.labels)]),
    ...(selectedSlot >= 0 && selectedSlot < count
      ? [
          new IconLayer({
            id: 'unit-selected',
            data: [selectedSlot],
            iconAtlas: icons.atlas,
            iconMapping: icons.mapping,
            getIcon: () => 'selected',
            getPosition: (slot: number) => [places[2 * slot], places[2 * slot + 1]],
            getPixelOffset: raised,
            sizeUnits: 'pixels',
            getSize: MARK_PX * 1.5 * scale,
            getColor: tokenRgba('select'),
            updateTriggers: {
              getPosition: [places[2 * selectedSlot], places[2 * selectedSlot + 1]],
              getPixelOffset: ageClassOfSlot[selectedSlot],
              getColor: theme,
            },
          }),
        ]
      : []),
  ];
}

/** Where the selected unit may be as well: the accuracy of its fix, in metres on the ground. */
function accuracyLayer({ places, accuracyMeters, selectedSlot, theme }: UnitsPicture): Layer[] {
  const meters = accuracyMeters[selectedSlot];
  if (!(meters > 0) || Number.isNaN(places[2 * selectedSlot])) return [];
  return [
    new ScatterplotLayer<number>({
      id: 'unit-accuracy',
      data: [selectedSlot],
      getPosition: (slot) => [places[2 * slot], places[2 * slot + 1]],
      radiusUnits: 'meters',
      getRadius: meters,
      stroked: true,
      lineWidthUnits: 'pixels',
      getLineWidth: 1.5,
      getFillColor: tokenRgba('select', 28),
      getLineColor: tokenRgba('select', 190),
      updateTriggers: {
        getPosition: [places[2 * selectedSlot], places[2 * selectedSlot + 1]],
        getRadius: meters,
        getFillColor: theme,
        getLineColor: theme,
      },
    }),
  ];
}

/** Whose labels are drawn, and how many others each hides. */
export interface UnitLabels {
  slots: readonly number[];
  others: ReadonlyMap<number, number>;
}

/** The labels that have room at a zoom, by where the units are told to be; the selected one stays, then those on a call. */
export function unitLabels(
  picture: Pick<UnitsPicture, 'count' | 'unitOfSlot' | 'places' | 'label' | 'selectedSlot' | 'status' | 'scale'>,
  zoom: number,
): UnitLabels {
  const { count, unitOfSlot, places, selectedSlot, status, scale } = picture;
  const points = {
    count,
    lon: (slot: number) => (unitOfSlot[slot] ? places[2 * slot] : Number.NaN),
    lat: (slot: number) => places[2 * slot + 1],
  };
  const slots = thinLabels(
    {
      ...points,
      text: (slot) => (unitOfSlot[slot] ? picture.label(slot) : ''),
      priority: (slot) => (slot === selectedSlot ? 9 : priorityOf(UNIT_STATUSES[status[slot]])),
      sizePx: LABEL_PX * scale,
    },
    zoom,
  );
  return { slots, others: countWith(slots, points, zoom, STACK_RADIUS_PX * scale) };
}

function labelLayer(picture: UnitsPicture, { slots, others }: UnitLabels): Layer {
  const { places, ageClassOfSlot, selectedSlot, scale, version, theme } = picture;
  const text = (slot: number) => {
    const hidden = others.get(slot);
    return hidden === undefined ? picture.label(slot) : `${picture.label(slot)} +${hidden}`;
  };
  return new TextLayer<number>({
    id: 'unit-label',
    data: slots,
    getText: text,
    getPosition: (slot) => [places[2 * slot], places[2 * slot + 1]],
    getColor: (slot) =>
      slot === selectedSlot
        ? tokenRgba('select')
        : ageClassOfSlot[slot] === 2
          ? tokenRgba('warn')
          : ageClassOfSlot[slot] > 2
            ? tokenRgba('text2')
            : tokenRgba('text1'),
    getSize: LABEL_PX * scale,
    getPixelOffset: (slot) => [0, (21 + (ageClassOfSlot[slot] === PLANNED ? PLANNED_RAISE_PX : 0)) * scale],
    fontFamily: MAP_FONT,
    fontWeight: 500,
    characterSet: 'auto',
    // A plate behind the call sign keeps it readable on streets and names; text without a distance field stays crisp.
    background: true,
    getBackgroundColor: tokenRgba('mapHalo', 205),
    backgroundPadding: [4, 1],
    backgroundBorderRadius: 3,
    updateTriggers: {
      getText: version,
      // Places move between versions.
      getPosition: performance.now(),
      getPixelOffset: version,
      getColor: [version, theme],
      getBackgroundColor: theme,
    },
  });
}

/** Which frame is drawn around a unit in that status. */
export function badgeOf(status: UnitStatus | undefined): Badge {
  if (status === 'dispatched' || status === 'acknowledged' || status === 'en_route') return 'called';
  if (status === 'on_scene') return 'on_scene';
  if (status === 'out_of_service' || status === 'off_duty') return 'out';
  return 'none';
}

function priorityOf(status: UnitStatus | undefined): number {
  const badge = badgeOf(status);
  return badge === 'called' ? 3 : badge === 'on_scene' ? 2 : 1;
}

function markColour(age: number, status: number): [number, number, number, number] {
  if (age >= 3) return tokenRgba('text2');
  if (age === 2) return tokenRgba('warn');
  return badgeOf(UNIT_STATUSES[status]) === 'out' ? tokenRgba('text3') : tokenRgba('text1');
}
