/**
 * Upper bounds of legend classes that hold about equally many of the positive values: zero is "nothing" and is drawn
 * transparent, so it takes no part. Bounds are values that occur, so no class is empty. Ascending, without repeats, the last one the largest value; fewer than `classes`
 * where ties leave fewer, none when nothing is positive. A value v belongs to the first class whose bound is ≥ v.
 * O(n log n).
 * @throws when classes is not a positive integer.
 */
export function quantileBreaks(values: ArrayLike<number>, classes: number): Float64Array {
  if (!Number.isInteger(classes) || classes < 1) {
    throw new Error(`A legend needs a positive number of classes, got ${classes}.`);
  }
  const positive = Float64Array.from(values)
    .filter((value) => value > 0 && Number.isFinite(value))
    .sort();
  const breaks = new Float64Array(classes);
  let count = 0;
  for (let k = 1; k <= classes && positive.length > 0; k++) {
    const bound = positive[Math.ceil((positive.length * k) / classes) - 1];
    if (count === 0 || bound > breaks[count - 1]) breaks[count++] = bound;
  }
  return breaks.slice(0, count);
}

/** Index of the class a value falls into, -1 for a value that is not positive. Values past the last bound take the last class. O(log classes). */
export function classOf(value: number, breaks: Float64Array): number {
  if (!(value > 0) || breaks.length === 0) return -1;
  let low = 0;
  let high = breaks.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (breaks[middle] >= value) high = middle;
    else low = middle + 1;
  }
  return low;
}
