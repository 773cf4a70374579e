import { pointInPolygon } from '@xunfang/geo-data/geometry';
import { snapToRoad } from '@xunfang/geo-data/streets';
import type { FeatureCollection, MultiPolygon, Polygon } from 'geojson';
import type { ServerLink } from './server-link.ts';
import type { SimulatedCity } from './simulated-city.ts';
import type { RoadPlace } from './simulated-unit.ts';

/** The beats in force: by number, the places on roads in them where a patrol may go. */
export interface PatrolAreas {
  /** null: no plan is in force, and all patrol everywhere. */
  planId: number | null;
  beats: ReadonlyMap<number, readonly RoadPlace[]>;
  everywhere: readonly RoadPlace[];
}

interface AreaProperties {
  level: string;
  number: number;
}

const SPACING_METERS = 40;

/** Asks the server for the plan in force. */
export async function readPatrolAreas(link: ServerLink, city: SimulatedCity): Promise<PatrolAreas> {
  const everywhere = placesOnRoads(city).filter(({ lon, lat }) => pointInPolygon(lon, lat, city.boundary));
  const plan = await link.get<{ summary: { id: number } }>('/api/plans/in-force');
  if (plan === undefined) return { planId: null, beats: new Map(), everywhere };
  const planId = plan.summary.id;
  const areas = await link.get<FeatureCollection<Polygon | MultiPolygon, AreaProperties>>(
    `/api/plans/${planId}.geojson`,
  );
  const beats = new Map<number, RoadPlace[]>();
  for (const { properties, geometry } of areas?.features ?? []) {
    if (properties.level !== 'beat') continue;
    const inside = everywhere.filter(({ lon, lat }) => pointInPolygon(lon, lat, geometry));
    if (inside.length > 0) beats.set(properties.number, inside);
  }
  return { planId, beats, everywhere };
}

/** What one unit patrols: its beat, or the beat that falls to it in order, or everywhere. */
export function patrolOfUnit({ beats, everywhere }: PatrolAreas, order: number, beatNumber: number | undefined) {
  const numbers = [...beats.keys()].sort((a, b) => a - b);
  if (numbers.length === 0) return everywhere;
  return beats.get(beatNumber ?? Number.NaN) ?? beats.get(numbers[order % numbers.length]) ?? everywhere;
}

/** Places every few metres along all streets, and the key places: patrols go there more often than elsewhere. */
function placesOnRoads({ graph, index, places }: SimulatedCity): RoadPlace[] {
  const found: RoadPlace[] = [];
  for (let edge = 0; edge < graph.edgeCount; edge++) {
    const count = Math.max(1, Math.floor(graph.edgeLengthMeters[edge] / SPACING_METERS));
    for (let i = 0; i < count; i++) found.push(placeOnEdge(graph, edge, (i + 0.5) / count));
  }
  for (const { lon, lat } of places) {
    const place = snapToRoad(index, lon, lat, 200);
    if (place !== undefined) for (let times = 0; times < 5; times++) found.push(place);
  }
  return found;
}

function placeOnEdge(graph: SimulatedCity['graph'], edge: number, fraction: number): RoadPlace {
  const { geometryLon, geometryLat, geometryOffset } = graph;
  const first = geometryOffset[edge];
  const last = geometryOffset[edge + 1] - 1;
  const steps: number[] = [];
  for (let v = first; v < last; v++) {
    const scale = Math.cos((geometryLat[v] * Math.PI) / 180);
    steps.push(Math.hypot((geometryLon[v + 1] - geometryLon[v]) * scale, geometryLat[v + 1] - geometryLat[v]));
  }
  let rest = fraction * steps.reduce((sum, step) => sum + step, 0);
  let v = first;
  while (v < last - 1 && rest > steps[v - first]) rest -= steps[v++ - first];
  const share = steps[v - first] > 0 ? rest / steps[v - first] : 0;
  return {
    edge,
    fraction,
    lon: geometryLon[v] + share * (geometryLon[v + 1] - geometryLon[v]),
    lat: geometryLat[v] + share * (geometryLat[v + 1] - geometryLat[v]),
  };
}
