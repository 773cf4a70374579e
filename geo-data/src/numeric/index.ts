export { IndexedHeap } from './indexed-heap.ts';
export { lowerBound } from './lower-bound.ts';
export { erfc, normalCumulative, twoSidedP } from './normal-distribution.ts';
export { classOf, quantileBreaks } from './quantile-breaks.ts';
export { createSeededRandom, type SeededRandom } from './seeded-random.ts';
export { mean, percent, quantileSorted } from './statistics.ts';
export { studentTQuantile } from './student-t.ts';
