import { NO_STOP, TRACK_ACTIVITIES } from '@xunfang/geo-data/units';
import { token } from '../ui/index.ts';
import type { PeriodTracks, UnitTrack } from './track-data.ts';

/** What of the timeline is on screen, all lengths in CSS pixels. */
export interface TimelineView {
  tracks: PeriodTracks;
  viewFrom: number;
  viewTo: number;
  cursorSeconds: number;
  unitId: number | null;
  width: number;
  height: number;
  scrollTop: number;
  sizes: TimelineSizes;
  timeText: (seconds: number) => string;
  placeOf: (lon: number, lat: number) => string;
}

export interface TimelineSizes {
  headPx: number;
  axisPx: number;
  rowPx: number;
  fontPx: number;
}

export function timelineSizes(scale: number): TimelineSizes {
  return { headPx: 104 * scale, axisPx: 20 * scale, rowPx: 22 * scale, fontPx: 12 * scale };
}

const TICKS_SECONDS = [60, 300, 600, 900, 1800, 3600, 7200, 14_400] as const;
const TICK_PX = 70;
const MIN_LABEL_PX = 48;

export function xOf(view: Pick<TimelineView, 'viewFrom' | 'viewTo' | 'width' | 'sizes'>, seconds: number): number {
  const { headPx } = view.sizes;
  return headPx + ((seconds - view.viewFrom) / (view.viewTo - view.viewFrom)) * (view.width - headPx);
}

export function secondsAt(view: Pick<TimelineView, 'viewFrom' | 'viewTo' | 'width' | 'sizes'>, x: number): number {
  const { headPx } = view.sizes;
  return view.viewFrom + ((x - headPx) / (view.width - headPx)) * (view.viewTo - view.viewFrom);
}

/** Index of the unit under a height of the canvas, -1 above the rows and below the last. */
export function rowAtHeight({ tracks, scrollTop, sizes }: TimelineView, y: number): number {
  const row = Math.floor((y - sizes.axisPx + scrollTop) / sizes.rowPx);
  return y < sizes.axisPx || row >= tracks.units.length ? -1 : row;
}

/** Segment of a unit at an instant, -1 outside the period. O(log segments). */
export function segmentAt({ segments }: UnitTrack, instant: number): number {
  const { startSeconds, endSeconds, count } = segments;
  let [low, high] = [0, count];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (endSeconds[middle] <= instant) low = middle + 1;
    else high = middle;
  }
  return low < count && startSeconds[low] <= instant ? low : -1;
}

/** Draws the rows on screen: a thick bar is a stop, a thin one driving, dots are silence. Shapes first, greys only. */
export function drawTimeline(canvas: HTMLCanvasElement, view: TimelineView): void {
  const context = canvas.getContext('2d');
  if (!context) return;
  const ratio = window.devicePixelRatio;
  const [width, height] = [Math.round(view.width * ratio), Math.round(view.height * ratio)];
  if (canvas.width !== width || canvas.height !== height) {
    canvas.width = width;
    canvas.height = height;
  }
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.clearRect(0, 0, view.width, view.height);
  const { sizes, tracks, scrollTop } = view;
  context.font = `${sizes.fontPx}px ${getComputedStyle(canvas).fontFamily}`;
  context.textBaseline = 'middle';
  drawTicks(context, view);
  const first = Math.max(0, Math.floor(scrollTop / sizes.rowPx));
  const last = Math.min(tracks.units.length, Math.ceil((scrollTop + view.height - sizes.axisPx) / sizes.rowPx));
  context.save();
  context.beginPath();
  context.rect(0, sizes.axisPx, view.width, view.height - sizes.axisPx);
  context.clip();
  for (let row = first; row < last; row++)
    drawRow(context, view, tracks.units[row], sizes.axisPx + row * sizes.rowPx - scrollTop);
  context.restore();
  const cursor = xOf(view, view.cursorSeconds);
  context.fillStyle = token('text1');
  if (cursor >= sizes.headPx) context.fillRect(Math.round(cursor) - 1, 0, 2, view.height);
}

function drawTicks(context: CanvasRenderingContext2D, view: TimelineView): void {
  const { sizes, viewFrom, viewTo, width, height } = view;
  const most = Math.max(1, (width - sizes.headPx) / (TICK_PX * (sizes.fontPx / 12)));
  const step = TICKS_SECONDS.find((seconds) => (viewTo - viewFrom) / seconds <= most) ?? 14_400;
  context.textAlign = 'left';
  for (let seconds = Math.ceil(viewFrom / step) * step; seconds <= viewTo; seconds += step) {
    const x = Math.round(xOf(view, seconds));
    context.fillStyle = token('line');
    context.fillRect(x, 0, 1, height);
    context.fillStyle = token('text3');
    context.fillText(view.timeText(seconds), x + 4, sizes.axisPx / 2);
  }
}

function drawRow(context: CanvasRenderingContext2D, view: TimelineView, track: UnitTrack, top: number): void {
  const { sizes, width } = view;
  const middle = top + sizes.rowPx / 2;
  const chosen = track.id === view.unitId;
  if (chosen) {
    context.fillStyle = token('surface3');
    context.fillRect(0, top, width, sizes.rowPx);
  }
  context.save();
  context.beginPath();
  context.rect(sizes.headPx, top, width - sizes.headPx, sizes.rowPx);
  context.clip();
  const { segments } = track;
  for (let i = 0; i < segments.count; i++) {
    if (segments.endSeconds[i] < view.viewFrom || segments.startSeconds[i] > view.viewTo) continue;
    const left = xOf(view, segments.startSeconds[i]);
    const right = Math.max(left + 1, xOf(view, segments.endSeconds[i]));
    const activity = TRACK_ACTIVITIES[segments.activity[i]];
    if (activity === 'silent') drawSilence(context, left, right, middle, sizes);
    else if (activity === 'moving') {
      context.fillStyle = token('text3');
      context.fillRect(left, middle - sizes.rowPx * 0.08, right - left, sizes.rowPx * 0.16);
    } else drawStop(context, view, track, segments.stop[i], left, right, middle);
  }
  context.restore();
  context.textAlign = 'left';
  context.fillStyle = chosen ? token('select') : token('text1');
  context.fillText(clipped(context, track.callSign, sizes.headPx - 16), 10, middle);
  context.fillStyle = token('line');
  context.fillRect(0, top + sizes.rowPx - 1, width, 1);
}

function drawSilence(
  context: CanvasRenderingContext2D,
  left: number,
  right: number,
  middle: number,
  { rowPx }: TimelineSizes,
): void {
  context.fillStyle = token('lineStrong');
  for (let x = left + 4; x < right - 2; x += 8) context.fillRect(x, middle - 1, 2, Math.max(2, rowPx * 0.08));
}

function drawStop(
  context: CanvasRenderingContext2D,
  view: TimelineView,
  track: UnitTrack,
  stop: number,
  left: number,
  right: number,
  middle: number,
): void {
  const { rowPx } = view.sizes;
  const { stops } = track.segments;
  context.fillStyle = token('surface2');
  context.strokeStyle = token('text2');
  context.fillRect(left, middle - rowPx * 0.36, right - left, rowPx * 0.72);
  context.strokeRect(left + 0.5, Math.round(middle - rowPx * 0.36) + 0.5, right - left - 1, Math.round(rowPx * 0.72));
  if (right - left < MIN_LABEL_PX || stop === NO_STOP) return;
  context.fillStyle = token('text2');
  context.textAlign = 'left';
  const start = Math.max(left, view.sizes.headPx) + 5;
  const text = clipped(context, view.placeOf(stops.lon[stop], stops.lat[stop]), right - start - 4);
  context.fillText(text, start, middle);
}

function clipped(context: CanvasRenderingContext2D, text: string, width: number): string {
  if (context.measureText(text).width <= width) return text;
  let length = text.length;
  while (length > 0 && context.measureText(`${text.slice(0, length)}…`).width > width) length--;
  return length === 0 ? '' : `${text.slice(0, length)}…`;
}
