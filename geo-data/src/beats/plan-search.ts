import type { SeededRandom } from '../numeric/index.ts';
import type { AtomGraph } from './atom-set.ts';
import { linkRows } from './link-rows.ts';
import { createPieceFinder } from './piece-finder.ts';
import type { BeatPlan } from './plan.ts';

/** What weighs how much; each term is about 1 for one atom put in the wrong place, so weights of 0 to 3 make sense. */
export interface PlanObjective {
  /** Call-weighted distance from the centre of the beat. */
  travel: number;
  /** Length of borders between beats. */
  border: number;
  /** Squared deviation from the mean workload, inside the band. */
  balance: number;
  /** Workload that is with another beat than in the reference plan. */
  change: number;
}

export interface PlanSearchRequest {
  atoms: AtomGraph;
  /** Calls per atom: the weight of its distance. */
  calls: Float64Array;
  /** Workload per atom: what is balanced. */
  workload: Float64Array;
  /** Where to begin; it is changed in place. Every beat and zone must be contiguous. */
  plan: BeatPlan;
  /** A beat may deviate from the mean workload by this share. */
  band: number;
  objective: PlanObjective;
  /** The beat of every atom in the plan that change is counted from; by default the plan at the beginning. */
  reference?: Uint16Array;
  /** 1 where an atom must stay with its beat. */
  locked?: Uint8Array;
  /** Share of all workload that may be with another beat than in the reference; 1 by default. */
  mostChange?: number;
  random: SeededRandom;
}

export interface PlanSearch {
  /** Tries so many moves while the temperature falls evenly (in its logarithm) from one value to the other; 0 accepts only what is better. */
  run(attempts: number, fromTemperature: number, toTemperature: number, excessWeight?: number): void;
  /** Call-weighted distance to the centres, call-metres. */
  travel(): number;
  /** Workload by which beats leave the band, and the change its limit; 0: the plan may be kept. */
  excess(): number;
  energy(): number;
  /** Atom at the centre of every beat: the weighted median among the atoms (Hakimi 1964). */
  centres(): Uint32Array;
}

/** What one mean atom's workload outside the band costs, unless `run` is told otherwise: more than a good place can be worth. */
const EXCESS_WEIGHT = 15;
/** Accepted moves between two looks for better centres. */
const MOVES_PER_CENTRING = 64;
/** Where beats are full, an atom can only go over when another comes back. */
const SWAP_SHARE = 0.3;

/**
 * Local search over plans: atoms move across borders between beats, contiguity of beats and zones is never broken, and a move that would
 * tear its beat takes the smaller pieces along. Simulated annealing (Kirkpatrick, Gelatt, Vecchi 1983) with an exact linear penalty on
 * workload outside the band. The distance of an atom is the straight line to the centre of its beat, the capacitated p-median's objective.
 * A question costs O(neighbours), a centring O(atoms). The same random stream gives the same plan on every machine.
 */
export function createPlanSearch(request: PlanSearchRequest): PlanSearch {
  const { atoms, calls, workload, plan, band, objective, locked, random, mostChange = 1 } = request;
  const { count, xMeters, yMeters, neighbourOffset, neighbour, sharedEdgeMeters } = atoms;
  const { beatOfAtom, zoneOfBeat, beatCount } = plan;
  const reference = request.reference ?? beatOfAtom.slice();
  const zoneOfAtom = beatOfAtom.map((beat) => zoneOfBeat[beat]);
  const links = linkRows(atoms);
  const pieces = createPieceFinder(links);
  const entries = links.target.length;
  const sourceOf = new Uint32Array(entries);
  for (let atom = 0; atom < count; atom++) sourceOf.fill(atom, links.offset[atom], links.offset[atom + 1]);

  const work = new Float64Array(beatCount);
  const atomsIn = new Uint32Array(beatCount);
  const centre = new Uint32Array(beatCount);
  const members = new Uint32Array(count);
  const memberOffset = new Uint32Array(beatCount + 1);
  let changed = 0;
  let totalWork = 0;
  for (let atom = 0; atom < count; atom++) {
    work[beatOfAtom[atom]] += workload[atom];
    atomsIn[beatOfAtom[atom]]++;
    totalWork += workload[atom];
    if (beatOfAtom[atom] !== reference[atom]) changed += workload[atom];
  }
  const mean = totalWork / beatCount;
  const [least, most] = [mean * (1 - band), mean * (1 + band)];
  const changeLimit = mostChange * totalWork;
  const workUnit = totalWork / count || 1;
  placeCentres();
  centreAll();
  const travelUnit = travel() / count || 1;
  const edgeUnit = sharedEdgeMeters.reduce((sum, edge) => sum + edge, 0) / Math.max(1, sharedEdgeMeters.length) || 1;

  function distance(atom: number, other: number): number {
    const dx = xMeters[atom] - xMeters[other];
    const dy = yMeters[atom] - yMeters[other];
    return Math.sqrt(dx * dx + dy * dy);
  }

  /** Begins at the atom nearest to the call-weighted mean place. */
  function placeCentres(): void {
    const [weight, x, y] = [new Float64Array(beatCount), new Float64Array(beatCount), new Float64Array(beatCount)];
    for (let atom = 0; atom < count; atom++) {
      const beat = beatOfAtom[atom];
      // A beat without calls has a middle all the same.
      const share = calls[atom] + 1e-9;
      weight[beat] += share;
      x[beat] += share * xMeters[atom];
      y[beat] += share * yMeters[atom];
    }
    const nearest = new Float64Array(beatCount).fill(Number.POSITIVE_INFINITY);
    for (let atom = 0; atom < count; atom++) {
      const beat = beatOfAtom[atom];
      const away = Math.hypot(xMeters[atom] - x[beat] / weight[beat], yMeters[atom] - y[beat] / weight[beat]);
      if (away < nearest[beat]) {
        nearest[beat] = away;
        centre[beat] = atom;
      }
    }
  }

  function listMembers(): void {
    for (let beat = 0; beat < beatCount; beat++) memberOffset[beat + 1] = memberOffset[beat] + atomsIn[beat];
    const next = memberOffset.slice(0, beatCount);
    for (let atom = 0; atom < count; atom++) members[next[beatOfAtom[atom]]++] = atom;
  }

  function travelTo(beat: number, at: number): number {
    let sum = 0;
    for (let i = memberOffset[beat]; i < memberOffset[beat + 1]; i++) sum += calls[members[i]] * distance(members[i], at);
    return sum;
  }

  /** Moves every centre to a neighbour as long as that is better. */
  function centreAll(): void {
    listMembers();
    for (let beat = 0; beat < beatCount; beat++) {
      let best = travelTo(beat, centre[beat]);
      for (let moved = true; moved; ) {
        moved = false;
        const at = centre[beat];
        for (let e = neighbourOffset[at]; e < neighbourOffset[at + 1]; e++) {
          const there = travelTo(beat, neighbour[e]);
          if (there >= best) continue;
          best = there;
          centre[beat] = neighbour[e];
          moved = true;
        }
      }
    }
  }

  function travel(): number {
    let sum = 0;
    for (let atom = 0; atom < count; atom++) sum += calls[atom] * distance(atom, centre[beatOfAtom[atom]]);
    return sum;
  }

  const outside = (beatWork: number): number => Math.max(0, least - beatWork, beatWork - most);

  function excess(): number {
    let sum = Math.max(0, changed - changeLimit);
    for (const beatWork of work) sum += outside(beatWork);
    return sum < 1e-9 * totalWork ? 0 : sum;
  }

  function balanceTerm(beatWork: number): number {
    const share = (beatWork - mean) / (band * mean);
    return objective.balance * share * share + (excessWeight * outside(beatWork)) / workUnit;
  }

  const changeTerm = (moved: number): number =>
    (objective.change * moved + excessWeight * Math.max(0, moved - changeLimit)) / workUnit;

  function border(): number {
    let sum = 0;
    for (let atom = 0; atom < count; atom++) {
      for (let e = neighbourOffset[atom]; e < neighbourOffset[atom + 1]; e++) {
        if (neighbour[e] > atom && beatOfAtom[neighbour[e]] !== beatOfAtom[atom]) sum += sharedEdgeMeters[e];
      }
    }
    return sum;
  }

  function energy(): number {
    let sum = (objective.travel * travel()) / travelUnit + (objective.border * border()) / edgeUnit + changeTerm(changed);
    for (const beatWork of work) sum += balanceTerm(beatWork);
    return sum;
  }

  let movedWork = 0;
  let movedChange = 0;
  /** By how much the energy would rise if these atoms went over; leaves their workload and change behind for `apply`. */
  function difference(moved: readonly number[], from: number, to: number): number {
    let far = 0;
    let edges = 0;
    movedWork = 0;
    movedChange = 0;
    for (const atom of moved) {
      far += calls[atom] * (distance(atom, centre[to]) - distance(atom, centre[from]));
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
  }

  function apply(moved: readonly number[], from: number, to: number): void {
    work[from] -= movedWork;
    work[to] += movedWork;
    changed += movedChange;
    atomsIn[from] -= moved.length;
    atomsIn[to] += moved.length;
    for (const atom of moved) {
      beatOfAtom[atom] = to;
      zoneOfAtom[atom] = zoneOfBeat[to];
    }
  }

  /** The atoms that would go over with this one, if they may and the energy rises by no more than `limit`; then also the rise. */
  let rise = 0;
  const one: number[] = [0];
  let movesSinceCentring = 0;
  let excessWeight = EXCESS_WEIGHT;
  function ask(atom: number, from: number, to: number, limit: number): readonly number[] | undefined {
    if (locked?.[atom] === 1) return undefined;
    one[0] = atom;
    rise = difference(one, from, to);
    if (rise > limit) return undefined;
    const moved = pieces.takeFrom(beatOfAtom, from, atom);
    if (moved === undefined) return undefined;
    if (moved.length > 1) {
      if (locked !== undefined && moved.some((member) => locked[member] === 1)) return undefined;
      rise = difference(moved, from, to);
      if (rise > limit) return undefined;
    }
    const crossesZones = zoneOfBeat[from] !== zoneOfBeat[to];
    return crossesZones && !pieces.staysWhole(zoneOfAtom, zoneOfBeat[from], moved) ? undefined : moved;
  }

  const touches = (atom: number, beat: number): boolean => {
    for (let e = links.offset[atom]; e < links.offset[atom + 1]; e++) if (beatOfAtom[links.target[e]] === beat) return true;
    return false;
  };

  function tryMove(entry: number, temperature: number): boolean {
    const atom = sourceOf[entry];
    const from = beatOfAtom[atom];
    const to = beatOfAtom[links.target[entry]];
    if (from === to) return false;
    const limit = temperature > 0 ? -temperature * Math.log(1 - random.uniform()) : -1e-9;
    if (random.uniform() >= SWAP_SHARE) {
      const moved = ask(atom, from, to, limit);
      if (moved === undefined) return false;
      apply(moved, from, to);
      return true;
    }
    // A swap passes through a plan that is allowed to be worse.
    const moved = ask(atom, from, to, Number.POSITIVE_INFINITY);
    if (moved?.length !== 1) return false;
    const first = rise;
    apply(moved, from, to);
    const near = links.target[entry];
    const back = random.int(2) === 0 ? near : links.target[links.offset[near] + random.int(links.offset[near + 1] - links.offset[near])];
    if (back !== atom && beatOfAtom[back] === to && touches(back, from)) {
      const second = ask(back, to, from, limit - first);
      if (second?.length === 1) {
        apply(second, to, from);
        return true;
      }
    }
    one[0] = atom;
    difference(one, to, from);
    apply(one, to, from);
    return false;
  }

  return {
    run(attempts, fromTemperature, toTemperature, strictness = EXCESS_WEIGHT) {
      excessWeight = strictness;
      if (entries === 0 || beatCount === 1) return;
      const cooling = fromTemperature > 0 && toTemperature > 0 ? Math.log(toTemperature / fromTemperature) / attempts : 0;
      for (let attempt = 0; attempt < attempts; attempt++) {
        if (!tryMove(random.int(entries), fromTemperature * Math.exp(cooling * attempt))) continue;
        if (++movesSinceCentring < MOVES_PER_CENTRING) continue;
        movesSinceCentring = 0;
        centreAll();
      }
      centreAll();
    },
    travel,
    excess,
    energy,
    centres: () => centre.slice(),
  };
}
