import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createSeededRandom } from '../numeric/index.ts';
import type { AtomGraph } from './atom-set.ts';
import { checkPlan } from './check-plan.ts';
import { designBeats } from './design-beats.ts';
import { carrollton, drawnAtoms, rectangleOfAtoms } from './fixtures/atom-graphs.ts';
import { everyPlan, leastTravel } from './fixtures/every-plan.ts';
import type { BeatPlan } from './plan.ts';
import { lossOf, type PlanProposal, type ProposalObjective } from './proposal-figures.ts';
import { type ProposalRequest, proposePlans } from './propose-plans.ts';
import { travelBound } from './travel-bound.ts';

const METERS_PER_MILE = 1609.344;
const ALL: ProposalObjective[] = ['response', 'balance', 'compactness', 'change'];

function proposalsOf(request: ProposalRequest): PlanProposal[] {
  const steps = proposePlans(request);
  for (let step = steps.next(); ; step = steps.next()) if (step.done) return step.value;
}

function largestDeviation({ beatCount, beatOfAtom }: BeatPlan, workload: Float64Array): number {
  const work = new Float64Array(beatCount);
  for (const [atom, beat] of beatOfAtom.entries()) work[beat] += workload[atom];
  const mean = work.reduce((sum, value) => sum + value, 0) / beatCount;
  return Math.max(...work.map((value) => Math.abs(value / mean - 1)));
}

function isDominated(proposal: PlanProposal, others: PlanProposal[], objectives: ProposalObjective[]): boolean {
  return others.some(
    (other) => other !== proposal && objectives.every((name) => lossOf(other, name) <= lossOf(proposal, name)),
  );
}

/** A rectangle with a lake or two, uneven calls, and a plan of it. */
const drawnCity = fc
  .tuple(fc.integer({ min: 4, max: 8 }), fc.integer({ min: 4, max: 7 }), fc.nat())
  .map(([w, h, seed]) => {
    const random = createSeededRandom(seed);
    const lake = random.int(w - 2) + 1;
    const atoms = drawnAtoms(
      Array.from({ length: h }, (_, y) =>
        y === 2 ? `${'#'.repeat(lake)} ${'#'.repeat(w - lake - 1)}` : '#'.repeat(w),
      ),
    );
    const calls = Float64Array.from({ length: atoms.count }, () => 1 + random.int(4));
    return { atoms, calls, plan: designBeats({ atoms, workload: calls, beats: 4, zones: 2, seed }).plan, random };
  });

describe('proposePlans', () => {
  it('keeps contiguity, nesting, band, locks and the limit of change, and no proposal is better than another', () => {
    let seen = 0;
    fc.assert(
      fc.property(drawnCity, fc.nat(1000), ({ atoms, calls, plan, random }, seed) => {
        const lockedAtoms = Uint8Array.from(calls, () => Number(random.uniform() < 0.15));
        const proposals = proposalsOf({
          atoms,
          calls,
          workload: calls,
          band: 0.35,
          from: { plan },
          seed,
          mostChange: 0.4,
          lockedAtoms,
          lockedBeats: [1],
          attempts: 60_000,
        });
        seen += proposals.length;
        for (const proposal of proposals) {
          const { beatOfAtom } = proposal.plan;
          expect(checkPlan({ atoms, plan: proposal.plan })).toEqual([]);
          expect(largestDeviation(proposal.plan, calls)).toBeLessThanOrEqual(0.35 + 1e-9);
          expect(proposal.plan.zoneOfBeat).toEqual(plan.zoneOfBeat);
          expect(proposal.change).toBeLessThanOrEqual(0.4 + 1e-9);
          expect(isDominated(proposal, proposals, ALL)).toBe(false);
          for (const [atom, beat] of plan.beatOfAtom.entries()) {
            if (lockedAtoms[atom] === 1) expect(beatOfAtom[atom]).toBe(beat);
            expect(beatOfAtom[atom] === 1).toBe(beat === 1);
          }
        }
      }),
      { numRuns: 25 },
    );
    // Without any proposal nothing would have been tested.
    expect(seen).toBeGreaterThan(25);
  });

  it('leaves a locked zone as it is', () => {
    const atoms = rectangleOfAtoms(8, 6);
    const random = createSeededRandom(5);
    const calls = Float64Array.from({ length: atoms.count }, () => 1 + random.int(4));
    const { plan } = designBeats({ atoms, workload: calls, beats: 6, zones: 3, seed: 2 });
    const request: ProposalRequest = {
      atoms,
      calls,
      workload: calls,
      band: 0.3,
      from: { plan },
      seed: 1,
      attempts: 1_000_000,
    };
    const inZone = ({ beatOfAtom, zoneOfBeat }: BeatPlan): number[] =>
      Array.from(beatOfAtom, (beat) => (zoneOfBeat[beat] === 1 ? beat : -1));
    const changes = (proposals: PlanProposal[]): boolean[] =>
      proposals.map((proposal) => inZone(proposal.plan).join() !== inZone(plan).join());
    expect(changes(proposalsOf(request))).toContain(true);
    const locked = proposalsOf({ ...request, lockedZones: [1] });
    expect(locked.length).toBeGreaterThan(1);
    expect(changes(locked)).not.toContain(true);
  });

  it('finds the shortest travel there is: every contiguous plan of small cities enumerated', () => {
    for (const [seed, band] of [
      [1, 0.15],
      [2, 0.25],
      [3, 0.4],
      [4, 0.25],
    ]) {
      const atoms = rectangleOfAtoms(5, 2);
      const random = createSeededRandom(seed);
      const calls = Float64Array.from({ length: atoms.count }, () => 1 + random.int(5));
      const within = everyPlan(atoms, 3).filter((plan) => largestDeviation(plan, calls) <= band + 1e-9);
      const best = Math.min(...within.map((plan) => leastTravel(atoms, calls, plan)));
      const [proposal] = proposalsOf({
        atoms,
        calls,
        workload: calls,
        band,
        from: { beats: 3, zones: 1 },
        seed: 1,
        objectives: ['response'],
        attempts: 200_000,
      });
      expect(proposal.travelCallMeters).toBeCloseTo(best, 6);
    }
  });

  it('gives the same proposals for the same seed, whatever is asked in between, and others for others', () => {
    const { atoms, calls } = carrollton();
    const plans = [3, 3, 4].map((seed) =>
      proposalsOf({ atoms, calls, workload: calls, band: 0.1, from: { beats: 12, zones: 4 }, seed, attempts: 500_000 }),
    );
    expect(plans[0].length).toBeGreaterThan(0);
    expect(plans[1]).toEqual(plans[0]);
    expect(plans[2]).not.toEqual(plans[0]);
  });

  it('asks the caller what response is, and streams what it finds', () => {
    const atoms = rectangleOfAtoms(6, 6);
    const calls = new Float64Array(36).fill(1);
    // A city where only the beat of the first atom answers late: the fewer atoms it has the better.
    const expectedMinutes = ({ beatOfAtom }: BeatPlan): number =>
      beatOfAtom.filter((beat) => beat === beatOfAtom[0]).length;
    const found: PlanProposal[] = [];
    const steps = proposePlans({
      atoms,
      calls,
      workload: calls,
      band: 0.5,
      from: { beats: 4, zones: 2 },
      seed: 1,
      expectedMinutes,
      attempts: 400_000,
    });
    let step = steps.next();
    for (; !step.done; step = steps.next()) found.push(...step.value.found);
    for (const proposal of found) expect(proposal.response).toBe(expectedMinutes(proposal.plan));
    for (const proposal of step.value) expect(found).toContain(proposal);
    expect(step.value.length).toBeLessThanOrEqual(24);
  });

  it('offers 12 to 30 plans of Carrollton, from scratch and from a plan, with travel near the bound', () => {
    const { atoms, calls } = carrollton();
    const common = { atoms, calls, workload: calls, band: 0.1, seed: 1, attempts: 5_500_000 };
    const fresh = proposalsOf({ ...common, from: { beats: 12, zones: 1 } });
    const { plan } = designBeats({ atoms, workload: calls, beats: 12, zones: 4, seed: 7 });
    const changed = proposalsOf({ ...common, from: { plan }, mostChange: 0.3 });
    for (const proposals of [fresh, changed]) {
      expect(proposals.length).toBeGreaterThanOrEqual(12);
      expect(proposals.length).toBeLessThanOrEqual(30);
    }
    // Kept in sight of what HiGHS found in 1,500 s without contiguity: 79,443.9 call-miles.
    const shortest = Math.min(...fresh.map((proposal) => proposal.travelCallMeters / METERS_PER_MILE));
    expect(shortest).toBeLessThan(79_443.9 * 1.01);
    expect(shortest).toBeGreaterThan(78_711);
  }, 30_000);

  it('refuses a plan that is torn, locks without a plan, columns of other atoms, and no objectives', () => {
    const atoms = rectangleOfAtoms(3, 1);
    const calls = new Float64Array(3).fill(1);
    const torn: BeatPlan = {
      beatCount: 2,
      zoneCount: 1,
      beatOfAtom: Uint16Array.of(0, 1, 0),
      zoneOfBeat: new Uint16Array(2),
    };
    const common = { atoms, calls, workload: calls, band: 0.5, seed: 1 };
    expect(() => proposalsOf({ ...common, from: { plan: torn } })).toThrow('BEAT_NOT_CONTIGUOUS');
    expect(() => proposalsOf({ ...common, from: { beats: 2, zones: 1 }, lockedBeats: [0] })).toThrow('Locks');
    const from = { plan: { ...torn, beatOfAtom: Uint16Array.of(0, 0, 1) } };
    for (const name of ['calls', 'workload', 'lockedAtoms'] as const) {
      const wrong = { ...common, from, [name]: name === 'lockedAtoms' ? new Uint8Array(2) : new Float64Array(2) };
      expect(() => proposalsOf(wrong)).toThrow(`The column ${name} has 2 values, expected 3.`);
    }
    expect(() => proposalsOf({ ...common, from, objectives: [] })).toThrow('0 objectives');
  });
});

describe('travelBound', () => {
  const boundOf = (
    atoms: AtomGraph,
    calls: Float64Array,
    beats: number,
    band: number,
    iterations: number,
    knownTravel?: number,
  ): number => travelBound({ atoms, calls, workload: calls, beats, band, iterations, knownTravel });

  it('is never above the best of all plans, and near it', () => {
    let shareOfBest = 0;
    fc.assert(
      fc.property(
        fc.nat(),
        fc.integer({ min: 1, max: 4 }),
        fc.double({ min: 0.05, max: 0.6, noNaN: true }),
        (seed, beats, band) => {
          const atoms = rectangleOfAtoms(4, 2);
          const random = createSeededRandom(seed);
          const calls = Float64Array.from({ length: atoms.count }, () => random.int(5));
          fc.pre(calls.some((count) => count > 0));
          const within = everyPlan(atoms, beats).filter((plan) => largestDeviation(plan, calls) <= band);
          const best = Math.min(...within.map((plan) => leastTravel(atoms, calls, plan)));
          const bound = boundOf(atoms, calls, beats, band, 150);
          expect(bound).toBeLessThanOrEqual(best * (1 + 1e-12));
          if (within.length > 0 && best > 0) shareOfBest = Math.max(shareOfBest, bound / best);
        },
      ),
      // The example: prices and worths that cancel to nothing, but for rounding.
      { numRuns: 60, examples: [[2147483637, 4, 0.33333333333333337]] },
    );
    expect(shareOfBest).toBeGreaterThan(0.95);
  });

  it('comes near the linear relaxation of Carrollton, 78,711.8 call-miles, from below', () => {
    const { atoms, calls } = carrollton();
    const miles = boundOf(atoms, calls, 12, 0.1, 300, 79_443.9 * METERS_PER_MILE) / METERS_PER_MILE;
    expect(miles).toBeLessThanOrEqual(78_711.83);
    expect(miles).toBeGreaterThan(78_711.83 * 0.99);
  });

  it('refuses more beats than atoms', () => {
    expect(() => boundOf(rectangleOfAtoms(2, 1), Float64Array.of(1, 1), 3, 0.1, 1)).toThrow('3 beats of 2 atoms');
  });
});
