import type { Layer } from '@deck.gl/core';
import { PathLayer, ScatterplotLayer } from '@deck.gl/layers';
import { tokenRgba } from '../ui/tokens.ts';
import type { UnitTrack } from './track-data.ts';
import { positionAt, rowAt } from './track-positions.ts';

/** So much of the way before the instant is drawn. */
const TAIL_SECONDS = 900;

/** The way of the chosen unit up to the instant, and its stops of the period in their true size. */
export function chosenTrackLayers(track: UnitTrack, instant: number, scale: number, theme: string): Layer[] {
  const { seconds, lon, lat } = track;
  const to = rowAt(seconds, instant);
  const path: [number, number][] = [];
  for (let row = Math.max(0, rowAt(seconds, instant - TAIL_SECONDS) + 1); row <= to; row++) {
    // Nobody knows the way through a silence: it begins anew after it.
    if (row > 0 && seconds[row] - seconds[row - 1] > track.maxGapSeconds) path.length = 0;
    path.push([lon[row], lat[row]]);
  }
  const now = positionAt(track, instant);
  if (!Number.isNaN(now.lon)) path.push([now.lon, now.lat]);
  const { stops } = track.segments;
  return [
    new ScatterplotLayer<number>({
      id: 'track-stops',
      data: Array.from({ length: stops.count }, (_, stop) => stop),
      pickable: true,
      getPosition: (stop) => [stops.lon[stop], stops.lat[stop]],
      radiusUnits: 'meters',
      radiusMinPixels: 5 * scale,
      getRadius: (stop) => stops.radiusMeters[stop],
      stroked: true,
      lineWidthUnits: 'pixels',
      getLineWidth: 1.5 * scale,
      getFillColor: tokenRgba('text1', 30),
      getLineColor: tokenRgba('text1', 200),
      updateTriggers: { getPosition: track, getRadius: track, getFillColor: theme, getLineColor: theme },
    }),
    new PathLayer({
      id: 'track-tail',
      data: path.length < 2 ? [] : [path],
      getPath: (line) => line,
      getColor: tokenRgba('select', 190),
      widthUnits: 'pixels',
      getWidth: 2.5 * scale,
      capRounded: true,
      jointRounded: true,
      updateTriggers: { getColor: theme },
    }),
  ];
}
