export { simulationModule } from './simulation.routes.ts';
