import { tesselate } from '@turf/turf';
import type { MultiPolygon } from 'geojson';
import { cellsToHex, type LocalPlane } from '../geometry/index.ts';
import type { AtomSet } from './atom-set.ts';
import { bureauPlane } from './bureau-plane.ts';
import { landOfAtom } from './clip-outline.ts';
import { clipToHalfPlane, clipToRings } from './clip-to-rings.ts';
import { UNASSIGNED } from './plan.ts';
import { type PlaneRings, planeRings, signedArea } from './plane-rings.ts';

export interface LaidOutlines {
  /** Per atom the outline that covers most of it, `UNASSIGNED` where less than half of its land is covered. */
  outlineOfAtom: Uint16Array;
  /** Per atom the outline that covers most of the rest, `UNASSIGNED` where none does. */
  secondOfAtom: Uint16Array;
  /** Per atom the share of its land under all outlines together: above 1 they overlap. */
  coveredShare: Float64Array;
  /** Per outline the area over the atoms, km². */
  areaKm2: Float64Array;
}

/** Less of an atom under an outline is a brush along the edge. */
const LEAST_SHARE = 1e-6;
/** Atoms that are cut one by one; more of them share the cutting of the outline to where they lie. */
const ATOMS_PER_BOX = 4;
const HALF = 0.5;

/**
 * Assigns every atom to the outline that covers most of its land; of equal ones to the first. An atom is given to nobody unless at least
 * half of its land is covered.
 *
 * Shares are exact on the bureau's plane: an atom is taken as convex pieces (its hexagon; at the bureau's edge triangles of what lies
 * inside), outlines are clipped to each piece (Sutherland and Hodgman 1974). Outlines are halved with the atoms first, so that one of V
 * vertices costs O(V log atoms). Holes are holes. Rings must be closed; rings that cross themselves have no well-defined area.
 * @throws RangeError for more outlines than there are numbers, or a ring of fewer than 4 points.
 */
export function layOnAtoms(atoms: AtomSet, outlines: readonly MultiPolygon[]): LaidOutlines {
  if (outlines.length >= UNASSIGNED) throw new RangeError(`There are ${outlines.length} outlines, expected fewer.`);
  const plane = bureauPlane(atoms.boundary);
  const pieces = convexPieces(atoms, plane);
  const largest = new Float64Array(atoms.count);
  const second = new Float64Array(atoms.count);
  const outlineOfAtom = new Uint16Array(atoms.count).fill(UNASSIGNED);
  const secondOfAtom = new Uint16Array(atoms.count).fill(UNASSIGNED);
  const coveredShare = new Float64Array(atoms.count);
  const areaKm2 = new Float64Array(outlines.length);
  const all = Uint32Array.from({ length: atoms.count }, (_, atom) => atom);
  for (const [outline, shape] of outlines.entries()) {
    visitAtoms(pieces, all, planeRings(shape, plane), (atom, rings) => {
      let areaM2 = 0;
      for (const { x, y } of pieces[atom].parts) areaM2 += clipToRings(x, y, rings).areaM2;
      const share = areaM2 / pieces[atom].areaM2;
      if (!(share > LEAST_SHARE)) return;
      areaKm2[outline] += areaM2 / 1e6;
      coveredShare[atom] += share;
      // Rounding would give what both cover whole now to one, now to the other.
      if (share > largest[atom] + LEAST_SHARE) {
        [second[atom], secondOfAtom[atom]] = [largest[atom], outlineOfAtom[atom]];
        [largest[atom], outlineOfAtom[atom]] = [share, outline];
      } else if (share > second[atom]) [second[atom], secondOfAtom[atom]] = [share, outline];
    });
  }
  for (let atom = 0; atom < atoms.count; atom++) if (coveredShare[atom] < HALF) outlineOfAtom[atom] = UNASSIGNED;
  return { outlineOfAtom, secondOfAtom, coveredShare, areaKm2 };
}

interface ConvexPieces {
  /** Counter-clockwise, not closed. */
  parts: { x: number[]; y: number[] }[];
  areaM2: number;
  /** Centre, by which atoms are sorted into boxes. */
  x: number;
  y: number;
  box: Box;
}
type Box = [west: number, south: number, east: number, north: number];

function convexPieces(atoms: AtomSet, plane: LocalPlane): ConvexPieces[] {
  return cellsToHex(atoms.cells).map((hex, atom) => {
    const { coordinates } = landOfAtom(atoms, atom, hex);
    const rings =
      atoms.clipped[atom] === 0
        ? [coordinates[0][0]]
        : coordinates.flatMap((polygon) =>
            tesselate({
              type: 'Feature',
              properties: {},
              geometry: { type: 'Polygon', coordinates: polygon },
            }).features.map(({ geometry }) => geometry.coordinates[0]),
          );
    const parts = rings.map((ring) => turnedLeft(ring.slice(0, -1).map(([lon, lat]) => plane.pointToMeters(lon, lat))));
    const box: Box = [Infinity, Infinity, -Infinity, -Infinity];
    let areaM2 = 0;
    for (const { x, y } of parts) {
      areaM2 += signedArea(x, y);
      for (let i = 0; i < x.length; i++) enlarge(box, x[i], y[i]);
    }
    return { parts, areaM2, x: atoms.xMeters[atom], y: atoms.yMeters[atom], box };
  });
}

function turnedLeft(points: [number, number][]): { x: number[]; y: number[] } {
  const x = points.map(([px]) => px);
  const y = points.map(([, py]) => py);
  return signedArea(x, y) < 0 ? { x: x.reverse(), y: y.reverse() } : { x, y };
}

function enlarge(box: Box, x: number, y: number): void {
  box[0] = Math.min(box[0], x);
  box[1] = Math.min(box[1], y);
  box[2] = Math.max(box[2], x);
  box[3] = Math.max(box[3], y);
}

/** Halves the atoms, and the rings with them, until a few share what is left of the rings. */
function visitAtoms(
  pieces: readonly ConvexPieces[],
  atoms: Uint32Array,
  rings: PlaneRings,
  visit: (atom: number, rings: PlaneRings) => void,
): void {
  const box: Box = [Infinity, Infinity, -Infinity, -Infinity];
  for (const atom of atoms) {
    const [west, south, east, north] = pieces[atom].box;
    enlarge(box, west, south);
    enlarge(box, east, north);
  }
  const within = clipToBox(rings, box);
  if (within.x.length === 0) return;
  if (atoms.length <= ATOMS_PER_BOX) {
    for (const atom of atoms) visit(atom, within);
    return;
  }
  const axis = box[2] - box[0] > box[3] - box[1] ? 'x' : 'y';
  const sorted = atoms.slice().sort((a, b) => pieces[a][axis] - pieces[b][axis]);
  const middle = sorted.length >> 1;
  visitAtoms(pieces, sorted.subarray(0, middle), within, visit);
  visitAtoms(pieces, sorted.subarray(middle), within, visit);
}

/** The rings clipped to a box; the bridges that are left along its edges enclose nothing. O(vertices). */
function clipToBox(rings: PlaneRings, [west, south, east, north]: Box): PlaneRings {
  const x: number[] = [];
  const y: number[] = [];
  const offset = [0];
  for (let r = 0; r + 1 < rings.ringOffset.length; r++) {
    const [start, end] = [rings.ringOffset[r], rings.ringOffset[r + 1]];
    let px: ArrayLike<number> = rings.x.subarray(start, end);
    let py: ArrayLike<number> = rings.y.subarray(start, end);
    const corners = [west, south, east, south, east, north, west, north, west, south];
    for (let e = 0; e < 8 && px.length > 0; e += 2)
      [px, py] = clipToHalfPlane(px, py, corners[e], corners[e + 1], corners[e + 2], corners[e + 3]);
    if (px.length === 0) continue;
    for (let i = 0; i < px.length; i++) {
      x.push(px[i]);
      y.push(py[i]);
    }
    offset.push(x.length);
  }
  return { x: Float64Array.from(x), y: Float64Array.from(y), ringOffset: Uint32Array.from(offset) };
}
