import type { AtomSet } from '../atom-set.ts';
import { gatherPiece } from '../gather-piece.ts';
import type { LinkRows } from '../link-rows.ts';

type Place = readonly [lon: number, lat: number];

/**
 * The atoms of a beat that a line cuts off, to become a beat of their own: links between atoms that the line crosses are cut, and of
 * what then falls apart everything goes that lies on the smaller side of the line (by area). Empty when the line does not part the
 * beat in two. Degrees; ascending. O(links of the beat × segments of the line).
 */
export function splitBeat(request: {
  atoms: Pick<AtomSet, 'count' | 'lon' | 'lat' | 'areaKm2'>;
  links: LinkRows;
  beatOfAtom: Uint16Array;
  beat: number;
  line: readonly Place[];
}): Uint32Array {
  const { atoms, links, beatOfAtom, beat, line } = request;
  if (line.length < 2) return new Uint32Array(0);
  const placeOf = (atom: number): Place => [atoms.lon[atom], atoms.lat[atom]];
  const isCut = (a: number, b: number) => {
    const [from, to] = [placeOf(a), placeOf(b)];
    for (let i = 1; i < line.length; i++) if (segmentsCross(from, to, line[i - 1], line[i])) return true;
    return false;
  };
  const seen = new Uint8Array(atoms.count);
  const pieces: { atoms: number[]; areaKm2: number; left: boolean }[] = [];
  for (let start = 0; start < atoms.count; start++) {
    if (beatOfAtom[start] !== beat || seen[start] === 1) continue;
    const piece = gatherPiece(links, start, seen, (atom, from) => beatOfAtom[atom] === beat && !isCut(from, atom));
    let areaKm2 = 0;
    let leftKm2 = 0;
    for (const atom of piece) {
      areaKm2 += atoms.areaKm2[atom];
      if (liesLeft(placeOf(atom), line)) leftKm2 += atoms.areaKm2[atom];
    }
    pieces.push({ atoms: piece, areaKm2, left: leftKm2 * 2 > areaKm2 });
  }
  const areaOn = (left: boolean) => pieces.reduce((sum, piece) => (piece.left === left ? sum + piece.areaKm2 : sum), 0);
  const [leftKm2, rightKm2] = [areaOn(true), areaOn(false)];
  if (leftKm2 === 0 || rightKm2 === 0) return new Uint32Array(0);
  const goes = leftKm2 < rightKm2;
  return Uint32Array.from(pieces.filter(({ left }) => left === goes).flatMap((piece) => piece.atoms)).sort();
}

/** Twice the area of the triangle a, b, c: positive when c lies left of the way from a to b. */
function turn(a: Place, b: Place, c: Place): number {
  return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]);
}

/** A place exactly on a line counts as left of it, so that no line slips between two atoms. */
function segmentsCross(a: Place, b: Place, c: Place, d: Place): boolean {
  return turn(a, b, c) >= 0 !== turn(a, b, d) >= 0 && turn(c, d, a) >= 0 !== turn(c, d, b) >= 0;
}

/** Which side of the line a place lies on, by the segment nearest to it. */
function liesLeft(place: Place, line: readonly Place[]): boolean {
  let nearest = 1;
  let least = Infinity;
  for (let i = 1; i < line.length; i++) {
    const distance = squareDistance(place, line[i - 1], line[i]);
    // At a corner two segments are equally near: the one that turns away less from the place decides.
    if (distance < least - 1e-18 || (distance < least + 1e-18 && facesMore(place, line, i, nearest))) {
      nearest = i;
      least = Math.min(least, distance);
    }
  }
  return turn(line[nearest - 1], line[nearest], place) >= 0;
}

function facesMore(place: Place, line: readonly Place[], i: number, other: number): boolean {
  const sine = (at: number) => {
    const [a, b] = [line[at - 1], line[at]];
    return Math.abs(turn(a, b, place)) / Math.max(1e-12, Math.hypot(b[0] - a[0], b[1] - a[1]));
  };
  return sine(i) > sine(other);
}

function squareDistance([x, y]: Place, [ax, ay]: Place, [bx, by]: Place): number {
  const [dx, dy] = [bx - ax, by - ay];
  const length = dx * dx + dy * dy;
  const share = length === 0 ? 0 : Math.min(1, Math.max(0, ((x - ax) * dx + (y - ay) * dy) / length));
  return (ax + share * dx - x) ** 2 + (ay + share * dy - y) ** 2;
}
