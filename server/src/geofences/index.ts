export { geofencesModule } from './geofences.module.ts';
