import type { Feature, MultiPolygon, Polygon } from 'geojson';
import type { CellColumns } from '../geometry/index.ts';
import type { AtomShapes } from './atom-shapes.ts';

/** Where a bureau lies: its boundary, degrees WGS 84. */
export type BureauBoundary = Polygon | MultiPolygon | Feature<Polygon | MultiPolygon>;

/**
 * The atoms as the design and the figures see them: numbered areas with neighbours, no matter what shape they have.
 * Neighbours are in compressed sparse rows: those of atom a are entries `neighbourOffset[a] .. neighbourOffset[a + 1] - 1`.
 * Every pair appears in both rows. Plain typed arrays throughout, so it crosses to a worker as it is.
 */
export interface AtomGraph {
  count: number;
  /** count each: centre on a plane in metres around the bureau's middle. */
  xMeters: Float64Array;
  yMeters: Float64Array;
  areaKm2: Float64Array;
  /** Length of streets in the atom, both directions of one street counted once. */
  streetMeters: Float64Array;
  /** Length of the bureau's own boundary in the atom. */
  outerEdgeMeters: Float64Array;
  /** count + 1. */
  neighbourOffset: Uint32Array;
  /** One entry per neighbour, ascending in each row. */
  neighbour: Uint32Array;
  /** Length of the common edge that lies on the bureau's land. */
  sharedEdgeMeters: Float64Array;
  /** 1 where one can get straight from one atom to the other, see `createAtomSet`. Contiguity is judged along these. */
  connected: Uint8Array;
}

/** Atoms of a bureau, whatever shape they have. */
export interface BureauAtoms extends AtomGraph {
  /** Centroid of the clipped atom, degrees. */
  lon: Float64Array;
  lat: Float64Array;
  /** Number of pieces of land that do not touch each other; 1 for an ordinary bureau. */
  landPartCount: number;
  /** The piece of land that each atom belongs to, the largest one 0. */
  landPart: Uint16Array;
  boundary: MultiPolygon;
}

/** The smallest areas that a plan can assign: the H3 cells of one resolution that touch the bureau, clipped to it. */
export interface AtomSet extends BureauAtoms {
  resolution: number;
  /** H3 cells, ascending: the same boundary always gives the same numbers to the same atoms. */
  cells: CellColumns;
  /** 1 where the bureau's boundary runs through the atom, so that it had to be clipped. */
  clipped: Uint8Array;
}

/** Atoms that are areas of their own: street blocks, or polygons that somebody drew. Numbered from north to south. */
export interface AreaAtoms extends BureauAtoms {
  shapes: AtomShapes;
}

/** Two atoms side by side; `sharedMeters` is the length of their common edge on the bureau's land. */
export interface AtomPair {
  a: number;
  b: number;
  sharedMeters: number;
}
