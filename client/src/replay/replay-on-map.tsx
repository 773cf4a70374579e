import { H3HexagonLayer } from '@deck.gl/geo-layers';
import { ScatterplotLayer } from '@deck.gl/layers';
import type { IncidentColumns } from '@xunfang/geo-data/incidents';
import { useEffect } from 'react';
import { useHotspotFilters } from '../hotspots/index.ts';
import { mapLayers } from '../map/index.ts';
import { hexRgba, SEQUENTIAL_RAMP, tokenRgba, useDisplay } from '../ui/index.ts';
import { useReplayBlock, useSlidingCounts } from './replay-block.ts';
import { useReplayClock } from './replay-clock.ts';
import { moveWindow, type SlidingCounts } from './sliding-counts.ts';

/** Fixed lower bounds: the same brightness means the same number of incidents at any time of the replay. */
export const REPLAY_BOUNDS = [1, 2, 3, 5, 8, 13] as const;
/** Points in the window beyond this many say nothing that the cells do not. */
const MOST_POINTS = 20_000;

/** Draws the window of the replay: cells by count, and the newest incidents as points. */
export function ReplayOnMap() {
  const { resolution } = useHotspotFilters();
  const { data: columns } = useReplayBlock();
  const sliding = useSlidingCounts(columns, resolution);
  const active = useReplayClock((state) => state.active);
  const scale = useDisplay((state) => state.scale);
  const theme = useDisplay((state) => state.theme);
  useEffect(() => {
    if (!active || !columns || !sliding) return;
    const draw = () => {
      const { cursorSeconds, windowSeconds } = useReplayClock.getState();
      moveWindow(sliding, columns, cursorSeconds - windowSeconds, cursorSeconds);
      mapLayers.set('replay-cells', 'hotspots', [cellsLayer(sliding)]);
      mapLayers.set('replay-points', 'incidents', [pointsLayer(columns, sliding, scale)]);
    };
    draw();
    const stop = useReplayClock.subscribe((state, before) => {
      if (state.cursorSeconds !== before.cursorSeconds || state.windowSeconds !== before.windowSeconds) draw();
    });
    return () => {
      stop();
      mapLayers.remove('replay-cells');
      mapLayers.remove('replay-points');
    };
    // The theme decides the colours drawn with.
  }, [active, columns, sliding, scale, theme]);
  return null;
}

function cellsLayer({ cells, counts, fromRow, toRow }: SlidingCounts) {
  const drawn: number[] = [];
  for (let cell = 0; cell < counts.length; cell++) if (counts[cell] > 0) drawn.push(cell);
  return new H3HexagonLayer<number>({
    id: 'replay-cells',
    data: drawn,
    extruded: false,
    stroked: false,
    getHexagon: (cell) => cells[cell],
    getFillColor: (cell) => colourOf(counts[cell]),
    updateTriggers: { getFillColor: [fromRow, toRow] },
  });
}

/** Newest incidents of the window, oldest first so that the newest lie on top; binary views, no object per point. */
function pointsLayer(columns: IncidentColumns, { fromRow, toRow }: SlidingCounts, scale: number) {
  const first = Math.max(fromRow, toRow - MOST_POINTS);
  const places = new Float64Array(2 * (toRow - first));
  for (let row = first; row < toRow; row++) {
    places[2 * (row - first)] = columns.lon[row];
    places[2 * (row - first) + 1] = columns.lat[row];
  }
  return new ScatterplotLayer({
    id: 'replay-points',
    data: { length: toRow - first, attributes: { getPosition: { value: places, size: 2 } } },
    radiusUnits: 'pixels',
    getRadius: 2 * scale,
    getFillColor: tokenRgba('text1', 190),
  });
}

function colourOf(count: number): [number, number, number, number] {
  let index = 0;
  while (index + 1 < REPLAY_BOUNDS.length && count >= REPLAY_BOUNDS[index + 1]) index++;
  return hexRgba(SEQUENTIAL_RAMP[index], index === 0 ? 90 : 200);
}
