import { UNASSIGNED } from '../beats/index.ts';
import { NO_HOME } from './place-homes.ts';

/** The units of the beats that have one, numbered without gaps. */
export interface BeatUnits {
  count: number;
  /** One per unit: the atom where it stands ready. */
  home: Int32Array;
  /** One per beat, -1 where it has no unit. */
  unitOfBeat: Int32Array;
}

/** A unit for every beat with a home. */
export function unitsOfHomes(homeOfBeat: Int32Array): BeatUnits {
  const unitOfBeat = new Int32Array(homeOfBeat.length).fill(-1);
  const home: number[] = [];
  for (const [beat, atom] of homeOfBeat.entries()) {
    if (atom === NO_HOME) continue;
    unitOfBeat[beat] = home.length;
    home.push(atom);
  }
  return { count: home.length, home: Int32Array.from(home), unitOfBeat };
}

/** The atoms of every beat. O(atoms + beats). */
export function atomsOfBeats(beatOfAtom: Uint16Array, beatCount: number): Uint32Array[] {
  const size = new Uint32Array(beatCount);
  for (const beat of beatOfAtom) if (beat !== UNASSIGNED) size[beat]++;
  const atoms = Array.from(size, (length) => new Uint32Array(length));
  size.fill(0);
  for (const [atom, beat] of beatOfAtom.entries()) if (beat !== UNASSIGNED) atoms[beat][size[beat]++] = atom;
  return atoms;
}

/**
 * Sorts the row of units that starts at `row` by travel time, `own` (if any, else -1) before all others. By insertion, because from one
 * stroke to the next a row is nearly sorted: O(units) then, O(units²) at worst. Equal times leave the lower number first.
 */
export function sortByTravel(
  preference: Uint16Array,
  minutes: Float64Array,
  row: number,
  unitCount: number,
  own: number,
): void {
  for (let i = 1; i < unitCount; i++) {
    const unit = preference[row + i];
    const time = unit === own ? -1 : minutes[row + unit];
    let j = i;
    for (; j > 0; j--) {
      const other = preference[row + j - 1];
      const otherTime = other === own ? -1 : minutes[row + other];
      if (otherTime < time || (otherTime === time && other < unit)) break;
      preference[row + j] = other;
    }
    preference[row + j] = unit;
  }
}
