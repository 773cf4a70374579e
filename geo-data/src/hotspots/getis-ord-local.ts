import { twoSidedP } from '../numeric/index.ts';
import type { Adjacency } from './cell-neighbours.ts';

export interface GetisOrdOptions {
  /** 'included', the default, gives Gi*: a cell is its own neighbour. 'excluded' gives Gi. */
  self?: 'included' | 'excluded';
  /** Weight of each neighbour, in the order of the adjacency; all 1 by default. */
  weights?: Float64Array;
  /** Weight of the cell itself where it is included; 1 by default. */
  selfWeight?: number;
  /** Divide the weights of every cell by their sum; a cell's own weight takes part. Changes no z but with '1992'. */
  rowStandardised?: boolean;
  /**
   * '1995', the default, is right for any weights. '1992' takes Σw² to be Σw, which holds for weights of 0 and 1 only;
   * it is there to reproduce figures of pysal/esda, which uses it for row-standardised weights too.
   */
  variance?: '1995' | '1992';
}

export interface GetisOrdResult {
  /** Standard score: positive in hot, negative in cold surroundings. */
  z: Float64Array;
  /** Two-sided p value of z under the normal approximation. */
  p: Float64Array;
}

/**
 * Local Getis-Ord statistic Gi* (or Gi) of every cell, standardised. The mean and variance are those of all cells for Gi*
 * and of all others for Gi. Where nothing can vary (equal values, or a cell that neighbours every cell with equal
 * weights, or none) z is 0 and p is 1. O(n + neighbours).
 * Source: J. K. Ord and A. Getis, Local spatial autocorrelation statistics, Geographical Analysis 27 (1995), eq. 6 and 14;
 * '1992': A. Getis and J. K. Ord, Geographical Analysis 24 (1992).
 * @throws when there are fewer than 3 cells, a length is not as expected, or a value is not finite.
 */
export function getisOrdLocal(
  values: Float64Array,
  adjacency: Adjacency,
  options: GetisOrdOptions = {},
): GetisOrdResult {
  const { offsets, neighbours } = adjacency;
  const { weights, selfWeight = 1, rowStandardised = false } = options;
  const count = values.length;
  if (count < 3) throw new Error(`Gi* needs at least 3 cells, got ${count}.`);
  if (offsets.length !== count + 1) throw new Error(`Expected ${count + 1} offsets, got ${offsets.length}.`);
  if (weights !== undefined && weights.length !== neighbours.length) {
    throw new Error(`Expected ${neighbours.length} weights, got ${weights.length}.`);
  }
  const isStar = options.self !== 'excluded';

  // Deviations from the mean instead of values: the statistic is the same, the digits are kept.
  let sum = 0;
  for (let i = 0; i < count; i++) {
    if (!Number.isFinite(values[i])) throw new Error(`Value ${i} must be finite, got ${values[i]}.`);
    sum += values[i];
  }
  const mean = sum / count;
  let total = 0;
  let totalSquares = 0;
  for (let i = 0; i < count; i++) {
    const deviation = values[i] - mean;
    total += deviation;
    totalSquares += deviation * deviation;
  }

  // What is left of equal values after rounding is no variance.
  const overallVariance = totalSquares / count > 1e-24 * mean * mean ? totalSquares / count : Number.POSITIVE_INFINITY;
  const z = new Float64Array(count);
  const p = new Float64Array(count);
  for (let i = 0; i < count; i++) {
    const own = values[i] - mean;
    let weightSum = isStar ? selfWeight : 0;
    let weightSquares = weightSum * weightSum;
    let weighted = weightSum * own;
    for (let k = offsets[i]; k < offsets[i + 1]; k++) {
      const weight = weights === undefined ? 1 : weights[k];
      weightSum += weight;
      weightSquares += weight * weight;
      weighted += weight * (values[neighbours[k]] - mean);
    }
    if (rowStandardised && weightSum !== 0) {
      weighted /= weightSum;
      weightSquares /= weightSum * weightSum;
      weightSum = 1;
    }
    if (options.variance === '1992') weightSquares = weightSum;
    const population = isStar ? count : count - 1;
    const localMean = (isStar ? total : total - own) / population;
    const variance = (isStar ? totalSquares : totalSquares - own * own) / population - localMean * localMean;
    const spread = (population * weightSquares - weightSum * weightSum) / (population - 1);
    const canVary = variance > 1e-12 * overallVariance && spread > 1e-12 * weightSquares;
    z[i] = canVary ? (weighted - localMean * weightSum) / Math.sqrt(variance * spread) : 0;
    p[i] = twoSidedP(z[i]);
  }
  return { z, p };
}
