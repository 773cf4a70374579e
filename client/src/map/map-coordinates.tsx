import { useEffect, useRef } from 'react';
import { useMessages } from '../i18n/index.ts';
import { mapCamera } from './map-camera.ts';
import styles from './map-view.module.css';
import { mapMessages } from './messages.ts';

/** Longitude and latitude under the pointer, written past React: it changes with every move of the mouse. */
export function MapCoordinates() {
  const t = useMessages(mapMessages);
  const output = useRef<HTMLOutputElement>(null);
  useEffect(
    () =>
      mapCamera.onPointer((position) => {
        if (output.current)
          output.current.textContent = position ? `${position.lon.toFixed(5)}, ${position.lat.toFixed(5)}` : '';
      }),
    [],
  );
  return <output ref={output} className={styles.coordinates} title={t('coordinates')} aria-label={t('coordinates')} />;
}
