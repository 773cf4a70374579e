import Flatbush from 'flatbush';
import type { MultiLineString } from 'geojson';
import { cellsToDirectedEdge, cellToBoundary, directedEdgeToBoundary, gridDisk } from 'h3-js';
import { type CellColumns, cellsOfPolygon, cellsToHex, type LocalPlane } from '../geometry/index.ts';
import type { RoadGraph } from '../streets/index.ts';
import { createLineBook } from './areas/line-book.ts';
import { createAtomLookup } from './atom-lookup.ts';
import type { AtomPair, AtomSet, BureauBoundary } from './atom-set.ts';
import { bureauPlane } from './bureau-plane.ts';
import { clipToRings, segmentMetersInside } from './clip-to-rings.ts';
import { barredByLines } from './barred-by-lines.ts';
import { connectAtoms } from './connect-atoms.ts';
import { neighbourRows } from './neighbour-rows.ts';
import { type PlaneRings, planeRings, signedArea, toMultiPolygon } from './plane-rings.ts';
import { streetLinks } from './street-links.ts';

export interface AtomSetRequest {
  boundary: BureauBoundary;
  /** H3 resolution, 9 for an ordinary bureau. */
  resolution: number;
  /** Streets decide which neighbours are connected; without them all neighbours are, but for barriers. */
  roads?: RoadGraph;
  /** Rivers and railways, degrees; motorways are taken from the roads. */
  barriers?: MultiLineString;
}

/** Land that touches nothing else and is smaller than this share of a cell is a defect of the boundary, not an island. */
const NOISE_SHARE_OF_CELL = 0.01;
/** What a cell must have inside the boundary to become an atom; less is a touch, not land. */
const SMALLEST_ATOM_M2 = 1;
const STREET_SAMPLES_PER_CELL_EDGE = 10;

/**
 * Cuts a bureau into atoms: the H3 cells that overlap its boundary, each with the area, centroid and boundary length of what
 * lies inside, measured on a metric plane.
 *
 * Neighbours are atoms whose cells touch. Which of them are *connected*:
 * 1. without roads, all that share an edge on the bureau's land and have no barrier (a river, a railway, a motorway) between their
 *    centres;
 * 2. with roads, those between which a street other than a motorway passes, also across a barrier: that is a bridge, an underpass, a
 *    level crossing. An atom without streets belongs to the nearest one that has them, and is connected to neighbours on land whose
 *    streets are at most 4 atoms away along streets, unless a barrier lies between their centres: the inside of a block is open to all
 *    sides, but unmapped water, a railway yard or a forest belongs half to either side and divides unless a bridge is near;
 * 3. whatever is still apart but touches on land is joined, across barriers last, where the common edge is longest, until land in one
 *    piece is one component;
 * 4. land that touches nothing and is smaller than 1 % of a cell is a defect of the boundary and joined to a neighbour.
 * What then remains in several components is disconnected land (`landPartCount`), which a design refuses.
 *
 * O(n + boundary vertices × clipped atoms). Throws a RangeError for a boundary without area.
 */
export function createAtomSet({ boundary: anyBoundary, resolution, roads, barriers }: AtomSetRequest): AtomSet {
  const boundary = toMultiPolygon(anyBoundary);
  const plane = bureauPlane(boundary);
  const rings = planeRings(boundary, plane);
  const measured = measureCells(cellsOfPolygon(boundary, resolution), plane, rings);
  const count = measured.cells.hi.length;
  if (count === 0) throw new RangeError('The boundary encloses 0 m², expected some land.');

  const hexes = cellsToHex(measured.cells);
  const pairs = neighbourPairs(hexes, measured.clipped, plane, rings);
  const cellAreaKm2 = measured.wholeAreaKm2;
  const stepMeters = Math.sqrt(cellAreaKm2 * 1e6) / 1.61 / STREET_SAMPLES_PER_CELL_EDGE;
  const lookup = createAtomLookup({ cells: measured.cells, resolution });
  const streets = roads && streetLinks(roads, lookup, count, stepMeters);
  const book = createLineBook(plane, rings);
  if (roads !== undefined) book.addRoads(roads);
  if (barriers !== undefined) book.addBarriers(barriers);
  const { connected, landPart, landPartCount } = connectAtoms({
    pairs,
    areaKm2: measured.areaKm2,
    noiseKm2: NOISE_SHARE_OF_CELL * cellAreaKm2,
    streets,
    isBarred: barredByLines(pairs, measured, book.lines()),
  });
  const { lon, lat } = plane.fromMeters(measured.xMeters, measured.yMeters);
  return {
    resolution,
    count,
    cells: measured.cells,
    lon,
    lat,
    xMeters: measured.xMeters,
    yMeters: measured.yMeters,
    areaKm2: measured.areaKm2,
    clipped: measured.clipped,
    streetMeters: streets?.streetMeters ?? new Float64Array(count),
    outerEdgeMeters: measured.outerEdgeMeters,
    ...neighbourRows(count, pairs, connected),
    landPart,
    landPartCount,
    boundary,
  };
}

interface MeasuredCells {
  cells: CellColumns;
  xMeters: Float64Array;
  yMeters: Float64Array;
  areaKm2: Float64Array;
  outerEdgeMeters: Float64Array;
  clipped: Uint8Array;
  /** Mean area of a whole cell here. */
  wholeAreaKm2: number;
}

function measureCells(candidates: CellColumns, plane: LocalPlane, rings: PlaneRings): MeasuredCells {
  const ringBoxes = boxesOfRings(rings);
  const kept: { row: number; x: number; y: number; areaM2: number; outer: number; clipped: number }[] = [];
  let wholeM2 = 0;
  for (const [row, hex] of cellsToHex(candidates).entries()) {
    const { cellX, cellY } = cellOnPlane(hex, plane);
    const cellM2 = signedArea(cellX, cellY);
    wholeM2 += cellM2;
    const touched = ringBoxes.search(Math.min(...cellX), Math.min(...cellY), Math.max(...cellX), Math.max(...cellY));
    if (touched.length === 0) {
      const [x, y] = [mean(cellX), mean(cellY)];
      kept.push({ row, x, y, areaM2: cellM2, outer: 0, clipped: 0 });
      continue;
    }
    const { areaM2, x, y, ringMeters } = clipToRings(cellX, cellY, rings);
    if (areaM2 >= SMALLEST_ATOM_M2) kept.push({ row, x, y, areaM2, outer: ringMeters, clipped: 1 });
  }
  return {
    cells: {
      hi: Uint32Array.from(kept, ({ row }) => candidates.hi[row]),
      lo: Uint32Array.from(kept, ({ row }) => candidates.lo[row]),
    },
    xMeters: Float64Array.from(kept, ({ x }) => x),
    yMeters: Float64Array.from(kept, ({ y }) => y),
    areaKm2: Float64Array.from(kept, ({ areaM2 }) => areaM2 / 1e6),
    outerEdgeMeters: Float64Array.from(kept, ({ outer }) => outer),
    clipped: Uint8Array.from(kept, ({ clipped }) => clipped),
    wholeAreaKm2: wholeM2 / 1e6 / Math.max(1, candidates.hi.length),
  };
}

function boxesOfRings({ x, y, ringOffset }: PlaneRings): Flatbush {
  const tree = new Flatbush(x.length);
  for (let r = 0; r + 1 < ringOffset.length; r++) {
    for (let i = ringOffset[r], j = ringOffset[r + 1] - 1; i < ringOffset[r + 1]; j = i++) {
      tree.add(Math.min(x[i], x[j]), Math.min(y[i], y[j]), Math.max(x[i], x[j]), Math.max(y[i], y[j]));
    }
  }
  tree.finish();
  return tree;
}

function cellOnPlane(hex: string, plane: LocalPlane): { cellX: number[]; cellY: number[] } {
  const corners = cellToBoundary(hex).map(([lat, lon]) => plane.pointToMeters(lon, lat));
  return { cellX: corners.map(([x]) => x), cellY: corners.map(([, y]) => y) };
}

/** Pairs of neighbouring atoms, lower number first, in ascending order. */
function neighbourPairs(hexes: string[], clipped: Uint8Array, plane: LocalPlane, rings: PlaneRings): AtomPair[] {
  const numberOf = new Map(hexes.map((hex, atom) => [hex, atom]));
  const pairs: AtomPair[] = [];
  for (const [a, hex] of hexes.entries()) {
    const others = gridDisk(hex, 1).map((other) => numberOf.get(other) ?? -1);
    for (const b of others.filter((other) => other > a).sort((p, q) => p - q)) {
      const edge = directedEdgeToBoundary(cellsToDirectedEdge(hex, hexes[b]));
      const points = edge.map(([lat, lon]) => plane.pointToMeters(lon, lat));
      let sharedMeters = 0;
      for (let i = 1; i < points.length; i++) {
        const [[ax, ay], [bx, by]] = [points[i - 1], points[i]];
        // No ring comes near a whole atom, so its edges lie inside from end to end.
        const whole = clipped[a] === 0 || clipped[b] === 0;
        sharedMeters += whole ? Math.hypot(bx - ax, by - ay) : segmentMetersInside(ax, ay, bx, by, rings);
      }
      pairs.push({ a, b, sharedMeters });
    }
  }
  return pairs;
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
