import type { AtomGraph } from './atom-set.ts';
import { createBandKnapsack } from './band-knapsack.ts';

export interface TravelBoundRequest {
  atoms: Pick<AtomGraph, 'count' | 'xMeters' | 'yMeters'>;
  /** Calls per atom, 0 or more: the weight of its distance. */
  calls: Float64Array;
  /** Workload per atom, 0 or more: what must lie in the band. */
  workload: Float64Array;
  beats: number;
  /** A beat may deviate from the mean workload by this share. */
  band: number;
  /** Steps of the subgradient; the bound only rises with them. */
  iterations: number;
  /** Travel of a good plan, call-metres. It sets the length of the steps; whatever it is, the bound holds. */
  knownTravel?: number;
}

/** Share of the iterations without a better bound before steps get shorter. */
const PATIENCE = 1 / 40;
/** How much of the last direction a step keeps, against zigzag. */
const MEMORY = 0.8;
/** Share of the terms that rounding in their sums could have added: they may cancel to far less than they are. */
const ROUNDING = 1e-10;

/**
 * A lower bound, in call-metres, on call-weighted distance to `beats` centres among the atoms (capacitated p-median): "every atom belongs to one
 * beat" is relaxed with a price per atom (Lagrange), so that every candidate centre picks the atoms that pay most until its
 * workload fills the band, in fractions, and the best `beats` centres are taken. Any prices give a bound; the subgradient method
 * (Held, Wolfe & Crowder 1974; directions of Camerini, Fratta & Maffioli 1975) looks for the best. Contiguity and zones are left out, which only lowers it. At
 * its best it equals the linear relaxation. O(atoms²) per iteration, O(atoms) memory.
 * Throws a RangeError when columns do not fit or there are fewer atoms than beats.
 */
export function travelBound(request: TravelBoundRequest): number {
  const { atoms, calls, workload, beats, band, iterations } = request;
  const { count, xMeters, yMeters } = atoms;
  for (const [name, column] of Object.entries({ calls, workload })) {
    if (column.length !== count)
      throw new RangeError(`The column ${name} has ${column.length} values, expected ${count}.`);
  }
  if (!(Number.isInteger(beats) && beats >= 1 && beats <= count)) {
    throw new RangeError(`Asked for ${beats} beats of ${count} atoms, expected 1 to ${count}.`);
  }
  const mean = workload.reduce((sum, work) => sum + work, 0) / beats;
  const knapsack = createBandKnapsack(workload, mean * (1 - band), mean * (1 + band));
  const price = firstPrices(request);
  const cost = new Float64Array(count);
  const worth = new Float64Array(count);
  const slack = new Float64Array(count);
  const direction = new Float64Array(count);
  const byWorth = Array.from(worth.keys());
  let best = Number.NEGATIVE_INFINITY;
  let bestPrice = price.slice();
  const patience = Math.max(8, Math.round(PATIENCE * iterations));
  let stepShare = 1.5;
  let idle = 0;

  /** What every atom costs this centre after its price. */
  function costsAt(centre: number): Float64Array {
    const [x, y] = [xMeters[centre], yMeters[centre]];
    for (let atom = 0; atom < count; atom++) {
      const [dx, dy] = [xMeters[atom] - x, yMeters[atom] - y];
      cost[atom] = calls[atom] * Math.sqrt(dx * dx + dy * dy) - price[atom];
    }
    return cost;
  }

  for (let iteration = 0; iteration < iterations; iteration++) {
    for (let centre = 0; centre < count; centre++) worth[centre] = knapsack.cheapest(costsAt(centre));
    byWorth.sort((a, b) => worth[a] - worth[b] || a - b);
    let bound = 0;
    let magnitude = 0;
    for (const value of price) {
      bound += value;
      magnitude += Math.abs(value);
    }
    for (let i = 0; i < beats; i++) {
      bound += worth[byWorth[i]];
      magnitude += Math.abs(worth[byWorth[i]]);
    }
    bound -= ROUNDING * magnitude;
    if (bound > best) {
      if (bound > best + 1e-6 * Math.abs(best)) idle = 0;
      best = bound;
      bestPrice = price.slice();
    } else if (++idle >= patience) {
      stepShare /= 2;
      idle = 0;
      price.set(bestPrice);
      direction.fill(0);
      if (stepShare < 1e-4) break;
      continue;
    }
    slack.fill(1);
    for (let i = 0; i < beats; i++) knapsack.cheapest(costsAt(byWorth[i]), slack);
    for (let atom = 0; atom < count; atom++) direction[atom] = slack[atom] + MEMORY * direction[atom];
    const steepness = direction.reduce((sum, value) => sum + value * value, 0);
    if (steepness < 1e-12) break;
    const target = Math.max(request.knownTravel ?? 0, best + 0.01 * Math.abs(best));
    const step = (stepShare * (target - bound)) / steepness;
    for (let atom = 0; atom < count; atom++) price[atom] += step * direction[atom];
  }
  return Math.max(0, best);
}

/** Every atom first pays the way across a beat of mean size, as if beats were discs on the ground that the atoms' centres span. */
function firstPrices({ atoms, calls, beats }: TravelBoundRequest): Float64Array {
  const { xMeters, yMeters } = atoms;
  const middleX = xMeters.reduce((sum, x) => sum + x, 0) / atoms.count;
  const middleY = yMeters.reduce((sum, y) => sum + y, 0) / atoms.count;
  let square = 0;
  for (let atom = 0; atom < atoms.count; atom++) {
    square += (xMeters[atom] - middleX) ** 2 + (yMeters[atom] - middleY) ** 2;
  }
  // A disc of radius r has the mean square distance r² / 2 to its middle.
  const radiusMeters = Math.sqrt((2 * square) / atoms.count / beats);
  return calls.map((weight) => weight * radiusMeters);
}
