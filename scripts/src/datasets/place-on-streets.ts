import type { Feature, LineString, Position } from 'geojson';
import { distanceMeters, lengthMeters, type RoadProperties } from './extend-roads.ts';

export type Road = Feature<LineString, RoadProperties>;

/** Streets by name, each street's edges once (not once per direction), in a fixed order. */
export function streetsByName(roads: readonly Road[]): Map<string, Road[]> {
  const streets = new Map<string, Road[]>();
  const drawn = new Set<string>();
  for (const road of [...roads].sort((a, b) => (a.properties.id < b.properties.id ? -1 : 1))) {
    const { name, frm, to } = road.properties;
    if (name === null || drawn.has(`${to} ${frm} ${name}`)) continue;
    drawn.add(`${frm} ${to} ${name}`);
    const edges = streets.get(name);
    if (edges) edges.push(road);
    else streets.set(name, [road]);
  }
  return streets;
}

/** The point at `fraction` of the street's length, `asideMeters` to the right of the line. Longitude, latitude. */
export function pointOnStreet(
  streets: ReadonlyMap<string, readonly Road[]>,
  name: string,
  fraction: number,
  asideMeters: number,
): Position {
  const edges = streets.get(name);
  if (edges === undefined) throw new Error(`No street is called ${name}.`);
  const total = edges.reduce((sum, edge) => sum + lengthMeters(edge.geometry.coordinates), 0);
  let remaining = total * fraction;
  for (const edge of edges) {
    const line = edge.geometry.coordinates;
    for (let i = 1; i < line.length; i++) {
      const segment = distanceMeters(line[i - 1], line[i]);
      if (remaining > segment) {
        remaining -= segment;
        continue;
      }
      return aside(line[i - 1], line[i], segment === 0 ? 0 : remaining / segment, asideMeters);
    }
  }
  return edges[edges.length - 1].geometry.coordinates.at(-1) ?? [];
}

function aside(from: Position, to: Position, along: number, asideMeters: number): Position {
  const metersPerLat = 111_195;
  const metersPerLon = metersPerLat * Math.cos((from[1] * Math.PI) / 180);
  const east = (to[0] - from[0]) * metersPerLon;
  const north = (to[1] - from[1]) * metersPerLat;
  const length = Math.hypot(east, north) || 1;
  return [
    from[0] + (to[0] - from[0]) * along + ((north / length) * asideMeters) / metersPerLon,
    from[1] + (to[1] - from[1]) * along - ((east / length) * asideMeters) / metersPerLat,
  ];
}

const WEIGHT: Record<string, number> = { trunk: 4, primary: 4, secondary: 3, tertiary: 2, residential: 1 };

export interface Crossing {
  point: Position;
  /** The two most important streets that meet, most important first. */
  names: [string, string];
}

/** Where two named ground-level streets meet, the most important crossings first, at least `spacingMeters` apart. */
export function namedCrossings(roads: readonly Road[], spacingMeters: number): Crossing[] {
  const meetings = new Map<string, { point: Position; weightOf: Map<string, number> }>();
  for (const { properties, geometry } of roads) {
    if (properties.name === null || properties.layer !== 'ground') continue;
    const weight = WEIGHT[properties.highway.replace('_link', '')] ?? 1;
    for (const [node, at] of [
      [properties.frm, 0],
      [properties.to, -1],
    ] as const) {
      const point = geometry.coordinates.at(at) ?? [];
      const meeting = meetings.get(node) ?? { point, weightOf: new Map<string, number>() };
      meeting.weightOf.set(properties.name, Math.max(weight, meeting.weightOf.get(properties.name) ?? 0));
      meetings.set(node, meeting);
    }
  }
  const ranked = [...meetings.entries()]
    .filter(([, { weightOf }]) => weightOf.size >= 2)
    .map(([node, { point, weightOf }]) => {
      const byWeight = [...weightOf].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
      return { node, point, score: byWeight[0][1] + byWeight[1][1], first: byWeight[0][0], second: byWeight[1][0] };
    })
    .sort((a, b) => b.score - a.score || (a.node < b.node ? -1 : 1));
  const chosen: Crossing[] = [];
  for (const { point, first, second } of ranked) {
    if (chosen.some((other) => distanceMeters(other.point, point) < spacingMeters)) continue;
    chosen.push({ point, names: [first, second] });
  }
  return chosen;
}
