import { useEffect, useRef, useState } from 'react';
import { useLinkState } from '../connection/index.ts';
import { translate, useLanguage, useMessages } from '../i18n/index.ts';
import { EmptyState, toast, updateUrl, useDisplay, useUrlState } from '../ui/index.ts';
import { basemapStyle } from './basemap-style.ts';
import { mapCamera } from './map-camera.ts';
import { MapCoordinates } from './map-coordinates.tsx';
import type { MapInstance } from './map-instance.ts';
import { MapStack } from './map-stack.tsx';
import { MapTooltip } from './map-tooltip.tsx';
import styles from './map-view.module.css';
import { mapMessages } from './messages.ts';

interface MapViewProps {
  bureau: {
    id: string;
    bounds: [number, number, number, number];
    centre: [number, number];
    hasBasemap: boolean;
    attribution: string;
  };
}
const VIEW_TO_URL_MS = 400;

/** The one map. It is made once; a change of bureau, theme or language only changes its style and view. */
export function MapView({ bureau }: MapViewProps) {
  const t = useMessages(mapMessages);
  const language = useLanguage();
  const theme = useDisplay((state) => state.theme);
  const scale = useDisplay((state) => state.scale);
  const container = useRef<HTMLDivElement>(null);
  const instance = useRef<MapInstance | null>(null);
  const [state, setState] = useState<'starting' | 'ready' | 'impossible'>('starting');
  const options = {
    url: bureau.hasBasemap ? `${window.location.origin}/api/basemaps/${bureau.id}.pmtiles` : null,
    attribution: bureau.attribution,
    language,
    scale,
  };
  const first = useRef({ options, bureau });

  useEffect(() => {
    let stopped = false;
    const element = container.current;
    if (!element) return;
    const { view } = useUrlState.getState();
    const [lon, lat] = first.current.bureau.centre;
    void import('./map-instance.ts')
      .then(({ startMap }) =>
        startMap({
          container: element,
          style: basemapStyle(first.current.options),
          view: view ?? { lon, lat, zoom: 12 },
          locale: {},
        }),
      )
      .then((started) => {
        if (stopped) return started.stop();
        instance.current = started;
        if (!view) mapCamera.fitBounds(first.current.bureau.bounds, { durationMs: 0 });
        started.map.on('error', ({ error }) => sayOnce(error));
        setState('ready');
      })
      .catch((error: unknown) => {
        console.error(error);
        if (!stopped) setState('impossible');
      });
    return () => {
      stopped = true;
      instance.current?.stop();
      instance.current = null;
    };
  }, []);

  const { url, attribution } = options;
  const shown = useRef<string | null>(null);
  useEffect(() => {
    const wanted = [url, attribution, language, scale, theme].join();
    // The first style came with the map itself.
    if (state === 'ready' && shown.current !== null && shown.current !== wanted)
      instance.current?.map.setStyle(basemapStyle({ url, attribution, language, scale }));
    shown.current = wanted;
  }, [state, url, attribution, language, scale, theme]);

  const fitted = useRef(bureau.id);
  useEffect(() => {
    if (fitted.current === bureau.id) return;
    fitted.current = bureau.id;
    const { view } = useUrlState.getState();
    if (view) mapCamera.flyTo(view, 0);
    else mapCamera.fitBounds(bureau.bounds, { durationMs: 0 });
  }, [bureau.id, bureau.bounds]);
  useEffect(viewToUrl, []);
  useEffect(viewFromHistory, []);

  return (
    <div className={styles.frame} aria-label={t('map')} role="application" data-map-state={state}>
      <div className={styles.map}>
        <div ref={container} className={styles.canvas} />
      </div>
      {state === 'impossible' ? (
        <div className={styles.impossible}>
          <EmptyState title={t('noWebgl')}>{t('noWebglFix')}</EmptyState>
        </div>
      ) : null}
      <MapCoordinates />
      <MapTooltip />
      <MapStack />
    </div>
  );
}

/** Fetches the map's code before it is needed: while someone types a password. */
export function preloadMap(): void {
  void import('./map-instance.ts');
}

/** The address follows the map, but not sixty times a second. */
function viewToUrl(): () => void {
  let timer: number | undefined;
  const stop = mapCamera.onMove((view) => {
    window.clearTimeout(timer);
    timer = window.setTimeout(() => updateUrl({ view }), VIEW_TO_URL_MS);
  });
  return () => {
    window.clearTimeout(timer);
    stop();
  };
}

/** Back and forward bring back the view, too. */
function viewFromHistory(): () => void {
  const restore = () => {
    const { view } = useUrlState.getState();
    if (view) mapCamera.flyTo(view, 0);
  };
  window.addEventListener('popstate', restore);
  return () => window.removeEventListener('popstate', restore);
}

const SAY_AGAIN_MS = 60_000;
let saidAtMs = Number.NEGATIVE_INFINITY;

/** One line for a basemap that fails, not one for each of its tiles; the offline bar already says when the server is away. */
function sayOnce(error: { message: string }): void {
  if (useLinkState.getState().link !== 'connected' || Date.now() - saidAtMs < SAY_AGAIN_MS) return;
  saidAtMs = Date.now();
  toast(translate(mapMessages)('basemapFailed', { reason: error.message }), { tone: 'warn' });
}
