import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { erlangB } from './erlang-b.ts';
import { erlangDelay } from './erlang-delay.ts';
import { callsPerMinute, cities, sum } from './fixtures/any-city.ts';
import { randomCity } from './fixtures/random-city.ts';
import { THREE_SERVERS } from './fixtures/three-servers.ts';
import type { HypercubeModel } from './hypercube-model.ts';
import { solveHypercube } from './solve-hypercube.ts';

/** The balance equations written down state by state and solved by elimination. */
function denseSolution(model: HypercubeModel): number[] {
  const { unitCount, regionCount, preference, tiedWithPrevious } = model;
  const states = 1 << unitCount;
  const matrix = Array.from({ length: states }, () => new Float64Array(states + 1));
  const flow = (from: number, to: number, rate: number): void => {
    matrix[to][from] += rate;
    matrix[from][from] -= rate;
  };
  for (let state = 0; state < states; state++) {
    for (let unit = 0; unit < unitCount; unit++) {
      if (state & (1 << unit)) flow(state, state ^ (1 << unit), 1 / model.serviceMinutes[unit]);
    }
    if (state === states - 1) continue;
    for (let region = 0; region < regionCount; region++) {
      const row = [...preference.subarray(region * unitCount, (region + 1) * unitCount)];
      const groups: number[][] = [];
      for (const [rank, unit] of row.entries()) {
        if (rank > 0 && tiedWithPrevious?.[region * unitCount + rank] === 1) groups[groups.length - 1].push(unit);
        else groups.push([unit]);
      }
      const free = groups
        .map((group) => group.filter((unit) => !(state & (1 << unit))))
        .find((group) => group.length > 0);
      for (const unit of free ?? []) {
        flow(state, state | (1 << unit), model.callsPerHour[region] / 60 / (free?.length ?? 1));
      }
    }
  }
  matrix[0].fill(1);
  for (let column = 0; column < states; column++) {
    const pivot = matrix.reduce(
      (best, row, r) => (r >= column && Math.abs(row[column]) > Math.abs(matrix[best][column]) ? r : best),
      column,
    );
    [matrix[column], matrix[pivot]] = [matrix[pivot], matrix[column]];
    for (let r = 0; r < states; r++) {
      const factor = r === column ? 0 : matrix[r][column] / matrix[column][column];
      if (factor !== 0) for (let c = column; c <= states; c++) matrix[r][c] -= factor * matrix[column][c];
    }
  }
  return matrix.map((row, r) => row[states] / row[r]);
}

describe('the exact hypercube', { timeout: 30_000 }, () => {
  it('equals the published three-server city to all digits that were recomputed', () => {
    // Larson & Odoni, Urban Operations Research, 5.4.3-5.4.4; digits beyond the printed ones by an independent dense solve.
    const { utilisation, stateProbability, lineProbability, waitShare, dispatchShare } = solveHypercube(THREE_SERVERS);
    const published = [0.5574, 0.4734, 0.4693];
    const precise = [0.5573640120814053, 0.4733722861133889, 0.46926370180520605];
    for (const [unit, share] of utilisation.entries()) {
      expect(Math.abs(share - published[unit])).toBeLessThan(5e-5);
      expect(Math.abs(share - precise[unit])).toBeLessThan(1e-12);
    }
    const states = [
      0.21052631578947373, 0.1366904696172436, 0.08863268325044191, 0.09488682953763486, 0.09046632081652502,
      0.0889446076633689, 0.05301066806215414, 0.11842105263157898,
    ];
    for (const [state, likelihood] of states.entries()) {
      expect(Math.abs(stateProbability[state] - likelihood)).toBeLessThan(1e-12);
    }
    expect(lineProbability).toBeCloseTo(0.11842105263157898, 12);
    expect(waitShare).toBeCloseTo(0.23684210526315794, 12);
    // Unit 1 to atom 1, which has half the calls of its class.
    expect(dispatchShare[0] / 2).toBeCloseTo(0.08693055938994122, 12);
    const own = dispatchShare[0] + dispatchShare[3] + dispatchShare[3 * 2 + 1] + dispatchShare[3 * 3 + 2];
    expect(1 - own).toBeCloseTo(0.4353251581941623, 12);
  });

  it('equals a dense solution of the balance equations, ties, unequal service and all', () => {
    fc.assert(
      fc.property(cities(5), (city) => {
        const { stateProbability, lineProbability } = solveHypercube(city);
        const states = denseSolution(city);
        for (const [state, likelihood] of stateProbability.entries()) {
          expect(Math.abs(likelihood / (1 - lineProbability) - states[state])).toBeLessThan(1e-9);
        }
      }),
      { numRuns: 40 },
    );
  });

  it('is the closed form of two units that lose calls', () => {
    // Larson & Odoni, 5.3: with λ1, λ2 the rates of the two response areas and μ = 1, both busy λ²/(2 + 2λ + λ²).
    const [a, b] = [0.8, 0.45];
    const { stateProbability, utilisation } = solveHypercube({
      unitCount: 2,
      regionCount: 2,
      callsPerHour: Float64Array.of(a * 60, b * 60),
      serviceMinutes: Float64Array.of(1, 1),
      preference: Uint16Array.of(0, 1, 1, 0),
      line: 'none',
    });
    const all = a + b;
    const none = 2 / (2 + 2 * all + all * all);
    const both = (all * all * none) / 2;
    const onlyFirst = (a * none + both) / (1 + all);
    expect(stateProbability[0]).toBeCloseTo(none, 12);
    expect(stateProbability[3]).toBeCloseTo(both, 12);
    expect(utilisation[0]).toBeCloseTo(onlyFirst + both, 12);
  });

  it('is Erlang’s queue with any preferences when all units work alike', () => {
    fc.assert(
      fc.property(cities(8), (city) => {
        const alike = { ...city, serviceMinutes: city.serviceMinutes.map(() => 24) };
        const load = callsPerMinute(city) * 24;
        fc.pre(load < city.unitCount * 0.98);
        const { lossShare, waitShare, meanWaitMinutes, utilisation } = solveHypercube(alike);
        const delay = erlangDelay({
          servers: city.unitCount,
          callsPerHour: sum(city.callsPerHour),
          serviceMinutes: 24,
        });
        if (city.line === 'none') expect(Math.abs(lossShare - erlangB(city.unitCount, load))).toBeLessThan(1e-9);
        else {
          expect(Math.abs(waitShare - delay.waitShare)).toBeLessThan(1e-9);
          expect(Math.abs(meanWaitMinutes / delay.meanWaitMinutes - 1)).toBeLessThan(1e-6);
          expect(sum(utilisation)).toBeCloseTo(load, 8);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('gives units that are alike in every way the same work', () => {
    for (const line of ['none', 'infinite'] as const) {
      const units = 6;
      const { utilisation, dispatchShare } = solveHypercube({
        unitCount: units,
        regionCount: units,
        callsPerHour: new Float64Array(units).fill(1),
        serviceMinutes: new Float64Array(units).fill(30),
        // Around a ring: the own unit, then on to the right.
        preference: Uint16Array.from(
          { length: units * units },
          (_, i) => (Math.floor(i / units) + (i % units)) % units,
        ),
        line,
      });
      for (let unit = 0; unit < units; unit++) {
        expect(utilisation[unit]).toBeCloseTo(utilisation[0], 10);
        expect(dispatchShare[unit * units + unit]).toBeCloseTo(dispatchShare[0], 10);
      }
    }
  });

  it('shares evenly among 16 equal units, and starting from a solution changes nothing', () => {
    const model: HypercubeModel = {
      unitCount: 16,
      regionCount: 1,
      callsPerHour: Float64Array.of(16),
      serviceMinutes: new Float64Array(16).fill(30),
      preference: Uint16Array.from({ length: 16 }, (_, unit) => unit),
      tiedWithPrevious: new Uint8Array(16).fill(1, 1),
      line: 'none',
    };
    const { utilisation, lossShare, stateProbability } = solveHypercube(model);
    for (const share of utilisation) expect(share).toBeCloseTo((8 * (1 - erlangB(16, 8))) / 16, 10);
    expect(lossShare).toBeCloseTo(erlangB(16, 8), 12);
    const again = solveHypercube(model, { start: stateProbability });
    expect(again.sweeps).toBe(2);
    expect(again.lossShare).toBeCloseTo(lossShare, 12);
  });

  it('refuses 17 units, misfits and a line that would grow without end', () => {
    expect(() => solveHypercube(randomCity({ seed: 1, units: 17, regions: 2, load: 0.5, line: 'none' }))).toThrow(
      'got 17',
    );
    expect(() => solveHypercube({ ...THREE_SERVERS, callsPerHour: Float64Array.of(1) })).toThrow(
      '1 values, expected 4',
    );
    expect(() => solveHypercube({ ...THREE_SERVERS, preference: new Uint16Array(12) })).toThrow('Choice 1 of region 0');
    expect(() => solveHypercube({ ...THREE_SERVERS, serviceMinutes: Float64Array.of(1, 0, 1) })).toThrow(
      'Unit 1 takes 0',
    );
    expect(() => solveHypercube({ ...THREE_SERVERS, callsPerHour: new Float64Array(4) })).toThrow('0 calls');
    const busy = { ...THREE_SERVERS, callsPerHour: Float64Array.of(60, 60, 60, 0) };
    expect(() => solveHypercube(busy)).toThrow('180 calls an hour');
    expect(solveHypercube({ ...busy, line: 'none' }).lossShare).toBeCloseTo(erlangB(3, 3), 12);
  });
});
