import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createSeededRandom } from '../numeric/index.ts';
import type { AtomGraph } from './atom-set.ts';
import { BeatDesignError } from './beat-design-error.ts';
import { checkPlan } from './check-plan.ts';
import { type BeatDesign, type BeatDesignRequest, designBeats } from './design-beats.ts';
import { carrollton, drawnAtoms, rectangleOfAtoms } from './fixtures/atom-graphs.ts';
import type { BeatPlan } from './plan.ts';
import { planFigures } from './plan-figures.ts';
import { workloadOfBeats } from './workload-of-beats.ts';

const evenly = (atoms: AtomGraph): Float64Array => new Float64Array(atoms.count).fill(1);

/** What is wrong with a plan that should have so many beats in so many zones; nothing, it is hoped. */
function faultsOf(atoms: AtomGraph, { plan }: BeatDesign, beats: number, zones: number): unknown[] {
  const faults: unknown[] = checkPlan({ atoms, plan });
  if (plan.beatCount !== beats || new Set(plan.beatOfAtom).size !== beats) faults.push('wrong number of beats');
  if (plan.zoneCount !== zones || new Set(plan.zoneOfBeat).size !== zones) faults.push('wrong number of zones');
  return faults;
}

function refusalOf(request: BeatDesignRequest): BeatDesignError {
  try {
    designBeats(request);
  } catch (error) {
    if (error instanceof BeatDesignError) return error;
    throw error;
  }
  throw new Error('The design was not refused.');
}

/** A connected patch of a 12 × 12 grid, grown from the middle. */
const randomPatch = fc.tuple(fc.integer({ min: 1, max: 90 }), fc.nat()).map(([size, seed]) => {
  const random = createSeededRandom(seed);
  const drawing = Array.from({ length: 12 }, () => Array<string>(12).fill(' '));
  const edge: [number, number][] = [[6, 6]];
  for (let filled = 0; filled < size && edge.length > 0; ) {
    const [[x, y]] = edge.splice(random.int(edge.length), 1);
    if (drawing[y]?.[x] !== ' ') continue;
    drawing[y][x] = '#';
    filled++;
    edge.push([x + 1, y], [x - 1, y], [x, y + 1], [x, y - 1]);
  }
  const atoms = drawnAtoms(drawing.map((row) => row.join('')));
  return { atoms, workload: Float64Array.from({ length: atoms.count }, () => random.uniform() ** 3) };
});

describe('designBeats', () => {
  it('makes a sound plan of any connected land, any workload, any numbers', () => {
    fc.assert(
      fc.property(randomPatch, fc.nat(), fc.nat(), fc.nat(100), ({ atoms, workload }, b, z, seed) => {
        const beats = 1 + (b % Math.min(atoms.count, 20));
        const zones = 1 + (z % beats);
        expect(faultsOf(atoms, designBeats({ atoms, workload, beats, zones, seed }), beats, zones)).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });

  it('gives the same plan for the same seed, and others for others', () => {
    const atoms = rectangleOfAtoms(20, 15);
    const request = { atoms, workload: evenly(atoms), beats: 9, zones: 4 };
    const plans = [7, 7, 8].map((seed) => designBeats({ ...request, seed }).plan);
    expect(plans[1]).toEqual(plans[0]);
    expect(plans[2]).not.toEqual(plans[0]);
  });

  it.each([
    [27, 14],
    [5, 5],
    [12, 3],
    [27, 27],
    [8, 1],
  ])('balances %i beats in %i zones to ten per cent on uneven workload', (beats, zones) => {
    const atoms = rectangleOfAtoms(32, 24);
    const random = createSeededRandom(4);
    const workload = Float64Array.from(atoms.xMeters, (x, i) => {
      const distance = Math.hypot(x - 2000, atoms.yMeters[i] + 3000);
      return 0.2 + 4 * Math.exp(-((distance / 1500) ** 2)) + random.uniform();
    });
    const design = designBeats({ atoms, workload, beats, zones, seed: 1 });
    expect(faultsOf(atoms, design, beats, zones)).toEqual([]);
    expect(design.beatsOutsideTolerance).toEqual([]);
    const mean = workload.reduce((sum, work) => sum + work, 0) / beats;
    for (const work of workloadOfBeats(design.plan, workload))
      expect(Math.abs(work / mean - 1)).toBeLessThanOrEqual(0.1);
    // A square beat of squares has 0.79; half of it is still no dragon.
    for (const compactness of planFigures({ atoms, plan: design.plan, workload }).beats.compactness) {
      expect(compactness).toBeGreaterThan(0.3);
    }
  });

  it('goes round lakes', () => {
    const atoms = drawnAtoms([
      '##############',
      '##############',
      '###      #####',
      '###      #  ##',
      '###      #  ##',
      '###      #####',
      '##############',
      '#  ###########',
      '##############',
    ]);
    const design = designBeats({ atoms, workload: evenly(atoms), beats: 8, zones: 4, seed: 3 });
    expect(faultsOf(atoms, design, 8, 4)).toEqual([]);
    expect(design.maxDeviation).toBeLessThanOrEqual(0.1);
  });

  it('divides a corridor one atom wide', () => {
    const atoms = drawnAtoms(['#'.repeat(120)]);
    const design = designBeats({ atoms, workload: evenly(atoms), beats: 12, zones: 5, seed: 2 });
    expect(faultsOf(atoms, design, 12, 5)).toEqual([]);
    expect(design.maxDeviation).toBeLessThanOrEqual(0.1);
    const { beatOfAtom } = design.plan;
    for (let atom = 1; atom < 120; atom++) expect(beatOfAtom[atom] - beatOfAtom[atom - 1]).toBeGreaterThanOrEqual(0);
  });

  it('finds zones where equal numbers of beats cannot be had: a square with one-atom alleys', () => {
    const atoms = drawnAtoms([' # ', '###', ' # ']);
    const design = designBeats({ atoms, workload: evenly(atoms), beats: 4, zones: 2, seed: 1 });
    expect(faultsOf(atoms, design, 4, 2)).toEqual([]);
  });

  it('leaves a heavy atom almost alone and balances the others among themselves', () => {
    const atoms = rectangleOfAtoms(20, 20);
    const workload = evenly(atoms);
    const heavy = [45, 210];
    for (const atom of heavy) workload[atom] = 300;
    const design = designBeats({ atoms, workload, beats: 10, zones: 5, seed: 6 });
    expect(faultsOf(atoms, design, 10, 5)).toEqual([]);
    expect(Array.from(design.heavyAtoms)).toEqual(heavy);
    expect(design.meanWorkload).toBeCloseTo(398 / 8, 9);
    expect(design.beatsOutsideTolerance).toEqual([]);
    const work = workloadOfBeats(design.plan, workload);
    for (const atom of heavy) {
      expect(work[design.plan.beatOfAtom[atom]]).toBeLessThanOrEqual(300 + 0.1 * design.meanWorkload);
      work[design.plan.beatOfAtom[atom]] = design.meanWorkload;
    }
    for (const value of work) expect(Math.abs(value / design.meanWorkload - 1)).toBeLessThanOrEqual(0.1);
  });

  it('says which beats it could not balance where atoms are too coarse', () => {
    const atoms = drawnAtoms(['#####']);
    const design = designBeats({ atoms, workload: evenly(atoms), beats: 2, zones: 1, seed: 1 });
    expect(design.beatsOutsideTolerance).toEqual([0, 1]);
    expect(design.maxDeviation).toBeCloseTo(0.2, 9);
  });

  it('numbers beats from the north-west, zone by zone', () => {
    const atoms = rectangleOfAtoms(4, 16);
    const { plan } = designBeats({ atoms, workload: evenly(atoms), beats: 4, zones: 2, seed: 1 });
    expect(Array.from(plan.zoneOfBeat)).toEqual([0, 0, 1, 1]);
    expect(plan.zoneOfBeat[plan.beatOfAtom[0]]).toBe(0);
    expect(plan.zoneOfBeat[plan.beatOfAtom[atoms.count - 1]]).toBe(1);
  });

  it('divides Carrollton better than it is divided today', () => {
    const { atoms, calls, today } = carrollton();
    const deviation = (plan: BeatPlan): number => {
      const mean = calls.reduce((sum, count) => sum + count, 0) / 12;
      return Math.max(...workloadOfBeats(plan, calls).map((work) => Math.abs(work / mean - 1)));
    };
    const zoneOfBeat = new Uint16Array(12);
    expect(deviation({ beatCount: 12, zoneCount: 1, beatOfAtom: today, zoneOfBeat })).toBeCloseTo(0.2755, 3);
    const design = designBeats({ atoms, workload: calls, beats: 12, zones: 4, seed: 1 });
    expect(faultsOf(atoms, design, 12, 4)).toEqual([]);
    expect(deviation(design.plan)).toBeLessThanOrEqual(0.1);
  });

  it.each<[BeatDesignError['code'], Partial<BeatDesignRequest>, Record<string, number>]>([
    ['FEWER_ATOMS_THAN_BEATS', { beats: 13, zones: 2 }, { atoms: 12, beats: 13 }],
    ['MORE_ZONES_THAN_BEATS', { beats: 3, zones: 4 }, { beats: 3, zones: 4 }],
    ['NO_BEATS', { beats: 0 }, { beats: 0, zones: 1 }],
    ['NO_BEATS', { beats: 2.5 }, { beats: 2.5, zones: 1 }],
    ['INVALID_TOLERANCE', { tolerance: 0 }, { tolerance: 0 }],
    ['WRONG_WORKLOAD_LENGTH', { workload: new Float64Array(3) }, { length: 3, atoms: 12 }],
    ['NO_WORKLOAD', { workload: new Float64Array(12) }, { atoms: 12 }],
    ['INVALID_WORKLOAD', { workload: new Float64Array(12).fill(-1, 5) }, { atom: 5 }],
    [
      'DISCONNECTED_LAND',
      { atoms: drawnAtoms(['#####  ###', '#       ##', ' # ']) },
      { parts: 3, largest: 6, elsewhere: 6 },
    ],
  ])('refuses with %s', (code, change, params) => {
    const request = {
      atoms: rectangleOfAtoms(4, 3),
      workload: new Float64Array(12).fill(1),
      beats: 3,
      zones: 1,
      seed: 1,
      ...change,
    };
    const refusal = refusalOf(request);
    expect([refusal.code, refusal.params]).toEqual([code, params]);
    for (const value of Object.values(params)) expect(refusal.message).toContain(`${value}`);
  });
});
