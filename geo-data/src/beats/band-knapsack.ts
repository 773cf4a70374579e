export interface BandKnapsack {
  /**
   * Least total cost of atoms, also in fractions, whose workload lies in the band; what is taken of each is subtracted from
   * `slack` when that is given.
   */
  cheapest(cost: Float64Array, slack?: Float64Array): number;
}

/**
 * The fractional knapsack whose load must reach `least` and not exceed `most`: atoms are taken in the order of cost per workload,
 * all that pay as long as they fit, then dear ones until the least is reached (Dantzig 1957). O(atoms) on average by partitioning,
 * as in quickselect. Keeps scratch memory; not for two questions at once.
 */
export function createBandKnapsack(workload: Float64Array, least: number, most: number): BandKnapsack {
  const rate = new Float64Array(workload.length);
  const items = new Uint32Array(workload.length);

  /** Takes the cheapest of `items[0 .. length - 1]` by rate until so much workload is taken; answers their cost. */
  function take(cost: Float64Array, slack: Float64Array | undefined, length: number, capacity: number): number {
    let [from, to, room, sum] = [0, length, capacity, 0];
    while (from < to) {
      // All below the middle's rate come to the left; they are taken together or the search goes on among them.
      const pivot = rate[items[(from + to) >> 1]];
      let [left, equal, right] = [from, from, to];
      let work = 0;
      while (equal < right) {
        const item = items[equal];
        if (rate[item] < pivot) {
          work += workload[item];
          items[equal++] = items[left];
          items[left++] = item;
        } else if (rate[item] > pivot) {
          items[equal] = items[--right];
          items[right] = item;
        } else equal++;
      }
      if (work > room) {
        to = left;
        continue;
      }
      room -= work;
      for (let i = from; i < left; i++) sum += takeShare(items[i], 1);
      for (let i = left; i < right; i++) {
        const share = Math.min(1, room / workload[items[i]]);
        room -= share * workload[items[i]];
        sum += takeShare(items[i], share);
      }
      if (room <= 0) break;
      from = right;
    }
    return sum;

    function takeShare(item: number, share: number): number {
      if (slack !== undefined) slack[item] -= share;
      return share * cost[item];
    }
  }

  return {
    cheapest(cost, slack) {
      let [sum, paying, work] = [0, 0, 0];
      for (let atom = 0; atom < cost.length; atom++) {
        if (cost[atom] >= 0) continue;
        if (workload[atom] > 0) {
          rate[atom] = cost[atom] / workload[atom];
          work += workload[atom];
          items[paying++] = atom;
        } else {
          sum += cost[atom];
          if (slack !== undefined) slack[atom]--;
        }
      }
      if (work >= least) return sum + take(cost, slack, paying, most);
      sum += take(cost, slack, paying, work);
      let dear = 0;
      for (let atom = 0; atom < cost.length; atom++) {
        if (cost[atom] < 0 || workload[atom] === 0) continue;
        rate[atom] = cost[atom] / workload[atom];
        items[dear++] = atom;
      }
      return sum + take(cost, slack, dear, least - work);
    },
  };
}
