import { studentTQuantile } from '@xunfang/geo-data/numeric';

/** A line through points, and how sure its slope is. */
export interface Trend {
  slope: number;
  /** 95 % confidence interval of the slope. */
  low: number;
  high: number;
}

/** Neighbouring samples of a memory tell the same: means over blocks of time are nearly independent. */
const BLOCKS = 20;

/**
 * Least squares through the means of up to 20 blocks of equal time. Fewer than 3 blocks say nothing: the interval is without end then.
 * Throws for lists of different lengths. O(n).
 */
export function linearTrend(times: readonly number[], values: readonly number[]): Trend {
  if (times.length !== values.length)
    throw new Error(`${times.length} times for ${values.length} values when expected as many.`);
  const blocks = blockMeans(times, values);
  const n = blocks.length;
  const meanTime = blocks.reduce((sum, { time }) => sum + time, 0) / n;
  const meanValue = blocks.reduce((sum, { value }) => sum + value, 0) / n;
  let [xx, xy] = [0, 0];
  for (const { time, value } of blocks) {
    xx += (time - meanTime) ** 2;
    xy += (time - meanTime) * (value - meanValue);
  }
  if (n < 3 || xx === 0) return { slope: xx === 0 ? Number.NaN : xy / xx, low: -Infinity, high: Infinity };
  const slope = xy / xx;
  let residual = 0;
  for (const { time, value } of blocks) residual += (value - meanValue - slope * (time - meanTime)) ** 2;
  const half = studentTQuantile(0.975, n - 2) * Math.sqrt(residual / (n - 2) / xx);
  return { slope, low: slope - half, high: slope + half };
}

function blockMeans(times: readonly number[], values: readonly number[]): { time: number; value: number }[] {
  if (times.length === 0) return [];
  const start = Math.min(...times);
  const length = Math.max(...times) - start;
  const sums = Array.from({ length: Math.min(BLOCKS, times.length) }, () => ({ time: 0, value: 0, count: 0 }));
  for (const [i, time] of times.entries()) {
    const share = length === 0 ? 0 : (time - start) / length;
    const block = sums[Math.min(sums.length - 1, Math.floor(share * sums.length))];
    block.time += time;
    block.value += values[i];
    block.count++;
  }
  return sums
    .filter(({ count }) => count > 0)
    .map(({ time, value, count }) => ({ time: time / count, value: value / count }));
}
