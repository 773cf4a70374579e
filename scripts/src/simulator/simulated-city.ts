import { readFile } from 'node:fs/promises';
import { createIncidentSurface, DEMONSTRATION_PROFILES, type IncidentSurface } from '@xunfang/geo-data/simulation';
import {
  buildRoadGraph,
  createPathWorkspace,
  createRoadIndex,
  largestStronglyConnectedPart,
  type PathWorkspace,
  type RoadEdgeCollection,
  type RoadGraph,
  type RoadIndex,
} from '@xunfang/geo-data/streets';
import type { UnitKind } from '@xunfang/geo-data/units';
import type { FeatureCollection, Polygon } from 'geojson';

export interface CityUnit {
  callSign: string;
  kind: UnitKind;
  /** Answers calls; the community force only observes. */
  answersCalls: boolean;
}

/** The demonstration city as the simulator knows it: the same files the server was seeded from. */
export interface SimulatedCity {
  graph: RoadGraph;
  index: RoadIndex;
  workspace: PathWorkspace;
  boundary: Polygon;
  surface: IncidentSurface;
  units: ReadonlyMap<string, CityUnit>;
  places: readonly { lon: number; lat: number }[];
  /** Path of each category in the dictionary, for example 刑事/盗窃/扒窃. */
  categoryPaths: ReadonlyMap<number, string>;
}

interface UnitRow {
  callSign: string;
  kind: UnitKind;
  forceLayer: string;
}
interface CategoryRow {
  id: number;
  path: { zh: string[] };
}

const DATASET = '@xunfang/geo-data/datasets/chengdu-wuhou/';

export async function loadSimulatedCity(seed: number): Promise<SimulatedCity> {
  const [roads, boundaries, units, places, categories] = await Promise.all([
    readDataset<RoadEdgeCollection>('roads.geojson'),
    readDataset<FeatureCollection<Polygon>>('boundary.geojson'),
    readDataset<UnitRow[]>('units.json'),
    readDataset<{ lon: number; lat: number }[]>('places.json'),
    readDataset<CategoryRow[]>('categories.json'),
  ]);
  const allRoads = buildRoadGraph(roads);
  const graph = largestStronglyConnectedPart(allRoads);
  const boundary = boundaries.features[0].geometry;
  return {
    graph,
    index: createRoadIndex(graph),
    workspace: createPathWorkspace(graph),
    boundary,
    surface: createIncidentSurface({ seed, graph: allRoads, boundary, profiles: DEMONSTRATION_PROFILES }),
    units: new Map(
      units.map(({ callSign, kind, forceLayer }) => [
        callSign,
        { callSign, kind, answersCalls: forceLayer !== 'community_joint' },
      ]),
    ),
    places,
    categoryPaths: new Map(categories.map(({ id, path }) => [id, path.zh.join('/')])),
  };
}

async function readDataset<T>(file: string): Promise<T> {
  return JSON.parse(await readFile(new URL(import.meta.resolve(DATASET + file)), 'utf8')) as T;
}
