import type { Feature, LineString, Point, Position } from 'geojson';

/** An edge as the SUMO export writes it. */
export interface SumoEdge {
  id: string;
  frm: string;
  to: string;
  highway: string;
  name: string | null;
  lanes: number;
  speed_mps: number;
}

/** A directed street of `roads.geojson`, in the words of its source. */
export interface RoadProperties {
  id: string;
  frm: string;
  to: string;
  highway: string;
  name: string | null;
  lanes: number;
  speed_mps: number;
  length_m: number;
  layer: 'ground' | 'bridge' | 'tunnel';
}

const EARTH_RADIUS_METERS = 6_371_008.8;
const BRIDGE = /高架|立交|跨线桥/;
const TUNNEL = /隧道/;

export function distanceMeters([lonA, latA]: Position, [lonB, latB]: Position): number {
  const toRadians = Math.PI / 180;
  const x = (lonB - lonA) * toRadians * Math.cos(((latA + latB) / 2) * toRadians);
  return Math.hypot(x, (latB - latA) * toRadians) * EARTH_RADIUS_METERS;
}

export function lengthMeters(line: readonly Position[]): number {
  let total = 0;
  for (let i = 1; i < line.length; i++) total += distanceMeters(line[i - 1], line[i]);
  return total;
}

/**
 * SUMO edges stop at the border of their junction, so that drawn streets have gaps and ends do not meet. Each edge is
 * drawn out to the junction's own point: streets meet where they cross, and equal coordinates mean the same junction.
 */
export function extendRoads(
  edges: readonly Feature<LineString, SumoEdge>[],
  nodes: readonly Feature<Point, { id: string }>[],
): Feature<LineString, RoadProperties>[] {
  const pointOf = new Map(nodes.map((node) => [node.properties.id, node.geometry.coordinates]));
  return edges.map(({ properties, geometry }) => {
    const start = pointOf.get(properties.frm);
    const end = pointOf.get(properties.to);
    if (start === undefined || end === undefined) {
      throw new Error(
        `Edge ${properties.id}: junction ${start ? properties.to : properties.frm} is not among the nodes.`,
      );
    }
    const inner = geometry.coordinates.filter((p) => distanceMeters(p, start) > 1 && distanceMeters(p, end) > 1);
    const coordinates = [start, ...inner, end].map(([lon, lat]) => [Number(lon.toFixed(6)), Number(lat.toFixed(6))]);
    const name = properties.name ?? '';
    return {
      type: 'Feature',
      properties: {
        id: properties.id,
        frm: properties.frm,
        to: properties.to,
        // Two connecting pieces carry no class; they join residential streets.
        highway: properties.highway === '' ? 'residential' : properties.highway,
        name: properties.name,
        lanes: properties.lanes,
        speed_mps: properties.speed_mps,
        length_m: Number(lengthMeters(coordinates).toFixed(1)),
        layer: BRIDGE.test(name) ? 'bridge' : TUNNEL.test(name) ? 'tunnel' : 'ground',
      },
      geometry: { type: 'LineString', coordinates },
    };
  });
}
