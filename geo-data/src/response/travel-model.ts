import type { AtomGraph } from '../beats/index.ts';

/** How long a unit drives from one atom to another. */
export type TravelModel =
  | {
      kind: 'network';
      /** atoms × atoms, a row per start (`travelMatrix`); Infinity where no street leads. The diagonal is a drive inside of the atom. */
      seconds: Float32Array;
    }
  | {
      kind: 'straight';
      /** Length of a drive over that of the straight line, about 1.3 in a grid of streets. */
      detourFactor: number;
      speedKmh: number;
    };

/** Atoms as a `TravelModel` sees them. */
export type TravelAtoms = Pick<AtomGraph, 'count' | 'xMeters' | 'yMeters' | 'areaKm2'>;

/** Longer than any drive: keeps arithmetic finite where no street leads. */
const UNREACHABLE_MINUTES = 24 * 60;

/**
 * Minutes from atom `from` to each atom, into column `column` of `minutes` (atoms × `columns`). A straight drive is measured to the
 * places in the atom, not to its centre: the root mean square distance to the points of a disc of its area. O(atoms).
 */
export function travelFromAtom(
  travel: TravelModel,
  atoms: TravelAtoms,
  from: number,
  target: { minutes: Float64Array; columns: number; column: number },
): void {
  const { minutes, columns, column } = target;
  if (travel.kind === 'network') {
    const row = from * atoms.count;
    for (let atom = 0; atom < atoms.count; atom++) {
      minutes[atom * columns + column] = Math.min(travel.seconds[row + atom] / 60, UNREACHABLE_MINUTES);
    }
    return;
  }
  const perMeter = (travel.detourFactor * 0.06) / travel.speedKmh;
  const [x, y] = [atoms.xMeters[from], atoms.yMeters[from]];
  for (let atom = 0; atom < atoms.count; atom++) {
    const [dx, dy] = [atoms.xMeters[atom] - x, atoms.yMeters[atom] - y];
    const inside = (atoms.areaKm2[atom] * 1e6) / (2 * Math.PI);
    minutes[atom * columns + column] = perMeter * Math.sqrt(dx * dx + dy * dy + inside);
  }
}

/** Throws a RangeError unless the model can answer for these atoms. */
export function assertTravelModel(travel: TravelModel, atoms: TravelAtoms): void {
  if (travel.kind === 'network') {
    const { length } = travel.seconds;
    if (length === atoms.count ** 2) return;
    throw new RangeError(`There are ${length} travel times, expected ${atoms.count} × ${atoms.count}.`);
  }
  if (!(travel.detourFactor >= 1))
    throw new RangeError(`The detour factor is ${travel.detourFactor}, expected 1 or more.`);
  if (!(travel.speedKmh > 0)) throw new RangeError(`The speed is ${travel.speedKmh} km/h, expected more than 0.`);
}
