export { deleteOldCrossings } from './delete-old-crossings.ts';
export { geofencesModule } from './geofences.module.ts';
