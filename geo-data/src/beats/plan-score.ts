import type { AtomGraph } from './atom-set.ts';
import type { BeatPlan } from './plan.ts';

/** Keeps the score of a plan while atoms move. */
export interface PlanScore {
  /** By how much the score would rise if these atoms, all of beat `from`, went to beat `to`. */
  change(moved: readonly number[], from: number, to: number): number;
  /** Takes the move into account. Call it before the assignment changes. */
  apply(moved: readonly number[], from: number, to: number): void;
  total(): number;
}

/** Share of the tolerance within which a deviation hardly counts. */
const QUIET_SHARE = 0.6;
const QUIET_WEIGHT = 0.15;
const LOUD_WEIGHT = 8;
const SPREAD_WEIGHT = 1;
const ZONE_SPREAD_WEIGHT = 0.7;
const BORDER_WEIGHT = 0.35;
const ZONE_BORDER_WEIGHT = 0.15;

/**
 * What makes a plan good, lower is better: the sum over beats of a penalty on deviation from the mean workload, gentle inside the
 * tolerance and steep beyond; the spread of every beat and zone (moment of inertia over that of a disc of equal area, 1 for
 * a disc); and the length of borders in units of a mean beat's width. O(neighbours) per question.
 */
export function createPlanScore(
  atoms: AtomGraph,
  workload: Float64Array,
  meanWorkload: number,
  tolerance: number,
  plan: BeatPlan,
): PlanScore {
  const { beatOfAtom, zoneOfBeat, beatCount, zoneCount } = plan;
  const work = new Float64Array(beatCount);
  const beatMoments = createMoments(beatCount);
  const zoneMoments = createMoments(zoneCount);
  const atomMoments = momentsOfAtoms(atoms);
  for (let atom = 0; atom < atoms.count; atom++) {
    const beat = beatOfAtom[atom];
    work[beat] += workload[atom];
    addMoments(beatMoments, beat, atomMoments, atom, 1);
    addMoments(zoneMoments, zoneOfBeat[beat], atomMoments, atom, 1);
  }
  const totalKm2 = atoms.areaKm2.reduce((sum, area) => sum + area, 0);
  const beatWidthMeters = Math.sqrt(totalKm2 / beatCount) * 1000;
  // Of the atoms on the move: their sums, set by `gather`.
  const load = createMoments(1);
  let loadWork = 0;

  function balancePenalty(beatWork: number): number {
    const share = Math.abs(beatWork - meanWorkload) / (meanWorkload * tolerance);
    const loud = Math.max(0, share - QUIET_SHARE);
    return QUIET_WEIGHT * share * share + LOUD_WEIGHT * loud * loud;
  }

  function gather(moved: readonly number[]): void {
    clearMoments(load);
    loadWork = 0;
    for (const atom of moved) {
      addMoments(load, 0, atomMoments, atom, 1);
      loadWork += workload[atom];
    }
  }

  /** Change of border length, weighted and in beat widths. */
  function borderChange(moved: readonly number[], from: number, to: number): number {
    const [fromZone, toZone] = [zoneOfBeat[from], zoneOfBeat[to]];
    let change = 0;
    let zoneChange = 0;
    for (const atom of moved) {
      for (let e = atoms.neighbourOffset[atom]; e < atoms.neighbourOffset[atom + 1]; e++) {
        const other = atoms.neighbour[e];
        const beat = beatOfAtom[other];
        // Two atoms that move together have no border between them, before or after.
        if (beat === from && moved.length > 1 && moved.includes(other)) continue;
        const length = atoms.sharedEdgeMeters[e];
        change += length * (Number(beat !== to) - Number(beat !== from));
        zoneChange += length * (Number(zoneOfBeat[beat] !== toZone) - Number(zoneOfBeat[beat] !== fromZone));
      }
    }
    return (BORDER_WEIGHT * change + ZONE_BORDER_WEIGHT * zoneChange) / beatWidthMeters;
  }

  function spreadChange(moments: Moments, from: number, to: number): number {
    if (from === to) return 0;
    return (
      spreadWith(moments, from, load, -1) +
      spreadWith(moments, to, load, 1) -
      spread(moments, from) -
      spread(moments, to)
    );
  }

  return {
    change(moved, from, to) {
      gather(moved);
      const balance =
        balancePenalty(work[from] - loadWork) +
        balancePenalty(work[to] + loadWork) -
        balancePenalty(work[from]) -
        balancePenalty(work[to]);
      return (
        balance +
        SPREAD_WEIGHT * spreadChange(beatMoments, from, to) +
        ZONE_SPREAD_WEIGHT * spreadChange(zoneMoments, zoneOfBeat[from], zoneOfBeat[to]) +
        borderChange(moved, from, to)
      );
    },
    apply(moved, from, to) {
      gather(moved);
      work[from] -= loadWork;
      work[to] += loadWork;
      addMoments(beatMoments, from, load, 0, -1);
      addMoments(beatMoments, to, load, 0, 1);
      addMoments(zoneMoments, zoneOfBeat[from], load, 0, -1);
      addMoments(zoneMoments, zoneOfBeat[to], load, 0, 1);
    },
    total() {
      let total = 0;
      for (let beat = 0; beat < beatCount; beat++) {
        total += balancePenalty(work[beat]) + SPREAD_WEIGHT * spread(beatMoments, beat);
      }
      for (let zone = 0; zone < zoneCount; zone++) total += ZONE_SPREAD_WEIGHT * spread(zoneMoments, zone);
      for (let atom = 0; atom < atoms.count; atom++) {
        for (let e = atoms.neighbourOffset[atom]; e < atoms.neighbourOffset[atom + 1]; e++) {
          const [beat, other] = [beatOfAtom[atom], beatOfAtom[atoms.neighbour[e]]];
          const share = atoms.sharedEdgeMeters[e] / beatWidthMeters / 2;
          if (beat !== other) total += BORDER_WEIGHT * share;
          if (zoneOfBeat[beat] !== zoneOfBeat[other]) total += ZONE_BORDER_WEIGHT * share;
        }
      }
      return total;
    },
  };
}

/** Area and its first and second moments, per area; kilometres. */
interface Moments {
  area: Float64Array;
  x: Float64Array;
  y: Float64Array;
  square: Float64Array;
}

function createMoments(count: number): Moments {
  return {
    area: new Float64Array(count),
    x: new Float64Array(count),
    y: new Float64Array(count),
    square: new Float64Array(count),
  };
}

function clearMoments(moments: Moments): void {
  moments.area[0] = moments.x[0] = moments.y[0] = moments.square[0] = 0;
}

function addMoments(to: Moments, row: number, from: Moments, fromRow: number, sign: number): void {
  to.area[row] += sign * from.area[fromRow];
  to.x[row] += sign * from.x[fromRow];
  to.y[row] += sign * from.y[fromRow];
  to.square[row] += sign * from.square[fromRow];
}

function momentsOfAtoms(atoms: AtomGraph): Moments {
  const moments = createMoments(atoms.count);
  for (let atom = 0; atom < atoms.count; atom++) {
    const area = atoms.areaKm2[atom];
    const [x, y] = [atoms.xMeters[atom] / 1000, atoms.yMeters[atom] / 1000];
    moments.area[atom] = area;
    moments.x[atom] = area * x;
    moments.y[atom] = area * y;
    // An atom has an extent of its own, about that of a disc.
    moments.square[atom] = area * (x * x + y * y) + (area * area) / (2 * Math.PI);
  }
  return moments;
}

function spread(moments: Moments, row: number): number {
  return spreadOf(moments.area[row], moments.x[row], moments.y[row], moments.square[row]);
}

function spreadWith(moments: Moments, row: number, load: Moments, sign: number): number {
  return spreadOf(
    moments.area[row] + sign * load.area[0],
    moments.x[row] + sign * load.x[0],
    moments.y[row] + sign * load.y[0],
    moments.square[row] + sign * load.square[0],
  );
}

function spreadOf(area: number, x: number, y: number, square: number): number {
  if (area <= 0) return 1;
  return ((square - (x * x + y * y) / area) * 2 * Math.PI) / (area * area);
}
