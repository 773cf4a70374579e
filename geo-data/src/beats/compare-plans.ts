import { UNASSIGNED } from './plan.ts';

export interface PlanComparisonRequest {
  /** Beat of every atom in the plan before and after, `UNASSIGNED` where there is none; equal lengths. */
  before: Uint16Array;
  after: Uint16Array;
  beatCountBefore: number;
  beatCountAfter: number;
  /** Per atom. */
  areaKm2: Float64Array;
  incidents: Uint32Array;
  workload: Float64Array;
  /** Atom of every key place; places in no atom are left out beforehand. */
  placeAtoms: Uint32Array;
}

/** What one beat of the plan before gives to one of the plan after. */
export interface MovedBetween {
  before: number;
  after: number;
  atoms: number;
  areaKm2: number;
  incidents: number;
  workload: number;
  places: number;
}

export interface PlanDifference {
  /** The beat after that each beat before lives on as, `UNASSIGNED` where there is none. */
  successor: Uint16Array;
  /** 1 where an atom changes hands. */
  changed: Uint8Array;
  /** One entry per pair of beats between which something changes hands, most workload first. */
  moved: MovedBetween[];
}

/**
 * What changes for whom. A beat lives on as the one that takes most of its workload over, pairs with most in common first, each once: with a
 * new number alone nothing changes hands. Everything else moves from one beat to another. O(atoms + pairs log pairs).
 * Throws a RangeError when columns differ in length or name a beat that is not there.
 */
export function comparePlans(request: PlanComparisonRequest): PlanDifference {
  const { before, after, beatCountBefore, beatCountAfter } = request;
  const count = before.length;
  for (const name of ['after', 'areaKm2', 'incidents', 'workload'] as const) {
    if (request[name].length !== count) {
      throw new RangeError(`The column ${name} has ${request[name].length} values, expected ${count}.`);
    }
  }
  const pairs = new Map<number, MovedBetween>();
  const pairOf = (atom: number): MovedBetween => {
    const [from, to] = [before[atom], after[atom]];
    assertBeat(from, beatCountBefore);
    assertBeat(to, beatCountAfter);
    const key = from * 0x10000 + to;
    const known = pairs.get(key);
    if (known !== undefined) return known;
    const pair = { before: from, after: to, atoms: 0, areaKm2: 0, incidents: 0, workload: 0, places: 0 };
    pairs.set(key, pair);
    return pair;
  };
  for (let atom = 0; atom < count; atom++) {
    const pair = pairOf(atom);
    pair.atoms++;
    pair.areaKm2 += request.areaKm2[atom];
    pair.incidents += request.incidents[atom];
    pair.workload += request.workload[atom];
  }
  for (const atom of request.placeAtoms) {
    if (atom >= count) throw new RangeError(`A place lies in atom ${atom}, expected less than ${count}.`);
    pairOf(atom).places++;
  }
  const mostFirst = [...pairs.values()].sort(
    (a, b) => b.workload - a.workload || b.atoms - a.atoms || a.before - b.before || a.after - b.after,
  );
  const successor = new Uint16Array(beatCountBefore).fill(UNASSIGNED);
  const taken = new Set<number>();
  for (const pair of mostFirst) {
    if (pair.before === UNASSIGNED || pair.after === UNASSIGNED) continue;
    if (successor[pair.before] !== UNASSIGNED || taken.has(pair.after)) continue;
    successor[pair.before] = pair.after;
    taken.add(pair.after);
  }
  const stays = (from: number, to: number) =>
    from === UNASSIGNED || to === UNASSIGNED ? from === to : successor[from] === to;
  return {
    successor,
    changed: Uint8Array.from(before, (from, atom) => (stays(from, after[atom]) ? 0 : 1)),
    moved: mostFirst.filter((pair) => !stays(pair.before, pair.after)),
  };
}

function assertBeat(beat: number, count: number): void {
  if (beat >= count && beat !== UNASSIGNED) throw new RangeError(`Beat ${beat}, expected less than ${count}.`);
}
