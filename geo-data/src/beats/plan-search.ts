import type { SeededRandom } from '../numeric/index.ts';
import { createBeatCentres } from './beat-centres.ts';
import { linkRows } from './link-rows.ts';
import { createPieceFinder } from './piece-finder.ts';
import { createPlanEnergy, type PlanEnergyRequest } from './plan-energy.ts';

/** The plan is changed in place. Every beat and zone must be contiguous at the beginning. */
export interface PlanSearchRequest extends PlanEnergyRequest {
  /** 1 where an atom must stay with its beat. */
  lockedAtoms?: Uint8Array;
  /** 1 for a beat that no atom may leave or join. */
  lockedBeats?: Uint8Array;
  random: SeededRandom;
}

export interface PlanSearch {
  /**
   * Tries so many moves while the temperature falls evenly (in its logarithm) from one value to the other; 0 accepts only what is
   * better. `strictness` is the cost of one mean atom's workload outside the band.
   */
  run(attempts: number, fromTemperature: number, toTemperature: number, strictness: number): void;
  /** Call-weighted distance to the centres, call-metres. */
  travel(): number;
  /** Workload by which beats leave the band, and the change its limit; 0: the plan may be kept. */
  excess(): number;
}

/** Accepted moves between two looks for better centres. */
const MOVES_PER_CENTRING = 64;
/** Where beats are full, an atom can only go over when another comes back. */
const SWAP_SHARE = 0.3;

/**
 * Local search over plans: atoms move across borders between beats, contiguity of beats and zones is never broken, and a move that would
 * tear its beat takes the smaller pieces along. Simulated annealing (Kirkpatrick, Gelatt, Vecchi 1983) on `createPlanEnergy`; distance is
 * the straight line to the centre of the beat, as in the capacitated p-median. A question costs O(neighbours), a centring O(atoms).
 * The same random stream gives the same plan on every machine.
 */
export function createPlanSearch(request: PlanSearchRequest): PlanSearch {
  const { atoms, plan, lockedAtoms, lockedBeats, random } = request;
  const { beatOfAtom, zoneOfBeat } = plan;
  const zoneOfAtom = beatOfAtom.map((beat) => zoneOfBeat[beat]);
  const links = linkRows(atoms);
  const pieces = createPieceFinder(links);
  const centres = createBeatCentres(atoms, request.calls, plan);
  const energy = createPlanEnergy(request, centres);
  const entries = links.target.length;
  const sourceOf = new Uint32Array(entries);
  for (let atom = 0; atom < atoms.count; atom++) sourceOf.fill(atom, links.offset[atom], links.offset[atom + 1]);
  const one: number[] = [0];
  let movesSinceCentring = 0;
  let rise = 0;

  function apply(moved: readonly number[], from: number, to: number): void {
    energy.apply(moved, from, to);
    for (const atom of moved) zoneOfAtom[atom] = zoneOfBeat[to];
  }

  /** The atoms that would go over with this one, if they may and the energy rises by no more than `limit`; leaves the `rise` behind. */
  function ask(atom: number, from: number, to: number, limit: number): readonly number[] | undefined {
    if (lockedAtoms?.[atom] === 1) return undefined;
    one[0] = atom;
    rise = energy.difference(one, from, to);
    if (rise > limit) return undefined;
    const moved = pieces.takeFrom(beatOfAtom, from, atom);
    if (moved === undefined) return undefined;
    if (moved.length > 1) {
      if (lockedAtoms !== undefined && moved.some((member) => lockedAtoms[member] === 1)) return undefined;
      rise = energy.difference(moved, from, to);
      if (rise > limit) return undefined;
    }
    const crossesZones = zoneOfBeat[from] !== zoneOfBeat[to];
    return crossesZones && !pieces.staysWhole(zoneOfAtom, zoneOfBeat[from], moved) ? undefined : moved;
  }

  const touches = (atom: number, beat: number): boolean => {
    for (let e = links.offset[atom]; e < links.offset[atom + 1]; e++)
      if (beatOfAtom[links.target[e]] === beat) return true;
    return false;
  };

  function trySwap(atom: number, near: number, from: number, to: number, limit: number): boolean {
    // The plan in between is allowed to be worse.
    const moved = ask(atom, from, to, Number.POSITIVE_INFINITY);
    if (moved?.length !== 1) return false;
    const first = rise;
    apply(moved, from, to);
    const degree = links.offset[near + 1] - links.offset[near];
    const back = random.int(2) === 0 ? near : links.target[links.offset[near] + random.int(degree)];
    if (back !== atom && beatOfAtom[back] === to && touches(back, from)) {
      const second = ask(back, to, from, limit - first);
      if (second?.length === 1) {
        apply(second, to, from);
        return true;
      }
    }
    one[0] = atom;
    energy.difference(one, to, from);
    apply(one, to, from);
    return false;
  }

  function tryMove(entry: number, temperature: number): boolean {
    const atom = sourceOf[entry];
    const near = links.target[entry];
    const from = beatOfAtom[atom];
    const to = beatOfAtom[near];
    if (from === to || lockedBeats?.[from] === 1 || lockedBeats?.[to] === 1) return false;
    const limit = temperature > 0 ? -temperature * Math.log(1 - random.uniform()) : -1e-9;
    if (random.uniform() < SWAP_SHARE) return trySwap(atom, near, from, to, limit);
    const moved = ask(atom, from, to, limit);
    if (moved === undefined) return false;
    apply(moved, from, to);
    return true;
  }

  return {
    run(attempts, fromTemperature, toTemperature, strictness) {
      energy.punishExcess(strictness);
      if (entries === 0 || plan.beatCount === 1) return;
      const cooling = fromTemperature > 0 ? Math.log(toTemperature / fromTemperature) / attempts : 0;
      for (let attempt = 0; attempt < attempts; attempt++) {
        if (!tryMove(random.int(entries), fromTemperature * Math.exp(cooling * attempt))) continue;
        if (++movesSinceCentring < MOVES_PER_CENTRING) continue;
        movesSinceCentring = 0;
        centres.recentre();
      }
      centres.recentre();
    },
    travel: () => centres.travel(),
    excess: () => energy.excess(),
  };
}
