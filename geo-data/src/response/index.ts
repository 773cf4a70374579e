export {
  type ApproximateHypercube,
  type ApproximateModel,
  type ApproximateOptions,
  approximateHypercube,
} from './approximate-hypercube.ts';
export {
  createPlanScorer,
  type PlanScorer,
  type PlanScorerOptions,
  type ResponseScore,
  type ResponseTimes,
} from './create-plan-scorer.ts';
export { erlangB } from './erlang-b.ts';
export { erlangC } from './erlang-c.ts';
export { type ErlangDelay, erlangDelay } from './erlang-delay.ts';
export { type HypercubeModel, type HypercubeSolution, MOST_EXACT_UNITS } from './hypercube-model.ts';
export { type KeyPlaceReach, type KeyPlaces, keyPlaceReach, type TierReach } from './key-place-reach.ts';
export { type HomesRequest, NO_HOME, placeHomes } from './place-homes.ts';
export { RESPONSE_ASSUMPTIONS } from './response-assumptions.ts';
export { type DispatchTimes, responseQuantile } from './response-quantile.ts';
export { type ExactHypercube, type ExactOptions, solveHypercube } from './solve-hypercube.ts';
export { type TravelAtoms, type TravelModel } from './travel-model.ts';
