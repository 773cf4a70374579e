import type { LocalPlane } from '@xunfang/geo-data/geometry';
import { NO_EDGE, ROAD_CLASSES, type RoadGraph } from '@xunfang/geo-data/streets';
import { type Box, boxOf, type Point } from './ground.ts';

export type StreetRank = 'arterial' | 'main' | 'minor' | 'link';

/** Sections of one name that go on into each other, on the plane. */
export interface StreetLine {
  /** Empty: it has none. */
  name: string;
  rank: StreetRank;
  isMotorway: boolean;
  points: Point[];
  box: Box;
}

/** Beyond this turn a street of the same name is another line: a name is never written round a corner. */
const MOST_TURN = Math.PI / 4;

/** Every street once, whatever its directions, the sections of a name joined to lines. O(edges · edges of a name at a node). */
export function streetLines(roads: RoadGraph, plane: LocalPlane): StreetLine[] {
  const edges: number[] = [];
  for (let edge = 0; edge < roads.edgeCount; edge++)
    if (roads.edgeReverse[edge] === NO_EDGE || roads.edgeReverse[edge] > edge) edges.push(edge);
  const pointsOf = (edge: number): Point[] =>
    Array.from({ length: roads.geometryOffset[edge + 1] - roads.geometryOffset[edge] }, (_, i) => {
      const vertex = roads.geometryOffset[edge] + i;
      return plane.pointToMeters(roads.geometryLon[vertex], roads.geometryLat[vertex]);
    });
  const atNode = new Map<string, number[]>();
  const keyOf = (edge: number, node: number) => `${node} ${roads.edgeNameIndex[edge]} ${roads.edgeRoadClass[edge]}`;
  for (const edge of edges)
    for (const node of [roads.edgeSource[edge], roads.edgeTarget[edge]]) {
      const key = keyOf(edge, node);
      atNode.set(key, [...(atNode.get(key) ?? []), edge]);
    }
  const taken = new Set<number>();
  /** Goes on from the end of the line as straight as it can. */
  const extend = (line: Point[], from: number, startNode: number): void => {
    for (let edge = from, node = startNode; ; ) {
      const heading = headingAtEnd(line);
      let best: { edge: number; points: Point[]; node: number; turn: number } | null = null;
      for (const next of atNode.get(keyOf(edge, node)) ?? []) {
        if (taken.has(next)) continue;
        const forwards = roads.edgeSource[next] === node;
        const points = forwards ? pointsOf(next) : pointsOf(next).reverse();
        const turn = turnBetween(heading, headingAtEnd(points.slice(0, 2)));
        const farNode = forwards ? roads.edgeTarget[next] : roads.edgeSource[next];
        if (turn < MOST_TURN && (best === null || turn < best.turn)) best = { edge: next, points, node: farNode, turn };
      }
      if (best === null) return;
      taken.add(best.edge);
      line.push(...best.points.slice(1));
      ({ edge, node } = best);
    }
  };
  const lines: StreetLine[] = [];
  for (const edge of edges) {
    if (taken.has(edge)) continue;
    taken.add(edge);
    const points = pointsOf(edge);
    extend(points, edge, roads.edgeTarget[edge]);
    points.reverse();
    extend(points, edge, roads.edgeSource[edge]);
    const roadClass = ROAD_CLASSES[roads.edgeRoadClass[edge]];
    lines.push({
      name: roads.names[roads.edgeNameIndex[edge]],
      rank: rankOf(roadClass),
      isMotorway: roadClass === 'motorway',
      points,
      box: boxOf([points]),
    });
  }
  return lines;
}

function rankOf(roadClass: (typeof ROAD_CLASSES)[number]): StreetRank {
  if (roadClass.endsWith('_link') || roadClass === 'service') return 'link';
  if (['motorway', 'trunk', 'primary'].includes(roadClass)) return 'arterial';
  return ['secondary', 'tertiary'].includes(roadClass) ? 'main' : 'minor';
}

function headingAtEnd(line: readonly Point[]): number {
  const [[ax, ay], [bx, by]] = line.slice(-2);
  return Math.atan2(by - ay, bx - ax);
}

function turnBetween(a: number, b: number): number {
  const turn = Math.abs(a - b) % (2 * Math.PI);
  return Math.min(turn, 2 * Math.PI - turn);
}
