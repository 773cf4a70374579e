import { atomOutlines, createAtomSet, UNASSIGNED } from '@xunfang/geo-data/beats';
import type { Place } from '@xunfang/geo-data/contract';
import { describe, expect, it } from 'vitest';
import type { DraftGround } from '../draft/draft-columns.ts';
import { factorClasses } from './factor-classes.ts';
import { defaultWeights, factorColumns, total, workloadOfFactors } from './factors.ts';
import { scorePlan } from './score-plan.ts';
import { createResponseScorer } from './score-response.ts';

const [WEST, SOUTH, EAST, NORTH] = [104, 30.6, 104.06, 30.64];
const atoms = createAtomSet({
  boundary: {
    type: 'Polygon',
    coordinates: [
      [
        [WEST, SOUTH],
        [EAST, SOUTH],
        [EAST, NORTH],
        [WEST, NORTH],
        [WEST, SOUTH],
      ],
    ],
  },
  resolution: 9,
});
/** Quarters of the rectangle. */
const quarter = (atom: number) =>
  Number(atoms.lon[atom] > (WEST + EAST) / 2) + 2 * Number(atoms.lat[atom] > (SOUTH + NORTH) / 2);
const quarters = Uint16Array.from({ length: atoms.count }, (_, atom) => quarter(atom));
const none = new Uint32Array(atoms.count);
const ground: DraftGround = {
  meta: {
    draft: 1,
    revision: 0,
    atomCount: atoms.count,
    resolution: 9,
    digest: '',
    landPartCount: 1,
    incidentsFrom: '',
    incidentsTo: '',
    basisDays: 10,
    weightOfPriority: [4, 3, 2, 1],
    planInForce: null,
  },
  atoms,
  calls: [new Uint32Array(atoms.count).fill(10), none, none, new Uint32Array(atoms.count).fill(20)],
  baseBeatOfAtom: quarters.map((beat) => beat + 1),
};
const place = (kind: Place['kind'], tier: number | null): Place => ({
  id: 1,
  kind,
  name: { zh: '', en: '' },
  lon: WEST + 0.01,
  lat: SOUTH + 0.01,
  tier,
});
const places = [place('school', 1), place('camera_gate', null), place('standing_point', null)];

describe('figures while painting', () => {
  const columns = factorColumns(ground, places);
  const plan = { beatCount: 4, zoneCount: 2, beatOfAtom: quarters, zoneOfBeat: Uint16Array.of(0, 0, 1, 1) };
  const score = (beatOfAtom: Uint16Array, workload = workloadOfFactors(columns, defaultWeights(columns))) =>
    scorePlan({
      ground,
      plan: { ...plan, beatOfAtom },
      beatKeys: [5, 6, 7, 8],
      zoneKeys: [0, 1],
      workload,
      keyPlaces: columns.keyPlaces,
      cameras: columns.cameras,
    });

  it('count each factor in the unit its weight is for', () => {
    expect(total(columns.incidents)).toBeCloseTo((atoms.count * (10 * 4 + 20 * 1)) / 10, 9);
    expect(total(columns.area)).toBeCloseTo(total(atoms.areaKm2), 9);
    expect([total(columns.keyPlaces), total(columns.cameras), total(columns.posts)]).toEqual([1, 1, 1]);
    const only = { incidents: 0, roads: 0, keyPlaces: 30, posts: 0, cameras: 12, area: 0 };
    expect(total(workloadOfFactors(columns, only))).toBe(42);
    const byDefault = workloadOfFactors(columns, defaultWeights(columns));
    expect(total(byDefault) / (30 * total(columns.incidents))).toBeCloseTo(1.05, 9);
  });

  it('add up over beats and zones, under the draft’s keys', () => {
    const { beats, zones, overall } = score(quarters);
    expect(beats.map(({ key }) => key)).toEqual([5, 6, 7, 8]);
    for (const areas of [beats, zones]) {
      const sum = (name: 'workloadHours' | 'callsPerDay' | 'atoms' | 'keyPlaces' | 'areaKm2') =>
        areas.reduce((all, area) => all + area[name], 0);
      expect(sum('workloadHours') * 60).toBeCloseTo(total(workloadOfFactors(columns, defaultWeights(columns))), 6);
      expect(sum('callsPerDay')).toBeCloseTo(3 * atoms.count, 9);
      expect([sum('atoms'), sum('keyPlaces')]).toEqual([atoms.count, 1]);
    }
    expect(overall.worstDeviation).toBe(Math.max(...beats.map(({ deviation }) => Math.abs(deviation))));
    expect([overall.changedAtoms, overall.changedWorkload]).toEqual([0, 0]);
  });

  it('know round beats from long ones by all three measures, beat by beat and overall', () => {
    const outlines = atomOutlines(atoms);
    const scored = (beatOfAtom: Uint16Array) =>
      scorePlan({
        ground,
        plan: { ...plan, beatOfAtom },
        beatKeys: [5, 6, 7, 8],
        zoneKeys: [0, 1],
        workload: atoms.areaKm2,
        keyPlaces: columns.keyPlaces,
        cameras: columns.cameras,
        outlines,
      });
    const round = scored(quarters);
    // The same land in four strips from west to east.
    const strips = scored(
      Uint16Array.from(atoms.lat, (lat) => Math.min(3, Math.floor((4 * (lat - SOUTH)) / (NORTH - SOUTH)))),
    );
    for (const name of ['compactness', 'reock', 'inertia'] as const)
      for (const [beat, area] of round.beats.entries()) {
        expect(area[name]).toBeLessThan(1);
        expect(area[name]).toBeGreaterThan(1.5 * strips.beats[beat][name]);
      }
    const { overall, beats } = round;
    const reocks = beats.map(({ reock }) => reock);
    expect(overall.leastReock).toBe(Math.min(...reocks));
    expect(overall.meanReock).toBeCloseTo(reocks.reduce((sum, reock) => sum + reock, 0) / 4, 12);
    expect(overall.meanInertia).toBeGreaterThan(strips.overall.meanInertia);
    expect(overall.leastInertia).toBeLessThanOrEqual(overall.meanInertia);
    // An empty beat has no shape and counts in no mean.
    const { beats: three, overall: of } = scored(quarters.map((beat) => Math.min(beat, 2)));
    expect([three[3].reock, three[3].inertia]).toEqual([Number.NaN, Number.NaN]);
    expect(of.leastReock).toBeGreaterThan(0);
  });

  it('tell what changes hands, whatever numbers the beats have now', () => {
    const renumbered = score(quarters.map((beat) => 3 - beat)).overall;
    expect([renumbered.changedAtoms, renumbered.changedWorkload]).toEqual([0, 0]);
    const painted = quarters.slice();
    const moved = painted.indexOf(0);
    painted[moved] = 1;
    const { changedAtoms, changedWorkload } = score(painted).overall;
    expect(changedAtoms).toBeCloseTo(1 / atoms.count, 12);
    expect(changedWorkload).toBeGreaterThan(0);
    const without = { ...ground, baseBeatOfAtom: new Uint16Array(atoms.count).fill(UNASSIGNED) };
    const { overall } = scorePlan({
      ground: without,
      plan,
      beatKeys: [0, 1, 2, 3],
      zoneKeys: [0, 1],
      workload: atoms.areaKm2,
      keyPlaces: columns.keyPlaces,
      cameras: columns.cameras,
    });
    expect([overall.changedAtoms, overall.changedWorkload]).toEqual([null, null]);
  });

  it('expect longer responses of one large beat than of four, and count key places in reach', () => {
    const quiet = { ...ground, meta: { ...ground.meta, basisDays: 1000 } };
    const scorer = createResponseScorer(quiet, places, 30);
    const four = scorer.score(plan);
    const one = scorer.score({
      beatCount: 1,
      zoneCount: 1,
      beatOfAtom: new Uint16Array(atoms.count),
      zoneOfBeat: new Uint16Array(1),
    });
    expect(four.beats).toHaveLength(4);
    expect(one.overall.meanMinutes).toBeGreaterThan(four.overall.meanMinutes);
    expect(four.overall.crossBeatShare).toBeGreaterThan(0);
    expect([four.overall.overloaded, createResponseScorer(ground, places, 30).score(plan).overall.overloaded]).toEqual([
      false,
      true,
    ]);
    expect(four.overall.tiers.map(({ places: count }) => count)).toEqual([1, 0, 0]);
  });

  it('put a factor into classes of equal number on the map, nothing where there is nothing', () => {
    const { classOfAtom, from } = factorClasses(Float64Array.of(0, 1, 2, 3, 4, 5, 6), new Float64Array(7).fill(1));
    expect([...classOfAtom]).toEqual([0xff, 0, 1, 2, 3, 4, 5]);
    expect(from).toEqual([1, 2, 3, 4, 5, 6]);
    expect([...factorClasses(Float64Array.of(0, 2, 2), new Float64Array(3).fill(1)).classOfAtom]).toEqual([0xff, 5, 5]);
  });
});
