import { useEffect, useMemo } from 'react';
import { useBilingual } from '../i18n/index.ts';
import { type MapPick, mapLayers, useLayerVisible, useZoomStep } from '../map/index.ts';
import { numberCodec, select, useDisplay, useSelectedId, useUrlFilter } from '../ui/index.ts';
import { beatLabelLayer, beatLayers, referenceLayer } from './beat-layers.ts';
import { useBeatSearch } from './beat-search.ts';
import { type AreaProperties, usePlanFeed, usePlanGeometry, usePlanShown, useReferenceAreas } from './plan-queries.ts';

export const BEATS_LAYER = 'beats';
export const BEAT_LABELS_LAYER = 'beat-labels';
/** Which reference set is shown, 0 for none. */
export const referenceCodec = numberCodec(0);

interface BeatsOnMapProps {
  /** Beneath live units or a hotspot grid: borders and names only. */
  quiet?: boolean;
  /** Names that must be read on a bright grid. */
  brightNames?: boolean;
  /** Whether the pointer takes hold of beats, or of what lies beneath them. */
  pickable?: boolean;
}

/** Zones and beats of the plan shown. */
export function BeatsOnMap({ quiet = false, brightNames = !quiet, pickable = true }: BeatsOnMapProps) {
  usePlanFeed();
  useBeatSearch();
  const { data: plan } = usePlanShown();
  const { data: geometry } = usePlanGeometry(plan?.summary.id);
  const visible = useLayerVisible(BEATS_LAYER);
  const showLabels = useLayerVisible(BEAT_LABELS_LAYER);
  const selectedBeat = useSelectedId('beat');
  const selectedZone = useSelectedId('zone');
  const scale = useDisplay((state) => state.scale);
  const theme = useDisplay((state) => state.theme);
  const zoom = useZoomStep();
  const bilingual = useBilingual();
  const names = useMemo(
    () => new Map(plan?.beats.map((beat) => [beat.number, bilingual(beat.name)])),
    [plan, bilingual],
  );
  useEffect(() => {
    if (!visible || !geometry) return;
    const layers = beatLayers({
      geometry,
      quiet,
      pickable,
      scale,
      theme,
      selectedBeat: selectedBeat === null ? null : Number(selectedBeat),
      selectedZone: selectedZone === null ? null : Number(selectedZone),
    });
    mapLayers.set(BEATS_LAYER, 'beats', layers, {
      onClick: (pick) => select('beat', propertiesOf(pick).number),
      tooltip: (pick) => (quiet ? null : names.get(propertiesOf(pick).number)),
    });
    return () => mapLayers.remove(BEATS_LAYER);
  }, [visible, geometry, quiet, pickable, scale, theme, selectedBeat, selectedZone, names]);
  useEffect(() => {
    if (!visible || !showLabels || !plan) return;
    const name = ({ number }: { number: number }) => names.get(number) ?? '';
    mapLayers.set(BEAT_LABELS_LAYER, 'labels', [
      beatLabelLayer({ plan, zoom, name, bright: brightNames, scale, theme }),
    ]);
    return () => mapLayers.remove(BEAT_LABELS_LAYER);
  }, [visible, showLabels, plan, zoom, names, brightNames, scale, theme]);
  return <ReferenceOnMap />;
}

function ReferenceOnMap() {
  const [setId] = useUrlFilter('reference', referenceCodec);
  const { data } = useReferenceAreas(setId);
  const scale = useDisplay((state) => state.scale);
  const theme = useDisplay((state) => state.theme);
  useEffect(() => {
    if (setId === 0 || !data) return;
    mapLayers.set('reference-areas', 'beats', [referenceLayer(data, scale, theme)]);
    return () => mapLayers.remove('reference-areas');
  }, [setId, data, scale, theme]);
  return null;
}

function propertiesOf(pick: MapPick): AreaProperties {
  return (pick.object as { properties: AreaProperties }).properties;
}
