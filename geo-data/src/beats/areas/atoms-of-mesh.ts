import type { MultiPolygon } from 'geojson';
import { GRID_METERS, type LocalPlane } from '../../geometry/index.ts';
import { NO_ATOM } from '../atom-lookup.ts';
import type { AreaAtoms, AtomPair } from '../atom-set.ts';
import type { AtomShapes } from '../atom-shapes.ts';
import { connectAtoms } from '../connect-atoms.ts';
import { neighbourRows } from '../neighbour-rows.ts';
import { type AreaMesh, edgeMeters, OUTSIDE } from './area-mesh.ts';
import { traceAreas } from './trace-areas.ts';

/** Land that touches nothing else and is smaller than this is a defect of the boundary, not an island. */
const NOISE_KM2 = 1e-4;

/**
 * The areas of a mesh as atoms, numbered from north to south by their centres. Which of those with a common border are connected:
 * see `createAtomSet`; a street passes from one into another where it runs along their border or meets it on both sides. Every area must
 * have land.
 * O(edges log edges).
 */
export function atomsOfMesh(
  given: AreaMesh,
  plane: LocalPlane,
  boundary: MultiPolygon,
): { atoms: AreaAtoms; areaOfAtom: Uint32Array } {
  const { mesh, areaOfAtom } = numberedFromNorth(given);
  const { edges, faces, areaOfFace, areaCount: count } = mesh;
  const { areaM2, centreX, centreY } = momentsOf(mesh);
  const streetMeters = new Float64Array(count);
  const outerEdgeMeters = new Float64Array(count);
  const borders = new Map<number, { meters: number; openMeters: number }>();
  for (let edge = 0; edge < edges.from.length; edge++) {
    const [a, b] = [areaOfFace[faces.leftFace[edge]], areaOfFace[faces.rightFace[edge]]];
    if (a === OUTSIDE && b === OUTSIDE) continue;
    const meters = edgeMeters(edges, edge);
    const inside = [a, b].filter((area) => area !== OUTSIDE);
    if (mesh.isStreet[edge] === 1) for (const area of inside) streetMeters[area] += meters / inside.length;
    if (inside.length === 1) outerEdgeMeters[inside[0]] += meters;
    else if (a !== b) {
      const key = Math.min(a, b) * count + Math.max(a, b);
      const known = borders.get(key) ?? { meters: 0, openMeters: 0 };
      known.meters += meters;
      if (mesh.isBarrier[edge] === 0) known.openMeters += meters;
      borders.set(key, known);
    }
  }
  const ascending = [...borders].sort(([p], [q]) => p - q);
  const pairs: AtomPair[] = ascending.map(([key, { meters }]) => ({
    a: Math.floor(key / count),
    b: key % count,
    sharedMeters: meters,
  }));
  const areaKm2 = areaM2.map((m2) => m2 / 1e6);
  const { connected, landPart, landPartCount } = connectAtoms({
    pairs,
    areaKm2,
    noiseKm2: NOISE_KM2,
    streets: { streetMeters, links: linksAtVertices(mesh, borders) },
    isBarred: (pair) => ascending[pair][1].openMeters === 0,
  });
  const { lon, lat } = plane.fromMeters(centreX, centreY);
  const atoms: AreaAtoms = {
    count,
    lon,
    lat,
    xMeters: centreX,
    yMeters: centreY,
    areaKm2,
    streetMeters,
    outerEdgeMeters,
    ...neighbourRows(count, pairs, connected),
    landPart,
    landPartCount,
    boundary,
    shapes: shapesOf(mesh, plane),
  };
  return { atoms, areaOfAtom };
}

function momentsOf({ edges, faces, areaOfFace, areaCount }: AreaMesh) {
  const { x, y, from, to } = edges;
  const twice = new Float64Array(areaCount);
  const momentX = new Float64Array(areaCount);
  const momentY = new Float64Array(areaCount);
  for (let edge = 0; edge < from.length; edge++) {
    const [left, right] = [areaOfFace[faces.leftFace[edge]], areaOfFace[faces.rightFace[edge]]];
    if (left === right) continue;
    const [ax, ay, bx, by] = [x[from[edge]], y[from[edge]], x[to[edge]], y[to[edge]]];
    const cross = ax * by - bx * ay;
    for (const [area, sign] of [
      [left, 1],
      [right, -1],
    ]) {
      if (area === OUTSIDE) continue;
      twice[area] += sign * cross;
      momentX[area] += sign * (ax + bx) * cross;
      momentY[area] += sign * (ay + by) * cross;
    }
  }
  return {
    areaM2: twice.map((units) => (units / 2) * GRID_METERS ** 2),
    centreX: momentX.map((moment, area) => (GRID_METERS * moment) / (3 * twice[area])),
    centreY: momentY.map((moment, area) => (GRID_METERS * moment) / (3 * twice[area])),
  };
}

function numberedFromNorth(mesh: AreaMesh): { mesh: AreaMesh; areaOfAtom: Uint32Array } {
  const { centreX, centreY } = momentsOf(mesh);
  const order = Array.from(centreX.keys()).sort((a, b) => centreY[b] - centreY[a] || centreX[a] - centreX[b] || a - b);
  const number = new Int32Array(order.length);
  for (const [rank, area] of order.entries()) number[area] = rank;
  const areaOfFace = mesh.areaOfFace.map((area) => (area === OUTSIDE ? OUTSIDE : number[area]));
  return { mesh: { ...mesh, areaOfFace }, areaOfAtom: Uint32Array.from(order) };
}

/** Neighbours between which a street passes, as `lower * count + higher`: at a vertex one gets from each street to every other. */
function linksAtVertices(mesh: AreaMesh, borders: ReadonlyMap<number, unknown>): Set<number> {
  const { faces, areaOfFace, areaCount: count, isStreet } = mesh;
  const links = new Set<number>();
  for (let v = 0; v + 1 < faces.spokeOffset.length; v++) {
    const beside = new Set<number>();
    for (let i = faces.spokeOffset[v]; i < faces.spokeOffset[v + 1]; i++) {
      const edge = faces.spoke[i] >> 1;
      if (isStreet[edge] === 0) continue;
      beside.add(areaOfFace[faces.leftFace[edge]]);
      beside.add(areaOfFace[faces.rightFace[edge]]);
    }
    beside.delete(OUTSIDE);
    for (const a of beside) for (const b of beside) if (a < b && borders.has(a * count + b)) links.add(a * count + b);
  }
  return links;
}

function shapesOf(mesh: AreaMesh, plane: LocalPlane): AtomShapes {
  const { edges, faces, areaOfFace } = mesh;
  const { lon, lat } = plane.fromMeters(
    edges.x.map((units) => units * GRID_METERS),
    edges.y.map((units) => units * GRID_METERS),
  );
  const atomOfPart: number[] = [];
  const ringOfPart = [0];
  const ringOffset = [0];
  const ringPlaces: number[] = [];
  for (const [atom, polygons] of traceAreas(mesh).entries()) {
    for (const rings of polygons) {
      atomOfPart.push(atom);
      for (const ring of rings) {
        for (const vertex of [...ring, ring[0]]) ringPlaces.push(lon[vertex], lat[vertex]);
        ringOffset.push(ringPlaces.length / 2);
      }
      ringOfPart.push(ringOffset.length - 1);
    }
  }
  const edgeAtom: number[] = [];
  const edgeOther: number[] = [];
  const edgePlaces: number[] = [];
  for (let edge = 0; edge < edges.from.length; edge++) {
    const [a, b] = [areaOfFace[faces.leftFace[edge]], areaOfFace[faces.rightFace[edge]]];
    if (a === b) continue;
    // Along the edge with the atom on the left, whether another lies on the right or not.
    const [atom, other] = a === OUTSIDE ? [b, a] : [a, b];
    const [p, q] = a === OUTSIDE ? [edges.to[edge], edges.from[edge]] : [edges.from[edge], edges.to[edge]];
    edgeAtom.push(atom);
    edgeOther.push(other === OUTSIDE ? NO_ATOM : other);
    edgePlaces.push(lon[p], lat[p], lon[q], lat[q]);
  }
  return {
    atomOfPart: Uint32Array.from(atomOfPart),
    ringOfPart: Uint32Array.from(ringOfPart),
    ringOffset: Uint32Array.from(ringOffset),
    ringPlaces: Float64Array.from(ringPlaces),
    edgeAtom: Uint32Array.from(edgeAtom),
    edgeOther: Uint32Array.from(edgeOther),
    edgePlaces: Float64Array.from(edgePlaces),
  };
}
