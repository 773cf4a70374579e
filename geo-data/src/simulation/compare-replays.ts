import { createSeededRandom, quantileSorted, studentTQuantile } from '../numeric/index.ts';
import type { CallColumns } from './call-columns.ts';
import type { ReplayOutcome } from './create-replay.ts';
import { countedCalls } from './summarise-replay.ts';

/** A figure of the second plan less that of the first, with its interval of confidence. */
export interface Difference {
  estimate: number;
  low: number;
  high: number;
  /** `less` or `more` when the whole interval lies on that side of 0; `none` when it holds 0: no difference was shown. */
  verdict: 'less' | 'more' | 'none';
}

export interface ReplayComparison {
  /** Seconds of response. */
  mean: Difference;
  p50: Difference;
  p90: Difference;
  /** Share of calls reached within each tier's seconds of response. */
  tiers: Difference[];
  /** Means of `perCall`. */
  means: Difference[];
  /** Calls that were answered under both plans; the others cannot be compared. */
  calls: number;
  excluded: number;
  blocks: number;
}

export interface CompareOptions {
  /** Length of a block, a day by default: long enough that one hardly tells of the next. */
  blockSeconds?: number;
  /** When the first block starts, so that days begin at the bureau's midnight; the start of the counted span by default. */
  blocksFromSeconds?: number;
  confidence?: number;
  seed: number;
  /** Bootstrap samples, 1,000 by default. */
  samples?: number;
  tierSeconds?: readonly number[];
  /** Anything else whose mean is compared: one value per call under each plan. */
  perCall?: readonly { first: ArrayLike<number>; second: ArrayLike<number> }[];
}

/** Fewer units of sampling say nothing of the spread between them. */
export const FEWEST_BLOCKS = 10;

/**
 * Is the second plan faster than the first, on the same calls? Each call is its own pair, so that what makes a call hard counts
 * for both plans and falls out of the difference (common random numbers). Calls of one day depend on each other through the
 * queue and the days' events, so whole days (or weeks) are the units of sampling.
 *
 * - Means and shares: batch means in pairs. The difference over all calls is a ratio of block sums; its variance is that of the
 *   ratio estimator for clusters of unequal size, its interval Student's t with blocks − 1 degrees of freedom.
 * - Quantiles: block bootstrap, seeded: `samples` times as many blocks as there are, drawn with replacement, the same ones for both
 *   plans; the interval holds the middle share of the differences of the two quantiles (percentile interval).
 *
 * O(calls · log calls + samples · calls / 25).
 *
 * Source: A. M. Law, Simulation Modeling and Analysis, 5th ed. (2015), 9.5.3 (batch means), 10.2.1 (paired t), 11.2 (common random
 * numbers); W. G. Cochran, Sampling Techniques, 3rd ed. (1977), 6.3, 9A.8 (ratio of cluster sums); B. Efron & R. Tibshirani, An
 * Introduction to the Bootstrap (1993), 8.6, 13.3.
 * @throws a RangeError for outcomes of other calls or spans, or fewer than 10 blocks with calls.
 */
export function compareReplays(
  calls: CallColumns,
  first: ReplayOutcome,
  second: ReplayOutcome,
  options: CompareOptions,
): ReplayComparison {
  const {
    blockSeconds = 86_400,
    blocksFromSeconds = first.fromSeconds,
    confidence = 0.95,
    seed,
    samples = 1000,
  } = options;
  const { tierSeconds = [60, 180, 300], perCall = [] } = options;
  if (first.unitOfCall.length !== calls.count || second.unitOfCall.length !== calls.count) {
    throw new RangeError(
      `The outcomes are of ${first.unitOfCall.length} and ${second.unitOfCall.length} calls, expected ${calls.count}.`,
    );
  }
  if (first.fromSeconds !== second.fromSeconds || first.toSeconds !== second.toSeconds) {
    throw new RangeError(
      `The outcomes count from ${first.fromSeconds} to ${first.toSeconds} and from ${second.fromSeconds} to ${second.toSeconds}, expected one span.`,
    );
  }
  const pairs = pairCalls(calls, first, second, blockSeconds, blocksFromSeconds);
  if (pairs.blocks < FEWEST_BLOCKS) {
    throw new RangeError(
      `The calls fall into ${pairs.blocks} blocks of ${blockSeconds} s, expected at least ${FEWEST_BLOCKS}.`,
    );
  }
  const differenceOf = (valueOf: (seconds: number) => number): Difference =>
    ratioDifference(pairs, (i) => valueOf(pairs.second[i]) - valueOf(pairs.first[i]), confidence);
  const quantiles = [0.5, 0.9];
  const [p50, p90] = bootstrapQuantiles(pairs, quantiles, { seed, samples, confidence });
  return {
    mean: differenceOf((seconds) => seconds),
    p50,
    p90,
    tiers: tierSeconds.map((limit) => differenceOf((seconds) => Number(seconds <= limit))),
    means: perCall.map((values) =>
      ratioDifference(pairs, (i) => values.second[pairs.call[i]] - values.first[pairs.call[i]], confidence),
    ),
    calls: pairs.first.length,
    excluded: pairs.excluded,
    blocks: pairs.blocks,
  };
}

interface Pairs {
  /** One per call answered under both plans: seconds of response. */
  first: Float64Array;
  second: Float64Array;
  /** One per pair: its call. */
  call: Uint32Array;
  /** One per call: number of its block, without gaps. */
  block: Uint32Array;
  blocks: number;
  excluded: number;
}

function pairCalls(
  { atSeconds }: CallColumns,
  first: ReplayOutcome,
  second: ReplayOutcome,
  blockSeconds: number,
  blocksFromSeconds: number,
): Pairs {
  const [start, end] = countedCalls(atSeconds, first);
  const pairs: Pairs = {
    first: new Float64Array(end - start),
    second: new Float64Array(end - start),
    call: new Uint32Array(end - start),
    block: new Uint32Array(end - start),
    blocks: 0,
    excluded: 0,
  };
  let count = 0;
  let lastBlock = Number.NaN;
  for (let call = start; call < end; call++) {
    if (first.unitOfCall[call] < 0 || second.unitOfCall[call] < 0) {
      pairs.excluded++;
      continue;
    }
    const block = Math.floor((atSeconds[call] - blocksFromSeconds) / blockSeconds);
    if (block !== lastBlock) pairs.blocks++;
    lastBlock = block;
    pairs.first[count] = first.waitSeconds[call] + first.travelSeconds[call];
    pairs.second[count] = second.waitSeconds[call] + second.travelSeconds[call];
    pairs.call[count] = call;
    pairs.block[count++] = pairs.blocks - 1;
  }
  pairs.first = pairs.first.subarray(0, count);
  pairs.second = pairs.second.subarray(0, count);
  pairs.block = pairs.block.subarray(0, count);
  return pairs;
}

function ratioDifference(
  { block, blocks }: Pairs,
  difference: (pair: number) => number,
  confidence: number,
): Difference {
  const sums = new Float64Array(blocks);
  const sizes = new Float64Array(blocks);
  for (let i = 0; i < block.length; i++) {
    sums[block[i]] += difference(i);
    sizes[block[i]]++;
  }
  const estimate = sums.reduce((total, sum) => total + sum, 0) / block.length;
  const squares = sums.reduce((total, sum, b) => total + (sum - estimate * sizes[b]) ** 2, 0);
  const error = Math.sqrt((blocks / (blocks - 1)) * squares) / block.length;
  const margin = studentTQuantile((1 + confidence) / 2, blocks - 1) * error;
  return withVerdict(estimate, estimate - margin, estimate + margin);
}

function bootstrapQuantiles(
  pairs: Pairs,
  fractions: readonly number[],
  { seed, samples, confidence }: { seed: number; samples: number; confidence: number },
): Difference[] {
  const random = createSeededRandom(seed);
  const sorted = [sortedWithBlocks(pairs.first, pairs.block), sortedWithBlocks(pairs.second, pairs.block)];
  const quantiles = fractions.map((fraction) =>
    sorted.map((column) => quantileOfSamples(column, pairs.blocks, fraction)),
  );
  const sizes = new Uint32Array(pairs.blocks);
  for (const block of pairs.block) sizes[block]++;
  const times = new Uint32Array(pairs.blocks);
  const differences = fractions.map(() => new Float64Array(samples));
  for (let sample = 0; sample < samples; sample++) {
    times.fill(0);
    let total = 0;
    for (let draw = 0; draw < pairs.blocks; draw++) {
      const block = random.int(pairs.blocks);
      times[block]++;
      total += sizes[block];
    }
    for (const [k, [first, second]] of quantiles.entries()) {
      differences[k][sample] = second(times, total) - first(times, total);
    }
  }
  return fractions.map((fraction, k) => {
    const [a, b] = sorted.map(({ values }) => quantileSorted(values, fraction));
    const ascending = differences[k].sort();
    const [low, high] = [(1 - confidence) / 2, (1 + confidence) / 2].map((share) => quantileSorted(ascending, share));
    return withVerdict(b - a, low, high);
  });
}

interface SortedColumn {
  values: Float64Array;
  block: Uint32Array;
}

function sortedWithBlocks(values: Float64Array, block: Uint32Array): SortedColumn {
  const order = Uint32Array.from(values, (_, i) => i).sort((a, b) => values[a] - values[b]);
  return { values: Float64Array.from(order, (i) => values[i]), block: Uint32Array.from(order, (i) => block[i]) };
}

/** Samples put a quantile at most a few per cent of the ranks away; what lies further up is only counted. */
const BAND = 0.02;

/**
 * A function that gives the quantile of the values, each taken as often as its block was drawn. Ranks are counted down from the
 * largest value: O(blocks + calls in the band), or O(calls) for a sample whose quantile lies above the band.
 */
function quantileOfSamples({ values, block }: SortedColumn, blocks: number, fraction: number) {
  const bandEnd = Math.min(values.length, Math.ceil((fraction + BAND) * values.length) + 1);
  const above = new Uint32Array(blocks);
  for (let i = bandEnd; i < values.length; i++) above[block[i]]++;

  return (times: Uint32Array, total: number): number => {
    // As quantileSorted: between the ranks on both sides of the position.
    const position = (total - 1) * fraction;
    const rank = Math.floor(position);
    let from = total;
    for (let b = 0; b < blocks; b++) from -= times[b] * above[b];
    let i = bandEnd - 1;
    if (from <= rank + 1) [from, i] = [total, values.length - 1];
    let upper = Number.NaN;
    for (; i >= 0; i--) {
      from -= times[block[i]];
      if (from <= rank + 1 && Number.isNaN(upper)) upper = values[i];
      if (from <= rank) break;
    }
    const lower = values[i];
    return lower + (position - rank) * ((Number.isNaN(upper) ? lower : upper) - lower);
  };
}

function withVerdict(estimate: number, low: number, high: number): Difference {
  return { estimate, low, high, verdict: high < 0 ? 'less' : low > 0 ? 'more' : 'none' };
}
