export { tracksModule } from './tracks.module.ts';
