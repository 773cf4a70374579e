import type { ProposalFigures } from '@xunfang/geo-data/contract';

/** A linear scale of a figure, with round numbers to write beside it. */
export interface Scale {
  from: number;
  to: number;
  ticks: number[];
}

export interface ParetoScales {
  response: Scale;
  balance: Scale;
}

const STEPS = [1, 2, 5];
const MOST_TICKS = 5;

/** Scales that hold all of these, with a little room around. */
export function paretoScales(all: readonly ProposalFigures[]): ParetoScales {
  return {
    response: scaleOf(all.map(({ response }) => response)),
    balance: scaleOf(all.map(({ balance }) => balance)),
  };
}

function scaleOf(values: readonly number[]): Scale {
  const finite = values.filter(Number.isFinite);
  if (finite.length === 0) return { from: 0, to: 1, ticks: [0, 1] };
  const [least, most] = [Math.min(...finite), Math.max(...finite)];
  const room = 0.08 * (most - least) || 0.05 * Math.abs(most) || 1;
  const [from, to] = [Math.max(0, least - room), most + room];
  const step = roundStep((to - from) / MOST_TICKS);
  const ticks: number[] = [];
  for (let i = Math.ceil(from / step); i * step <= to; i++) ticks.push(i * step);
  return { from, to, ticks };
}

/** The next round number at least as large: 1, 2 or 5 times a power of ten. */
function roundStep(least: number): number {
  const power = 10 ** Math.floor(Math.log10(least));
  const factor = STEPS.find((step) => step * power >= least * (1 - 1e-9)) ?? 10;
  return factor * power;
}

/** Decimals that tell the ticks apart. */
export function decimalsOf({ ticks }: Scale): number {
  const step = ticks.length > 1 ? ticks[1] - ticks[0] : ticks[0];
  return step > 0 ? Math.max(0, Math.ceil(-Math.log10(step) - 1e-9)) : 0;
}

export const shareOn = ({ from, to }: Scale, value: number): number => (value - from) / (to - from);

/** Where a figure lies between the least and the most of all, 0-1; 0.5 where all are the same. */
export function rankOf(values: readonly number[], value: number): number {
  const [least, most] = [Math.min(...values), Math.max(...values)];
  return most > least ? (value - least) / (most - least) : 0.5;
}

/**
 * The proposal that an arrow key leads to: right and left by response, up and down by balance, as they lie on the chart; Home and End are
 * the fastest and the slowest. Without one to go from, the fastest. Null: this key leads nowhere.
 */
export function neighbour<Point extends ProposalFigures & { id: number }>(
  points: readonly Point[],
  fromId: number | null,
  key: string,
): Point | null {
  const axis = key === 'ArrowUp' || key === 'ArrowDown' ? 'balance' : 'response';
  const step = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1, Home: 0, End: 0 }[key];
  if (step === undefined || points.length === 0) return null;
  const sorted = points.toSorted((a, b) => a[axis] - b[axis] || a.id - b.id);
  const at = sorted.findIndex(({ id }) => id === fromId);
  if (key === 'End') return sorted.at(-1) ?? null;
  if (key === 'Home' || at < 0) return sorted[0];
  return sorted[Math.min(sorted.length - 1, Math.max(0, at + step))];
}
