import { type AtomShapes, type DraftBeat, NO_ATOM, UNASSIGNED } from '@xunfang/geo-data/beats';

/** Straight pieces for a deck.gl PathLayer: two places each. */
export interface Segments {
  length: number;
  startIndices: Uint32Array;
  attributes: { getPath: { value: Float64Array; size: 2 } };
}

/** One part of an atom, as a SolidPolygonLayer takes it. */
export interface AtomPart {
  atom: number;
  polygon: { positions: Float64Array; holeIndices: number[] };
}

const partsOf = new WeakMap<AtomShapes, AtomPart[]>();

/** The parts of all atoms; made once per set of shapes. O(vertices). */
export function atomParts(shapes: AtomShapes): AtomPart[] {
  let known = partsOf.get(shapes);
  if (!known) {
    known = makeParts(shapes);
    partsOf.set(shapes, known);
  }
  return known;
}

function makeParts(shapes: AtomShapes): AtomPart[] {
  return Array.from(shapes.atomOfPart, (atom, part) => {
    const [firstRing, endRing] = [shapes.ringOfPart[part], shapes.ringOfPart[part + 1]];
    const start = shapes.ringOffset[firstRing];
    const holeIndices: number[] = [];
    for (let ring = firstRing + 1; ring < endRing; ring++) holeIndices.push(2 * (shapes.ringOffset[ring] - start));
    const positions = shapes.ringPlaces.subarray(2 * start, 2 * shapes.ringOffset[endRing]);
    return { atom, polygon: { positions, holeIndices } };
  });
}

/** The edges for which `wanted` says yes; `other` is `NO_ATOM` at the bureau's boundary. O(edges). */
export function segmentsWhere(shapes: AtomShapes, wanted: (atom: number, other: number) => boolean): Segments {
  const { edgeAtom, edgeOther, edgePlaces } = shapes;
  let length = 0;
  const value = new Float64Array(edgePlaces.length);
  for (let edge = 0; edge < edgeAtom.length; edge++) {
    if (!wanted(edgeAtom[edge], edgeOther[edge])) continue;
    value.set(edgePlaces.subarray(4 * edge, 4 * edge + 4), 4 * length);
    length++;
  }
  return segments(value.subarray(0, 4 * length));
}

export function segments(value: Float64Array): Segments {
  const length = value.length / 4;
  const startIndices = Uint32Array.from({ length: length + 1 }, (_, i) => 2 * i);
  return { length, startIndices, attributes: { getPath: { value, size: 2 } } };
}

/** The outline of any set of atoms. */
export function outlineOf(shapes: AtomShapes, atoms: ReadonlySet<number>): Segments {
  return segmentsWhere(shapes, (atom, other) => atoms.has(atom) !== (other !== NO_ATOM && atoms.has(other)));
}

/**
 * Parallel lines across atoms, rising (`slope` 1) or falling (-1), `spacingDegrees` of latitude apart: a mark that survives greyscale and
 * hides no colour. O(edges of these atoms × lines).
 */
export function hatchOf(
  parts: readonly AtomPart[],
  atoms: ReadonlySet<number>,
  slope: 1 | -1,
  spacingDegrees: number,
): Segments {
  const lines: number[] = [];
  for (const { atom, polygon } of parts) {
    if (!atoms.has(atom)) continue;
    const { positions, holeIndices } = polygon;
    const shrink = Math.cos((positions[1] * Math.PI) / 180);
    /** Constant along a line of the hatch. */
    const across = (i: number) => positions[i + 1] - slope * shrink * positions[i];
    let [least, most] = [Infinity, -Infinity];
    for (let i = 0; i < positions.length; i += 2) {
      least = Math.min(least, across(i));
      most = Math.max(most, across(i));
    }
    const ringStarts = [0, ...holeIndices, positions.length];
    for (let line = Math.ceil(least / spacingDegrees) * spacingDegrees; line < most; line += spacingDegrees) {
      const hits: [number, number][] = [];
      for (let r = 0; r + 1 < ringStarts.length; r++)
        for (let i = ringStarts[r]; i + 2 < ringStarts[r + 1]; i += 2) {
          const [a, b] = [across(i) - line, across(i + 2) - line];
          if (a > 0 === b > 0) continue;
          const share = a / (a - b);
          hits.push([
            positions[i] + share * (positions[i + 2] - positions[i]),
            positions[i + 1] + share * (positions[i + 3] - positions[i + 1]),
          ]);
        }
      hits.sort((p, q) => p[0] - q[0]);
      for (let h = 0; h + 1 < hits.length; h += 2) lines.push(...hits[h], ...hits[h + 1]);
    }
  }
  return segments(Float64Array.from(lines));
}

/**
 * Where to write the name of every beat: the centre of the atom deepest inside of it, of equally deep ones that nearest to the beat's own
 * centre. Null for a beat without atoms. O(atoms + neighbours).
 */
export function labelAtoms(
  atoms: { count: number; neighbour: Uint32Array; neighbourOffset: Uint32Array; lon: Float64Array; lat: Float64Array },
  beatOfAtom: Uint16Array,
  beats: readonly DraftBeat[],
): (number | null)[] {
  const depth = new Uint16Array(atoms.count);
  let layer: number[] = [];
  const sums = beats.map(() => ({ lon: 0, lat: 0, count: 0 }));
  for (let atom = 0; atom < atoms.count; atom++) {
    const beat = beatOfAtom[atom];
    const sum = sums[beat];
    if (sum) {
      sum.lon += atoms.lon[atom];
      sum.lat += atoms.lat[atom];
      sum.count++;
    }
    const row = atoms.neighbour.subarray(atoms.neighbourOffset[atom], atoms.neighbourOffset[atom + 1]);
    if (row.length < 6 || row.some((other) => beatOfAtom[other] !== beat)) {
      depth[atom] = 1;
      layer.push(atom);
    }
  }
  while (layer.length > 0) {
    const next: number[] = [];
    for (const atom of layer)
      for (let e = atoms.neighbourOffset[atom]; e < atoms.neighbourOffset[atom + 1]; e++) {
        const other = atoms.neighbour[e];
        if (depth[other] !== 0 || beatOfAtom[other] !== beatOfAtom[atom]) continue;
        depth[other] = depth[atom] + 1;
        next.push(other);
      }
    layer = next;
  }
  const best: (number | null)[] = beats.map(() => null);
  const distance = (atom: number) => {
    const { lon, lat, count } = sums[beatOfAtom[atom]];
    return (atoms.lon[atom] - lon / count) ** 2 + (atoms.lat[atom] - lat / count) ** 2;
  };
  for (let atom = 0; atom < atoms.count; atom++) {
    const beat = beatOfAtom[atom];
    if (beat === UNASSIGNED || sums[beat] === undefined) continue;
    const known = best[beat];
    const deeper = known === null ? 1 : depth[atom] - depth[known];
    if (known === null || deeper > 0 || (deeper === 0 && distance(atom) < distance(known))) best[beat] = atom;
  }
  return best;
}
