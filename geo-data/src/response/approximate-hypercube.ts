import { meanOverAtoms, shareOfEnds } from './dispatch-sums.ts';
import {
  assertHypercubeModel,
  callsPerMinute,
  type HypercubeModel,
  type HypercubeSolution,
  lossAndLine,
} from './hypercube-model.ts';

export interface ApproximateModel extends HypercubeModel {
  /** Regions × units: mean minutes from dispatch until free, where they depend on the region; instead of `serviceMinutes`. */
  serviceMinutesByRegion?: Float64Array;
}

export interface ApproximateHypercube extends HypercubeSolution {
  iterations: number;
  /** Largest change of a utilisation in the last iteration. */
  change: number;
}

export interface ApproximateOptions {
  /** Utilisation of the units in a similar model; saves iterations. */
  start?: Float64Array;
  /** Largest change of a utilisation at which it counts as settled, 1e-10 by default. */
  tolerance?: number;
  mostIterations?: number;
}

/** A choice less likely than this is left out; what it would get goes to the others of its region. */
const NEGLIGIBLE = 1e-13;

/**
 * Larson's approximation of the hypercube model, for any number of units: units are taken to be busy independently, but for
 * the factor Q(j) that corrects for drawing j busy units and a free one without replacement from the n of an M/M/n system
 * (with its capacity and line). The utilisations follow from n equations, solved by substitution and scaled to the work that
 * is carried. With service times that differ by unit, or by unit and region, the mean that the M/M/n system needs is that of
 * the calls as dispatched, brought up to date in each iteration (Jarvis; Budge et al.).
 * Equals play in every order with the same likelihood.
 *
 * Its error on random cities of 4 to 12 units is stated and held by the test: below 1 % of a utilisation in the mean.
 * O(regions · units) an iteration, 10 to 20 iterations; ties of g equal units cost g³ per region.
 *
 * Source: R. C. Larson, Approximating the performance of urban emergency service systems, Operations Research 23 (1975);
 * J. P. Jarvis, Approximating the equilibrium behavior of multi-server loss systems, Management Science 31 (1985);
 * S. Budge, A. Ingolfsson & E. Erkut, Approximating vehicle dispatch probabilities for emergency service systems with
 * location-specific service times and multiple units per location, Operations Research 57 (2009).
 * @throws a RangeError for columns that don't fit, no calls at all, or with a line more work than the units can do.
 */
export function approximateHypercube(model: ApproximateModel, options: ApproximateOptions = {}): ApproximateHypercube {
  assertHypercubeModel(model);
  const { unitCount, regionCount, line, callsPerHour } = model;
  const { start, tolerance = 1e-10, mostIterations = 500 } = options;
  const cells = regionCount * unitCount;
  if (model.serviceMinutesByRegion !== undefined && model.serviceMinutesByRegion.length !== cells) {
    const { length } = model.serviceMinutesByRegion;
    throw new RangeError(`The column serviceMinutesByRegion has ${length} values, expected ${cells}.`);
  }
  const calls = callsPerMinute(model);
  if (!(calls > 0)) throw new RangeError(`There are ${calls} calls, expected more than 0.`);
  // Per unit: what a call takes that comes from anywhere, as those that waited do, and what the calls take that it is sent to.
  const anywhereMinutes =
    model.serviceMinutesByRegion === undefined
      ? model.serviceMinutes
      : meanOverAtoms(model.serviceMinutesByRegion, callsPerHour, unitCount);
  const leastEnds = sumOfInverses(anywhereMinutes);
  if (line === 'infinite' && calls >= leastEnds) {
    throw new RangeError(
      `There are ${calls * 60} calls an hour and all units together can do ${leastEnds * 60}, expected fewer calls.`,
    );
  }
  let unitMinutes = anywhereMinutes;
  let endsPerMinute = leastEnds;

  // Minutes of service that a call takes in the mean; at first as if all units were as likely.
  let meanMinutes = anywhereMinutes.reduce((sum, minutes) => sum + minutes, 0) / unitCount;
  const utilisation =
    start?.length === unitCount
      ? start.slice()
      : new Float64Array(unitCount).fill(Math.min(0.95, (calls * meanMinutes) / unitCount));
  const dispatchShare = new Float64Array(cells);
  const work = new Float64Array(unitCount);
  const choice = new Float64Array(unitCount);
  const carriedOfUnit = new Float64Array(unitCount);
  const servedOfUnit = new Float64Array(unitCount);
  let saturation = 0;
  let iterations = 0;
  let change = Number.POSITIVE_INFINITY;
  while (iterations < mostIterations && change >= tolerance) {
    iterations++;
    const levels = levelProbabilities(unitCount, calls * meanMinutes, line === 'infinite' ? calls / endsPerMinute : 0);
    saturation = levels.saturation;
    const correction = correctionFactors(levels);
    const delayedShare = line === 'infinite' ? saturation : 0;
    const delayedOfUnit = shareOfEnds(unitMinutes).map((share) => delayedShare * share);

    work.fill(0);
    carriedOfUnit.fill(0);
    servedOfUnit.fill(0);
    for (let region = 0; region < regionCount; region++) {
      const rate = callsPerHour[region] / 60;
      const row = region * unitCount;
      if (rate === 0) continue;
      const total = choicesOfRegion(model, region, utilisation, correction, choice);
      const scale = ((1 - saturation) * rate) / calls / total;
      for (let unit = 0; unit < unitCount; unit++) {
        const minutes = model.serviceMinutesByRegion?.[row + unit] ?? anywhereMinutes[unit];
        work[unit] += rate * minutes * choice[unit];
        const share = scale * choice[unit] * (1 - utilisation[unit]) + (delayedOfUnit[unit] * rate) / calls;
        dispatchShare[row + unit] = share;
        carriedOfUnit[unit] += calls * share * minutes;
        servedOfUnit[unit] += calls * share;
      }
    }

    // Busy = (1 − busy) · work offered while free + work that waited.
    let [sum, carried, served] = [0, 0, 0];
    for (let unit = 0; unit < unitCount; unit++) {
      const waited = calls * delayedOfUnit[unit] * anywhereMinutes[unit];
      work[unit] = (work[unit] + waited) / (1 + work[unit]);
      sum += work[unit];
      carried += carriedOfUnit[unit];
      served += servedOfUnit[unit];
    }
    meanMinutes = carried / served;
    unitMinutes = anywhereMinutes.map((minutes, unit) =>
      servedOfUnit[unit] > 0 ? carriedOfUnit[unit] / servedOfUnit[unit] : minutes,
    );
    // Never less than if they were sent anywhere, so that the line stays finite on the way.
    endsPerMinute = Math.max(leastEnds, sumOfInverses(unitMinutes));
    change = 0;
    for (let unit = 0; unit < unitCount; unit++) {
      const next = Math.min(1, (work[unit] * carried) / sum);
      change = Math.max(change, Math.abs(next - utilisation[unit]));
      utilisation[unit] = next;
    }
  }
  return {
    utilisation,
    dispatchShare,
    ...lossAndLine(line, saturation, endsPerMinute - calls),
    iterations,
    change,
  };
}

function sumOfInverses(values: Float64Array): number {
  return values.reduce((sum, value) => sum + 1 / value, 0);
}

/**
 * How likely it is, but for the factor that the unit itself is free, that a call of the region goes to each unit. Returns the
 * sum over units with that factor, for scaling.
 */
function choicesOfRegion(
  { unitCount, preference, tiedWithPrevious }: HypercubeModel,
  region: number,
  utilisation: Float64Array,
  correction: Float64Array,
  choice: Float64Array,
): number {
  const row = region * unitCount;
  let busyBefore = 1;
  let total = 0;
  choice.fill(0);
  for (let first = 0, next = 1; first < unitCount && busyBefore > NEGLIGIBLE; first = next, next++) {
    while (next < unitCount && tiedWithPrevious?.[row + next] === 1) next++;
    if (next === first + 1) {
      const unit = preference[row + first];
      choice[unit] = busyBefore * correction[first];
      total += choice[unit] * (1 - utilisation[unit]);
      busyBefore *= utilisation[unit];
      continue;
    }
    const equals = preference.subarray(row + first, row + next);
    for (const unit of equals) {
      choice[unit] = busyBefore * shareAmongEquals(equals, unit, utilisation, correction.subarray(first));
      total += choice[unit] * (1 - utilisation[unit]);
    }
    for (const unit of equals) busyBefore *= utilisation[unit];
  }
  return total;
}

/** Over all orders of the equals: how likely those before `unit` are all busy, each number of them with its correction. */
function shareAmongEquals(
  equals: Uint16Array,
  unit: number,
  utilisation: Float64Array,
  correction: Float64Array,
): number {
  // Elementary symmetric polynomials of the others' utilisations: the sum over all sets of c of them being busy.
  const sums = new Float64Array(equals.length);
  sums[0] = 1;
  let others = 0;
  for (const other of equals) {
    if (other === unit) continue;
    others++;
    for (let c = others; c > 0; c--) sums[c] += sums[c - 1] * utilisation[other];
  }
  let share = 0;
  let orders = 1 / equals.length;
  for (let c = 0; c <= others; c++) {
    share += sums[c] * orders * correction[c];
    orders *= (c + 1) / (others - c);
  }
  return share;
}

interface Levels {
  /** units + 1: how likely it is that this many are busy, without those waiting. */
  probability: Float64Array;
  /** How likely it is that all are busy, calls waiting or not. */
  saturation: number;
  /** Mean share of units that are busy. */
  utilisation: number;
}

/** M/M/n with `load` erlangs; `behindFull` is the ratio of successive states with calls waiting, 0 where none may. */
function levelProbabilities(units: number, load: number, behindFull: number): Levels {
  const probability = new Float64Array(units + 1);
  probability[0] = 1;
  let total = 1;
  for (let busy = 1; busy <= units; busy++) {
    probability[busy] = (probability[busy - 1] * load) / busy;
    total += probability[busy];
  }
  const line = (probability[units] * behindFull) / (1 - behindFull);
  total += line;
  let busyUnits = units * line;
  for (let busy = 0; busy <= units; busy++) {
    busyUnits += busy * probability[busy];
    probability[busy] /= total;
  }
  return { probability, saturation: probability[units] + line / total, utilisation: busyUnits / units / total };
}

/** Q(j): how likely j units and one more, drawn one by one, are busy and the last one free, over ρ^j (1 − ρ). */
function correctionFactors({ probability, utilisation }: Levels): Float64Array {
  const units = probability.length - 1;
  const factors = new Float64Array(units);
  // Per number of busy units: how likely those drawn so far are all busy.
  const allDrawnBusy = new Float64Array(units).fill(1);
  for (let drawn = 0; drawn < units; drawn++) {
    let likelihood = 0;
    for (let busy = drawn; busy < units; busy++) {
      likelihood += (probability[busy] * allDrawnBusy[busy] * (units - busy)) / (units - drawn);
      allDrawnBusy[busy] *= (busy - drawn) / (units - drawn);
    }
    factors[drawn] = likelihood / (utilisation ** drawn * (1 - utilisation));
  }
  return factors;
}
