import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { UNASSIGNED } from '../beats/index.ts';
import { createSeededRandom } from '../numeric/index.ts';
import { approximateHypercube } from './approximate-hypercube.ts';
import { createPlanScorer, type PlanScorerOptions, type ResponseScore } from './create-plan-scorer.ts';
import { erlangDelay } from './erlang-delay.ts';
import { NO_HOME } from './place-homes.ts';

/** A city of square atoms of 500 m. */
function city(side: number, callsPerAtom: number, seed = 1): PlanScorerOptions {
  const random = createSeededRandom(seed);
  const count = side * side;
  return {
    atoms: {
      count,
      xMeters: Float64Array.from({ length: count }, (_, atom) => (atom % side) * 500),
      yMeters: Float64Array.from({ length: count }, (_, atom) => Math.floor(atom / side) * 500),
      areaKm2: new Float64Array(count).fill(0.25),
    },
    callsPerHour: Float64Array.from({ length: count }, () => 2 * callsPerAtom * random.uniform()),
    sceneMinutes: new Float64Array(count).fill(20),
    travel: { kind: 'straight', detourFactor: 1.3, speedKmh: 30 },
  };
}

/** Square beats of `beatSide` × `beatSide` atoms. */
function squares(side: number, beatSide: number): { beatOfAtom: Uint16Array; beatCount: number } {
  const across = Math.ceil(side / beatSide);
  return {
    beatOfAtom: Uint16Array.from(
      { length: side * side },
      (_, atom) => Math.floor(atom / side / beatSide) * across + Math.floor((atom % side) / beatSide),
    ),
    beatCount: across * across,
  };
}

function expectSame(a: ResponseScore, b: ResponseScore): void {
  for (const name of Object.keys(a.overall) as (keyof ResponseScore['overall'])[]) {
    expect(a.overall[name]).toBeCloseTo(b.overall[name], 3);
    for (const [beat, value] of a.beats[name].entries()) {
      if (Number.isNaN(value)) expect(b.beats[name][beat]).toBeNaN();
      else expect(value).toBeCloseTo(b.beats[name][beat], 3);
    }
  }
  expect(a.homeOfBeat).toEqual(b.homeOfBeat);
}

describe('a scorer of plans', { timeout: 30_000 }, () => {
  it.each([16, 0])('gives every stroke the score that a new scorer gives (exact up to %i units)', (mostExactUnits) => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1e6 }), (seed) => {
        const options = { ...city(12, 0.1, seed), mostExactUnits };
        const plan = squares(12, 4);
        const scorer = createPlanScorer(options);
        const random = createSeededRandom(seed);
        for (let stroke = 0; stroke < 4; stroke++) {
          for (let i = 0; i < 3; i++) plan.beatOfAtom[random.int(144)] = random.int(plan.beatCount);
          if (stroke === 2) plan.beatOfAtom.forEach((beat, atom) => beat === 1 && (plan.beatOfAtom[atom] = 0));
          if (stroke === 3) plan.beatOfAtom[random.int(144)] = UNASSIGNED;
          expectSame(scorer.score(plan), createPlanScorer(options).score(plan));
        }
      }),
      { numRuns: 6 },
    );
  });

  it.each([10, 14])('does not let a plan that is too much, with %i calls an hour, count against the next', (calls) => {
    // From each atom it is an hour to the next one and a minute to all others: a unit that waits one atom away is slow at home.
    const seconds = Float32Array.from({ length: 64 }, (_, i) => (((i >> 3) + 1) % 8 === i % 8 ? 3600 : 60));
    const options: PlanScorerOptions = {
      ...city(8, 0),
      atoms: {
        count: 8,
        xMeters: Float64Array.from({ length: 8 }, (_, atom) => atom * 500),
        yMeters: new Float64Array(8),
        areaKm2: new Float64Array(8).fill(0.25),
      },
      callsPerHour: new Float64Array(8).fill(calls / 8),
      sceneMinutes: new Float64Array(8).fill(10),
      travel: { kind: 'network', seconds },
    };
    const plan = { beatOfAtom: Uint16Array.from({ length: 8 }, (_, atom) => atom), beatCount: 8 };
    const own = Int32Array.from({ length: 8 }, (_, atom) => atom);
    const moved = own.map((atom) => (atom + 7) % 8);
    const scorer = createPlanScorer(options);
    for (const posts of [own, moved, own, moved, moved, own]) {
      const [score, fresh] = [scorer.score(plan, posts), createPlanScorer(options).score(plan, posts)];
      expect(score.overloaded).toBe(fresh.overloaded);
      // A plan that is too much has no times.
      if (fresh.overloaded) expect(score.overall.meanTravelMinutes).toBeNaN();
      else expectSame(score, fresh);
      expect(score.overloaded).toBe(posts === moved && calls === 14);
    }
  });

  it('agrees with itself: overall figures are the means of the beats’, calls are counted once', () => {
    const options = city(18, 0.05);
    const plan = squares(18, 3);
    const { beats, overall, method } = createPlanScorer(options).score(plan);
    expect(method).toBe('approximate');
    const weighted = (column: Float64Array): number =>
      column.reduce((sum, value, beat) => sum + value * beats.callsPerHour[beat], 0) / overall.callsPerHour;
    expect(overall.callsPerHour).toBeCloseTo(
      options.callsPerHour.reduce((sum, calls) => sum + calls, 0),
      9,
    );
    for (const name of ['meanTravelMinutes', 'meanResponseMinutes', 'crossBeatShare'] as const) {
      expect(weighted(beats[name])).toBeCloseTo(overall[name], 8);
    }
    expect(Math.min(...beats.p90TravelMinutes)).toBeLessThanOrEqual(overall.p90TravelMinutes);
    expect(Math.max(...beats.p90TravelMinutes)).toBeGreaterThanOrEqual(overall.p90TravelMinutes);
  });

  it('calibrates the exact model so that it agrees with the approximation of service by unit and atom', () => {
    const options = city(12, 0.1);
    const plan = squares(12, 4);
    const exact = createPlanScorer(options).score(plan);
    const approximate = createPlanScorer({ ...options, mostExactUnits: 0 }).score(plan);
    expect([exact.method, approximate.method]).toEqual(['exact', 'approximate']);
    for (const name of ['meanTravelMinutes', 'p90TravelMinutes', 'meanResponseMinutes', 'utilisation'] as const) {
      expect(Math.abs(approximate.overall[name] / exact.overall[name] - 1)).toBeLessThan(0.02);
    }
    // Work done is work that comes: calls times drive and scene.
    const calls = options.callsPerHour.reduce((sum, rate) => sum + rate, 0) / 60;
    for (const { overall } of [exact, approximate]) {
      expect(overall.utilisation * 9).toBeCloseTo(calls * (overall.meanTravelMinutes + 20), 3);
    }
  });

  it('is a queue with one server when there is one beat', () => {
    const options = city(4, 0.1);
    const score = createPlanScorer(options).score({ beatOfAtom: new Uint16Array(16), beatCount: 1 });
    const delay = erlangDelay({
      servers: 1,
      callsPerHour: score.overall.callsPerHour,
      serviceMinutes: 20 + score.overall.meanTravelMinutes,
    });
    expect(score.waitShare).toBeCloseTo(delay.waitShare, 6);
    expect(score.overall.meanResponseMinutes - score.overall.meanTravelMinutes).toBeCloseTo(delay.meanWaitMinutes, 4);
    expect(score.overall.p90ResponseMinutes).toBeGreaterThan(score.overall.p90TravelMinutes);
    expect(score.overall.crossBeatShare).toBe(0);
  });

  it('takes a matrix of travel times as it is', () => {
    const options = city(6, 0.1);
    const { atoms } = options;
    const seconds = new Float32Array(36 * 36);
    for (let from = 0; from < 36; from++) {
      for (let to = 0; to < 36; to++) {
        const meters = Math.hypot(atoms.xMeters[from] - atoms.xMeters[to], atoms.yMeters[from] - atoms.yMeters[to]);
        seconds[from * 36 + to] = (1.3 * Math.sqrt(meters ** 2 + 250_000 / (2 * Math.PI)) * 3.6) / 30;
      }
    }
    const plan = squares(6, 3);
    const straight = createPlanScorer(options).score(plan);
    expectSame(createPlanScorer({ ...options, travel: { kind: 'network', seconds } }).score(plan), straight);
    // One-way: from the south into the north there is no street.
    for (let from = 18; from < 36; from++) seconds.fill(Number.POSITIVE_INFINITY, from * 36, from * 36 + 18);
    const divided = createPlanScorer({ ...options, travel: { kind: 'network', seconds } }).score(plan);
    expect(divided.beats.meanTravelMinutes[0]).toBeGreaterThan(straight.beats.meanTravelMinutes[0]);
  });

  it('sends the nearest unit instead of the own one where asked, which never is slower in a quiet city', () => {
    const options = city(12, 0.001);
    const plan = squares(12, 4);
    for (let atom = 0; atom < 144; atom += 7) plan.beatOfAtom[atom] = (plan.beatOfAtom[atom] + 1) % 9;
    const own = createPlanScorer(options).score(plan);
    const nearest = createPlanScorer({ ...options, dispatch: 'nearest' }).score(plan);
    expect(nearest.overall.meanTravelMinutes).toBeLessThan(own.overall.meanTravelMinutes);
    expect(own.overall.crossBeatShare).toBeLessThan(0.05);
    expect(nearest.overall.crossBeatShare).toBeGreaterThan(own.overall.crossBeatShare);
  });

  it('stands units at the centre of the calls, or at the post laid down', () => {
    const options = city(6, 0.1);
    options.callsPerHour.fill(0);
    options.callsPerHour[7] = 1;
    const plan = squares(6, 3);
    const scorer = createPlanScorer(options);
    const { homeOfBeat, beats } = scorer.score(plan);
    // Beat 0 has all calls in atom 7; beat 1 has none, its middle is atom 10.
    expect([homeOfBeat[0], homeOfBeat[1]]).toEqual([7, 10]);
    expect(beats.meanTravelMinutes[1]).toBeNaN();
    const posts = Int32Array.of(0, NO_HOME, NO_HOME, NO_HOME);
    const posted = scorer.score(plan, posts);
    expect([posted.homeOfBeat[0], posted.homeOfBeat[1]]).toEqual([0, 10]);
    expect(posted.beats.meanTravelMinutes[0]).toBeGreaterThan(beats.meanTravelMinutes[0]);
  });

  it('leaves a beat without atoms without a unit, and answers what lies in no beat', () => {
    const options = city(6, 0.1);
    const plan = { beatOfAtom: new Uint16Array(36).fill(0, 0, 18).fill(2, 18), beatCount: 3 };
    plan.beatOfAtom[35] = UNASSIGNED;
    const { beats, overall, homeOfBeat } = createPlanScorer(options).score(plan);
    expect(homeOfBeat[1]).toBe(NO_HOME);
    expect([beats.utilisation[1], beats.meanTravelMinutes[1]]).toEqual([Number.NaN, Number.NaN]);
    expect(overall.callsPerHour).toBeGreaterThan(beats.callsPerHour.reduce((sum, calls) => sum + calls, 0));
    expect(overall.meanTravelMinutes).toBeGreaterThan(0);
  });

  it('counts key places by drive time: own unit, any unit, and in the mean of who is free', () => {
    const options = city(6, 0.2);
    const places = { atom: Uint32Array.of(7, 0, 9, 35), tier: Uint8Array.of(1, 2, 2, 3) };
    const plan = squares(6, 3);
    plan.beatOfAtom[9] = UNASSIGNED;
    const score = createPlanScorer({ ...options, keyPlaces: places, tierMinutes: [1, 2, 3] }).score(
      plan,
      Int32Array.of(7, 10, 25, 28),
    );
    const { tiers, ownMinutes, nearestMinutes } = score.keyPlaces ?? expect.fail();
    expect(tiers.map(({ places: count }) => count)).toEqual([1, 2, 1]);
    // Inside of an atom: 1.3 · √(250,000 / 2π) m at 30 km/h.
    expect(ownMinutes[0]).toBeCloseTo((1.3 * Math.sqrt(250_000 / (2 * Math.PI)) * 0.06) / 30, 9);
    expect([ownMinutes[2], nearestMinutes[2] < 2]).toEqual([Number.POSITIVE_INFINITY, true]);
    expect([tiers[1].byOwnUnit, tiers[1].byAnyUnit]).toEqual([1, 2]);
    expect(tiers[0].expected).toBeCloseTo(1 - score.beats.utilisation[0], 9);
    expect(() => createPlanScorer({ ...options, keyPlaces: places, tierMinutes: [1] }).score(plan)).toThrow(
      'Place 1 is of tier 2',
    );
  });

  it('says so when there is more work than the units can do; without a line calls are lost', () => {
    const plan = squares(6, 3);
    const busy = createPlanScorer(city(6, 2)).score(plan);
    expect([busy.overloaded, busy.waitShare, busy.meanWaitMinutes]).toEqual([true, 1, Number.POSITIVE_INFINITY]);
    expect([...busy.beats.utilisation]).toEqual([1, 1, 1, 1]);
    expect(busy.overall.meanResponseMinutes).toBeNaN();
    const losing = createPlanScorer({ ...city(6, 2), line: 'none' }).score(plan);
    expect([losing.overloaded, losing.lossShare > 0.5]).toEqual([false, true]);
    const quiet = createPlanScorer(city(6, 0)).score(plan);
    expect([quiet.overloaded, quiet.overall.utilisation, quiet.lossShare]).toEqual([false, 0, 0]);
  });

  it('refuses columns and plans that do not fit', () => {
    const options = city(6, 0.1);
    expect(() => createPlanScorer({ ...options, sceneMinutes: new Float64Array(2) })).toThrow('2 values, expected 36');
    const travel = { kind: 'network', seconds: new Float32Array(5) } as const;
    expect(() => createPlanScorer({ ...options, travel })).toThrow('5 travel times, expected 36 × 36');
    const scorer = createPlanScorer(options);
    expect(() => scorer.score({ beatOfAtom: new Uint16Array(3), beatCount: 1 })).toThrow('3 atoms, expected 36');
    expect(() => scorer.score({ beatOfAtom: new Uint16Array(36).fill(4), beatCount: 4 })).toThrow(
      'beat 4, expected less than 4',
    );
    expect(() => scorer.score(squares(6, 3), Int32Array.of(99, 0, 0, 0))).toThrow('atom 99');
  });

  it('reports what the hypercube says', () => {
    const options = city(9, 0.15);
    const plan = squares(9, 3);
    const { homeOfBeat, overall } = createPlanScorer({ ...options, mostExactUnits: 0 }).score(plan);
    const { atoms, callsPerHour } = options;
    const travel = Float64Array.from({ length: 81 * 9 }, (_, i) => {
      const [atom, home] = [Math.floor(i / 9), homeOfBeat[i % 9]];
      const meters = Math.hypot(atoms.xMeters[atom] - atoms.xMeters[home], atoms.yMeters[atom] - atoms.yMeters[home]);
      return (1.3 * Math.sqrt(meters ** 2 + 250_000 / (2 * Math.PI)) * 0.06) / 30;
    });
    const preference = new Uint16Array(81 * 9);
    for (let atom = 0; atom < 81; atom++) {
      const key = (unit: number): number => (unit === plan.beatOfAtom[atom] ? -1 : travel[atom * 9 + unit]);
      preference.set(
        [...Array(9).keys()].sort((a, b) => key(a) - key(b) || a - b),
        atom * 9,
      );
    }
    const direct = approximateHypercube({
      unitCount: 9,
      regionCount: 81,
      callsPerHour,
      serviceMinutes: new Float64Array(9).fill(1),
      serviceMinutesByRegion: travel.map((minutes) => minutes + 20),
      preference,
      line: 'infinite',
    });
    const mean = direct.dispatchShare.reduce((sum, share, i) => sum + share * travel[i], 0);
    expect(overall.meanTravelMinutes).toBeCloseTo(mean, 6);
    expect(overall.utilisation * 9).toBeCloseTo(
      direct.utilisation.reduce((sum, share) => sum + share, 0),
      6,
    );
  });
});
