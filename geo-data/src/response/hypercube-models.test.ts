import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { approximateHypercube } from './approximate-hypercube.ts';
import { callsPerMinute, cities, sum } from './fixtures/any-city.ts';
import type { HypercubeModel, HypercubeSolution } from './hypercube-model.ts';
import { solveHypercube } from './solve-hypercube.ts';

describe.each([
  ['the exact hypercube', solveHypercube],
  ['Larson’s approximation', approximateHypercube],
] as const)('%s', (_, solve: (model: HypercubeModel) => HypercubeSolution) => {
  it('answers every call that is not lost, and works as much as it answers', () => {
    fc.assert(
      fc.property(cities(8), (city) => {
        const { utilisation, dispatchShare, lossShare, waitShare } = solve(city);
        const { unitCount } = city;
        expect(sum(dispatchShare)).toBeCloseTo(1 - lossShare, 9);
        expect(city.line === 'none' ? waitShare : lossShare).toBe(0);
        for (let region = 0; region < city.regionCount; region++) {
          const answered = sum(dispatchShare.subarray(region * unitCount, (region + 1) * unitCount));
          expect(answered).toBeCloseTo((city.callsPerHour[region] / sum(city.callsPerHour)) * (1 - lossShare), 9);
        }
        let carried = 0;
        for (const [i, share] of dispatchShare.entries()) {
          carried += share * callsPerMinute(city) * city.serviceMinutes[i % unitCount];
        }
        expect(sum(utilisation)).toBeCloseTo(carried, 7);
        for (const share of utilisation) expect(share >= 0 && share <= 1).toBe(true);
      }),
      { numRuns: 60 },
    );
  });

  it('is Erlang’s loss or delay with one unit', () => {
    fc.assert(
      fc.property(cities(1), (city) => {
        const load = callsPerMinute(city) * city.serviceMinutes[0];
        const { utilisation, lossShare, waitShare, meanWaitMinutes } = solve(city);
        if (city.line === 'none') {
          expect(lossShare).toBeCloseTo(load / (1 + load), 10);
          expect(utilisation[0]).toBeCloseTo(load / (1 + load), 8);
        } else {
          expect(waitShare).toBeCloseTo(load, 10);
          expect(utilisation[0]).toBeCloseTo(load, 8);
          expect(meanWaitMinutes).toBeCloseTo((load * city.serviceMinutes[0]) / (1 - load), 6);
        }
      }),
    );
  });
});
