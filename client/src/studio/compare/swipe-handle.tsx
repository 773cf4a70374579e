import { type KeyboardEvent, type PointerEvent, useEffect, useRef } from 'react';
import { useMessages } from '../../i18n/index.ts';
import { mapCamera } from '../../map/index.ts';
import { reviewMessages } from '../messages-review.ts';
import { useCompare } from './compare-store.ts';
import styles from './swipe-handle.module.css';

const STEP_PX = 24;

/** The divider of the swipe: it stays at its place on the ground while the map moves. */
export function SwipeHandle() {
  const t = useMessages(reviewMessages);
  const lon = useCompare((state) => state.swipeLon);
  const other = useCompare((state) => state.other);
  const line = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (lon === null) return;
    const place = () => {
      const view = mapCamera.view();
      const at = view && mapCamera.screenOf(lon, view.lat);
      const frame = line.current?.parentElement?.getBoundingClientRect();
      if (at && line.current && frame) line.current.style.left = `${at.x - frame.left}px`;
    };
    place();
    const observer = new ResizeObserver(place);
    if (line.current?.parentElement) observer.observe(line.current.parentElement);
    const stop = mapCamera.onMove(place);
    return () => {
      stop();
      observer.disconnect();
    };
  }, [lon]);
  if (lon === null || !other) return null;
  const moveTo = (x: number) => {
    const to = mapCamera.placeOf(x, 0);
    if (to) useCompare.setState({ swipeLon: to.lon });
  };
  const drag = (event: PointerEvent<HTMLElement>) => {
    if (event.currentTarget.hasPointerCapture(event.pointerId)) moveTo(event.clientX);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const by = event.key === 'ArrowLeft' ? -STEP_PX : event.key === 'ArrowRight' ? STEP_PX : 0;
    const at = mapCamera.screenOf(lon, mapCamera.view()?.lat ?? 0);
    if (by === 0 || !at) return;
    event.preventDefault();
    moveTo(at.x + by);
  };
  return (
    <div ref={line} className={styles.line}>
      <div
        className={styles.handle}
        role="separator"
        tabIndex={0}
        aria-orientation="vertical"
        aria-label={t('swipeHandle')}
        title={t('swipeHint')}
        onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
        onPointerMove={drag}
        onKeyDown={onKeyDown}
      />
    </div>
  );
}
