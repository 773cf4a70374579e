import { NO_STOP } from '@xunfang/geo-data/units';
import { type KeyboardEvent, type PointerEvent, useEffect, useRef, useState, type WheelEvent } from 'react';
import { useMessages } from '../i18n/index.ts';
import { mapCamera } from '../map/index.ts';
import { useDisplay } from '../ui/index.ts';
import { drawTimeline, rowAtHeight, secondsAt, segmentAt, type TimelineView, timelineSizes } from './draw-timeline.ts';
import { trackMessages } from './messages.ts';
import { panTimeline, pauseTimeline, pickUnit, seekTimeline, useTimeline, zoomTimeline } from './timeline-store.ts';
import type { PeriodTracks, UnitTrack } from './track-data.ts';
import { positionAt } from './track-positions.ts';
import { useTrackWords } from './track-words.ts';
import styles from './tracks.module.css';

const CLOSE_ZOOM = 16;
/** An arrow key moves by this share of what is on screen. */
const KEY_SHARE = 1 / 60;
const WHEEL_ZOOM = 1.25;

/** All units, a row each, over time. Drawn outside React: the cursor may move sixty times a second. */
export function TimelineCanvas({ tracks }: { tracks: PeriodTracks }) {
  const t = useMessages(trackMessages);
  const words = useTrackWords();
  const scale = useDisplay((state) => state.scale);
  const theme = useDisplay((state) => state.theme);
  const frame = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const view = useRef<TimelineView | null>(null);
  const dragging = useRef(false);
  const [hint, setHint] = useState<{ x: number; y: number; text: string } | null>(null);
  const sizes = timelineSizes(scale);

  useEffect(() => {
    const [scroller, element] = [frame.current, canvas.current];
    if (!scroller || !element) return;
    let wanted = 0;
    const draw = () => {
      wanted = 0;
      const { viewFrom, viewTo, cursorSeconds, unitId } = useTimeline.getState();
      view.current = {
        tracks,
        viewFrom,
        viewTo,
        cursorSeconds,
        unitId,
        width: scroller.clientWidth,
        height: scroller.clientHeight,
        scrollTop: scroller.scrollTop,
        sizes: timelineSizes(scale),
        timeText: words.time,
        placeOf: words.placeOf,
      };
      element.style.height = `${scroller.clientHeight}px`;
      drawTimeline(element, view.current);
      element.setAttribute('aria-valuenow', String(Math.round(cursorSeconds)));
      const track = tracks.units.find(({ id }) => id === unitId);
      element.setAttribute('aria-valuetext', track ? words.line(track, cursorSeconds) : words.time(cursorSeconds));
    };
    const soon = () => {
      wanted ||= requestAnimationFrame(draw);
    };
    soon();
    const observer = new ResizeObserver(soon);
    observer.observe(scroller);
    scroller.addEventListener('scroll', soon);
    const stop = useTimeline.subscribe(soon);
    return () => {
      cancelAnimationFrame(wanted);
      observer.disconnect();
      scroller.removeEventListener('scroll', soon);
      stop();
    };
    // The theme decides the colours drawn with.
  }, [tracks, words, scale, theme]);

  const place = (event: PointerEvent | WheelEvent) => {
    const box = canvas.current?.getBoundingClientRect();
    const shown = view.current;
    if (!box || !shown) return null;
    const [x, y] = [event.clientX - box.left, event.clientY - box.top];
    return { x, y, seconds: secondsAt(shown, x), track: tracks.units[rowAtHeight(shown, y)] as UnitTrack | undefined };
  };
  const onPointerDown = (event: PointerEvent) => {
    const at = place(event);
    if (!at) return;
    pauseTimeline();
    if (at.track) pickUnit(at.track.id);
    if (at.x < sizes.headPx) {
      if (at.track) showPosition(at.track, useTimeline.getState().cursorSeconds);
      return;
    }
    event.currentTarget.setPointerCapture(event.pointerId);
    dragging.current = true;
    seekTimeline(at.seconds);
    if (at.track && stopAt(at.track, at.seconds) >= 0) showPosition(at.track, at.seconds);
  };
  const onPointerMove = (event: PointerEvent) => {
    const at = place(event);
    if (!at) return;
    if (dragging.current) seekTimeline(at.seconds);
    setHint(at.track && at.x >= sizes.headPx ? { ...at, text: words.line(at.track, at.seconds) } : null);
  };
  const onWheel = (event: WheelEvent) => {
    const at = place(event);
    const { viewFrom, viewTo } = useTimeline.getState();
    if (!at) return;
    if (event.ctrlKey || event.metaKey) zoomTimeline(event.deltaY < 0 ? WHEEL_ZOOM : 1 / WHEEL_ZOOM, at.seconds);
    else if (event.shiftKey || Math.abs(event.deltaX) > Math.abs(event.deltaY))
      panTimeline(((event.deltaX || event.deltaY) / 600) * (viewTo - viewFrom));
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey || !handleKey(event.key, event.shiftKey, tracks)) return;
    event.preventDefault();
    event.stopPropagation();
    keepInSight(frame.current, tracks, sizes.rowPx);
  };
  useZoomWithoutPage(frame);
  const { fromSeconds, toSeconds } = tracks.period;
  return (
    <div ref={frame} className={styles.rows} onWheel={onWheel}>
      <div style={{ height: sizes.axisPx + tracks.units.length * sizes.rowPx }}>
        <canvas
          ref={canvas}
          className={styles.canvas}
          role="slider"
          tabIndex={0}
          aria-label={t('timeline')}
          aria-description={t('timelineKeys')}
          aria-valuemin={fromSeconds}
          aria-valuemax={toSeconds}
          onPointerDown={onPointerDown}
          onPointerMove={onPointerMove}
          onPointerUp={() => {
            dragging.current = false;
          }}
          onPointerLeave={() => setHint(null)}
          onKeyDown={onKeyDown}
        />
      </div>
      {hint ? <Hint {...hint} frame={frame.current} /> : null}
    </div>
  );
}

/** What is under the pointer; everything in it the status line says of the chosen row as well. */
function Hint({ x, y, text, frame }: { x: number; y: number; text: string; frame: HTMLDivElement | null }) {
  const right = frame !== null && x > frame.clientWidth * 0.6;
  return (
    <div
      className={styles.hint}
      style={{
        left: x + (right ? -12 : 12),
        top: y + (frame?.scrollTop ?? 0) + 14,
        transform: right ? 'translateX(-100%)' : undefined,
      }}
    >
      {text}
    </div>
  );
}

/** React listens to wheels passively: the page would zoom with the timeline. */
function useZoomWithoutPage(frame: React.RefObject<HTMLDivElement | null>): void {
  useEffect(() => {
    const element = frame.current;
    const hold = (event: globalThis.WheelEvent) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) event.preventDefault();
    };
    element?.addEventListener('wheel', hold, { passive: false });
    return () => element?.removeEventListener('wheel', hold);
  }, [frame]);
}

function handleKey(key: string, large: boolean, tracks: PeriodTracks): boolean {
  const { viewFrom, viewTo, cursorSeconds, unitId } = useTimeline.getState();
  const row = tracks.units.findIndex(({ id }) => id === unitId);
  const track = tracks.units[row] as UnitTrack | undefined;
  const step = (viewTo - viewFrom) * KEY_SHARE * (large ? 6 : 1);
  const choose = (to: number) => pickUnit(tracks.units[Math.min(tracks.units.length - 1, Math.max(0, to))]?.id ?? null);
  switch (key) {
    case 'ArrowLeft':
      seekTimeline(cursorSeconds - step);
      return true;
    case 'ArrowRight':
      seekTimeline(cursorSeconds + step);
      return true;
    case 'ArrowDown':
      choose(row + 1);
      return true;
    case 'ArrowUp':
      choose(row < 0 ? 0 : row - 1);
      return true;
    case 'Home':
      seekTimeline(tracks.period.fromSeconds);
      return true;
    case 'End':
      seekTimeline(tracks.period.toSeconds);
      return true;
    case '+':
    case '=':
      zoomTimeline(WHEEL_ZOOM);
      return true;
    case '-':
      zoomTimeline(1 / WHEEL_ZOOM);
      return true;
    case 'Enter':
      if (track) showPosition(track, cursorSeconds);
      return true;
    case 'n':
    case 'p':
      goToStop(tracks, track, key === 'n' ? 1 : -1);
      return true;
    default:
      return false;
  }
}

/** The next or previous stop of the row; without a row, of the first unit that has one. */
export function goToStop(tracks: PeriodTracks, track: UnitTrack | undefined, direction: 1 | -1): void {
  const chosen = track ?? tracks.units.find(({ segments }) => segments.stops.count > 0);
  if (!chosen) return;
  const { cursorSeconds } = useTimeline.getState();
  const { startSeconds } = chosen.segments.stops;
  const starts = Array.from(startSeconds);
  const next =
    direction > 0 ? starts.find((start) => start > cursorSeconds) : starts.findLast((start) => start < cursorSeconds);
  pauseTimeline();
  pickUnit(chosen.id);
  if (next === undefined) return;
  seekTimeline(next);
  showPosition(chosen, next);
}

function stopAt(track: UnitTrack, seconds: number): number {
  const segment = segmentAt(track, seconds);
  return segment >= 0 && track.segments.stop[segment] !== NO_STOP ? track.segments.stop[segment] : -1;
}

/** Flies to where the unit stood or was. */
function showPosition(track: UnitTrack, seconds: number): void {
  const stop = stopAt(track, seconds);
  const { stops } = track.segments;
  const at = stop >= 0 ? { lon: stops.lon[stop], lat: stops.lat[stop] } : positionAt(track, seconds);
  if (Number.isNaN(at.lon)) return;
  mapCamera.flyTo({ lon: at.lon, lat: at.lat, zoom: Math.max(mapCamera.view()?.zoom ?? 0, CLOSE_ZOOM) });
}

function keepInSight(frame: HTMLDivElement | null, tracks: PeriodTracks, rowPx: number): void {
  const row = tracks.units.findIndex(({ id }) => id === useTimeline.getState().unitId);
  if (!frame || row < 0) return;
  const room = frame.clientHeight - 2 * rowPx;
  frame.scrollTop = Math.min(row * rowPx, Math.max(frame.scrollTop, (row + 1) * rowPx - room));
}
