export { type BeatAssigner, createBeatAssigner } from './beat-assigner.ts';
export { plansModule } from './plans.routes.ts';
export { type PlansDeps, plansService } from './plans.service.ts';
export { rosterUnits } from './roster-units.ts';
