import {
  type AtomOutlines,
  type BeatPlan,
  beatShapes,
  planFigures,
  UNASSIGNED,
  zoneOfAtom,
} from '@xunfang/geo-data/beats';
import { callsPerAtom, type DraftGround } from '../draft/draft-columns.ts';
import type { ResponseFigures } from './score-response.ts';

/** Figures of one beat or zone. */
export interface AreaScore {
  /** Key in the draft. */
  key: number;
  /** Hours a day. */
  workloadHours: number;
  /** (workload − mean) / mean; of zones per beat. */
  deviation: number;
  areaKm2: number;
  perimeterKm: number;
  /** Polsby-Popper, 0-1. */
  compactness: number;
  /** Area over that of the smallest circle around, 0-1; NaN without atoms. */
  reock: number;
  /** The moment of inertia of a disc of the same area over its own, 0-1; NaN without atoms. */
  inertia: number;
  /** Calls a day, unweighted. */
  callsPerDay: number;
  streetKm: number;
  atoms: number;
  keyPlaces: number;
  cameras: number;
  /** Of beats. */
  response: ResponseFigures | null;
}

/** Figures of a plan as a whole. */
export interface OverallScore {
  /** The largest |deviation| of a beat. */
  worstDeviation: number;
  /** Standard deviation of the beats' workload over its mean. */
  spread: number;
  /** The same of zones, per beat. */
  worstZoneDeviation: number;
  meanCompactness: number;
  leastCompactness: number;
  meanReock: number;
  leastReock: number;
  meanInertia: number;
  leastInertia: number;
  /** Of all beats. */
  perimeterKm: number;
  /** Work that changes hands against the plan in force, as a share of all; null where none is in force. */
  changedWorkload: number | null;
  /** The same of atoms. */
  changedAtoms: number | null;
}

export interface PlanScored {
  beats: AreaScore[];
  zones: AreaScore[];
  overall: OverallScore;
}

/**
 * Everything about a plan that follows from its atoms alone, quick enough for every stroke. `beatKeys` and `zoneKeys` lead from the places
 * in `plan` to the draft's keys. O(atoms + neighbours).
 */
export function scorePlan(request: {
  ground: DraftGround;
  plan: BeatPlan;
  beatKeys: ArrayLike<number>;
  zoneKeys: ArrayLike<number>;
  /** Minutes a day per atom. */
  workload: Float64Array;
  keyPlaces: Float64Array;
  cameras: Float64Array;
  /** Corners of the atoms; without them an atom counts as a disc in circles around beats. */
  outlines?: AtomOutlines;
}): PlanScored {
  const { ground, plan, beatKeys, zoneKeys, workload, keyPlaces, cameras, outlines } = request;
  const { atoms, meta } = ground;
  const figures = planFigures({ atoms, plan, workload, incidents: callsPerAtom(ground) });
  const areas = (columns: typeof figures.beats, keys: ArrayLike<number>, areaOf: Uint16Array) => {
    const { reock, inertia } = beatShapes({
      atoms,
      plan: { beatOfAtom: areaOf, beatCount: columns.atoms.length },
      outlines,
    });
    const scores = Array.from(
      columns.workload,
      (minutes, area): AreaScore => ({
        key: keys[area],
        workloadHours: minutes / 60,
        deviation: columns.deviation[area],
        areaKm2: columns.areaKm2[area],
        perimeterKm: columns.perimeterKm[area],
        compactness: columns.compactness[area],
        reock: reock[area],
        inertia: inertia[area],
        callsPerDay: columns.incidents[area] / Math.max(1e-9, meta.basisDays),
        streetKm: columns.streetKm[area],
        atoms: columns.atoms[area],
        keyPlaces: 0,
        cameras: 0,
        response: null,
      }),
    );
    for (let atom = 0; atom < atoms.count; atom++) {
      const score = scores[areaOf[atom]];
      if (score === undefined) continue;
      score.keyPlaces += keyPlaces[atom];
      score.cameras += cameras[atom];
    }
    return scores;
  };
  const beats = areas(figures.beats, beatKeys, plan.beatOfAtom);
  const zones = areas(figures.zones, zoneKeys, zoneOfAtom(plan));
  return {
    beats,
    zones,
    overall: { ...shape(beats, zones), ...change(plan, ground.baseBeatOfAtom, workload) },
  };
}

function shape(beats: readonly AreaScore[], zones: readonly AreaScore[]) {
  const filled = beats.filter(({ atoms }) => atoms > 0);
  const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
  const mean = (of: (beat: AreaScore) => number) => sum(filled.map(of)) / Math.max(1, filled.length);
  const least = (of: (beat: AreaScore) => number) => (filled.length === 0 ? 0 : Math.min(...filled.map(of)));
  const worst = (areas: readonly AreaScore[]) => Math.max(0, ...areas.map(({ deviation }) => Math.abs(deviation)));
  return {
    worstDeviation: worst(beats),
    spread: Math.sqrt(sum(beats.map(({ deviation }) => deviation ** 2)) / Math.max(1, beats.length)),
    worstZoneDeviation: worst(zones),
    meanCompactness: mean(({ compactness }) => compactness),
    leastCompactness: least(({ compactness }) => compactness),
    meanReock: mean(({ reock }) => reock),
    leastReock: least(({ reock }) => reock),
    meanInertia: mean(({ inertia }) => inertia),
    leastInertia: least(({ inertia }) => inertia),
    perimeterKm: sum(filled.map(({ perimeterKm }) => perimeterKm)),
  };
}

/**
 * What changes hands: an atom stays when it was in the beat of the plan in force with which its new beat shares most work, so that a new
 * number alone changes nothing.
 */
function change(plan: BeatPlan, base: Uint16Array, workload: Float64Array) {
  if (base.every((beat) => beat === UNASSIGNED)) return { changedWorkload: null, changedAtoms: null };
  const shared = Array.from({ length: plan.beatCount }, () => new Map<number, number>());
  for (let atom = 0; atom < base.length; atom++) {
    const row = shared[plan.beatOfAtom[atom]];
    // A touch of weight for the atom itself: beats without work have predecessors, too.
    if (row) row.set(base[atom], (row.get(base[atom]) ?? 0) + workload[atom] + 1e-9);
  }
  const predecessor = shared.map(
    (row) => [...row].reduce((most, entry) => (entry[1] > most[1] ? entry : most), [-1, -1])[0],
  );
  let movedWork = 0;
  let movedAtoms = 0;
  let work = 0;
  for (let atom = 0; atom < base.length; atom++) {
    work += workload[atom];
    if (predecessor[plan.beatOfAtom[atom]] === base[atom]) continue;
    movedWork += workload[atom];
    movedAtoms++;
  }
  return { changedWorkload: work > 0 ? movedWork / work : 0, changedAtoms: movedAtoms / Math.max(1, base.length) };
}
