import { cellsToHex } from '../geometry/index.ts';
import { NO_ATOM } from './atom-lookup.ts';
import type { AtomSet } from './atom-set.ts';
import { landOfAtom } from './clip-outline.ts';

/** Atoms as a map draws them, in columns that cross to another thread as they are. Degrees, longitude before latitude. */
export interface AtomShapes {
  /** Land of an atom in one piece, with its holes. Most atoms have one part, some at the bureau's edge more. */
  atomOfPart: Uint32Array;
  /** parts + 1: rings of part p are `ringOfPart[p] .. ringOfPart[p + 1] - 1`, the outer one first. */
  ringOfPart: Uint32Array;
  /** rings + 1: places of ring r are `ringOffset[r] .. ringOffset[r + 1] - 1`; closed. */
  ringOffset: Uint32Array;
  /** Two per place. */
  ringPlaces: Float64Array;
  /** One entry per straight piece of border: the atoms on its two sides, `NO_ATOM` outside of the bureau. */
  edgeAtom: Uint32Array;
  edgeOther: Uint32Array;
  /** Four per edge: from, to. */
  edgePlaces: Float64Array;
}

/** Vertices nearer than this are one: about a centimetre. */
const GRID_DEGREES = 1e-7;

/**
 * The shapes of atoms, clipped to the bureau, and the borders between them: from these and an assignment a map draws beats without
 * deriving any outline. O(atoms), and for atoms at the bureau's edge O(v log v) in the vertices nearby.
 */
export function atomShapes(atoms: Pick<AtomSet, 'count' | 'cells' | 'clipped' | 'boundary'>): AtomShapes {
  const atomOfPart: number[] = [];
  const ringOfPart = [0];
  const ringOffset = [0];
  const ringPlaces: number[] = [];
  const edges = new Map<string, { atom: number; other: number; places: [number, number, number, number] }>();
  for (const [atom, hex] of cellsToHex(atoms.cells).entries()) {
    for (const rings of landOfAtom(atoms, atom, hex).coordinates) {
      atomOfPart.push(atom);
      for (const ring of rings) {
        for (const [i, [lon, lat]] of ring.entries()) {
          ringPlaces.push(lon, lat);
          if (i > 0) addEdge(edges, atom, [ring[i - 1][0], ring[i - 1][1], lon, lat]);
        }
        ringOffset.push(ringPlaces.length / 2);
      }
      ringOfPart.push(ringOffset.length - 1);
    }
  }
  const all = [...edges.values()];
  return {
    atomOfPart: Uint32Array.from(atomOfPart),
    ringOfPart: Uint32Array.from(ringOfPart),
    ringOffset: Uint32Array.from(ringOffset),
    ringPlaces: Float64Array.from(ringPlaces),
    edgeAtom: Uint32Array.from(all, ({ atom }) => atom),
    edgeOther: Uint32Array.from(all, ({ other }) => other),
    edgePlaces: Float64Array.from(all.flatMap(({ places }) => places)),
  };
}

function addEdge(
  edges: Map<string, { atom: number; other: number; places: [number, number, number, number] }>,
  atom: number,
  places: [number, number, number, number],
): void {
  const from = `${Math.round(places[0] / GRID_DEGREES)},${Math.round(places[1] / GRID_DEGREES)}`;
  const to = `${Math.round(places[2] / GRID_DEGREES)},${Math.round(places[3] / GRID_DEGREES)}`;
  if (from === to) return;
  const key = from < to ? `${from};${to}` : `${to};${from}`;
  const known = edges.get(key);
  if (known === undefined) edges.set(key, { atom, other: NO_ATOM, places });
  else known.other = atom;
}
