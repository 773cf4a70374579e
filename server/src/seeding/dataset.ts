import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Bilingual, Category, Place } from '@xunfang/geo-data/contract';
import type { ForceLayer, UnitKind } from '@xunfang/geo-data/units';
import type { FeatureCollection, Polygon } from 'geojson';

/** The files of geo-data/datasets/<slug>; their shapes are described in that folder's README. */
export interface DatasetBureau {
  id: string;
  code: string;
  name: Bilingual;
  timeZone: string;
  centre: [number, number];
  bounds: [number, number, number, number];
  defaultResolution: number;
  atomResolution: number;
  zones: number;
  beats: number;
  nightFromHour: number;
  nightToHour: number;
  demonstration: boolean;
  simulated: boolean;
  attribution: string;
}

export interface DatasetUnit {
  callSign: string;
  kind: UnitKind;
  forceLayer: ForceLayer;
  crew: number;
  basePlaceId: number;
}

export const datasetPath = (slug: string, file: string) =>
  fileURLToPath(import.meta.resolve(`@xunfang/geo-data/datasets/${slug}/${file}`));

const readJson = async (slug: string, file: string): Promise<unknown> =>
  JSON.parse(await readFile(datasetPath(slug, file), 'utf8'));

export const readBureau = async (slug: string) => (await readJson(slug, 'bureau.json')) as DatasetBureau;
export const readCategories = async (slug: string) => (await readJson(slug, 'categories.json')) as Category[];
export const readPlaces = async (slug: string) => (await readJson(slug, 'places.json')) as Place[];
export const readUnits = async (slug: string) => (await readJson(slug, 'units.json')) as DatasetUnit[];
export const readCollection = async (slug: string, file: string) => (await readJson(slug, file)) as FeatureCollection;

export async function readBoundary(slug: string): Promise<Polygon> {
  const { features } = (await readJson(slug, 'boundary.geojson')) as FeatureCollection<Polygon>;
  return features[0].geometry;
}
