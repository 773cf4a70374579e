import {
  AreaDetail,
  BEAT_LABELS_LAYER,
  BEATS_LAYER,
  BeatLegend,
  BeatsOnMap,
  beatMessages,
  PlanPanel,
} from '../beats/index.ts';
import { useMessages } from '../i18n/index.ts';
import { PLACES_LAYER, PlaceDetail, PlaceLegend, PlacesOnMap, placeMessages } from '../places/index.ts';
import type { WorkspaceParts } from '../shell/workspace.ts';
import { useSelection } from '../ui/index.ts';

/** 规划: zones and beats with the figures that explain them. */
export const parts: WorkspaceParts = {
  Left: PlanPanel,
  Right: Selected,
  Layers: () => (
    <>
      <BeatsOnMap />
      <PlacesOnMap />
    </>
  ),
  layerSwitches: [
    { id: BEATS_LAYER, Label: () => useMessages(beatMessages)('layer'), Legend: BeatLegend },
    { id: BEAT_LABELS_LAYER, Label: () => useMessages(beatMessages)('layerLabels') },
    {
      id: PLACES_LAYER,
      Label: () => useMessages(placeMessages)('layer'),
      Legend: PlaceLegend,
      visibleAtFirst: false,
    },
  ],
};

function Selected() {
  const selection = useSelection();
  if (selection?.kind === 'beat' || selection?.kind === 'zone')
    return <AreaDetail level={selection.kind} number={Number(selection.id)} />;
  if (selection?.kind === 'place') return <PlaceDetail placeId={Number(selection.id)} />;
  return null;
}
