import { type AtomGraph, UNASSIGNED } from '../beats/index.ts';

/** In `homeOfBeat`: the beat has neither atoms nor a post, so that no unit stands there. */
export const NO_HOME = -1;

export interface HomesRequest {
  atoms: Pick<AtomGraph, 'count' | 'xMeters' | 'yMeters' | 'areaKm2'>;
  beatOfAtom: Uint16Array;
  beatCount: number;
  callsPerHour: Float64Array;
  /** One per beat: the atom where its unit stands ready, `NO_HOME` where none is laid down. */
  postOfBeat?: Int32Array;
}

/**
 * Where the unit of each beat waits: at its post, else in the atom of the beat nearest to the beat's centre of calls
 * (of area, in a beat without calls). Returns an atom per beat. O(atoms + beats).
 */
export function placeHomes({ atoms, beatOfAtom, beatCount, callsPerHour, postOfBeat }: HomesRequest): Int32Array {
  const calls = new Float64Array(beatCount);
  for (let atom = 0; atom < atoms.count; atom++) {
    if (beatOfAtom[atom] !== UNASSIGNED) calls[beatOfAtom[atom]] += callsPerHour[atom];
  }
  const weight = new Float64Array(beatCount);
  const x = new Float64Array(beatCount);
  const y = new Float64Array(beatCount);
  for (let atom = 0; atom < atoms.count; atom++) {
    const beat = beatOfAtom[atom];
    if (beat === UNASSIGNED) continue;
    const share = calls[beat] > 0 ? callsPerHour[atom] : atoms.areaKm2[atom];
    weight[beat] += share;
    x[beat] += share * atoms.xMeters[atom];
    y[beat] += share * atoms.yMeters[atom];
  }
  const home = new Int32Array(beatCount).fill(NO_HOME);
  const nearest = new Float64Array(beatCount).fill(Number.POSITIVE_INFINITY);
  for (let atom = 0; atom < atoms.count; atom++) {
    const beat = beatOfAtom[atom];
    if (beat === UNASSIGNED) continue;
    const away =
      (atoms.xMeters[atom] - x[beat] / weight[beat]) ** 2 + (atoms.yMeters[atom] - y[beat] / weight[beat]) ** 2;
    if (away >= nearest[beat]) continue;
    nearest[beat] = away;
    home[beat] = atom;
  }
  if (postOfBeat !== undefined) {
    for (let beat = 0; beat < beatCount; beat++) if (postOfBeat[beat] !== NO_HOME) home[beat] = postOfBeat[beat];
  }
  return home;
}
