import type { MultiLineString, MultiPolygon } from 'geojson';
import { GRID_METERS, type LocalPlane, poleOfInaccessibility, selfCrossing } from '../../geometry/index.ts';
import type { RoadGraph } from '../../streets/index.ts';
import type { AreaAtoms, BureauBoundary } from '../atom-set.ts';
import { bureauPlane } from '../bureau-plane.ts';
import { planeRings, toMultiPolygon } from '../plane-rings.ts';
import { type AreaMesh, measureAreas, OUTSIDE, widthMeters } from './area-mesh.ts';
import { atomsOfMesh } from './atoms-of-mesh.ts';
import { createLineBook } from './line-book.ts';
import { mergeAreas } from './merge-areas.ts';
import { meshOfLines } from './mesh-of-lines.ts';
import { polygonsOverFaces } from './polygons-over-faces.ts';
import { traceAreas } from './trace-areas.ts';

export interface PolygonAtomRequest {
  boundary: BureauBoundary;
  /** Areas that somebody drew (社区网格), degrees, rings closed. What lies outside of the bureau is cut off. */
  polygons: readonly MultiPolygon[];
  /** Decide which neighbours are connected, as for cells. */
  roads?: RoadGraph;
  barriers?: MultiLineString;
  /** Gaps and overlaps narrower than this are repaired; 5 m by default. Width is area over half the outline. */
  repairBelowMeters?: number;
}

/** Land of the bureau under no polygon, or under several. */
export interface PolygonDefect {
  /** Those over it, ascending; none: a gap. */
  polygons: number[];
  areaM2: number;
  widthMeters: number;
  /** Inside of it, as far from its outline as there is; degrees. */
  at: [lon: number, lat: number];
  /** It was narrow and went to the neighbour with the longest common border. */
  isRepaired: boolean;
}

export interface PolygonAtoms {
  /** null: polygons cross themselves, or gaps or overlaps are left that are too wide to be repaired. */
  atoms: AreaAtoms | null;
  /** The polygon that every atom was drawn as; one in several pieces is one atom. */
  polygonOfAtom: Uint32Array;
  /** Where polygons cross themselves; nothing else is looked at then. */
  selfCrossings: { polygon: number; at: [lon: number, lat: number] }[];
  /** Largest first. */
  defects: PolygonDefect[];
  /** Polygons without land of this bureau. */
  outside: number[];
}

const REPAIR_BELOW_METERS = 5;
const LEAST_PRECISION_METERS = 0.1;

/**
 * Makes atoms of polygons that should tile the bureau, and says where they don't. Borders drawn twice, a little apart, leave slivers that are
 * repaired; what is wider is for the one who drew it. Polygons, streets and barriers are cut on a grid of 8 mm (`snapRound`); on it the
 * atoms tile the bureau exactly. O(n log n) in the vertices, and polygons over a place for each face.
 * @throws RangeError for a ring of fewer than 4 points, a width below 0, or a boundary without land.
 */
export function atomsOfPolygons(request: PolygonAtomRequest): PolygonAtoms {
  const { polygons, roads, barriers, repairBelowMeters = REPAIR_BELOW_METERS } = request;
  if (!(repairBelowMeters >= 0)) throw new RangeError(`Repairs are below ${repairBelowMeters} m, expected 0 or more.`);
  const refused: PolygonAtoms = {
    atoms: null,
    polygonOfAtom: new Uint32Array(),
    selfCrossings: polygons.flatMap(({ coordinates }, polygon) => {
      const at = selfCrossing(coordinates.flat());
      return at === null ? [] : [{ polygon, at }];
    }),
    defects: [],
    outside: [],
  };
  if (refused.selfCrossings.length > 0) return refused;

  const boundary = toMultiPolygon(request.boundary);
  const plane = bureauPlane(boundary);
  const rings = planeRings(boundary, plane);
  const book = createLineBook(plane, rings);
  for (const [polygon, shape] of polygons.entries()) {
    const borders = planeRings(shape, plane);
    if (overlap(borders.x, rings.x) && overlap(borders.y, rings.y)) book.addBorders(borders, polygon);
  }
  if (roads !== undefined) book.addRoads(roads);
  if (barriers !== undefined) book.addBarriers(barriers);
  const lines = book.lines();
  const cut = meshOfLines(lines);
  const { mesh, polygonOfArea, defects: found } = areasByCover(cut, polygonsOverFaces(cut, lines));
  const atomCount = polygonOfArea.length;
  const repaired = repairNarrow(mesh, atomCount, repairBelowMeters);
  const { areaM2, outlineMeters } = measureAreas(mesh);
  const places = placesInside(mesh, plane, atomCount);
  const defects = found
    .map(({ over, face }, i): PolygonDefect => {
      const area = atomCount + i;
      return {
        polygons: over,
        areaM2: areaM2[area],
        widthMeters: widthMeters(areaM2[area], outlineMeters[area]),
        at: places[i],
        isRepaired: repaired.areaOfFace[face] < atomCount,
      };
    })
    .sort((p, q) => q.areaM2 - p.areaM2);
  const hasLand = new Set(polygonOfArea);
  const outside = Array.from(polygons.keys()).filter((polygon) => !hasLand.has(polygon));
  if (atomCount === 0 || repaired.areaCount > atomCount) return { ...refused, defects, outside };
  const { atoms, areaOfAtom } = atomsOfMesh(repaired, plane, boundary);
  const polygonOfAtom = areaOfAtom.map((area) => polygonOfArea[area]);
  return { ...refused, atoms, polygonOfAtom, defects, outside };
}

const overlap = (p: Float64Array, q: Float64Array): boolean => {
  const [most, least] = [Math.max, Math.min].map(
    (better) => (column: Float64Array) => column.reduce((a, b) => better(a, b), column[0]),
  );
  return most(p) >= least(q) && least(p) <= most(q);
};

/** Gives narrow defects to atoms. Slivers beside slivers get a host as soon as those have got theirs. */
function repairNarrow(mesh: AreaMesh, atomCount: number, belowMeters: number): AreaMesh {
  for (let merged = mesh; ; ) {
    const next = mergeAreas(
      merged,
      ({ number, areaM2, outlineMeters }) => number >= atomCount && widthMeters(areaM2, outlineMeters) < belowMeters,
      (number) => number < atomCount,
    );
    if (next.areaCount === merged.areaCount) return next;
    merged = next;
  }
}

interface Cover {
  mesh: AreaMesh;
  /** Of the first areas, those under one polygon alone. */
  polygonOfArea: number[];
  /** Of the others, each in one piece: the polygons over them, and a face of it. */
  defects: { over: number[]; face: number }[];
}

function areasByCover(mesh: AreaMesh, over: readonly (readonly number[])[]): Cover {
  const { faces, areaOfFace } = mesh;
  const isInside = (face: number): boolean => areaOfFace[face] !== OUTSIDE;
  const single = [...new Set(over.flatMap((above, face) => (isInside(face) && above.length === 1 ? [above[0]] : [])))];
  const polygonOfArea = single.sort((a, b) => a - b);
  const areaOfPolygon = new Map(polygonOfArea.map((polygon, area) => [polygon, area]));
  const areas = new Int32Array(faces.count).fill(OUTSIDE);
  const beside: number[][] = Array.from({ length: faces.count }, () => []);
  for (const [edge, left] of faces.leftFace.entries()) {
    const right = faces.rightFace[edge];
    beside[left].push(right);
    beside[right].push(left);
  }
  const defects: Cover['defects'] = [];
  for (let face = 0; face < faces.count; face++) {
    if (!isInside(face) || areas[face] !== OUTSIDE) continue;
    if (over[face].length === 1) {
      areas[face] = areaOfPolygon.get(over[face][0]) ?? OUTSIDE;
      continue;
    }
    const name = over[face].join();
    const area = polygonOfArea.length + defects.push({ over: [...over[face]], face }) - 1;
    areas[face] = area;
    const waiting = [face];
    for (let at = waiting.pop(); at !== undefined; at = waiting.pop())
      for (const other of beside[at]) {
        if (!isInside(other) || areas[other] !== OUTSIDE || over[other].join() !== name) continue;
        areas[other] = area;
        waiting.push(other);
      }
  }
  return {
    mesh: { ...mesh, areaOfFace: areas, areaCount: polygonOfArea.length + defects.length },
    polygonOfArea,
    defects,
  };
}

/** A place in each area from `first` on. */
function placesInside(mesh: AreaMesh, plane: LocalPlane, first: number): [number, number][] {
  const { x, y } = mesh.edges;
  return traceAreas(mesh)
    .slice(first)
    .map(([rings]) => {
      const meters = rings.map((ring) =>
        [...ring, ring[0]].map((vertex): [number, number] => [x[vertex] * GRID_METERS, y[vertex] * GRID_METERS]),
      );
      const spans = [0, 1].map((axis) => {
        const along = meters[0].map((place) => place[axis]);
        return Math.max(...along) - Math.min(...along);
      });
      const precision = Math.max(LEAST_PRECISION_METERS, Math.min(...spans) / 50);
      const pole = poleOfInaccessibility(meters, precision);
      return plane.pointFromMeters(pole.x, pole.y);
    });
}
