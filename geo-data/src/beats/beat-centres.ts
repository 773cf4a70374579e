import type { AtomGraph } from './atom-set.ts';
import type { BeatPlan } from './plan.ts';

/** Keeps the centre of every beat while its atoms change. */
export interface BeatCentres {
  /** Straight line from an atom to the centre of a beat, metres. */
  distance(atom: number, beat: number): number;
  /** Moves every centre to a neighbouring atom as long as that is better. O(atoms · neighbours) as a rule. */
  recentre(): void;
  /** Call-weighted distance of all atoms to the centres of their beats, call-metres. */
  travel(): number;
}

/**
 * Centres of beats: the weighted medians among the atoms (Hakimi 1964). They begin at the atom nearest to the call-weighted mean place
 * and then walk downhill, which may end beside the very best atom: travel is never understated.
 * The plan is read again at every question. No beat may be empty.
 */
export function createBeatCentres(atoms: AtomGraph, calls: Float64Array, plan: BeatPlan): BeatCentres {
  const { count, xMeters, yMeters, neighbourOffset, neighbour } = atoms;
  const { beatOfAtom, beatCount } = plan;
  const centre = nearestToMean(atoms, calls, plan);
  const members = new Uint32Array(count);
  const memberOffset = new Uint32Array(beatCount + 1);
  recentre();

  function between(atom: number, other: number): number {
    const dx = xMeters[atom] - xMeters[other];
    const dy = yMeters[atom] - yMeters[other];
    return Math.sqrt(dx * dx + dy * dy);
  }

  function listMembers(): void {
    memberOffset.fill(0);
    for (let atom = 0; atom < count; atom++) memberOffset[beatOfAtom[atom] + 1]++;
    for (let beat = 0; beat < beatCount; beat++) memberOffset[beat + 1] += memberOffset[beat];
    const next = memberOffset.slice(0, beatCount);
    for (let atom = 0; atom < count; atom++) members[next[beatOfAtom[atom]]++] = atom;
  }

  function travelTo(beat: number, at: number): number {
    let sum = 0;
    for (let i = memberOffset[beat]; i < memberOffset[beat + 1]; i++)
      sum += calls[members[i]] * between(members[i], at);
    return sum;
  }

  function recentre(): void {
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

  return {
    distance: (atom, beat) => between(atom, centre[beat]),
    recentre,
    travel() {
      let sum = 0;
      for (let atom = 0; atom < count; atom++) sum += calls[atom] * between(atom, centre[beatOfAtom[atom]]);
      return sum;
    },
  };
}

function nearestToMean({ count, xMeters, yMeters }: AtomGraph, calls: Float64Array, plan: BeatPlan): Uint32Array {
  const { beatOfAtom, beatCount } = plan;
  const [weight, x, y] = [new Float64Array(beatCount), new Float64Array(beatCount), new Float64Array(beatCount)];
  for (let atom = 0; atom < count; atom++) {
    const beat = beatOfAtom[atom];
    // A beat without calls has a middle all the same.
    const share = calls[atom] + 1e-9;
    weight[beat] += share;
    x[beat] += share * xMeters[atom];
    y[beat] += share * yMeters[atom];
  }
  const centre = new Uint32Array(beatCount);
  const nearest = new Float64Array(beatCount).fill(Number.POSITIVE_INFINITY);
  for (let atom = 0; atom < count; atom++) {
    const beat = beatOfAtom[atom];
    const away = Math.hypot(xMeters[atom] - x[beat] / weight[beat], yMeters[atom] - y[beat] / weight[beat]);
    if (away < nearest[beat]) {
      nearest[beat] = away;
      centre[beat] = atom;
    }
  }
  return centre;
}
