import { useEffect, useMemo, useRef } from 'react';
import { mapLayers, ringsOf } from '../map/index.ts';
import { useBureau } from '../session/index.ts';
import { useDisplay } from '../ui/index.ts';
import { type LonLat, previewLayers } from './preview-layers.ts';
import { showBesidePanel } from './show-points.ts';

const OWNER = 'import-preview';

/** Draws the accepted rows of the sample while the mapping is on screen; brings the bureau into sight once. */
export function PreviewOnMap({ points }: { points: readonly LonLat[] }) {
  const bureau = useBureau();
  const scale = useDisplay((state) => state.scale);
  const theme = useDisplay((state) => state.theme);
  const rings = useMemo(() => ringsOf(bureau.boundary), [bureau.boundary]);
  useEffect(() => {
    mapLayers.set(OWNER, 'selection', previewLayers({ points, rings, scale, theme }));
  }, [points, rings, scale, theme]);
  useEffect(() => () => mapLayers.remove(OWNER), []);
  const { bounds } = bureau;
  const shown = useRef(false);
  useEffect(() => {
    if (!shown.current) showBesidePanel(bounds);
    shown.current = true;
  }, [bounds]);
  return null;
}
