import { UNIT_STATUSES } from '@xunfang/geo-data/units';
import { useEffect } from 'react';
import { useBeatPlaces } from '../beats/index.ts';
import { translate, useLanguage } from '../i18n/index.ts';
import { type MapPick, mapCamera, mapLayers, useLayerVisible, zoomStep } from '../map/index.ts';
import { select, useDisplay, useSelectedId } from '../ui/index.ts';
import { ageClass, ageSeconds, PLANNED, placesToDraw } from './live-units.ts';
import { unitMessages } from './messages.ts';
import { useTrailShown } from './trail-shown.ts';
import { ageThresholds, liveUnits, onUnitsChanged, unitsBySlot, useTrail, useUnitFeed } from './unit-feed.ts';
import { placeOf, plannedPlace, setBeatPlaces } from './unit-places.ts';
import { unitsAt } from './unit-stack.tsx';
import { unitLabel, unitLine } from './unit-words.ts';
import { badgeOf, trailLayer, unitsLayers } from './units-layers.ts';

export const UNITS_LAYER = 'units';
export const UNIT_LABELS_LAYER = 'unit-labels';
/** Smooth enough for a car in town, and half the work of every animation frame. */
const FRAME_MS = 33;

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

function startDrawing(look: { selectedId: number | null; showLabels: boolean; scale: number; theme: string }) {
  const calm = window.matchMedia('(prefers-reduced-motion: reduce)').matches;
  let places = new Float64Array(0);
  let ages = new Uint8Array(0);
  let animation = 0;
  let lastDrawnMs = 0;
  const draw = () => {
    const nowMs = performance.now();
    const unitOfSlot = unitsBySlot();
    const count = Math.min(unitOfSlot.length, liveUnits.capacity);
    if (ages.length !== count) ages = new Uint8Array(count);
    // A new array each time: deck.gl uploads an attribute when its array is another one.
    places = new Float64Array(2 * liveUnits.capacity);
    placesToDraw(liveUnits, calm ? Number.POSITIVE_INFINITY : nowMs, places);
    for (let slot = 0; slot < count; slot++) {
      ages[slot] = ageClass(ageSeconds(liveUnits, slot, nowMs), ageThresholds(unitOfSlot[slot]?.kind));
      if (!Number.isNaN(places[2 * slot])) continue;
      const planned = plannedPlace(unitOfSlot[slot]);
      if (planned === undefined) continue;
      ages[slot] = PLANNED;
      places[2 * slot] = planned[0];
      places[2 * slot + 1] = planned[1];
    }
    const layers = unitsLayers({
      ...look,
      unitOfSlot: unitOfSlot.slice(0, count),
      places,
      headingDegrees: liveUnits.headingDegrees,
      status: liveUnits.status,
      ageClassOfSlot: ages,
      zoom: zoomStep(),
      version: nowMs,
      selectedSlot: unitOfSlot.findIndex((unit) => unit?.id === look.selectedId),
      label: (slot) => unitLabel(slot, nowMs),
    });
    mapLayers.set(UNITS_LAYER, 'units', layers, {
      onClick: (pick) => selectUnit(pick),
      tooltip: (pick) => unitLine(pick.index),
      stackAt: unitsAt,
    });
    lastDrawnMs = nowMs;
  };
  const slide = () => {
    if (performance.now() - lastDrawnMs >= FRAME_MS) draw();
    // Everyone has arrived one tick after the frame: nothing moves until the next.
    animation = performance.now() - liveUnits.arrivedAtMs < 1100 ? requestAnimationFrame(slide) : 0;
  };
  const onChange = () => {
    if (calm) draw();
    else if (animation === 0) animation = requestAnimationFrame(slide);
  };
  const stop = onUnitsChanged(onChange);
  // With the link down no frame comes, but ages must still turn.
  const ageing = window.setInterval(() => performance.now() - lastDrawnMs > 4000 && draw(), 2000);
  draw();
  return () => {
    stop();
    cancelAnimationFrame(animation);
    window.clearInterval(ageing);
    mapLayers.remove(UNITS_LAYER);
  };
}

function TrailOnMap() {
  const selectedId = useSelectedId('unit');
  const { shown, minutes } = useTrailShown();
  const unitId = shown && selectedId !== null ? Number(selectedId) : null;
  const { data } = useTrail(unitId, minutes);
  const scale = useDisplay((state) => state.scale);
  const theme = useDisplay((state) => state.theme);
  useEffect(() => {
    if (unitId === null || !data || data.points.length < 2) return;
    mapLayers.set('unit-trail', 'trails', [trailLayer(data, scale, theme)]);
    return () => mapLayers.remove('unit-trail');
  }, [unitId, data, scale, theme]);
  return null;
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
