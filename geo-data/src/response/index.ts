export {
  type ApproximateHypercube,
  type ApproximateModel,
  type ApproximateOptions,
  approximateHypercube,
} from './approximate-hypercube.ts';
export { erlangB } from './erlang-b.ts';
export { erlangC } from './erlang-c.ts';
export { type ErlangDelay, erlangDelay } from './erlang-delay.ts';
export { type HypercubeModel, type HypercubeSolution, MOST_EXACT_UNITS } from './hypercube-model.ts';
export { type ExactHypercube, type ExactOptions, solveHypercube } from './solve-hypercube.ts';
