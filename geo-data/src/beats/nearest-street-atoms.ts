import type { AtomPair } from './atom-set.ts';

/** Atom that can't be reached from any street over land. */
export const NO_STREET = 0xffffffff;

/**
 * The atom with a street that every atom is nearest to, counted in atoms over land; itself where it has one. Among equally near
 * ones that with which the common edge is longest. O(pairs · layers).
 */
export function nearestStreetAtoms(pairs: readonly AtomPair[], streetMeters: Float64Array): Uint32Array {
  const nearest = Uint32Array.from(streetMeters, (meters, atom) => (meters > 0 ? atom : NO_STREET));
  let waiting = pairs.filter(({ sharedMeters }) => sharedMeters > 0);
  for (;;) {
    // Longest edge to the atoms reached so far, for every atom that touches them.
    const entrance = new Map<number, { from: number; sharedMeters: number }>();
    waiting = waiting.filter(({ a, b, sharedMeters }) => {
      const [reachedA, reachedB] = [nearest[a] !== NO_STREET, nearest[b] !== NO_STREET];
      if (reachedA && reachedB) return false;
      if (!reachedA && !reachedB) return true;
      const [from, to] = reachedA ? [a, b] : [b, a];
      if (sharedMeters > (entrance.get(to)?.sharedMeters ?? 0)) entrance.set(to, { from, sharedMeters });
      return true;
    });
    if (entrance.size === 0) return nearest;
    const reached = [...entrance].map(([atom, { from }]) => [atom, nearest[from]]);
    for (const [atom, street] of reached) nearest[atom] = street;
  }
}
