export { geofencesModule } from './geofences.routes.ts';
