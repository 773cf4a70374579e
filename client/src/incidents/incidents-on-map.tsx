import type { IncidentView } from '@xunfang/geo-data/contract';
import { useEffect } from 'react';
import { useMessages } from '../i18n/index.ts';
import { type MapPick, mapLayers, useLayerVisible } from '../map/index.ts';
import { select, useDisplay, useSelectedId } from '../ui/index.ts';
import { useCategoryName } from './category-name.ts';
import { incidentLayers } from './incident-layers.ts';
import { incidentMessages } from './messages.ts';
import { useIncidentFeed, useOpenIncidents } from './open-incidents.ts';

export const INCIDENTS_LAYER = 'incidents';

export function IncidentsOnMap() {
  useIncidentFeed();
  const t = useMessages(incidentMessages);
  const { data } = useOpenIncidents();
  const visible = useLayerVisible(INCIDENTS_LAYER);
  const selectedId = useSelectedId('incident');
  const scale = useDisplay((state) => state.scale);
  const theme = useDisplay((state) => state.theme);
  const categoryName = useCategoryName();
  useEffect(() => {
    if (!visible || !data) return;
    const line = (pick: MapPick) => {
      const incident = pick.object as IncidentView;
      return `${t('priority', { priority: incident.priority })} · ${categoryName(incident.categoryId)} · ${t(incident.state)}`;
    };
    const layers = incidentLayers({
      incidents: data,
      selectedId: selectedId === null ? null : Number(selectedId),
      scale,
      theme,
    });
    mapLayers.set(INCIDENTS_LAYER, 'incidents', layers, {
      onClick: (pick) => select('incident', (pick.object as IncidentView).id),
      tooltip: line,
      stackItem: (pick) => {
        const { id } = pick.object as IncidentView;
        return { key: `incident-${id}`, label: line(pick), choose: () => select('incident', id) };
      },
    });
  }, [visible, data, selectedId, scale, theme, categoryName, t]);
  useEffect(() => () => mapLayers.remove(INCIDENTS_LAYER), [visible]);
  return null;
}
