/**
 * Adjusted p values (q values) that control the false discovery rate: a cell is significant at rate α where q ≤ α.
 * q of the k-th smallest p is the least of n·p(j)/j over j ≥ k, and at most 1. Order is kept, equal p get equal q.
 * O(n log n). Source: Y. Benjamini and Y. Hochberg, J. R. Stat. Soc. B 57 (1995).
 * @throws when a p value is not in [0, 1].
 */
export function benjaminiHochberg(p: Float64Array): Float64Array {
  const count = p.length;
  const ascending = p.slice().sort();
  if (count > 0 && !(ascending[0] >= 0 && ascending[count - 1] <= 1)) {
    throw new Error(`p values must be in [0, 1], got ${ascending[0]} to ${ascending[count - 1]}.`);
  }
  const adjusted = new Float64Array(count);
  let least = 1;
  for (let rank = count; rank > 0; rank--) {
    least = Math.min(least, (count / rank) * ascending[rank - 1]);
    adjusted[rank - 1] = least;
  }
  // Equal p have equal q, so a value finds its q by bisection: no sort of indexes.
  const q = new Float64Array(count);
  for (let i = 0; i < count; i++) {
    let low = 0;
    let high = count - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (ascending[middle] < p[i]) low = middle + 1;
      else high = middle;
    }
    q[i] = adjusted[low];
  }
  return q;
}
