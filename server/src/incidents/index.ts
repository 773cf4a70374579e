export { incidentsModule } from './incidents.routes.ts';
