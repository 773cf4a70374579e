import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createSeededRandom, mean, quantileSorted } from '../numeric/index.ts';
import type { CallColumns } from './call-columns.ts';
import { compareReplays } from './compare-replays.ts';
import { createReplay, type ReplayOutcome, type ReplayRequest } from './create-replay.ts';
import { poissonCalls } from './fixtures/poisson-calls.ts';
import { HISTOGRAM_SECONDS, summariseReplay } from './summarise-replay.ts';

const DAY = 86_400;

function outcomeOf(
  calls: CallColumns,
  travelSeconds: Float64Array,
  change: Partial<ReplayOutcome> = {},
): ReplayOutcome {
  return {
    unitOfCall: new Int16Array(calls.count),
    waitSeconds: new Float64Array(calls.count),
    travelSeconds,
    busySeconds: new Float64Array(1),
    dutySeconds: new Float64Array(1),
    longestQueue: 0,
    fromSeconds: 0,
    toSeconds: calls.atSeconds[calls.count - 1],
    ...change,
  };
}

const callsOfDays = (days: number, perDay: number, seed: number): CallColumns =>
  poissonCalls({ seed, count: days * perDay, callsPerHour: [perDay / 24], serviceMinutes: 20 });

/** Exponential times of 300 s whose mean varies from day to day; under the second plan each is `factor` of it, give or take. */
function syntheticPair(
  seed: number,
  factor: number,
): { calls: CallColumns; first: ReplayOutcome; second: ReplayOutcome } {
  const calls = callsOfDays(50, 20, seed);
  const random = createSeededRandom(seed + 1000);
  const ofDay = Float64Array.from({ length: 100 }, () => Math.exp(random.normal(0, 0.2) - 0.02));
  const times = calls.atSeconds.map((at) => -300 * ofDay[Math.floor(at / DAY)] * Math.log(1 - random.uniform()));
  const others = times.map((seconds) => seconds * factor * (0.9 + 0.2 * random.uniform()));
  return { calls, first: outcomeOf(calls, times), second: outcomeOf(calls, others) };
}

describe('compareReplays', { timeout: 30_000 }, () => {
  it('finds no difference between a plan and itself', () => {
    const { calls, first } = syntheticPair(1, 1);
    const { mean: means, p50, p90, tiers, blocks, excluded } = compareReplays(calls, first, first, { seed: 1 });
    for (const difference of [means, p50, p90, ...tiers]) {
      expect(difference).toEqual({ estimate: 0, low: 0, high: 0, verdict: 'none' });
    }
    expect([blocks > 40, excluded]).toEqual([true, 0]);
  });

  it('is the same for the same seed, and its mirror image for the plans exchanged', () => {
    const { calls, first, second } = syntheticPair(2, 0.9);
    const forth = compareReplays(calls, first, second, { seed: 5 });
    expect(compareReplays(calls, first, second, { seed: 5 })).toEqual(forth);
    const back = compareReplays(calls, second, first, { seed: 5 });
    for (const name of ['mean', 'p50', 'p90'] as const) {
      expect(back[name].estimate).toBeCloseTo(-forth[name].estimate, 9);
      expect(back[name].low).toBeCloseTo(-forth[name].high, 9);
      expect([forth[name].verdict, back[name].verdict]).toEqual(['less', 'more']);
    }
  });

  it('gives the figures of the two plans their difference', () => {
    const { calls, first, second } = syntheticPair(3, 0.8);
    const { mean: means, p90, tiers } = compareReplays(calls, first, second, { seed: 1, tierSeconds: [300] });
    const [a, b] = [first, second].map(({ travelSeconds }) => travelSeconds.slice().sort());
    expect(means.estimate).toBeCloseTo(mean(b) - mean(a), 9);
    expect(p90.estimate).toBeCloseTo(quantileSorted(b, 0.9) - quantileSorted(a, 0.9), 9);
    const within = (values: Float64Array): number => values.filter((seconds) => seconds <= 300).length / values.length;
    expect(tiers[0].estimate).toBeCloseTo(within(b) - within(a), 9);
  });

  it('compares the mean of anything else per call by the same pairs', () => {
    const { calls, first, second } = syntheticPair(4, 0.8);
    const perCall = [{ first: first.travelSeconds, second: second.travelSeconds }];
    const { mean: response, means } = compareReplays(calls, first, second, { seed: 1, perCall });
    expect(means).toEqual([response]);
  });

  it('takes quantiles of the blocks drawn, as if their calls were put together and sorted', () => {
    const { calls, first, second } = syntheticPair(9, 0.9);
    const samples = 30;
    const { p50, p90 } = compareReplays(calls, first, second, { seed: 17, samples });
    const days = Map.groupBy(calls.atSeconds.keys(), (call) => Math.floor(calls.atSeconds[call] / DAY));
    const blocks = [...days.values()];
    const random = createSeededRandom(17);
    const differences: [number, number][] = [];
    for (let sample = 0; sample < samples; sample++) {
      const drawn = Array.from(blocks, () => blocks[random.int(blocks.length)]).flat();
      const [a, b] = [first, second].map(({ travelSeconds }) =>
        Float64Array.from(drawn, (call) => travelSeconds[call]).sort(),
      );
      differences.push([
        quantileSorted(b, 0.5) - quantileSorted(a, 0.5),
        quantileSorted(b, 0.9) - quantileSorted(a, 0.9),
      ]);
    }
    for (const [k, { low, high }] of [p50, p90].entries()) {
      const ascending = Float64Array.from(differences, (pair) => pair[k]).sort();
      expect(low).toBeCloseTo(quantileSorted(ascending, 0.025), 9);
      expect(high).toBeCloseTo(quantileSorted(ascending, 0.975), 9);
    }
  });

  it('covers the true difference about as often as it says', () => {
    // For times of exponential days: mean 300 s; the quantile of the mixture of days from a long sample.
    const random = createSeededRandom(99);
    const long = Float64Array.from(
      { length: 100_000 },
      () => -300 * Math.exp(random.normal(0, 0.2) - 0.02) * Math.log(1 - random.uniform()),
    );
    const moved = long.map((seconds) => seconds * 0.9 * (0.9 + 0.2 * random.uniform()));
    const [a, b] = [long.sort(), moved.sort()];
    const truth = { mean: -30, p90: quantileSorted(b, 0.9) - quantileSorted(a, 0.9) };
    const covered = { mean: 0, p90: 0 };
    const runs = 70;
    for (let seed = 0; seed < runs; seed++) {
      const { calls, first, second } = syntheticPair(seed, 0.9);
      const comparison = compareReplays(calls, first, second, { seed, samples: 100 });
      for (const name of ['mean', 'p90'] as const) {
        if (comparison[name].low <= truth[name] && truth[name] <= comparison[name].high) covered[name]++;
      }
    }
    for (const name of ['mean', 'p90'] as const) {
      // 95 % less or more than three standard errors of such a count, and what percentile intervals are known to lack.
      expect(covered[name] / runs).toBeGreaterThan(0.86);
      expect(covered[name] / runs).toBeLessThanOrEqual(1);
    }
  });

  it('is much surer on the same calls than on different ones', () => {
    const { calls, first, second } = syntheticPair(4, 0.95);
    const paired = compareReplays(calls, first, second, { seed: 1 }).mean;
    const other = syntheticPair(5, 0.95).second;
    const unpaired = compareReplays(calls, first, { ...other, toSeconds: first.toSeconds }, { seed: 1 }).mean;
    expect(paired.verdict).toBe('less');
    expect(paired.high - paired.low).toBeLessThan((unpaired.high - unpaired.low) / 4);
  });

  it('tells a plan with homes in the right place from one with homes far off, on one set of calls', () => {
    const calls = poissonCalls({
      seed: 8,
      count: 4000,
      callsPerHour: new Float64Array(6).fill(0.2),
      serviceMinutes: 15,
    });
    const plan = (homes: number[]): ReplayRequest => ({
      calls,
      fleet: { unitCount: 2, beatOfUnit: Uint16Array.of(0, 1), homeOfUnit: Uint32Array.from(homes) },
      placeCount: 6,
      travelSeconds: Float32Array.from({ length: 36 }, (_, i) => 120 * Math.abs(Math.floor(i / 6) - (i % 6))),
      beatOfPlace: Uint16Array.of(0, 0, 0, 1, 1, 1),
      rule: 'own_beat_first',
    });
    const outcomes = [
      [0, 5],
      [1, 4],
    ].map((homes) => {
      const replay = createReplay(plan(homes));
      while (replay.advance(500));
      return replay.outcome;
    });
    const comparison = compareReplays(calls, outcomes[0], outcomes[1], { seed: 3 });
    expect([comparison.mean.verdict, comparison.tiers[1].verdict]).toEqual(['less', 'more']);
    expect(comparison.p90.low).toBeLessThanOrEqual(comparison.p90.estimate);
  });

  it('leaves out calls that one plan did not answer, and says how many', () => {
    const { calls, first, second } = syntheticPair(6, 1);
    const unitOfCall = first.unitOfCall.slice().fill(-1, 0, 25);
    const comparison = compareReplays(calls, { ...first, unitOfCall }, second, { seed: 1 });
    expect([comparison.calls, comparison.excluded]).toEqual([calls.count - 25, 25]);
  });

  it('refuses other calls, other spans and too few days', () => {
    const { calls, first, second } = syntheticPair(7, 1);
    const short = callsOfDays(5, 20, 1);
    const few = outcomeOf(short, new Float64Array(short.count));
    expect(() => compareReplays(short, few, few, { seed: 1 })).toThrow('expected at least 10');
    expect(() => compareReplays(calls, first, few, { seed: 1 })).toThrow('and 100 calls, expected 1000');
    expect(() => compareReplays(calls, first, { ...second, fromSeconds: 5 }, { seed: 1 })).toThrow('expected one span');
  });
});

describe('summariseReplay', () => {
  it('counts what the calls say one by one', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 1e6 }),
        fc.constantFrom('none' as const, 'infinite' as const),
        (seed, line) => {
          const calls = poissonCalls({ seed, count: 300, callsPerHour: [2, 1, 2], serviceMinutes: 20 });
          const request: ReplayRequest = {
            calls,
            fleet: { unitCount: 2, beatOfUnit: Uint16Array.of(0, 1), homeOfUnit: Uint32Array.of(0, 2) },
            placeCount: 3,
            travelSeconds: Float32Array.of(20, 200, 400, 200, 20, 200, 400, 200, 20),
            beatOfPlace: Uint16Array.of(0, 0, 1),
            rule: 'own_beat_first',
            line,
            fromSeconds: calls.atSeconds[50],
            toSeconds: calls.atSeconds[280],
          };
          const replay = createReplay(request);
          while (replay.advance(100));
          const { outcome } = replay;
          const tierOfCall = Uint8Array.from(calls.place, (place) => place);
          const summary = summariseReplay(request, outcome, { beatCount: 2, tierOfCall, tierClock: 'receipt' });
          const counted = Array.from({ length: 231 }, (_, i) => i + 50);
          const answered = counted.filter((call) => outcome.unitOfCall[call] >= 0);
          const response = (call: number): number => outcome.waitSeconds[call] + outcome.travelSeconds[call];
          expect([summary.calls, summary.answered, summary.unanswered]).toEqual([
            231,
            answered.length,
            231 - answered.length,
          ]);
          expect(summary.response.mean).toBeCloseTo(mean(answered.map(response)), 6);
          expect(summary.response.p90).toBe(
            quantileSorted(
              answered.map(response).sort((a, b) => a - b),
              0.9,
            ),
          );
          expect(summary.histogram.reduce((sum, count) => sum + count, 0)).toBe(answered.length);
          expect(summary.histogram[0]).toBe(answered.filter((call) => response(call) < HISTOGRAM_SECONDS).length);
          expect(summary.tiers.map((tier) => tier.calls)).toEqual(
            [1, 2, 3].map((tier) => counted.filter((call) => tierOfCall[call] === tier).length),
          );
          expect(summary.tiers[1].met).toBe(
            answered.filter((call) => tierOfCall[call] === 2 && response(call) <= 180).length,
          );
          const cross = answered.filter((call) => outcome.unitOfCall[call] !== request.beatOfPlace[calls.place[call]]);
          expect(summary.crossBeatShare).toBeCloseTo(cross.length / answered.length, 12);
          const [first, second] = summary.beats;
          expect(first.count + second.count).toBe(answered.length);
          expect((first.mean * first.count + second.mean * second.count) / answered.length).toBeCloseTo(
            summary.response.mean,
            6,
          );
          for (const share of summary.utilisation) expect(share > 0 && share <= 1 + 1e-9).toBe(true);
          if (line === 'none')
            expect([summary.waitShare, summary.queueLength, summary.longestQueue]).toEqual([0, 0, 0]);
        },
      ),
      { numRuns: 30 },
    );
  });

  it('refuses tiers of other calls', () => {
    const calls = callsOfDays(1, 5, 1);
    const request = {
      calls,
      fleet: { unitCount: 1, beatOfUnit: Uint16Array.of(0), homeOfUnit: Uint32Array.of(0) },
      beatOfPlace: Uint16Array.of(0),
    };
    const outcome = outcomeOf(calls, new Float64Array(5));
    expect(() => summariseReplay(request, outcome, { beatCount: 1, tierOfCall: new Uint8Array(3) })).toThrow(
      '3 values, expected 5',
    );
  });
});
