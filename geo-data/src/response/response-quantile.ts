/** Dispatches in cells, regions × units. */
export interface DispatchTimes {
  unitCount: number;
  /** Travel time of each cell. */
  minutes: Float64Array;
  /** Share of calls that each cell stands for. */
  share: Float64Array;
  /** Where calls may wait in a line before they are dispatched; without it the answer is about travel alone. */
  line?: {
    /** Of the share of a cell, what waits is the product of its region's and its unit's entry. */
    ofRegion: Float64Array;
    ofUnit: Float64Array;
    /** The rate of the exponential wait. */
    endsPerMinute: number;
  };
}

const BINS = 512;
const binShare = new Float64Array(BINS);
const binWaiting = new Float64Array(BINS);

/**
 * The time within which `fraction` of the calls of these regions are reached, exactly: the inverse of the distribution function
 * F(x) = Σ share − Σ waiting · e^(−rate · (x − minutes)), both over cells with minutes ≤ x. One pass puts the cells into 512 bins,
 * a second one sorts those of the bin in which F passes the fraction. O(cells). NaN where there are no calls.
 */
export function responseQuantile(times: DispatchTimes, regions: Uint32Array, fraction: number): number {
  const { unitCount, minutes, share, line } = times;
  if (!(fraction > 0 && fraction < 1)) throw new RangeError(`The fraction must lie between 0 and 1, got ${fraction}.`);
  let longest = 0;
  let total = 0;
  for (const region of regions) {
    for (let cell = region * unitCount; cell < (region + 1) * unitCount; cell++) {
      if (share[cell] <= 0) continue;
      total += share[cell];
      if (minutes[cell] > longest) longest = minutes[cell];
    }
  }
  if (!(total > 0)) return Number.NaN;
  const rate = line?.endsPerMinute ?? 0;
  const width = longest / BINS || 1;
  const binOf = (time: number): number => Math.min(BINS - 1, Math.floor(time / width));
  binShare.fill(0);
  binWaiting.fill(0);
  for (const region of regions) {
    const first = region * unitCount;
    for (let unit = 0; unit < unitCount; unit++) {
      const weight = share[first + unit];
      if (weight <= 0) continue;
      const time = minutes[first + unit];
      const bin = binOf(time);
      binShare[bin] += weight;
      if (line === undefined) continue;
      binWaiting[bin] += line.ofRegion[region] * line.ofUnit[unit] * Math.exp(-rate * ((bin + 1) * width - time));
    }
  }

  // Rounding may leave the sum of shares a little below itself.
  const target = Math.min(fraction * total, total * (1 - 1e-12));
  const decay = Math.exp(-rate * width);
  let [reached, waiting] = [0, 0];
  for (let bin = 0; bin < BINS; bin++) {
    const [shareAfter, waitingAfter] = [reached + binShare[bin], waiting * decay + binWaiting[bin]];
    if (shareAfter - waitingAfter >= target) {
      return quantileInBin(cellsOfBin(times, regions, bin, binOf), bin * width, { reached, waiting, rate, target });
    }
    [reached, waiting] = [shareAfter, waitingAfter];
  }
  return waiting > 0 && reached > target ? longest + Math.log(waiting / (reached - target)) / rate : longest;
}

interface Cell {
  time: number;
  share: number;
  waiting: number;
}

function cellsOfBin(times: DispatchTimes, regions: Uint32Array, bin: number, binOf: (time: number) => number): Cell[] {
  const { unitCount, minutes, share, line } = times;
  const cells: Cell[] = [];
  for (const region of regions) {
    for (let unit = 0; unit < unitCount; unit++) {
      const cell = region * unitCount + unit;
      if (share[cell] <= 0 || binOf(minutes[cell]) !== bin) continue;
      const waiting = line === undefined ? 0 : line.ofRegion[region] * line.ofUnit[unit];
      cells.push({ time: minutes[cell], share: share[cell], waiting });
    }
  }
  return cells.sort((a, b) => a.time - b.time);
}

function quantileInBin(
  cells: readonly Cell[],
  startsAt: number,
  { reached, waiting, rate, target }: { reached: number; waiting: number; rate: number; target: number },
): number {
  let now = startsAt;
  /** When those who wait now bring F up to the target, if nobody else comes. */
  const reachedAt = (): number =>
    waiting > 0 && reached > target
      ? now + Math.max(0, Math.log(waiting / (reached - target)) / rate)
      : Number.POSITIVE_INFINITY;
  for (const cell of cells) {
    const time = reachedAt();
    if (time <= cell.time) return time;
    waiting *= Math.exp(-rate * (cell.time - now));
    now = cell.time;
    reached += cell.share;
    waiting += cell.waiting;
    if (reached - waiting >= target) return now;
  }
  const time = reachedAt();
  return Number.isFinite(time) ? time : now;
}
