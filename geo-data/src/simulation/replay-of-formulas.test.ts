import { describe, expect, it } from 'vitest';
import { mean } from '../numeric/index.ts';
import { erlangB, erlangDelay, type HypercubeModel, solveHypercube } from '../response/index.ts';
import type { ReplayRequest } from './create-replay.ts';
import { poissonCalls } from './fixtures/poisson-calls.ts';
import { run, street } from './fixtures/street.ts';
import { summariseReplay } from './summarise-replay.ts';

/** Mean of a column over calls, with the standard error from the means of 100 batches. */
function estimate(values: ArrayLike<number>): { mean: number; error: number } {
  const size = Math.floor(values.length / 100);
  const batches = Float64Array.from({ length: 100 }, (_, b) =>
    mean(Array.prototype.slice.call(values, b * size, (b + 1) * size)),
  );
  const centre = mean(batches);
  return { mean: centre, error: Math.sqrt(mean(batches.map((value) => (value - centre) ** 2)) / 99) };
}

function expectWithinFourErrors(values: ArrayLike<number>, expected: number): void {
  const { mean: centre, error } = estimate(values);
  expect(error).toBeGreaterThan(0);
  expect(Math.abs(centre - expected) / error).toBeLessThan(4);
  // A test that could not fail would be none: the error must be small against what is tested.
  expect(error).toBeLessThan(0.08 * expected);
}

describe('a replay of what formulas describe', { timeout: 30_000 }, () => {
  const alike = (units: number): Omit<ReplayRequest, 'calls'> => ({
    fleet: { unitCount: units, beatOfUnit: new Uint16Array(units), homeOfUnit: new Uint32Array(units) },
    placeCount: 1,
    travelSeconds: new Float32Array(1),
    beatOfPlace: new Uint16Array(1),
    rule: 'nearest',
  });

  it.each([
    [1, 0.7],
    [3, 0.8],
    [8, 0.85],
  ])('waits as Erlang’s queue does with %i units, %f of their time at work', (units, utilisation) => {
    const callsPerHour = utilisation * units * 2;
    const calls = poissonCalls({ seed: units, count: 100_000, callsPerHour: [callsPerHour], serviceMinutes: 30 });
    const request = { ...alike(units), calls };
    const outcome = run(request);
    const delay = erlangDelay({ servers: units, callsPerHour, serviceMinutes: 30 });
    expectWithinFourErrors(
      outcome.waitSeconds.map((seconds) => Number(seconds > 0)),
      delay.waitShare,
    );
    expectWithinFourErrors(
      outcome.waitSeconds.map((seconds) => seconds / 60),
      delay.meanWaitMinutes,
    );
    const summary = summariseReplay(request, outcome, { beatCount: 1 });
    expect(mean(summary.utilisation)).toBeCloseTo(utilisation, 1);
    expect(summary.queueLength / delay.queueLength).toBeCloseTo(1, 0);
  });

  it('loses as many calls as Erlang’s formula says', () => {
    const calls = poissonCalls({ seed: 4, count: 100_000, callsPerHour: [8], serviceMinutes: 30 });
    const outcome = run({ ...alike(5), calls, line: 'none' });
    expectWithinFourErrors(
      Float64Array.from(outcome.unitOfCall, (unit) => Number(unit < 0)),
      erlangB(5, 4),
    );
  });

  it.each(['none', 'infinite'] as const)(
    'works and drives as the hypercube says, with a line of capacity %s',
    (line) => {
      const [units, places] = [6, 24];
      const callsPerHour = Float64Array.from({ length: places }, (_, place) => 0.1 + ((place * 7) % 5) * 0.15);
      const homes = Uint32Array.from({ length: units }, (_, unit) => unit * 4 + 1);
      const street24 = street(
        Array.from({ length: places }, (_, place) => Math.floor(place / 4)),
        [],
        [],
      );
      const preference = new Uint16Array(places * units);
      for (let place = 0; place < places; place++) {
        const away = (unit: number): number => Math.abs(homes[unit] - place + 0.1);
        preference.set(
          [...Array(units).keys()].sort((a, b) => away(a) - away(b)),
          place * units,
        );
      }
      const model: HypercubeModel = {
        unitCount: units,
        regionCount: places,
        callsPerHour,
        serviceMinutes: new Float64Array(units).fill(20),
        preference,
        line,
      };
      const exact = solveHypercube(model);
      const calls = poissonCalls({ seed: 11, count: 100_000, callsPerHour, serviceMinutes: 20 });
      const outcome = run({
        ...street24,
        calls,
        fleet: {
          unitCount: units,
          beatOfUnit: Uint16Array.from({ length: units }, (_, unit) => unit),
          homeOfUnit: homes,
        },
        rule: 'preference',
        preference,
        line,
        afterCall: 'at_home',
        serviceIncludesTravel: true,
      });
      let travel = 0;
      for (const [i, share] of exact.dispatchShare.entries())
        travel += share * Math.abs(homes[i % units] - Math.floor(i / units)) * 60;
      const answered = [...calls.atSeconds.keys()].filter((call) => outcome.unitOfCall[call] >= 0);
      // Calls that waited are answered from where the unit became free, which the hypercube does not know: compare the others.
      if (line === 'none') {
        expectWithinFourErrors(
          answered.map((call) => outcome.travelSeconds[call]),
          travel / (1 - exact.lossShare),
        );
      } else
        expectWithinFourErrors(
          outcome.waitSeconds.map((seconds) => seconds / 60),
          exact.meanWaitMinutes,
        );
      for (let unit = 0; unit < units; unit++) {
        let share = 0;
        for (let place = 0; place < places; place++) share += exact.dispatchShare[place * units + unit];
        expectWithinFourErrors(
          Float64Array.from(outcome.unitOfCall, (who) => Number(who === unit)),
          share,
        );
        // All service times have one mean: dispatches and time at work say the same, with little noise between them.
        const span = outcome.toSeconds - outcome.fromSeconds;
        expect(outcome.busySeconds[unit] / span / exact.utilisation[unit]).toBeCloseTo(1, 1);
      }
    },
  );
});
