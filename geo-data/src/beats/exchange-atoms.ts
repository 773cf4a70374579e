import type { LinkRows } from './link-rows.ts';
import { createPieceFinder } from './piece-finder.ts';
import type { BeatPlan } from './plan.ts';
import { workloadOfBeats } from './workload-of-beats.ts';

export interface ExchangeRequest {
  links: LinkRows;
  /** One value ≥ 0 per atom. */
  workload: Float64Array;
  /** A beat's workload is to lie between these. */
  least: number;
  most: number;
  /** Changed in place. */
  plan: BeatPlan;
}

interface Exchange {
  given: number;
  taken: number;
  gain: number;
}

/**
 * Exchanges one atom of a beat outside the limits for one of a neighbour, in place, as long as that lessens the workload outside them. A
 * beat of two or three heavy atoms has no other way in: to give or to take one alone would take it past the limit on the other side.
 * Beats and zones stay contiguous. O(atoms of the beat · atoms of its neighbours) pieces to be looked for per exchange.
 */
export function exchangeAtoms({ links, workload, least, most, plan }: ExchangeRequest): void {
  const { beatOfAtom, zoneOfBeat, beatCount } = plan;
  const zoneOfAtom = beatOfAtom.map((beat) => zoneOfBeat[beat]);
  const pieces = createPieceFinder(links);
  const work = workloadOfBeats(plan, workload);
  const outside = (value: number): number => Math.max(0, least - value, value - most);

  const neighboursOf = (atom: number): Uint32Array => links.target.subarray(links.offset[atom], links.offset[atom + 1]);
  /** Whether the atom touches the area elsewhere than at `without`. */
  const touches = (areaOf: Uint16Array, area: number, atom: number, without: number): boolean =>
    neighboursOf(atom).some((other) => other !== without && areaOf[other] === area);
  const canLeave = (atom: number): boolean =>
    pieces.staysWhole(beatOfAtom, beatOfAtom[atom], [atom]) && pieces.staysWhole(zoneOfAtom, zoneOfAtom[atom], [atom]);

  function bestExchange(beat: number): Exchange | undefined {
    let best: Exchange | undefined;
    for (let given = 0; given < links.count; given++) {
      if (beatOfAtom[given] !== beat || !canLeave(given)) continue;
      for (const other of new Set(Array.from(neighboursOf(given), (atom) => beatOfAtom[atom]))) {
        if (other === beat) continue;
        for (let taken = 0; taken < links.count; taken++) {
          if (beatOfAtom[taken] !== other) continue;
          const shift = workload[taken] - workload[given];
          const before = outside(work[beat]) + outside(work[other]);
          const gain = before - outside(work[beat] + shift) - outside(work[other] - shift);
          if (gain <= 1e-9 * most || gain <= (best?.gain ?? 0)) continue;
          if (!touches(beatOfAtom, beat, taken, given) || !touches(beatOfAtom, other, given, taken)) continue;
          if (canLeave(taken)) best = { given, taken, gain };
        }
      }
    }
    return best;
  }

  function exchange({ given, taken }: Exchange): void {
    const [beat, other] = [beatOfAtom[given], beatOfAtom[taken]];
    const shift = workload[taken] - workload[given];
    work[beat] += shift;
    work[other] -= shift;
    beatOfAtom[given] = other;
    beatOfAtom[taken] = beat;
    zoneOfAtom[given] = zoneOfBeat[other];
    zoneOfAtom[taken] = zoneOfBeat[beat];
  }

  // Every exchange lessens the sum, so this ends; of beats that cannot be mended none is tried twice in a row without a change elsewhere.
  for (let changed = true; changed; ) {
    changed = false;
    for (let beat = 0; beat < beatCount; beat++) {
      if (outside(work[beat]) === 0) continue;
      const best = bestExchange(beat);
      if (best === undefined) continue;
      exchange(best);
      changed = true;
    }
  }
}
