/**
 * Gives areas drawn anew the places of known ones with which they share most weight, the heaviest pair first; those that share nothing take
 * what is left in order. `before` and `after` hold the place of an area per atom, 0 to `count` - 1 (others belong to none). Answers the known
 * place of every new area, each once. O(atoms + pairs · log pairs).
 */
export function matchAreas(
  count: number,
  before: ArrayLike<number>,
  after: ArrayLike<number>,
  weight: ArrayLike<number>,
): Uint16Array {
  const shared = new Map<number, number>();
  for (let atom = 0; atom < after.length; atom++) {
    if (before[atom] >= count || after[atom] >= count) continue;
    const pair = after[atom] * count + before[atom];
    // A touch for the atom itself: land without work has a past, too.
    shared.set(pair, (shared.get(pair) ?? 0) + weight[atom] + 1e-9);
  }
  const placeOf = new Map<number, number>();
  const taken = new Set<number>();
  for (const [pair] of [...shared].sort((a, b) => b[1] - a[1] || a[0] - b[0])) {
    const [area, place] = [Math.floor(pair / count), pair % count];
    if (placeOf.has(area) || taken.has(place)) continue;
    placeOf.set(area, place);
    taken.add(place);
  }
  const free = Array.from({ length: count }, (_, place) => place).filter((place) => !taken.has(place));
  return Uint16Array.from({ length: count }, (_, area) => placeOf.get(area) ?? free.shift() ?? 0);
}
