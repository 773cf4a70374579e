/** Keeps what nothing else kept is better than in every respect. */
export interface ParetoArchive<Item> {
  /** Takes the item in unless one kept is at least as good in every figure; drops those that it is at least as good as. */
  add(item: Item): boolean;
  /** At most so many, spread well; in the order they came. */
  thinned(most: number): Item[];
  items(): readonly Item[];
}

/** `figuresOf` gives the figures of an item, lower is better, always as many. O(items) to add. */
export function createParetoArchive<Item>(figuresOf: (item: Item) => readonly number[]): ParetoArchive<Item> {
  let kept: { item: Item; figures: readonly number[] }[] = [];
  const asGood = (a: readonly number[], b: readonly number[]): boolean => a.every((value, i) => value <= b[i]);

  return {
    add(item) {
      const figures = figuresOf(item);
      if (kept.some((other) => asGood(other.figures, figures))) return false;
      kept = kept.filter((other) => !asGood(figures, other.figures));
      kept.push({ item, figures });
      return true;
    },
    thinned(most) {
      const rest = kept.slice();
      while (rest.length > most) {
        const crowding = crowdingDistances(rest.map(({ figures }) => figures));
        let closest = 0;
        for (const [i, distance] of crowding.entries()) if (distance < crowding[closest]) closest = i;
        rest.splice(closest, 1);
      }
      return rest.map(({ item }) => item);
    },
    items: () => kept.map(({ item }) => item),
  };
}

/**
 * How much room each has among the others: per figure the span between the two neighbours over the span of all, summed; endless
 * for the best and worst of a figure (Deb, Pratap, Agarwal & Meyarivan 2002, NSGA-II). O(figures · n log n).
 */
function crowdingDistances(figures: readonly (readonly number[])[]): Float64Array {
  const distance = new Float64Array(figures.length);
  for (const [f] of (figures[0] ?? []).entries()) {
    const order = Array.from(figures.keys()).sort((a, b) => figures[a][f] - figures[b][f] || a - b);
    const [first, last] = [order[0], order[order.length - 1]];
    const span = figures[last][f] - figures[first][f];
    if (span === 0) continue;
    distance[first] = Number.POSITIVE_INFINITY;
    distance[last] = Number.POSITIVE_INFINITY;
    for (let i = 1; i < order.length - 1; i++) {
      distance[order[i]] += (figures[order[i + 1]][f] - figures[order[i - 1]][f]) / span;
    }
  }
  return distance;
}
