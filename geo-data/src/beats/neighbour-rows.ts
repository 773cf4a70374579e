import type { AtomGraph, AtomPair } from './atom-set.ts';

/** Pairs in ascending order, lower number first, as rows in which every pair appears twice, ascending. O(pairs). */
export function neighbourRows(
  count: number,
  pairs: readonly AtomPair[],
  connectedPair: Uint8Array,
): Pick<AtomGraph, 'neighbourOffset' | 'neighbour' | 'sharedEdgeMeters' | 'connected'> {
  const neighbourOffset = new Uint32Array(count + 1);
  for (const { a, b } of pairs) {
    neighbourOffset[a + 1]++;
    neighbourOffset[b + 1]++;
  }
  for (let atom = 0; atom < count; atom++) neighbourOffset[atom + 1] += neighbourOffset[atom];
  const next = neighbourOffset.slice();
  const neighbour = new Uint32Array(pairs.length * 2);
  const sharedEdgeMeters = new Float64Array(pairs.length * 2);
  const connected = new Uint8Array(pairs.length * 2);
  // First the lower neighbours of every atom, then the higher ones, so that rows come out ascending.
  const write = (row: number, other: number, pair: number): void => {
    const entry = next[row]++;
    neighbour[entry] = other;
    sharedEdgeMeters[entry] = pairs[pair].sharedMeters;
    connected[entry] = connectedPair[pair];
  };
  for (const [i, { a, b }] of pairs.entries()) write(b, a, i);
  for (const [i, { a, b }] of pairs.entries()) write(a, b, i);
  return { neighbourOffset, neighbour, sharedEdgeMeters, connected };
}
