import { kinks } from '@turf/turf';
import type { Feature, MultiPolygon, Polygon, Position } from 'geojson';

const MAX_ROUNDS = 8;

/**
 * Simplifies areas that share borders so that they still share them: rings are cut into arcs where the set of neighbours
 * changes, each arc is simplified once (Douglas-Peucker, `toleranceMeters`) and both sides get the same line. Neighbours
 * must share their vertices exactly. Where a ring comes to cross itself, its arcs are simplified less. Rings that shrink to
 * a line are dropped. O(vertices · log) on average.
 */
export function simplifyCoverage<P>(
  areas: readonly Feature<Polygon, P>[],
  toleranceMeters: number,
): Feature<Polygon, P>[] {
  const neighbours = new Map<string, Set<string>>();
  for (const { geometry } of areas) {
    for (const ring of geometry.coordinates) {
      for (let i = 0; i < ring.length - 1; i++) {
        link(neighbours, keyOf(ring[i]), keyOf(ring[i + 1]));
        link(neighbours, keyOf(ring[i + 1]), keyOf(ring[i]));
      }
    }
  }
  const isJunction = (point: Position): boolean => (neighbours.get(keyOf(point))?.size ?? 0) > 2;
  const arcsOf = areas.map(({ geometry }) =>
    geometry.coordinates.map((ring) => splitAtJunctions(ring, isJunction).map(canonicalArc)),
  );
  const finer = new Map<string, number>();
  for (let round = 0; ; round++) {
    const lines = new Map<string, Position[]>();
    const lineOf = ({ key, points, reversed }: Arc): Position[] => {
      const line = lines.get(key) ?? simplifyLine(points, toleranceMeters / (finer.get(key) ?? 1));
      lines.set(key, line);
      return reversed ? line.toReversed() : line;
    };
    const simple = areas.map((area, i): Feature<Polygon, P> => {
      const rings = arcsOf[i]
        .map((arcs) => arcs.flatMap((arc) => lineOf(arc).slice(0, -1)))
        .filter((ring) => ring.length >= 3)
        .map((ring) => [...ring, ring[0]]);
      if (rings.length === 0) throw new Error(`An area vanishes at a tolerance of ${toleranceMeters} m.`);
      return { ...area, geometry: { type: 'Polygon', coordinates: rings } };
    });
    const crossed = simple.flatMap((area, i) => (kinks(area.geometry).features.length > 0 ? arcsOf[i].flat() : []));
    if (crossed.length === 0 || round === MAX_ROUNDS) return simple;
    for (const { key } of crossed) finer.set(key, 2 * (finer.get(key) ?? 1));
  }
}

interface Arc {
  /** The same from both sides. */
  key: string;
  points: Position[];
  /** The ring runs along it from its last point to its first. */
  reversed: boolean;
}

function canonicalArc(arc: Position[]): Arc {
  const first = isClosed(arc) ? keyOf(arc[1]) : keyOf(arc[0]);
  const last = isClosed(arc) ? keyOf(arc[arc.length - 2]) : keyOf(arc[arc.length - 1]);
  const reversed = first > last;
  const points = reversed ? arc.toReversed() : arc;
  return { key: points.map(keyOf).join(' '), points, reversed };
}

/** Multipolygons taken apart, so that every feature is one polygon with the properties of the whole. */
export function explodePolygons<P>(areas: readonly Feature<Polygon | MultiPolygon, P>[]): Feature<Polygon, P>[] {
  return areas.flatMap((area) => {
    const parts = area.geometry.type === 'Polygon' ? [area.geometry.coordinates] : area.geometry.coordinates;
    return parts.map((coordinates) => ({ ...area, geometry: { type: 'Polygon' as const, coordinates } }));
  });
}

function keyOf([lon, lat]: Position): string {
  return `${lon.toFixed(7)},${lat.toFixed(7)}`;
}

function link(neighbours: Map<string, Set<string>>, from: string, to: string): void {
  if (from === to) return;
  const known = neighbours.get(from);
  if (known) known.add(to);
  else neighbours.set(from, new Set([to]));
}

function isClosed(line: readonly Position[]): boolean {
  return keyOf(line[0]) === keyOf(line[line.length - 1]);
}

function splitAtJunctions(ring: readonly Position[], isJunction: (point: Position) => boolean): Position[][] {
  const open = ring.slice(0, -1);
  const first = open.findIndex(isJunction);
  if (first < 0) {
    // No junction: start at the least vertex, so that both sides of the ring start alike.
    const least = open.reduce((best, point, i) => (keyOf(point) < keyOf(open[best]) ? i : best), 0);
    return [[...open.slice(least), ...open.slice(0, least), open[least]]];
  }
  const turned = [...open.slice(first), ...open.slice(0, first), open[first]];
  const arcs: Position[][] = [];
  let arc = [turned[0]];
  for (const point of turned.slice(1)) {
    arc.push(point);
    if (isJunction(point)) {
      arcs.push(arc);
      arc = [point];
    }
  }
  if (arc.length > 1) arcs.push(arc);
  return arcs;
}

function simplifyLine(line: readonly Position[], toleranceMeters: number): Position[] {
  const metersPerLat = 111_195;
  const metersPerLon = metersPerLat * Math.cos((line[0][1] * Math.PI) / 180);
  const x = line.map(([lon]) => lon * metersPerLon);
  const y = line.map(([, lat]) => lat * metersPerLat);
  const keep = new Set([0, line.length - 1]);
  // A closed line has no chord: its farthest vertex splits it first.
  const spans: [number, number][] = [[0, line.length - 1]];
  for (let span = spans.pop(); span; span = spans.pop()) {
    const [from, to] = span;
    let farthest = -1;
    let greatest = from === 0 && to === line.length - 1 && isClosed(line) ? 0 : toleranceMeters;
    for (let i = from + 1; i < to; i++) {
      const distance = distanceToSegment(x[i], y[i], x[from], y[from], x[to], y[to]);
      if (distance > greatest) {
        greatest = distance;
        farthest = i;
      }
    }
    if (farthest < 0) continue;
    keep.add(farthest);
    spans.push([from, farthest], [farthest, to]);
  }
  return line.filter((_, i) => keep.has(i));
}

function distanceToSegment(px: number, py: number, ax: number, ay: number, bx: number, by: number): number {
  const square = (bx - ax) ** 2 + (by - ay) ** 2;
  const along = square === 0 ? 0 : Math.max(0, Math.min(1, ((px - ax) * (bx - ax) + (py - ay) * (by - ay)) / square));
  return Math.hypot(px - ax - along * (bx - ax), py - ay - along * (by - ay));
}
