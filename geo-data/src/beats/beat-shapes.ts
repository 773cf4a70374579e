import { smallestCircle } from '../geometry/index.ts';
import type { AtomOutlines } from './atom-outlines.ts';
import type { AtomGraph } from './atom-set.ts';
import { assertBeatsFit, type BeatPlan, UNASSIGNED } from './plan.ts';

/** Compactness beyond Polsby-Popper (`planFigures`), one entry per beat; 1 for a disc, NaN for a beat without atoms. */
export interface BeatShapes {
  /** Reock: area over that of the smallest circle around the beat. */
  reock: Float64Array;
  /** Area² / 2π over the moment of inertia: how near its land lies to its centre, as against a disc of its area. */
  inertia: Float64Array;
  /** Of the smallest circle. */
  radiusMeters: Float64Array;
}

/** Directions in which a disc stands for an atom without outline; its circle is then at most 1 % of the atom's radius too small. */
const DISC_POINTS = 24;

/**
 * How compact beats are, from their atoms alone: no union of polygons. Without `outlines` an atom is taken as a disc of its area,
 * which makes circles a little too small for angular atoms. O(atoms + corners) expected.
 * Source: E. C. Reock, Measuring compactness as a requirement of legislative apportionment, Midwest J. of Political Science 5 (1961);
 * W. Li, M. F. Goodchild & R. Church, An efficient measure of compactness for two-dimensional shapes, IJGIS 27 (2013).
 * @throws a RangeError for a plan or outlines of other atoms.
 */
export function beatShapes(request: {
  atoms: Pick<AtomGraph, 'count' | 'xMeters' | 'yMeters' | 'areaKm2'>;
  plan: Pick<BeatPlan, 'beatOfAtom' | 'beatCount'>;
  outlines?: AtomOutlines;
}): BeatShapes {
  const { atoms, plan, outlines } = request;
  const { beatOfAtom, beatCount } = plan;
  assertBeatsFit(atoms.count, beatOfAtom, beatCount);
  if (outlines !== undefined && outlines.offset.length !== atoms.count + 1) {
    throw new RangeError(`There are outlines of ${outlines.offset.length - 1} atoms, expected ${atoms.count}.`);
  }
  const area = new Float64Array(beatCount);
  const momentX = new Float64Array(beatCount);
  const momentY = new Float64Array(beatCount);
  const square = new Float64Array(beatCount);
  const cornersX = Array.from({ length: beatCount }, () => [] as number[]);
  const cornersY = Array.from({ length: beatCount }, () => [] as number[]);
  for (let atom = 0; atom < atoms.count; atom++) {
    const beat = beatOfAtom[atom];
    if (beat === UNASSIGNED) continue;
    const [x, y, m2] = [atoms.xMeters[atom], atoms.yMeters[atom], atoms.areaKm2[atom] * 1e6];
    area[beat] += m2;
    momentX[beat] += m2 * x;
    momentY[beat] += m2 * y;
    // An atom has an inertia of its own, about that of a disc.
    square[beat] += m2 * (x * x + y * y) + (m2 * m2) / (2 * Math.PI);
    addCorners(cornersX[beat], cornersY[beat], atom, x, y, m2, outlines);
  }
  const shapes: BeatShapes = {
    reock: new Float64Array(beatCount),
    inertia: new Float64Array(beatCount),
    radiusMeters: new Float64Array(beatCount),
  };
  for (let beat = 0; beat < beatCount; beat++) {
    const { radius } = smallestCircle(cornersX[beat], cornersY[beat]);
    shapes.radiusMeters[beat] = radius;
    shapes.reock[beat] = area[beat] / (Math.PI * radius * radius);
    const inertia = square[beat] - (momentX[beat] ** 2 + momentY[beat] ** 2) / area[beat];
    shapes.inertia[beat] = area[beat] ** 2 / (2 * Math.PI * inertia);
  }
  return shapes;
}

function addCorners(
  toX: number[],
  toY: number[],
  atom: number,
  x: number,
  y: number,
  m2: number,
  outlines: AtomOutlines | undefined,
): void {
  if (outlines !== undefined) {
    for (let corner = outlines.offset[atom]; corner < outlines.offset[atom + 1]; corner++) {
      toX.push(outlines.xMeters[corner]);
      toY.push(outlines.yMeters[corner]);
    }
    return;
  }
  const radius = Math.sqrt(m2 / Math.PI);
  for (let i = 0; i < DISC_POINTS; i++) {
    const turn = (2 * Math.PI * i) / DISC_POINTS;
    toX.push(x + radius * Math.cos(turn));
    toY.push(y + radius * Math.sin(turn));
  }
}
