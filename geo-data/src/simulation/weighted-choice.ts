import type { SeededRandom } from '../numeric/index.ts';

/** Running sums of `weights`. @throws when a weight is negative or all are 0. O(n). */
export function cumulativeWeights(weights: ArrayLike<number>): Float64Array {
  const sums = new Float64Array(weights.length);
  let total = 0;
  for (let i = 0; i < weights.length; i++) {
    if (!(weights[i] >= 0)) throw new RangeError(`Weight ${i} is ${weights[i]}, expected 0 or more.`);
    total += weights[i];
    sums[i] = total;
  }
  if (!(total > 0)) throw new RangeError(`All ${weights.length} weights are 0, expected at least one above.`);
  return sums;
}

/** An index drawn with the probabilities behind `sums` (of `cumulativeWeights`); items of weight 0 never come. O(log n). */
export function weightedChoice(random: SeededRandom, sums: Float64Array): number {
  const target = random.uniform() * sums[sums.length - 1];
  let low = 0;
  let high = sums.length - 1;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (sums[middle] > target) high = middle;
    else low = middle + 1;
  }
  return low;
}
