import type { MultiLineString } from 'geojson';
import type { LocalPlane, PlaneSegments } from '../../geometry/index.ts';
import { NO_EDGE, ROAD_CLASSES, type RoadGraph } from '../../streets/index.ts';
import type { PlaneRings } from '../plane-rings.ts';

export const LINE_KINDS = ['boundary', 'street', 'barrier', 'border'] as const;
export type LineKind = (typeof LINE_KINDS)[number];

/** All lines that divide a bureau's land, as straight pieces with what each is of. */
export interface BureauLines {
  segments: PlaneSegments;
  kind: LineKind[];
  /** Of a `border` the number of the polygon that it is of, else -1. */
  polygon: Int32Array;
}

export interface LineBook {
  /** Motorways are barriers; both directions of a street are one line. */
  addRoads(roads: RoadGraph): void;
  /** Leads streets that end within `reachMeters` of the boundary on to it, the shortest way. */
  addEndsAtBoundary(roads: RoadGraph, reachMeters: number): void;
  addBarriers(barriers: MultiLineString): void;
  /** Rings of polygon `polygon`, all of them: whether one is inside is told by crossing them. */
  addBorders(rings: PlaneRings, polygon: number): void;
  lines(): BureauLines;
}

const MOTORWAY = ROAD_CLASSES.indexOf('motorway');

/** Collects lines on the bureau's plane; streets and barriers far outside of the boundary are left out. The boundary is in it from the beginning. */
export function createLineBook(plane: LocalPlane, boundary: PlaneRings): LineBook {
  const columns = { fromX: [] as number[], fromY: [] as number[], toX: [] as number[], toY: [] as number[] };
  const kinds: LineKind[] = [];
  const polygons: number[] = [];
  const extent = [boundary.x, boundary.y].map((column) => ({
    least: column.reduce((a, b) => Math.min(a, b), Infinity),
    most: column.reduce((a, b) => Math.max(a, b), -Infinity),
  }));
  const isNear = (a: number, b: number, { least, most }: { least: number; most: number }): boolean =>
    Math.max(a, b) >= least && Math.min(a, b) <= most;

  function add(ax: number, ay: number, bx: number, by: number, kind: LineKind, polygon = -1): void {
    columns.fromX.push(ax);
    columns.fromY.push(ay);
    columns.toX.push(bx);
    columns.toY.push(by);
    kinds.push(kind);
    polygons.push(polygon);
  }
  function addLine(x: ArrayLike<number>, y: ArrayLike<number>, kind: LineKind): void {
    for (let i = 1; i < x.length; i++)
      if (isNear(x[i - 1], x[i], extent[0]) && isNear(y[i - 1], y[i], extent[1]))
        add(x[i - 1], y[i - 1], x[i], y[i], kind);
  }
  function addRings({ x, y, ringOffset }: PlaneRings, kind: LineKind, polygon?: number): void {
    for (let r = 0; r + 1 < ringOffset.length; r++)
      for (let i = ringOffset[r], j = ringOffset[r + 1] - 1; i < ringOffset[r + 1]; j = i++)
        add(x[j], y[j], x[i], y[i], kind, polygon);
  }
  addRings(boundary, 'boundary');

  return {
    addRoads(roads) {
      for (let edge = 0; edge < roads.edgeCount; edge++) {
        const reverse = roads.edgeReverse[edge];
        if (reverse !== NO_EDGE && reverse < edge) continue;
        const [start, end] = [roads.geometryOffset[edge], roads.geometryOffset[edge + 1]];
        const lon = roads.geometryLon.slice(start, end);
        const lat = roads.geometryLat.slice(start, end);
        // Sections of one junction end a little apart.
        const [source, target] = [roads.edgeSource[edge], roads.edgeTarget[edge]];
        [lon[0], lat[0]] = [roads.nodeLon[source], roads.nodeLat[source]];
        [lon[lon.length - 1], lat[lat.length - 1]] = [roads.nodeLon[target], roads.nodeLat[target]];
        const { xMeters, yMeters } = plane.toMeters(lon, lat);
        addLine(xMeters, yMeters, roads.edgeRoadClass[edge] === MOTORWAY ? 'barrier' : 'street');
      }
    },
    addEndsAtBoundary(roads, reachMeters) {
      for (const node of endsOf(roads)) {
        const [x, y] = plane.pointToMeters(roads.nodeLon[node], roads.nodeLat[node]);
        const nearest = nearestOnRings(x, y, boundary);
        if (nearest.meters > 0 && nearest.meters <= reachMeters) add(x, y, nearest.x, nearest.y, 'border');
      }
    },
    addBarriers({ coordinates }) {
      for (const line of coordinates) {
        const points = line.map(([lon, lat]) => plane.pointToMeters(lon, lat));
        addLine(
          points.map(([x]) => x),
          points.map(([, y]) => y),
          'barrier',
        );
      }
    },
    addBorders: (rings, polygon) => addRings(rings, 'border', polygon),
    lines: () => ({
      segments: {
        fromX: Float64Array.from(columns.fromX),
        fromY: Float64Array.from(columns.fromY),
        toX: Float64Array.from(columns.toX),
        toY: Float64Array.from(columns.toY),
      },
      kind: kinds,
      polygon: Int32Array.from(polygons),
    }),
  };
}

/** Nodes from which one gets to a single other one. */
function endsOf(roads: RoadGraph): number[] {
  const neighbours = Array.from({ length: roads.nodeCount }, () => new Set<number>());
  for (let edge = 0; edge < roads.edgeCount; edge++) {
    neighbours[roads.edgeSource[edge]].add(roads.edgeTarget[edge]);
    neighbours[roads.edgeTarget[edge]].add(roads.edgeSource[edge]);
  }
  return Array.from(neighbours.keys()).filter((node) => neighbours[node].size === 1);
}

function nearestOnRings(x: number, y: number, rings: PlaneRings): { x: number; y: number; meters: number } {
  const nearest = { x, y, meters: Infinity };
  for (let r = 0; r + 1 < rings.ringOffset.length; r++) {
    for (let i = rings.ringOffset[r], j = rings.ringOffset[r + 1] - 1; i < rings.ringOffset[r + 1]; j = i++) {
      const [ax, ay, dx, dy] = [rings.x[j], rings.y[j], rings.x[i] - rings.x[j], rings.y[i] - rings.y[j]];
      const along = dx * dx + dy * dy;
      const t = along === 0 ? 0 : Math.min(1, Math.max(0, ((x - ax) * dx + (y - ay) * dy) / along));
      const meters = Math.hypot(ax + t * dx - x, ay + t * dy - y);
      if (meters < nearest.meters) [nearest.x, nearest.y, nearest.meters] = [ax + t * dx, ay + t * dy, meters];
    }
  }
  return nearest;
}
