export { hotspotsModule } from './hotspots.routes.ts';
export { type IncidentStore, incidentStoreOf } from './incident-store.ts';
export type { LoadedIncidents } from './loaded-incidents.ts';
