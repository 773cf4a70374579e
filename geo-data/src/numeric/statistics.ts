/** Arithmetic mean by compensated (Neumaier) summation; NaN for no values. O(n). */
export function mean(values: ArrayLike<number>): number {
  let sum = 0;
  let lost = 0;
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    const next = sum + value;
    lost += Math.abs(sum) >= Math.abs(value) ? sum - next + value : value - next + sum;
    sum = next;
  }
  return (sum + lost) / values.length;
}

/**
 * Quantile of ascending values by linear interpolation (Hyndman & Fan type 7, the default of R and NumPy).
 * NaN for no values. O(1).
 * @throws when the fraction is outside [0, 1].
 */
export function quantileSorted(ascending: ArrayLike<number>, fraction: number): number {
  if (!(fraction >= 0 && fraction <= 1)) throw new Error(`Quantile must be in [0, 1], got ${fraction}.`);
  if (ascending.length === 0) return Number.NaN;
  const position = (ascending.length - 1) * fraction;
  const lower = Math.floor(position);
  const upper = Math.min(lower + 1, ascending.length - 1);
  return ascending[lower] + (ascending[upper] - ascending[lower]) * (position - lower);
}

/**
 * numerator / denominator in per cent, rounded half away from zero on the exact decimal (not on its binary neighbour).
 * null when the denominator is 0: such a figure is shown as "—", never as 0 % or ∞.
 * @throws when the arguments are not safe integers, or decimals is not an integer in [0, 6].
 */
export function percent(numerator: number, denominator: number, decimals = 1): number | null {
  if (!Number.isSafeInteger(numerator) || !Number.isSafeInteger(denominator)) {
    throw new Error(`Percentages are taken of safe integers, got ${numerator} / ${denominator}.`);
  }
  if (!Number.isInteger(decimals) || decimals < 0 || decimals > 6) {
    throw new Error(`Decimals must be an integer in [0, 6], got ${decimals}.`);
  }
  if (denominator === 0) return null;
  const scale = 10n ** BigInt(decimals);
  const top = BigInt(Math.abs(numerator)) * 100n * scale;
  const bottom = BigInt(Math.abs(denominator));
  const rounded = Number((2n * top + bottom) / (2n * bottom)) / Number(scale);
  if (rounded === 0) return 0;
  return numerator < 0 !== denominator < 0 ? -rounded : rounded;
}
