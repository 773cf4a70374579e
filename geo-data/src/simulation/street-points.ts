import type { Polygon } from 'geojson';
import { createLocalPlane, type LocalPlane, pointInPolygon } from '../geometry/index.ts';
import { NO_EDGE, ROAD_CLASSES, type RoadGraph } from '../streets/index.ts';

/** Places along the streets, `SPACING_METERS` apart, on the metric plane of the bureau. Columns of `count` elements. */
export interface StreetPoints {
  count: number;
  plane: LocalPlane;
  xMeters: Float64Array;
  yMeters: Float64Array;
  /** Unit vector across the street, to the right. */
  acrossX: Float64Array;
  acrossY: Float64Array;
  /** Index into ROAD_CLASSES. */
  roadClass: Uint8Array;
  /** Index into `names`; points of unnamed streets carry the nearest named one. */
  nameIndex: Uint32Array;
  /** House number of the left side; the right side is one more. */
  houseNumber: Uint16Array;
  names: string[];
}

const SPACING_METERS = 10;
const METERS_PER_HOUSE = 12;

/**
 * Samples every street once (not once per direction) inside the boundary. O(points · log points + unnamed · named).
 * @throws RangeError when no street lies inside the boundary.
 */
export function sampleStreetPoints(graph: RoadGraph, boundary: Polygon): StreetPoints {
  const [originLon, originLat] = boundary.coordinates[0][0];
  const plane = createLocalPlane(originLon, originLat);
  const rows: { x: number; y: number; ax: number; ay: number; roadClass: number; name: number }[] = [];
  for (let edge = 0; edge < graph.edgeCount; edge++) {
    const back = graph.edgeReverse[edge];
    if (back !== NO_EDGE && back < edge) continue;
    let untilNext = 0;
    for (let vertex = graph.geometryOffset[edge] + 1; vertex < graph.geometryOffset[edge + 1]; vertex++) {
      const [x0, y0] = plane.pointToMeters(graph.geometryLon[vertex - 1], graph.geometryLat[vertex - 1]);
      const [x1, y1] = plane.pointToMeters(graph.geometryLon[vertex], graph.geometryLat[vertex]);
      const length = Math.hypot(x1 - x0, y1 - y0);
      let along = untilNext;
      for (; along < length; along += SPACING_METERS) {
        const x = x0 + ((x1 - x0) * along) / length;
        const y = y0 + ((y1 - y0) * along) / length;
        const [lon, lat] = plane.pointFromMeters(x, y);
        if (!pointInPolygon(lon, lat, boundary)) continue;
        const name = graph.edgeNameIndex[edge];
        const roadClass = graph.edgeRoadClass[edge];
        rows.push({ x, y, ax: (y1 - y0) / length, ay: -(x1 - x0) / length, roadClass, name });
      }
      untilNext = along - length;
    }
  }
  const count = rows.length;
  if (count === 0) throw new RangeError(`None of ${graph.edgeCount} road edges lies inside the boundary.`);
  const points: StreetPoints = {
    count,
    plane,
    xMeters: Float64Array.from(rows, (row) => row.x),
    yMeters: Float64Array.from(rows, (row) => row.y),
    acrossX: Float64Array.from(rows, (row) => row.ax),
    acrossY: Float64Array.from(rows, (row) => row.ay),
    roadClass: Uint8Array.from(rows, (row) => row.roadClass),
    nameIndex: Uint32Array.from(rows, (row) => row.name),
    houseNumber: new Uint16Array(count),
    names: graph.names,
  };
  numberHouses(points);
  nameUnnamed(points);
  return points;
}

/** How much happens along a road of this class, per metre, against a residential street. */
export function roadClassAttraction(roadClass: number): number {
  const name = ROAD_CLASSES[roadClass];
  if (name.startsWith('motorway') || name.startsWith('trunk')) return 0.35;
  if (name.endsWith('_link') || name === 'service' || name === 'unknown') return 0.3;
  return name === 'primary' ? 1.15 : name === 'secondary' ? 1.1 : 1;
}

/** Numbers rise along the longer axis of each street. */
function numberHouses(points: StreetPoints): void {
  const byName = new Map<number, number[]>();
  for (let i = 0; i < points.count; i++) {
    const street = byName.get(points.nameIndex[i]);
    if (street) street.push(i);
    else byName.set(points.nameIndex[i], [i]);
  }
  for (const street of byName.values()) {
    const spread = (column: Float64Array): number => {
      let low = Number.POSITIVE_INFINITY;
      let high = Number.NEGATIVE_INFINITY;
      for (const i of street) {
        low = Math.min(low, column[i]);
        high = Math.max(high, column[i]);
      }
      return high - low;
    };
    const column = spread(points.xMeters) > spread(points.yMeters) ? points.xMeters : points.yMeters;
    const start = Math.min(...street.map((i) => column[i]));
    for (const i of street) points.houseNumber[i] = 1 + 2 * Math.floor((column[i] - start) / METERS_PER_HOUSE);
  }
}

function nameUnnamed(points: StreetPoints): void {
  const { xMeters, yMeters, nameIndex } = points;
  const named = [...nameIndex.keys()].filter((i) => points.names[nameIndex[i]] !== '');
  if (named.length === 0) return;
  for (let i = 0; i < points.count; i++) {
    if (points.names[nameIndex[i]] !== '') continue;
    let nearest = named[0];
    let least = Number.POSITIVE_INFINITY;
    for (const j of named) {
      const square = (xMeters[i] - xMeters[j]) ** 2 + (yMeters[i] - yMeters[j]) ** 2;
      if (square < least) {
        least = square;
        nearest = j;
      }
    }
    nameIndex[i] = nameIndex[nearest];
    points.houseNumber[i] = points.houseNumber[nearest];
  }
}
