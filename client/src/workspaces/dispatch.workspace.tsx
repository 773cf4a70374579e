import { BEATS_LAYER, BeatDetail, BeatLegend, BeatsOnMap, beatMessages } from '../beats/index.ts';
import { RefusedOnMap, UnitRefusals } from '../devices/index.ts';
import {
  GEOFENCES_LAYER,
  GeofenceDetail,
  GeofenceLegend,
  GeofencesOnMap,
  geofenceMessages,
} from '../geofences/index.ts';
import { useMessages } from '../i18n/index.ts';
import {
  DispatchCounters,
  INCIDENTS_LAYER,
  IncidentDetail,
  IncidentLegend,
  IncidentList,
  IncidentsOnMap,
  incidentMessages,
} from '../incidents/index.ts';
import { PLACES_LAYER, PlaceDetail, PlaceLegend, PlacesOnMap, placeMessages } from '../places/index.ts';
import type { WorkspaceParts } from '../shell/workspace.ts';
import { PastNote, PastUnitsOnMap, TrackStrip, useTimeline } from '../tracks/index.ts';
import { useSelection } from '../ui/index.ts';
import {
  countBusy,
  UNIT_LABELS_LAYER,
  UNITS_LAYER,
  UnitDetail,
  UnitLegend,
  UnitList,
  UnitsOnMap,
  unitMessages,
  useUnitsVersion,
} from '../units/index.ts';
import styles from './workspaces.module.css';

/** 指挥: who is where, what is open, and who could go. */
export const parts: WorkspaceParts = {
  Left: () => (
    <div className={styles.stack}>
      <IncidentList />
      <UnitList />
    </div>
  ),
  Right: Selected,
  Bottom: TrackStrip,
  MapOverlay: Counters,
  Layers: () => {
    const lookingBack = useTimeline((state) => state.period !== null);
    return (
      <>
        <BeatsOnMap quiet />
        <GeofencesOnMap />
        <PlacesOnMap />
        <IncidentsOnMap />
        {lookingBack ? <PastUnitsOnMap /> : <UnitsOnMap />}
        <RefusedOnMap />
      </>
    );
  },
  layerSwitches: [
    { id: UNITS_LAYER, Label: () => useMessages(unitMessages)('layerUnits'), Legend: UnitLegend },
    { id: UNIT_LABELS_LAYER, Label: () => useMessages(unitMessages)('layerLabels') },
    { id: INCIDENTS_LAYER, Label: () => useMessages(incidentMessages)('layer'), Legend: IncidentLegend },
    { id: BEATS_LAYER, Label: () => useMessages(beatMessages)('layer'), Legend: BeatLegend },
    { id: GEOFENCES_LAYER, Label: () => useMessages(geofenceMessages)('layer'), Legend: GeofenceLegend },
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
  if (selection?.kind === 'unit')
    return (
      <UnitDetail unitId={Number(selection.id)}>
        <UnitRefusals unitId={Number(selection.id)} />
      </UnitDetail>
    );
  if (selection?.kind === 'incident') return <IncidentDetail incidentId={Number(selection.id)} />;
  if (selection?.kind === 'beat') return <BeatDetail beatNumber={Number(selection.id)} />;
  if (selection?.kind === 'geofence') return <GeofenceDetail geofenceId={Number(selection.id)} />;
  if (selection?.kind === 'place') return <PlaceDetail placeId={Number(selection.id)} />;
  return null;
}

function Counters() {
  useUnitsVersion();
  return (
    <>
      <DispatchCounters units={countBusy()} />
      <PastNote />
    </>
  );
}
