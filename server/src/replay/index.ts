export { replayModule } from './replay.routes.ts';
