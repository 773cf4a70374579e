import { UNIT_STATUSES } from '@xunfang/geo-data/units';
import { useEffect } from 'react';
import { useBeatPlaces } from '../beats/index.ts';
import { translate, useLanguage } from '../i18n/index.ts';
import { type MapPick, mapCamera, mapLayers, useLayerVisible, zoomStep } from '../map/index.ts';
import { select, useDisplay, useSelectedId } from '../ui/index.ts';
import { ageClass, ageSeconds, isSliding, PLANNED, placesToDraw } from './live-units.ts';
import { unitMessages } from './messages.ts';
import { TrailOnMap } from './trail-on-map.tsx';
import { ageThresholds, liveUnits, onUnitsChanged, unitsBySlot, useUnitFeed } from './unit-feed.ts';
import { placeOf, plannedPlace, setBeatPlaces } from './unit-places.ts';
import { unitsAt } from './unit-stack.tsx';
import { unitLabel, unitLine } from './unit-words.ts';
import { badgeOf, unitLabels, unitsLayers } from './units-layers.ts';

export const UNITS_LAYER = 'units';
export const UNIT_LABELS_LAYER = 'unit-labels';
/** Ages turn while nothing is heard, and labels tell them: so often all is made anew, whatever comes. */
const AGEING_MS = 2000;

/** Draws the units of the watched bureau. Positions go from the socket to the graphics card without passing React. */
export function UnitsOnMap() {
  useUnitFeed();
  const beatPlaces = useBeatPlaces();
  useEffect(() => setBeatPlaces(beatPlaces), [beatPlaces]);
  const visible = useLayerVisible(UNITS_LAYER);
  const showLabels = useLayerVisible(UNIT_LABELS_LAYER);
  const selectedId = useSelectedId('unit');
  const scale = useDisplay((state) => state.scale);
  const theme = useDisplay((state) => state.theme);
  const language = useLanguage();
  useEffect(() => {
    if (!visible) return;
    return startDrawing({ selectedId: selectedId === null ? null : Number(selectedId), showLabels, scale, theme });
    // The labels are made in the language of the moment.
  }, [visible, showLabels, selectedId, scale, theme, language]);
  return <TrailOnMap />;
}

interface Look {
  selectedId: number | null;
  showLabels: boolean;
  scale: number;
  theme: string;
}

function startDrawing(look: Look): () => void {
  const calm = window.matchMedia('(prefers-reduced-motion: reduce)').matches;
  let places = new Float64Array(0);
  let picture: ReturnType<typeof pictureNow> | null = null;
  let animation = 0;
  const draw = () => {
    const nowMs = performance.now();
    if (picture === null || !holds(picture, nowMs)) picture = pictureNow(look, nowMs);
    if (places.length !== 2 * liveUnits.capacity) places = new Float64Array(2 * liveUnits.capacity);
    placesToDraw(liveUnits, calm ? Number.POSITIVE_INFINITY : nowMs, places);
    for (const slot of picture.plannedSlots) {
      places[2 * slot] = picture.places[2 * slot];
      places[2 * slot + 1] = picture.places[2 * slot + 1];
    }
    mapLayers.set(UNITS_LAYER, 'units', unitsLayers({ ...picture, places }), POINTER);
  };
  const slide = () => {
    draw();
    // Whoever has arrived stays there until the next frame: no picture is drawn twice.
    animation = isSliding(liveUnits, performance.now()) ? requestAnimationFrame(slide) : 0;
  };
  const onChange = () => {
    if (calm) draw();
    else if (animation === 0) animation = requestAnimationFrame(slide);
  };
  const stop = onUnitsChanged(onChange);
  // With the link down no frame comes, but ages must still turn; and labels follow the zoom.
  const ageing = window.setInterval(() => picture !== null && !holds(picture, performance.now()) && draw(), 500);
  draw();
  return () => {
    stop();
    cancelAnimationFrame(animation);
    window.clearInterval(ageing);
    mapLayers.remove(UNITS_LAYER);
  };
}

const POINTER = {
  onClick: (pick: MapPick) => selectUnit(pick),
  tooltip: (pick: MapPick) => unitLine(pick.index),
  stackAt: unitsAt,
};

/** Everything but the places on the way, which are made anew for every animation frame: these are where the ways end. */
function pictureNow(look: Look, nowMs: number) {
  const unitOfSlot = unitsBySlot();
  const count = Math.min(unitOfSlot.length, liveUnits.capacity);
  const places = new Float64Array(2 * liveUnits.capacity);
  placesToDraw(liveUnits, Number.POSITIVE_INFINITY, places);
  const ageClassOfSlot = new Uint8Array(count);
  const plannedSlots: number[] = [];
  for (let slot = 0; slot < count; slot++) {
    ageClassOfSlot[slot] = ageClass(ageSeconds(liveUnits, slot, nowMs), ageThresholds(unitOfSlot[slot]?.kind));
    if (!Number.isNaN(places[2 * slot])) continue;
    const planned = plannedPlace(unitOfSlot[slot]);
    if (planned === undefined) continue;
    ageClassOfSlot[slot] = PLANNED;
    places[2 * slot] = planned[0];
    places[2 * slot + 1] = planned[1];
    plannedSlots.push(slot);
  }
  const zoom = zoomStep();
  const picture = {
    count,
    unitOfSlot,
    places,
    headingDegrees: liveUnits.headingDegrees,
    accuracyMeters: liveUnits.accuracyMeters,
    status: liveUnits.status,
    ageClassOfSlot,
    selectedSlot: unitOfSlot.findIndex((unit) => unit?.id === look.selectedId),
    scale: look.scale,
    theme: look.theme,
    label: (slot: number) => unitLabel(slot, nowMs),
    version: nowMs,
  };
  const labels = look.showLabels ? unitLabels(picture, zoom) : null;
  return { ...picture, labels, plannedSlots, zoom, ofFrame: liveUnits.version };
}

/** Whether a picture still tells the truth, but for the places on the way. */
function holds(picture: { version: number; zoom: number; ofFrame: number }, nowMs: number): boolean {
  return picture.ofFrame === liveUnits.version && picture.zoom === zoomStep() && nowMs - picture.version < AGEING_MS;
}

function selectUnit(pick: MapPick): void {
  const unit = unitsBySlot()[pick.index];
  if (unit) select('unit', unit.id);
}

/** Flies to where a unit is drawn; does nothing for one that is not on the map. */
export function showUnit(unitId: number): void {
  const place = placeOf(unitsBySlot().findIndex((unit) => unit?.id === unitId));
  if (place === null) return;
  const zoom = Math.max(mapCamera.view()?.zoom ?? 0, 15.5);
  mapCamera.flyTo({ lon: place[0], lat: place[1], zoom });
}

/** How many are on a call now, for the counters. */
export function countBusy(): { total: number; busy: number; available: number; old: number } {
  const nowMs = performance.now();
  const counts = { total: 0, busy: 0, available: 0, old: 0 };
  unitsBySlot().forEach((unit, slot) => {
    if (!unit) return;
    counts.total++;
    const badge = badgeOf(UNIT_STATUSES[liveUnits.status[slot]]);
    if (ageClass(ageSeconds(liveUnits, slot, nowMs), ageThresholds(unit.kind)) >= 2) counts.old++;
    else if (badge === 'called' || badge === 'on_scene') counts.busy++;
    else if (badge === 'none') counts.available++;
  });
  return counts;
}

/** The unit's words in the language of the moment; for toasts and search. */
export const unitText = () => translate(unitMessages);
