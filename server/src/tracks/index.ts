export { type RestoredFile, restoreFile } from './restore-file.ts';
export { tracksModule } from './tracks.module.ts';
