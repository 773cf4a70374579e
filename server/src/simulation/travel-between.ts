import { readFile } from 'node:fs/promises';
import {
  buildRoadGraph,
  createRoadIndex,
  largestStronglyConnectedPart,
  type RoadEdgeCollection,
  snapToRoad,
  travelMatrix,
} from '@xunfang/geo-data/streets';
import type { SimulationAtoms } from './simulation-job.ts';

/** Where no streets are known: a drive over the straight line, and its speed, as the studio assumes. */
const DETOUR_FACTOR = 1.3;
const SPEED_KMH = 25;
/** From the middle of an atom to a street; every place of a bureau with streets is nearer. */
const MOST_METERS_TO_STREET = 20_000;

/** Driving seconds between atoms, places × places, a row per start, and whether streets were driven. Searches per place as `travelMatrix`. */
export async function travelBetween(
  atoms: SimulationAtoms,
  places: Uint32Array,
  roadsFile: string | null,
): Promise<{ seconds: Float32Array; travel: 'roads' | 'straight' }> {
  const onRoads = roadsFile === null ? null : await byRoads(atoms, places, roadsFile);
  const seconds = onRoads ?? straight(atoms, places);
  // A call of the atom where a unit stands is not at its very place: as far as points of a disc of its area are from the middle.
  for (const [place, atom] of places.entries()) {
    seconds[place * places.length + place] = driveSeconds(Math.sqrt((atoms.areaKm2[atom] * 1e6) / (2 * Math.PI)));
  }
  return { seconds, travel: onRoads === null ? 'straight' : 'roads' };
}

async function byRoads(atoms: SimulationAtoms, places: Uint32Array, roadsFile: string): Promise<Float32Array | null> {
  const roads = buildRoadGraph(JSON.parse(await readFile(roadsFile, 'utf8')) as RoadEdgeCollection);
  // Where one can drive to, one can drive away from.
  const graph = largestStronglyConnectedPart(roads);
  const index = createRoadIndex(graph);
  const found = Array.from(places, (atom) =>
    snapToRoad(index, atoms.lon[atom], atoms.lat[atom], MOST_METERS_TO_STREET),
  );
  const onStreet = found.filter((place) => place !== undefined);
  return onStreet.length === places.length ? travelMatrix(graph, onStreet) : null;
}

function straight({ xMeters, yMeters }: SimulationAtoms, places: Uint32Array): Float32Array {
  const seconds = new Float32Array(places.length ** 2);
  for (const [row, from] of places.entries())
    for (const [column, to] of places.entries())
      seconds[row * places.length + column] = driveSeconds(
        Math.hypot(xMeters[to] - xMeters[from], yMeters[to] - yMeters[from]),
      );
  return seconds;
}

const driveSeconds = (meters: number) => (meters * DETOUR_FACTOR * 3.6) / SPEED_KMH;
