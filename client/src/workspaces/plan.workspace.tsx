import { lazy, Suspense } from 'react';
import {
  AreaDetail,
  BEAT_LABELS_LAYER,
  BEATS_LAYER,
  BeatLegend,
  BeatsOnMap,
  beatMessages,
  draftCodec,
  PlanPanel,
} from '../beats/index.ts';
import {
  GEOFENCES_LAYER,
  GeofenceDetail,
  GeofenceLegend,
  GeofencePanel,
  GeofencesOnMap,
  geofenceMessages,
  useSeesFences,
} from '../geofences/index.ts';
import { useMessages } from '../i18n/index.ts';
import { PLACES_LAYER, PlaceDetail, PlaceLegend, PlacesOnMap, placeMessages } from '../places/index.ts';
import { useHasRole } from '../session/index.ts';
import type { WorkspaceParts } from '../shell/workspace.ts';
import { choiceCodec, Segmented, useSelection, useUrlFilter } from '../ui/index.ts';
import styles from './workspaces.module.css';

/** The beat studio is only fetched by those who open a draft. */
const studio = () => import('../studio/index.ts');
const StudioLeft = lazy(async () => ({ default: (await studio()).StudioLeft }));
const StudioRight = lazy(async () => ({ default: (await studio()).StudioRight }));
const StudioLayers = lazy(async () => ({ default: (await studio()).StudioLayers }));
const StudioLegend = lazy(async () => ({ default: (await studio()).StudioLegend }));
const StudioOverlay = lazy(async () => ({ default: (await studio()).StudioOverlay }));

/** 规划: zones and beats with the figures that explain them; a draft of the address opens the studio. */
export const parts: WorkspaceParts = {
  Left: () => (useStudioOpen() ? <StudioLeft /> : <PlanOrFences />),
  Right: Selected,
  isRightWanted: ({ draft }) => draftCodec.parse(draft ?? null) > 0,
  MapOverlay: () => (useStudioOpen() ? <StudioOverlay /> : null),
  Layers: () =>
    useStudioOpen() ? (
      <>
        <StudioLayers />
        <PlacesOnMap />
      </>
    ) : (
      <>
        <BeatsOnMap />
        <GeofencesOnMap />
        <PlacesOnMap />
      </>
    ),
  layerSwitches: [
    { id: BEATS_LAYER, Label: () => useMessages(beatMessages)('layer'), Legend },
    { id: BEAT_LABELS_LAYER, Label: () => useMessages(beatMessages)('layerLabels') },
    { id: GEOFENCES_LAYER, Label: () => useMessages(geofenceMessages)('layer'), Legend: GeofenceLegend },
    {
      id: PLACES_LAYER,
      Label: () => useMessages(placeMessages)('layer'),
      Legend: PlaceLegend,
      visibleAtFirst: false,
    },
  ],
};

function Legend() {
  if (!useStudioOpen()) return <BeatLegend />;
  return (
    <Suspense fallback={null}>
      <StudioLegend />
    </Suspense>
  );
}

function useStudioOpen(): boolean {
  const [draftId] = useUrlFilter('draft', draftCodec);
  const mayEdit = useHasRole('supervisor', 'admin');
  return draftId > 0 && mayEdit;
}

function Selected() {
  const selection = useSelection();
  const studioOpen = useStudioOpen();
  if (studioOpen && selection?.kind !== 'place') return <StudioRight />;
  if (selection?.kind === 'beat' || selection?.kind === 'zone')
    return <AreaDetail level={selection.kind} number={Number(selection.id)} />;
  if (selection?.kind === 'place') return <PlaceDetail placeId={Number(selection.id)} />;
  if (selection?.kind === 'geofence') return <GeofenceDetail geofenceId={Number(selection.id)} changeable />;
  return null;
}

const listCodec = choiceCodec(['plan', 'fences'], 'plan');

/** Two lists in one place: a plan of zones and beats, and fences. Analysts have no fences: they see no units either. */
function PlanOrFences() {
  const plan = useMessages(beatMessages);
  const fences = useMessages(geofenceMessages);
  const [list, setList] = useUrlFilter('list', listCodec);
  if (!useSeesFences()) return <PlanPanel />;
  return (
    <div className={styles.tabbed}>
      <Segmented
        label={plan('layer')}
        value={list}
        options={[
          { value: 'plan', label: plan('plan') },
          { value: 'fences', label: fences('geofences') },
        ]}
        onChange={setList}
      />
      {list === 'fences' ? <GeofencePanel /> : <PlanPanel />}
    </div>
  );
}
