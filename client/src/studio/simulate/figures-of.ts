import { type PairedDifference, SIMULATION_TIER_SECONDS, type Simulation } from '@xunfang/geo-data/contract';
import type { Translate } from '../../i18n/index.ts';
import type { simulateMessages } from './messages.ts';

type Words = Translate<(typeof simulateMessages)['zh']>;
type WriteNumber = (value: number, decimals: number) => string;

/** One line of the table; values as they are written: minutes, seconds, per cent, or a count. */
export interface SimulationRow {
  key: string;
  label: string;
  a: number;
  b: number;
  decimals: number;
  unit: '' | ' %';
  /** null: a figure without an interval. */
  difference: PairedDifference | null;
  good: 'less' | 'more' | null;
}

export function rowsOf({ a, b, difference }: Simulation, t: Words): SimulationRow[] {
  type Name = 'meanSeconds' | 'p50Seconds' | 'p90Seconds' | 'utilisation' | 'crossBeatShare' | 'meanWaitSeconds';
  const row = (key: Name, factor: number, decimals: number, good: SimulationRow['good']): SimulationRow => ({
    key,
    label: t(key),
    a: a[key] * factor,
    b: b[key] * factor,
    decimals,
    unit: factor === 100 ? ' %' : '',
    difference: scaled(difference[key], factor),
    good,
  });
  return [
    row('meanSeconds', 1 / 60, 2, 'less'),
    row('p50Seconds', 1 / 60, 2, 'less'),
    row('p90Seconds', 1 / 60, 2, 'less'),
    ...SIMULATION_TIER_SECONDS.map(
      (seconds, tier): SimulationRow => ({
        key: `tier${tier}`,
        label: t('tier', { minutes: seconds / 60 }),
        a: a.tierShares[tier] * 100,
        b: b.tierShares[tier] * 100,
        decimals: 1,
        unit: ' %',
        difference: scaled(difference.tierShares[tier], 100),
        good: 'more',
      }),
    ),
    row('utilisation', 100, 1, null),
    row('crossBeatShare', 100, 1, 'less'),
    row('meanWaitSeconds', 1, 1, 'less'),
    {
      key: 'waitShare',
      label: t('waitShare'),
      a: a.waitShare * 100,
      b: b.waitShare * 100,
      decimals: 1,
      unit: ' %',
      difference: null,
      good: null,
    },
    {
      key: 'longestQueue',
      label: t('longestQueue'),
      a: a.longestQueue,
      b: b.longestQueue,
      decimals: 0,
      unit: '',
      difference: null,
      good: null,
    },
  ];
}

function scaled({ estimate, low, high, verdict }: PairedDifference, factor: number): PairedDifference {
  return { estimate: estimate * factor, low: low * factor, high: high * factor, verdict };
}

/** Whether B is better by what was shown; null where nothing was, or neither way is better. */
export function betterOf({ difference, good }: SimulationRow): boolean | null {
  if (difference === null || good === null || difference.verdict === 'none') return null;
  return difference.verdict === good;
}

/** Below half a minute a difference is told in seconds. */
const SECONDS_BELOW = 30;

/** The one sentence a run is made for: how much sooner nine of ten calls are reached under B, or that no difference was shown. */
export function sentenceOf({ a, difference }: Simulation, t: Words, write: WriteNumber): string {
  const { estimate, low, high, verdict } = difference.p90Seconds;
  const inSeconds = Math.max(Math.abs(estimate), Math.abs(low), Math.abs(high)) < SECONDS_BELOW;
  const [unit, per, decimals] = inSeconds ? ([t('s'), 1, 0] as const) : ([t('min'), 60, 1] as const);
  // A difference that was shown is never written as 0.
  const least = Math.min(Math.abs(estimate), Math.abs(low), Math.abs(high)) / per;
  const fine = verdict !== 'none' && least < 0.5 * 10 ** -decimals ? decimals + 1 : decimals;
  const number = (seconds: number) => write(seconds / per, fine);
  const signed = (seconds: number) => `${Math.round((seconds / per) * 10 ** fine) > 0 ? '+' : ''}${number(seconds)}`;
  const other = a.plan.inForce ? t('theInForce') : t('theA');
  if (verdict === 'none')
    return t('noDifference', { a: other, value: signed(estimate), unit, low: signed(low), high: signed(high) });
  // Both bounds lie on the side of the estimate; the smaller first.
  const [near, far] = [low, high].map(Math.abs).sort((x, y) => x - y);
  const words = { a: other, value: number(Math.abs(estimate)), unit, low: number(near), high: number(far) };
  return verdict === 'less' ? t('faster', words) : t('slower', words);
}

/** Shares of calls per class, up to where 99 of 100 calls of both plans are reached; the rest is counted. */
export interface Distribution {
  a: number[];
  b: number[];
  /** The highest share. */
  top: number;
  classes: number;
  beyond: { a: number; b: number };
}

const SHOWN_SHARE = 0.99;

export function distributionOf({ a, b }: Simulation): Distribution {
  const classes = Math.max(2, classesUpTo(a.histogram), classesUpTo(b.histogram));
  const shares = (histogram: readonly number[]) => {
    const calls = Math.max(1, sum(histogram));
    return histogram.slice(0, classes).map((count) => count / calls);
  };
  const [ofA, ofB] = [shares(a.histogram), shares(b.histogram)];
  return {
    a: ofA,
    b: ofB,
    top: Math.max(...ofA, ...ofB, Number.MIN_VALUE),
    classes,
    beyond: { a: sum(a.histogram.slice(classes)), b: sum(b.histogram.slice(classes)) },
  };
}

/** The last class of all holds what took longer and has no upper end: it is never drawn. */
function classesUpTo(histogram: readonly number[]): number {
  const wanted = SHOWN_SHARE * sum(histogram);
  let reached = 0;
  for (const [at, count] of histogram.entries()) {
    reached += count;
    if (reached >= wanted) return Math.min(at + 1, histogram.length - 1);
  }
  return histogram.length - 1;
}

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
