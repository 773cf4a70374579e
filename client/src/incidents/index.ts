export { DispatchCounters } from './dispatch-counters.tsx';
export { IncidentDetail } from './incident-detail.tsx';
export { IncidentLegend, IncidentList } from './incident-list.tsx';
export { INCIDENTS_LAYER, IncidentsOnMap } from './incidents-on-map.tsx';
export { incidentMessages } from './messages.ts';
