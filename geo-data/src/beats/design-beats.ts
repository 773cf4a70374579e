import { createSeededRandom, type SeededRandom } from '../numeric/index.ts';
import type { AtomGraph, AtomSet } from './atom-set.ts';
import { beatAdjacency } from './beat-adjacency.ts';
import { BeatDesignError } from './beat-design-error.ts';
import { createDisjointSets } from './disjoint-sets.ts';
import { exchangeAtoms } from './exchange-atoms.ts';
import { type FairShare, fairShare } from './fair-share.ts';
import { improvePlan } from './improve-plan.ts';
import { type LinkRows, linkRows } from './link-rows.ts';
import { numberFromNorth } from './number-from-north.ts';
import type { BeatPlan } from './plan.ts';
import { splitIntoParts } from './split-into-parts.ts';
import { workloadOfBeats } from './workload-of-beats.ts';

export interface BeatDesignRequest {
  atoms: AtomGraph & Partial<Pick<AtomSet, 'landPartCount'>>;
  /** One value ≥ 0 per atom, see `workloadPerAtom`. */
  workload: Float64Array;
  beats: number;
  zones: number;
  seed: number;
  /** Allowed deviation of a beat's workload from the mean, as a share; 0.1 by default. */
  tolerance?: number;
}

export interface BeatDesign {
  plan: BeatPlan;
  /** The mean the beats were balanced to: that of all, less what heavy atoms take up (see `fairShare`). */
  meanWorkload: number;
  /** Largest deviation from it, as a share, of beats without a heavy atom. */
  maxDeviation: number;
  /** Beats, without a heavy atom, that still lie outside the tolerance. Empty unless atoms are too coarse for it. */
  beatsOutsideTolerance: number[];
  /** Atoms that alone exceed what a beat may carry; nothing can balance them. */
  heavyAtoms: Uint32Array;
}

const MAX_BEATS = 0xfffe;
/** Independent beginnings, of which the best end is kept. */
const STARTS = 4;
/** So many where none of the first has every beat within the tolerance. */
const MOST_STARTS = 16;

/**
 * Designs a plan: `beats` beats nested in `zones` zones, each contiguous along connected atoms, compact, and every beat's workload
 * within the tolerance of the mean wherever a single atom does not already exceed it. Zones get equal numbers of beats, or one
 * more. The same request gives the same plan, always.
 *
 * The atoms are split into zones and those into beats by recombination on random spanning trees (`splitIntoParts`), then improved
 * by annealing (`improvePlan`) and, where a beat still lies outside the tolerance, by exchanges (`exchangeAtoms`); from four starts, and from
 * up to sixteen while that is so. About 0.5 s per 1,000 atoms, four times that where the tolerance is out of reach.
 *
 * Throws a BeatDesignError that says why where no plan exists: FEWER_ATOMS_THAN_BEATS, MORE_ZONES_THAN_BEATS,
 * DISCONNECTED_LAND, NO_WORKLOAD and others.
 */
export function designBeats({ atoms, workload, beats, zones, seed, tolerance = 0.1 }: BeatDesignRequest): BeatDesign {
  assertCounts(atoms.count, beats, zones, tolerance);
  assertWorkload(workload, atoms.count);
  const links = linkRows(atoms);
  assertOnePiece(links);

  const share = fairShare(workload, beats, tolerance);
  const random = createSeededRandom(seed);
  let best: { plan: BeatPlan; excess: number; score: number } | undefined;
  const least = share.meanWorkload * (1 - tolerance);
  const most = share.meanWorkload * (1 + tolerance);
  for (let start = 0; start < STARTS || (start < MOST_STARTS && best !== undefined && best.excess > 0); start++) {
    const plan = splitNested(atoms, links, share.balanced, beats, zones, random);
    const score = improvePlan(atoms, links, share.balanced, share.meanWorkload, tolerance, plan, random);
    exchangeAtoms({ links, workload: share.balanced, least, most, plan });
    const excess = excessWorkload(plan, share, tolerance);
    if (best === undefined || excess < best.excess || (excess === best.excess && score < best.score)) {
      best = { plan, excess, score };
    }
  }
  if (best === undefined) throw new Error(`${STARTS} starts gave 0 plans, expected at least 1.`);
  return describe(numberFromNorth(atoms, best.plan), workload, share, tolerance);
}

function assertCounts(atoms: number, beats: number, zones: number, tolerance: number): void {
  if (!(Number.isInteger(beats) && Number.isInteger(zones) && beats >= 1 && zones >= 1)) {
    throw new BeatDesignError(
      'NO_BEATS',
      { beats, zones },
      `Asked for ${beats} beats in ${zones} zones, expected at least 1 of each.`,
    );
  }
  if (zones > beats) {
    throw new BeatDesignError(
      'MORE_ZONES_THAN_BEATS',
      { beats, zones },
      `Asked for ${zones} zones of ${beats} beats: every zone needs at least 1 beat.`,
    );
  }
  if (beats > atoms) {
    throw new BeatDesignError(
      'FEWER_ATOMS_THAN_BEATS',
      { atoms, beats },
      `The bureau has ${atoms} atoms for ${beats} beats: take a finer resolution or fewer beats.`,
    );
  }
  if (beats > MAX_BEATS) {
    throw new BeatDesignError(
      'TOO_MANY_BEATS',
      { beats, most: MAX_BEATS },
      `Asked for ${beats} beats, expected at most ${MAX_BEATS}.`,
    );
  }
  if (!(tolerance > 0 && tolerance <= 1)) {
    throw new BeatDesignError(
      'INVALID_TOLERANCE',
      { tolerance },
      `The tolerance is ${tolerance}, expected more than 0 and at most 1.`,
    );
  }
}

function assertWorkload(workload: Float64Array, atoms: number): void {
  if (workload.length !== atoms) {
    throw new BeatDesignError(
      'WRONG_WORKLOAD_LENGTH',
      { length: workload.length, atoms },
      `The workload has ${workload.length} values, expected ${atoms}.`,
    );
  }
  const atom = workload.findIndex((value) => !(value >= 0 && value < Number.POSITIVE_INFINITY));
  if (atom >= 0) {
    throw new BeatDesignError(
      'INVALID_WORKLOAD',
      { atom },
      `Atom ${atom} has workload ${workload[atom]}, expected 0 or more.`,
    );
  }
  if (!workload.some((value) => value > 0)) {
    throw new BeatDesignError(
      'NO_WORKLOAD',
      { atoms },
      `All ${atoms} atoms have workload 0: there is nothing to balance.`,
    );
  }
}

function assertOnePiece(links: LinkRows): void {
  const sets = createDisjointSets(links.count);
  for (let atom = 0; atom < links.count; atom++) {
    for (let e = links.offset[atom]; e < links.offset[atom + 1]; e++) sets.unite(atom, links.target[e]);
  }
  const sizes = new Map<number, number>();
  for (let atom = 0; atom < links.count; atom++) sizes.set(sets.find(atom), (sizes.get(sets.find(atom)) ?? 0) + 1);
  if (sizes.size === 1) return;
  const largest = Math.max(...sizes.values());
  throw new BeatDesignError(
    'DISCONNECTED_LAND',
    { parts: sizes.size, largest, elsewhere: links.count - largest },
    `The bureau lies in ${sizes.size} pieces that do not touch: ${largest} atoms in the largest, ` +
      `${links.count - largest} elsewhere. Design each piece by itself, or join them in the boundary.`,
  );
}

/** Zones of equal numbers of beats first, then the beats in them. */
function splitNested(
  atoms: AtomGraph,
  links: LinkRows,
  workload: Float64Array,
  beats: number,
  zones: number,
  random: SeededRandom,
): BeatPlan {
  const beatsOfZone = Array.from(
    { length: zones },
    (_, zone) => Math.floor(beats / zones) + Number(zone < beats % zones),
  );
  const zoneOfAtom = splitIntoParts(links, workload, beatsOfZone, random);
  if (zoneOfAtom === undefined) return splitFlat(atoms, links, workload, beats, zones, random);
  const plan: BeatPlan = {
    beatCount: beats,
    zoneCount: zones,
    beatOfAtom: new Uint16Array(atoms.count),
    zoneOfBeat: Uint16Array.from(beatsOfZone.flatMap((size, zone) => Array<number>(size).fill(zone))),
  };
  let firstBeat = 0;
  for (const [zone, size] of beatsOfZone.entries()) {
    const members = Uint32Array.from(zoneOfAtom.keys()).filter((atom) => zoneOfAtom[atom] === zone);
    const beatInZone = splitOrFail(
      restrict(links, members),
      members.map((atom) => atom),
      workload,
      size,
      random,
    );
    for (const [i, atom] of members.entries()) plan.beatOfAtom[atom] = firstBeat + beatInZone[i];
    firstBeat += size;
  }
  return plan;
}

/**
 * Beats first, then zones of neighbouring beats: the way out for land so thin (a star of alleys around a square) that zones of
 * equal numbers of beats do not exist.
 */
function splitFlat(
  atoms: AtomGraph,
  links: LinkRows,
  workload: Float64Array,
  beats: number,
  zones: number,
  random: SeededRandom,
): BeatPlan {
  const everyAtom = Uint32Array.from({ length: atoms.count }, (_, atom) => atom);
  const beatOfAtom = splitOrFail(links, everyAtom, workload, beats, random);
  const { offset, neighbour } = beatAdjacency(atoms, { beatOfAtom, beatCount: beats }, 'connected');
  const everyBeat = Uint32Array.from({ length: beats }, (_, beat) => beat);
  const zoneOfBeat = splitOrFail(
    { count: beats, offset, target: neighbour },
    everyBeat,
    new Float64Array(beats).fill(1),
    zones,
    random,
  );
  return { beatCount: beats, zoneCount: zones, beatOfAtom, zoneOfBeat };
}

function splitOrFail(
  links: LinkRows,
  members: Uint32Array,
  workload: Float64Array,
  parts: number,
  random: SeededRandom,
): Uint16Array {
  const weight = Float64Array.from(members, (atom) => workload[atom]);
  const partOf = splitIntoParts(links, weight, Array<number>(parts).fill(1), random);
  if (partOf === undefined)
    throw new Error(`${members.length} connected areas could not be split into ${parts} parts.`);
  return partOf;
}

/** The links among some atoms, renumbered in their order. */
function restrict(links: LinkRows, members: Uint32Array): LinkRows {
  const newNumber = new Map(Array.from(members, (atom, i) => [atom, i]));
  const offset = new Uint32Array(members.length + 1);
  const target: number[] = [];
  for (const [i, atom] of members.entries()) {
    for (let e = links.offset[atom]; e < links.offset[atom + 1]; e++) {
      const other = newNumber.get(links.target[e]);
      if (other !== undefined) target.push(other);
    }
    offset[i + 1] = target.length;
  }
  return { count: members.length, offset, target: Uint32Array.from(target) };
}

function excessWorkload(plan: BeatPlan, { balanced, meanWorkload }: FairShare, tolerance: number): number {
  const allowed = tolerance * meanWorkload * (1 + 1e-9);
  return workloadOfBeats(plan, balanced).reduce(
    (sum, work) => sum + Math.max(0, Math.abs(work - meanWorkload) - allowed),
    0,
  );
}

function describe(plan: BeatPlan, workload: Float64Array, share: FairShare, tolerance: number): BeatDesign {
  const { meanWorkload, heavyAtoms } = share;
  const excused = new Set(Array.from(heavyAtoms, (atom) => plan.beatOfAtom[atom]));
  const beatsOutsideTolerance: number[] = [];
  let maxDeviation = 0;
  for (const [beat, work] of workloadOfBeats(plan, workload).entries()) {
    if (excused.has(beat)) continue;
    const deviation = Math.abs(work - meanWorkload) / meanWorkload;
    maxDeviation = Math.max(maxDeviation, deviation);
    if (deviation > tolerance * (1 + 1e-9)) beatsOutsideTolerance.push(beat);
  }
  return { plan, meanWorkload, maxDeviation, beatsOutsideTolerance, heavyAtoms };
}
