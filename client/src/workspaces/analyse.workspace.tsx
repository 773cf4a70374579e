import { AreaDetail, BEATS_LAYER, BeatLegend, BeatsOnMap, beatMessages } from '../beats/index.ts';
import {
  CellDetail,
  HOTSPOTS_LAYER,
  HotspotLegend,
  HotspotPanel,
  HotspotsOnMap,
  hotspotMessages,
} from '../hotspots/index.ts';
import { useMessages } from '../i18n/index.ts';
import { ImportButton, ImportList } from '../imports/index.ts';
import { PLACES_LAYER, PlaceDetail, PlaceLegend, PlacesOnMap, placeMessages } from '../places/index.ts';
import { ReplayLegend, ReplayOnMap, ReplayStrip, replayMessages, useReplayClock } from '../replay/index.ts';
import { useHasRole } from '../session/index.ts';
import type { WorkspaceParts } from '../shell/workspace.ts';
import { useSelection } from '../ui/index.ts';

/** 研判: the hotspot grid with its filters, and the months replayed. */
export const parts: WorkspaceParts = {
  Left: Filters,
  Right: Selected,
  Bottom: ReplayStrip,
  Layers: () => {
    const replaying = useReplayClock((state) => state.active);
    return (
      <>
        <BeatsOnMap quiet brightNames pickable={false} />
        <PlacesOnMap />
        {replaying ? <ReplayOnMap /> : <HotspotsOnMap />}
      </>
    );
  },
  layerSwitches: [
    { id: HOTSPOTS_LAYER, Label: useGridLabel, Legend: GridLegend },
    { id: BEATS_LAYER, Label: () => useMessages(beatMessages)('layer'), Legend: BeatLegend },
    {
      id: PLACES_LAYER,
      Label: () => useMessages(placeMessages)('layer'),
      Legend: PlaceLegend,
      visibleAtFirst: false,
    },
  ],
};

function useGridLabel(): string {
  const replay = useMessages(replayMessages);
  const grid = useMessages(hotspotMessages);
  return useReplayClock((state) => state.active) ? replay('layer') : grid('layer');
}

function GridLegend() {
  return useReplayClock((state) => state.active) ? <ReplayLegend /> : <HotspotLegend />;
}

function Selected() {
  const selection = useSelection();
  if (selection?.kind === 'cell') return <CellDetail cell={selection.id} />;
  if (selection?.kind === 'beat' || selection?.kind === 'zone')
    return <AreaDetail level={selection.kind} number={Number(selection.id)} />;
  if (selection?.kind === 'place') return <PlaceDetail placeId={Number(selection.id)} />;
  return null;
}

/** Who may not import gets no empty bar beneath the filters. */
function Filters() {
  const mayImport = useHasRole('analyst', 'admin');
  return (
    <HotspotPanel
      actions={
        mayImport ? (
          <>
            <ImportButton />
            <ImportList />
          </>
        ) : undefined
      }
    />
  );
}
