import type { Geofence } from '@xunfang/geo-data/contract';
import { useEffect, useMemo, useRef } from 'react';
import { useAlarmedFences } from '../alarms/index.ts';
import { useBilingual, useMessages } from '../i18n/index.ts';
import { type MapPick, mapLayers, useLayerVisible } from '../map/index.ts';
import { type SearchProvider, select, useDisplay, useSearchProvider, useSelectedId } from '../ui/index.ts';
import { useFenceEditor } from './draft-store.ts';
import { geofenceLayers } from './geofence-layers.ts';
import { useGeofenceFeed, useGeofences } from './geofence-queries.ts';
import { geofenceMessages } from './messages.ts';
import { showFence } from './show-fence.ts';

export const GEOFENCES_LAYER = 'geofences';
const NONE: readonly Geofence[] = [];

/** The bureau's fences; the one being changed is drawn by its editor instead. */
export function GeofencesOnMap() {
  useGeofenceFeed();
  const t = useMessages(geofenceMessages);
  const bilingual = useBilingual();
  const { data: fences = NONE } = useGeofences();
  const visible = useLayerVisible(GEOFENCES_LAYER);
  const selectedId = useSelectedId('geofence');
  const editing = useFenceEditor((state) => (state.editing === 'new' ? null : state.editing?.id));
  const alarmed = useAlarmedFences();
  const scale = useDisplay((state) => state.scale);
  const theme = useDisplay((state) => state.theme);
  const current = useRef(fences);
  current.current = fences;
  // Who is inside changes often and is not drawn: the layers are made anew only when a fence itself has changed.
  const signature = fences.map(({ id, revision, active }) => `${id}.${revision}.${active}`).join();
  useEffect(() => {
    const shown = current.current.filter(({ id }) => id !== editing);
    if (!visible || signature === '' || shown.length === 0) return;
    const name = (fence: Geofence) => `${t(fence.kind)} · ${bilingual(fence.name)}`;
    const fenceOf = (pick: MapPick) => (pick.object as { fence: Geofence }).fence;
    const layers = geofenceLayers({
      fences: shown,
      alarmed,
      selectedId: selectedId === null ? null : Number(selectedId),
      name,
      scale,
      theme,
    });
    mapLayers.set(GEOFENCES_LAYER, 'routes', layers, {
      onClick: (pick) => select('geofence', fenceOf(pick).id),
      tooltip: (pick) => {
        const fence = current.current.find(({ id }) => id === fenceOf(pick).id);
        return fence && `${name(fence)} · ${t('insideCount', { count: fence.inside.length })}`;
      },
    });
    return () => mapLayers.remove(GEOFENCES_LAYER);
  }, [visible, signature, editing, alarmed, selectedId, scale, theme, t, bilingual]);
  const search = useMemo(
    (): SearchProvider => ({
      title: () => t('geofences'),
      search: (text) =>
        fences
          .filter(({ name }) => `${name.zh} ${name.en}`.toLowerCase().includes(text.toLowerCase()))
          .slice(0, 20)
          .map((fence) => ({
            key: `geofence-${fence.id}`,
            label: bilingual(fence.name),
            detail: t(fence.kind),
            run: () => showFence(fence),
          })),
    }),
    [fences, t, bilingual],
  );
  useSearchProvider('geofences', search);
  return null;
}
