/** What every beat should carry. */
export interface FairShare {
  /** Mean workload of the beats that are not taken up by a heavy atom. */
  meanWorkload: number;
  /** Atoms that alone exceed what a beat may carry, heaviest first. */
  heavyAtoms: Uint32Array;
  /** Workload per atom, heavy atoms counted as exactly one beat's worth. */
  balanced: Float64Array;
}

/**
 * Sets atoms aside that alone exceed the mean by more than the tolerance. Such an atom fills a beat whatever one does, and
 * the others can only be equal among themselves; so it counts as one fair share, and the mean is that of the rest.
 * Without heavy atoms this is the plain mean. O(n log n).
 */
export function fairShare(workload: Float64Array, beats: number, tolerance: number): FairShare {
  const heaviestFirst = Array.from(workload.keys()).sort((a, b) => workload[b] - workload[a] || a - b);
  let rest = workload.reduce((sum, value) => sum + value, 0);
  let heavy = 0;
  while (heavy < beats - 1) {
    const largest = workload[heaviestFirst[heavy]];
    if (largest <= ((1 + tolerance) * rest) / (beats - heavy)) break;
    rest -= largest;
    heavy++;
  }
  const meanWorkload = Math.max(0, rest) / (beats - heavy);
  const heavyAtoms = Uint32Array.from(heaviestFirst.slice(0, heavy));
  const balanced = workload.slice();
  for (const atom of heavyAtoms) balanced[atom] = meanWorkload;
  return { meanWorkload, heavyAtoms, balanced };
}
