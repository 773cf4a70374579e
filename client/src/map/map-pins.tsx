import { type ReactNode, useEffect, useRef } from 'react';
import { mapCamera } from './map-camera.ts';
import styles from './map-view.module.css';

export interface MapPin {
  key: string;
  /** Asked again whenever the map moves, and every second; null: nowhere to be shown. */
  place: () => readonly [lon: number, lat: number] | null;
  content: ReactNode;
}

const FOLLOW_MS = 1000;

/** A few elements of the page pinned to places, above all that the map draws. They are moved outside React. */
export function MapPins({ pins }: { pins: readonly MapPin[] }) {
  const frame = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const put = () => {
      const elements = frame.current?.children ?? [];
      for (const [i, pin] of pins.entries()) {
        const element = elements[i] as HTMLElement | undefined;
        const place = pin.place();
        const point = place && mapCamera.screenOf(place[0], place[1]);
        if (!element) continue;
        element.hidden = !point;
        if (point) element.style.transform = `translate(${point.x}px, ${point.y}px)`;
      }
    };
    put();
    const stop = mapCamera.onMove(put);
    const timer = window.setInterval(put, FOLLOW_MS);
    window.addEventListener('resize', put);
    return () => {
      stop();
      window.clearInterval(timer);
      window.removeEventListener('resize', put);
    };
  }, [pins]);
  return (
    <div ref={frame} className={styles.pins}>
      {pins.map(({ key, content }) => (
        <div key={key} className={styles.pin}>
          <div className={styles.pinContent}>{content}</div>
        </div>
      ))}
    </div>
  );
}
