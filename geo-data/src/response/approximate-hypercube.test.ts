import { describe, expect, it } from 'vitest';
import { approximateHypercube } from './approximate-hypercube.ts';
import { sum } from './fixtures/any-city.ts';
import { randomCity } from './fixtures/random-city.ts';
import { THREE_SERVERS } from './fixtures/three-servers.ts';
import type { HypercubeSolution } from './hypercube-model.ts';
import { solveHypercube } from './solve-hypercube.ts';

describe('Larson’s approximation', () => {
  it('equals the published three-server city: its iterations, and 1 % of the exact workloads', () => {
    // Larson & Odoni, 5.5.3: after the third iteration, which settled to 0.0011 and was worked by hand to four digits.
    const published = [0.5627, 0.4716, 0.4657];
    const third = approximateHypercube(THREE_SERVERS, { mostIterations: 3 });
    expect(third.change).toBeLessThan(0.0012);
    for (const [unit, share] of third.utilisation.entries())
      expect(Math.abs(share - published[unit])).toBeLessThan(1e-4);
    const exact = solveHypercube(THREE_SERVERS);
    const errors = approximateHypercube(THREE_SERVERS).utilisation.map((share, unit) =>
      Math.abs(share / exact.utilisation[unit] - 1),
    );
    expect(sum(errors) / 3).toBeLessThan(0.01);
    expect(approximateHypercube(THREE_SERVERS).waitShare).toBeCloseTo(0.23684, 5);
  });

  it('stays within 1 % of exact utilisations and travel times in the mean of random cities', () => {
    const errors = { utilisation: 0, travel: 0, units: 0, cities: 0 };
    for (let seed = 1; seed <= 120; seed++) {
      const city = randomCity({
        seed,
        units: 4 + (seed % 7),
        regions: 60,
        load: [0.2, 0.4, 0.6, 0.8][seed % 4],
        line: seed % 3 === 0 ? 'none' : 'infinite',
        equalService: seed % 2 === 0,
      });
      const [exact, approximate] = [solveHypercube(city), approximateHypercube(city)];
      for (const [unit, share] of exact.utilisation.entries()) {
        errors.utilisation += Math.abs(approximate.utilisation[unit] / share - 1);
        errors.units++;
      }
      const travel = ({ dispatchShare }: HypercubeSolution): number =>
        sum(dispatchShare.map((share, i) => share * city.travelMinutes[i])) / sum(dispatchShare);
      errors.travel += Math.abs(travel(approximate) / travel(exact) - 1);
      errors.cities++;
    }
    expect(errors.utilisation / errors.units).toBeLessThan(0.01);
    expect(errors.travel / errors.cities).toBeLessThan(0.01);
  });

  it('takes service times of unit and region, and the same for all regions as those of the unit', () => {
    const city = randomCity({ seed: 7, units: 9, regions: 40, load: 0.5, line: 'infinite' });
    const plain = approximateHypercube(city);
    const serviceMinutesByRegion = Float64Array.from(city.preference, (_, i) => city.serviceMinutes[i % 9]);
    const same = approximateHypercube({ ...city, serviceMinutesByRegion });
    for (const [unit, share] of plain.utilisation.entries()) expect(same.utilisation[unit]).toBeCloseTo(share, 9);
    // Far calls take longer: everyone works more.
    const longer = serviceMinutesByRegion.map((minutes, i) => minutes + city.travelMinutes[i]);
    const { utilisation } = approximateHypercube({ ...city, serviceMinutesByRegion: longer });
    expect(sum(utilisation)).toBeGreaterThan(sum(plain.utilisation));
    expect(() => approximateHypercube({ ...city, serviceMinutesByRegion: new Float64Array(3) })).toThrow('3 values');
  });
});
