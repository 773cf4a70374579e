export { type BeatAssigner, createBeatAssigner } from './beat-assigner.ts';
export { draftsService } from './drafts.service.ts';
export { planInForceAt } from './plan-in-force.ts';
export { planLifecycleService } from './plan-lifecycle.service.ts';
export { plansModule } from './plans.routes.ts';
export { type PlansDeps, plansService } from './plans.service.ts';
export { summaryOf } from './plans.views.ts';
export { roadsFileOf } from './roads-file.ts';
export { rosterUnits } from './roster-units.ts';
