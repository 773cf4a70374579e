import type { HypercubeModel } from '../src/response/index.ts';

/** Transitions of the hypercube, state by state and region by region as the model is told. */
function transitions(model: HypercubeModel): { from: number; to: number; rate: number }[] {
  const { unitCount, regionCount, callsPerHour, serviceMinutes, preference } = model;
  const states = 1 << unitCount;
  const list: { from: number; to: number; rate: number }[] = [];
  for (let state = 0; state < states; state++) {
    const arrivals = new Float64Array(unitCount);
    for (let region = 0; region < (state === states - 1 ? 0 : regionCount); region++) {
      let rank = region * unitCount;
      while (state & (1 << preference[rank])) rank++;
      arrivals[preference[rank]] += callsPerHour[region] / 60;
    }
    for (let unit = 0; unit < unitCount; unit++) {
      const bit = 1 << unit;
      if (state & bit) list.push({ from: state, to: state ^ bit, rate: 1 / serviceMinutes[unit] });
      else if (arrivals[unit] > 0) list.push({ from: state, to: state | bit, rate: arrivals[unit] });
    }
  }
  return list;
}

function utilisationOf(probability: Float64Array, unitCount: number): Float64Array {
  const utilisation = new Float64Array(unitCount);
  for (const [state, likelihood] of probability.entries()) {
    for (let unit = 0; unit < unitCount; unit++) if (state & (1 << unit)) utilisation[unit] += likelihood;
  }
  return utilisation;
}

/** The balance equations as a dense matrix, solved by elimination with pivoting: O(8 ^ n). */
export function denseHypercube(model: HypercubeModel): Float64Array {
  const states = 1 << model.unitCount;
  const width = states + 1;
  const matrix = new Float64Array(states * width);
  for (const { from, to, rate } of transitions(model)) {
    matrix[to * width + from] += rate;
    matrix[from * width + from] -= rate;
  }
  matrix.fill(1, 0, width);
  for (let column = 0; column < states; column++) {
    let pivot = column;
    for (let row = column + 1; row < states; row++) {
      if (Math.abs(matrix[row * width + column]) > Math.abs(matrix[pivot * width + column])) pivot = row;
    }
    if (pivot !== column) {
      const held = matrix.slice(pivot * width, (pivot + 1) * width);
      matrix.copyWithin(pivot * width, column * width, (column + 1) * width);
      matrix.set(held, column * width);
    }
    for (let row = column + 1; row < states; row++) {
      const factor = matrix[row * width + column] / matrix[column * width + column];
      if (factor === 0) continue;
      for (let c = column; c < width; c++) matrix[row * width + c] -= factor * matrix[column * width + c];
    }
  }
  const probability = new Float64Array(states);
  for (let row = states - 1; row >= 0; row--) {
    let rest = matrix[row * width + states];
    for (let c = row + 1; c < states; c++) rest -= matrix[row * width + c] * probability[c];
    probability[row] = rest / matrix[row * width + row];
  }
  return utilisationOf(probability, model.unitCount);
}

/** Power iteration on the uniformised chain, until a step changes less than `tolerance` in sum. */
export function powerHypercube(model: HypercubeModel, tolerance: number): Float64Array {
  const states = 1 << model.unitCount;
  const list = transitions(model);
  const from = Uint32Array.from(list, (flow) => flow.from);
  const to = Uint32Array.from(list, (flow) => flow.to);
  const outflow = new Float64Array(states);
  for (const flow of list) outflow[flow.from] += flow.rate;
  const fastest =
    Math.max(
      ...outflow.slice(0, 1),
      outflow.reduce((most, rate) => Math.max(most, rate), 0),
    ) * 1.01;
  const step = Float64Array.from(list, (flow) => flow.rate / fastest);
  let now = new Float64Array(states).fill(1 / states);
  let next = new Float64Array(states);
  for (let change = Infinity; change > tolerance; ) {
    for (let state = 0; state < states; state++) next[state] = now[state] * (1 - outflow[state] / fastest);
    for (let i = 0; i < from.length; i++) next[to[i]] += now[from[i]] * step[i];
    change = 0;
    for (let state = 0; state < states; state++) change += Math.abs(next[state] - now[state]);
    [now, next] = [next, now];
  }
  return utilisationOf(now, model.unitCount);
}

/** Larson's approximation as the paper writes it, with lists of objects and the lists of preference sorted from travel times. */
export function plainLarson(model: {
  unitCount: number;
  callsPerHour: Float64Array;
  /** Regions × units. */
  travelMinutes: Float64Array;
  serviceMinutes: number;
}): number[] {
  const { unitCount, callsPerHour, travelMinutes, serviceMinutes } = model;
  const regions = Array.from(callsPerHour, (calls, region) => ({
    rate: (calls / 60) * serviceMinutes,
    prefs: Array.from({ length: unitCount }, (_, unit) => unit).sort(
      (a, b) => travelMinutes[region * unitCount + a] - travelMinutes[region * unitCount + b],
    ),
  }));
  const load = regions.reduce((sum, { rate }) => sum + rate, 0);
  const mean = load / unitCount;
  const factorial = (n: number): number => (n <= 1 ? 1 : n * factorial(n - 1));
  let norm = (load ** unitCount / factorial(unitCount)) * (1 / (1 - mean));
  for (let k = 0; k < unitCount; k++) norm += load ** k / factorial(k);
  const waits = ((load ** unitCount / factorial(unitCount)) * (1 / (1 - mean))) / norm;
  const correction = (j: number): number => {
    let sum = 0;
    for (let k = j; k < unitCount; k++) {
      sum +=
        ((factorial(unitCount - j - 1) * (unitCount - k)) / factorial(k - j)) *
        (unitCount ** k / factorial(unitCount)) *
        mean ** (k - j);
    }
    return (sum * (1 / norm)) / (1 - mean);
  };
  const corrections = Array.from({ length: unitCount }, (_, j) => correction(j));
  let busy: number[] = Array.from({ length: unitCount }, () => mean);
  for (let change = 1; change > 1e-10; ) {
    const offered: number[] = Array.from({ length: unitCount }, () => 0);
    for (const { rate, prefs } of regions) {
      let before = 1;
      for (const [rank, unit] of prefs.entries()) {
        offered[unit] += rate * corrections[rank] * before;
        before *= busy[unit];
      }
    }
    let next = offered.map((work) => (work + mean * waits) / (1 + work));
    const scale = load / next.reduce((sum, share) => sum + share, 0);
    next = next.map((share) => share * scale);
    change = Math.max(...next.map((share, unit) => Math.abs(share - busy[unit])));
    busy = next;
  }
  return busy;
}
