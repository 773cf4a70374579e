import type { Unit } from '@xunfang/geo-data/contract';
import { unitStatusCode } from '@xunfang/geo-data/units';
import { useEffect } from 'react';
import { mapLayers, useZoomStep } from '../map/index.ts';
import { useDisplay } from '../ui/index.ts';
import { LOST, unitLabels, unitsLayers } from '../units/index.ts';
import { pickUnit, seekTimeline, useTimeline } from './timeline-store.ts';
import { type PeriodTracks, usePeriodTracks } from './track-data.ts';
import { positionAt } from './track-positions.ts';
import { chosenTrackLayers } from './tracks-layers.ts';
import { useTrackWords } from './track-words.ts';

const OWNER = 'past-units';
const CHOSEN_OWNER = 'past-track';
/** Index into AGE_CLASSES of units/: told lately. */
const FRESH = 0;
/** The status of a past fix is not in the block; the mark says where, the timeline says what. */
const STATUS = unitStatusCode('patrolling');

/** Where all units were at the instant of the cursor. */
export function TracksOnMap() {
  const { tracks } = usePeriodTracks();
  const words = useTrackWords();
  const scale = useDisplay((state) => state.scale);
  const theme = useDisplay((state) => state.theme);
  // Which names have room depends on it.
  const zoom = useZoomStep();
  useEffect(() => {
    if (!tracks) return;
    return startDrawing(tracks, { scale, theme, zoom, line: words.line });
  }, [tracks, scale, theme, zoom, words]);
  return null;
}

interface Look {
  scale: number;
  theme: string;
  zoom: number;
  line: (track: PeriodTracks['units'][number], instant: number) => string;
}

function startDrawing(tracks: PeriodTracks, { scale, theme, zoom, line }: Look): () => void {
  const { units } = tracks;
  const unitOfSlot = units.map(
    (track, slot): Unit =>
      track.unit ?? {
        id: track.id,
        slot,
        callSign: track.callSign,
        kind: 'car',
        forceLayer: 'station_patrol',
        crew: 0,
        beatNumber: null,
        simulated: track.simulated,
      },
  );
  const headingDegrees = new Float32Array(units.length);
  const ageClassOfSlot = new Uint8Array(units.length);
  const status = new Uint8Array(units.length).fill(STATUS);
  const accuracyMeters = new Float32Array(units.length).fill(Number.NaN);
  let version = 0;
  let wanted = 0;
  const draw = () => {
    wanted = 0;
    const { cursorSeconds, unitId } = useTimeline.getState();
    // A new array each time: deck.gl uploads an attribute when its array is another one.
    const places = new Float64Array(2 * units.length);
    for (const [slot, track] of units.entries()) {
      const at = positionAt(track, cursorSeconds);
      places[2 * slot] = at.lon;
      places[2 * slot + 1] = at.lat;
      headingDegrees[slot] = at.headingDegrees;
      ageClassOfSlot[slot] = at.ageSeconds > track.maxGapSeconds ? LOST : FRESH;
    }
    const picture = {
      count: units.length,
      unitOfSlot,
      places,
      headingDegrees,
      accuracyMeters,
      status,
      ageClassOfSlot,
      selectedSlot: units.findIndex(({ id }) => id === unitId),
      scale,
      theme,
      label: (slot: number) => units[slot].callSign,
      version: ++version,
    };
    const layers = unitsLayers({ ...picture, labels: unitLabels(picture, zoom) });
    mapLayers.set(OWNER, 'units', layers, {
      onClick: (pick) => pickUnit(units[pick.index]?.id ?? null),
      tooltip: (pick) => (units[pick.index] ? line(units[pick.index], cursorSeconds) : null),
    });
    const chosen = units.find(({ id }) => id === unitId);
    if (!chosen) {
      mapLayers.remove(CHOSEN_OWNER);
      return;
    }
    const { stops } = chosen.segments;
    mapLayers.set(CHOSEN_OWNER, 'trails', chosenTrackLayers(chosen, cursorSeconds, scale, theme), {
      onClick: (pick) => pick.layer?.id === 'track-stops' && seekTimeline(stops.startSeconds[pick.index]),
      tooltip: (pick) => (pick.layer?.id === 'track-stops' ? line(chosen, stops.startSeconds[pick.index]) : null),
    });
  };
  const soon = () => {
    wanted ||= requestAnimationFrame(draw);
  };
  soon();
  const stop = useTimeline.subscribe(soon);
  return () => {
    stop();
    cancelAnimationFrame(wanted);
    mapLayers.remove(OWNER);
    mapLayers.remove(CHOSEN_OWNER);
  };
}
