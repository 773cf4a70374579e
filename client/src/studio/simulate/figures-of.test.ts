import type { PairedDifference, SimulatedPlan, Simulation } from '@xunfang/geo-data/contract';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { betterOf, distributionOf, rowsOf, sentenceOf } from './figures-of.ts';

// The languages look at the address and the page; there is neither here.
vi.stubGlobal('window', { location: { search: '' } });
vi.stubGlobal('document', { documentElement: {} });
const { i18n } = await import('../../i18n/i18n.ts');
const { translate } = await import('../../i18n/index.ts');
const { simulateMessages } = await import('./messages.ts');
afterAll(() => vi.unstubAllGlobals());

const t = translate(simulateMessages);
const setLanguage = (language: 'zh' | 'en') => i18n.changeLanguage(language);
const write = (value: number, decimals: number) => value.toFixed(decimals);
const NONE: PairedDifference = { estimate: 0, low: 0, high: 0, verdict: 'none' };

function simulation(p90: PairedDifference, { inForce = true, histogram = [6, 3, 1, 0] } = {}): Simulation {
  const plan = { inForce, name: '现行' } as SimulatedPlan['plan'];
  const one: SimulatedPlan = {
    plan,
    revision: 0,
    units: 27,
    meanSeconds: 240,
    p50Seconds: 200,
    p90Seconds: 480,
    tierShares: [0.1, 0.4, 0.7],
    utilisation: 0.2,
    crossBeatShare: 0.3,
    meanWaitSeconds: 2,
    waitShare: 0.01,
    longestQueue: 3,
    histogram,
  };
  const less = { estimate: -0.05, low: -0.08, high: -0.02, verdict: 'less' } as const;
  return {
    a: one,
    b: one,
    difference: {
      meanSeconds: NONE,
      p50Seconds: NONE,
      p90Seconds: p90,
      tierShares: [NONE, less, NONE],
      utilisation: less,
      crossBeatShare: less,
      meanWaitSeconds: NONE,
    },
    from: '',
    to: '',
    calls: 10,
    outside: 0,
    days: 10,
    travel: 'roads',
    sceneMinutes: 30,
    seed: 1,
    histogramSeconds: 30,
    tookMs: 1,
  };
}
const FASTER: PairedDifference = { estimate: -48, low: -66, high: -30, verdict: 'less' };

describe('sentenceOf', () => {
  it('says how much sooner or later, and between which bounds, the nearer first', async () => {
    await setLanguage('zh');
    expect(sentenceOf(simulation(FASTER), t, write)).toBe('方案 B 比现行方案 P90 快 0.8 分钟（95 % 区间 0.5–1.1）');
    const slower: PairedDifference = { estimate: 48, low: 30, high: 66, verdict: 'more' };
    expect(sentenceOf(simulation(slower, { inForce: false }), t, write)).toBe(
      '方案 B 比方案 A P90 慢 0.8 分钟（95 % 区间 0.5–1.1）',
    );
    await setLanguage('en');
    expect(sentenceOf(simulation(FASTER), t, write)).toBe(
      "Plan B's P90 is 0.8 min faster than that of the plan in force (95 % interval 0.5–1.1)",
    );
  });

  it('says that no difference was shown, with signed bounds', async () => {
    const unclear: PairedDifference = { estimate: -12, low: -66, high: 24, verdict: 'none' };
    await setLanguage('zh');
    expect(sentenceOf(simulation(unclear), t, write)).toBe(
      '方案 B 与现行方案的 P90 没有可证实的差别（差值 -0.2 分钟，95 % 区间 -1.1 至 +0.4）',
    );
    await setLanguage('en');
    expect(sentenceOf(simulation(unclear), t, write)).toBe(
      'No difference in P90 was shown between plan B and the plan in force (difference -0.2 min, 95 % interval -1.1 to +0.4)',
    );
  });

  it('never writes a difference that was shown as 0', async () => {
    await setLanguage('zh');
    const small: PairedDifference = { estimate: -4, low: -7, high: -1.2, verdict: 'less' };
    expect(sentenceOf(simulation(small), t, write)).toContain('快 4 秒（95 % 区间 1–7）');
    const nearZero: PairedDifference = { estimate: -30, low: -62, high: -1.2, verdict: 'less' };
    expect(sentenceOf(simulation(nearZero), t, write)).toContain('快 0.50 分钟（95 % 区间 0.02–1.03）');
  });
});

describe('rowsOf', () => {
  it('is better or worse only where a difference was shown and one way is good', () => {
    const rows = rowsOf(simulation(FASTER), t);
    const better = Object.fromEntries(rows.map((row) => [row.key, betterOf(row)]));
    expect(better).toMatchObject({
      p90Seconds: true,
      meanSeconds: null,
      tier0: null,
      tier1: false,
      utilisation: null,
      crossBeatShare: true,
      longestQueue: null,
    });
    expect(rows.find(({ key }) => key === 'p90Seconds')).toMatchObject({ a: 8, difference: { estimate: -0.8 } });
  });
});

describe('distributionOf', () => {
  it('draws up to where 99 of 100 calls are reached, never the open class, and counts the rest', () => {
    expect(distributionOf(simulation(NONE))).toMatchObject({ a: [0.6, 0.3, 0.1], classes: 3, beyond: { a: 0, b: 0 } });
    const long = distributionOf(simulation(NONE, { histogram: [1, 0, 0, 9] }));
    expect(long).toMatchObject({ classes: 3, beyond: { a: 9, b: 9 } });
  });
});
