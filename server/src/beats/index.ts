export { type BeatAssigner, createBeatAssigner } from './beat-assigner.ts';
export { planInForceAt } from './plan-in-force.ts';
export { planLifecycleService } from './plan-lifecycle.service.ts';
export { plansModule } from './plans.routes.ts';
export { type PlansDeps, plansService } from './plans.service.ts';
export { rosterUnits } from './roster-units.ts';
