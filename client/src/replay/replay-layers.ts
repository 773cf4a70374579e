import { H3HexagonLayer } from '@deck.gl/geo-layers';
import { ScatterplotLayer } from '@deck.gl/layers';
import type { IncidentColumns } from '@xunfang/geo-data/incidents';
import { hexRgba, SEQUENTIAL_RAMP, tokenRgba } from '../ui/tokens.ts';
import type { SlidingCounts } from './sliding-counts.ts';

/** Fixed lower bounds: the same brightness means the same number of incidents at any time of the replay. */
export const REPLAY_BOUNDS = [1, 2, 3, 5, 8, 13] as const;
/** Points in the window beyond this many say nothing that the cells do not. */
const MOST_POINTS = 20_000;

/** Cells of the window by count. */
export function cellsLayer({ cells, counts, fromRow, toRow }: SlidingCounts) {
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
export function pointsLayer(columns: IncidentColumns, { fromRow, toRow }: SlidingCounts, scale: number) {
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
