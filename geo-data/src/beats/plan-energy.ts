import type { AtomGraph } from './atom-set.ts';
import type { BeatCentres } from './beat-centres.ts';
import type { BeatPlan } from './plan.ts';

/** What weighs how much; each term is about 1 for one atom put in the wrong place, so weights of 0 to 3 make sense. */
export interface PlanObjective {
  /** Call-weighted distance from the centre of the beat. */
  travel: number;
  /** Length of borders between beats. */
  border: number;
  /** Squared deviation from the mean workload, inside the band; 1 for a beat at the edge of it. */
  balance: number;
  /** Workload that is with another beat than in the reference plan. */
  change: number;
}

export interface PlanEnergyRequest {
  atoms: AtomGraph;
  /** Calls per atom: the weight of its distance. */
  calls: Float64Array;
  /** Workload per atom: what is balanced. */
  workload: Float64Array;
  plan: BeatPlan;
  /** A beat may deviate from the mean workload by this share. */
  band: number;
  objective: PlanObjective;
  /** The beat of every atom in the plan that change is counted from; by default the plan at the beginning. */
  reference?: Uint16Array;
  /** Share of all workload that may be with another beat than in the reference; 1 by default. */
  mostChange?: number;
}

/** Keeps what a plan costs while atoms move. */
export interface PlanEnergy {
  /** By how much the energy would rise if these atoms, all of beat `from`, went to beat `to`. O(neighbours). */
  difference(moved: readonly number[], from: number, to: number): number;
  /** Makes the move that `difference` was last asked about. */
  apply(moved: readonly number[], from: number, to: number): void;
  /** What one mean atom's workload outside the band or beyond the limit of change costs. */
  punishExcess(weight: number): void;
  /** Workload by which beats leave the band, and the change its limit; 0: the plan may be kept. */
  excess(): number;
}

/**
 * The energy of a plan: weighted sum of travel, borders, imbalance and change, and an exact linear penalty on workload outside the
 * band. Terms are scaled by their mean per atom in the plan at the beginning.
 */
export function createPlanEnergy(request: PlanEnergyRequest, centres: BeatCentres): PlanEnergy {
  const { atoms, calls, workload, plan, band, objective, mostChange = 1 } = request;
  const { count, neighbourOffset, neighbour, sharedEdgeMeters } = atoms;
  const { beatOfAtom, beatCount } = plan;
  const reference = request.reference ?? beatOfAtom.slice();
  const work = new Float64Array(beatCount);
  let changed = 0;
  let totalWork = 0;
  for (let atom = 0; atom < count; atom++) {
    work[beatOfAtom[atom]] += workload[atom];
    totalWork += workload[atom];
    if (beatOfAtom[atom] !== reference[atom]) changed += workload[atom];
  }
  const mean = totalWork / beatCount;
  const [least, most] = [mean * (1 - band), mean * (1 + band)];
  const changeLimit = mostChange * totalWork;
  const workUnit = totalWork / count || 1;
  const travelUnit = centres.travel() / count || 1;
  const edgeUnit = sharedEdgeMeters.reduce((sum, edge) => sum + edge, 0) / Math.max(1, sharedEdgeMeters.length) || 1;
  let excessWeight = 0;
  let movedWork = 0;
  let movedChange = 0;

  const outside = (beatWork: number): number => Math.max(0, least - beatWork, beatWork - most);

  function balanceTerm(beatWork: number): number {
    const share = (beatWork - mean) / (band * mean);
    return objective.balance * share * share + (excessWeight * outside(beatWork)) / workUnit;
  }

  const changeTerm = (moved: number): number =>
    (objective.change * moved + excessWeight * Math.max(0, moved - changeLimit)) / workUnit;

  return {
    difference(moved, from, to) {
      let far = 0;
      let edges = 0;
      movedWork = 0;
      movedChange = 0;
      for (const atom of moved) {
        far += calls[atom] * (centres.distance(atom, to) - centres.distance(atom, from));
        movedWork += workload[atom];
        movedChange += workload[atom] * (Number(reference[atom] !== to) - Number(reference[atom] !== from));
        for (let e = neighbourOffset[atom]; e < neighbourOffset[atom + 1]; e++) {
          const other = neighbour[e];
          const beat = beatOfAtom[other];
          if (beat === from) {
            if (moved.length === 1 || !moved.includes(other)) edges += sharedEdgeMeters[e];
          } else if (beat === to) edges -= sharedEdgeMeters[e];
        }
      }
      return (
        (objective.travel * far) / travelUnit +
        (objective.border * edges) / edgeUnit +
        balanceTerm(work[from] - movedWork) +
        balanceTerm(work[to] + movedWork) -
        balanceTerm(work[from]) -
        balanceTerm(work[to]) +
        changeTerm(changed + movedChange) -
        changeTerm(changed)
      );
    },
    apply(moved, from, to) {
      work[from] -= movedWork;
      work[to] += movedWork;
      changed += movedChange;
      for (const atom of moved) beatOfAtom[atom] = to;
    },
    punishExcess(weight) {
      excessWeight = weight;
    },
    excess() {
      let sum = Math.max(0, changed - changeLimit);
      for (const beatWork of work) sum += outside(beatWork);
      return sum < 1e-9 * totalWork ? 0 : sum;
    },
  };
}
