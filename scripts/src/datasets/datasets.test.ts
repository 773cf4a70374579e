import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { area, featureCollection, kinks, union } from '@turf/turf';
import { FORCE_LAYERS, PLACE_KINDS, UNIT_KINDS } from '@xunfang/geo-data/contract';
import { pointInPolygon } from '@xunfang/geo-data/geometry';
import { buildRoadGraph, largestStronglyConnectedPart } from '@xunfang/geo-data/streets';
import type { Feature, FeatureCollection, Polygon } from 'geojson';
import { describe, expect, it } from 'vitest';
import type { DatasetCategory } from './categories.ts';
import type { DatasetPlace } from './chengdu-places.ts';
import type { DatasetUnit } from './chengdu-units.ts';

const file = (path: string): Buffer => readFileSync(new URL(`../../../geo-data/datasets/${path}`, import.meta.url));
const json = (path: string): unknown => JSON.parse(file(path).toString());
const boundaryOf = (id: string): Feature<Polygon> =>
  (json(`${id}/boundary.geojson`) as FeatureCollection<Polygon>).features[0];

for (const id of ['chengdu-wuhou', 'chicago']) {
  describe(`data set ${id}`, () => {
    const bureau = json(`${id}/bureau.json`) as Record<string, unknown>;
    const boundary = boundaryOf(id);

    it('has a bureau with a valid boundary inside its bounds', () => {
      expect(bureau).toMatchObject({ id, zones: 14, beats: 27, code: expect.stringMatching(/^\d{12}$/) });
      expect(kinks(boundary).features).toEqual([]);
      const [west, south, east, north] = bureau.bounds as number[];
      for (const [lon, lat] of boundary.geometry.coordinates[0]) {
        expect(lon >= west - 1e-4 && lon <= east + 1e-4 && lat >= south - 1e-4 && lat <= north + 1e-4).toBe(true);
      }
    });

    it('has a dictionary whose parents come before their children', () => {
      const known = new Set<number | null>([null]);
      for (const { id: category, parentId, name, path, priority } of json(
        `${id}/categories.json`,
      ) as DatasetCategory[]) {
        expect(known.has(parentId)).toBe(true);
        expect(path.zh.at(-1)).toBe(name.zh);
        expect([1, 2, 3, 4]).toContain(priority);
        known.add(category);
      }
    });

    it('has places of known kinds inside the boundary', () => {
      const places = json(`${id}/places.json`) as DatasetPlace[];
      expect(new Set(places.map((place) => place.id)).size).toBe(places.length);
      for (const { kind, lon, lat, name } of places) {
        expect(PLACE_KINDS).toContain(kind);
        expect(pointInPolygon(lon, lat, boundary.geometry)).toBe(true);
        expect(name.zh.length * name.en.length).toBeGreaterThan(0);
      }
    });
  });
}

describe('data set chengdu-wuhou', () => {
  it('has roads inside the boundary that build a graph of which most is connected', () => {
    const roads = json('chengdu-wuhou/roads.geojson') as Parameters<typeof buildRoadGraph>[0];
    const { geometry } = boundaryOf('chengdu-wuhou');
    const vertices = roads.features.flatMap((road) => road.geometry.coordinates);
    expect(vertices.every(([lon, lat]) => pointInPolygon(lon, lat, geometry))).toBe(true);
    const graph = buildRoadGraph(roads);
    expect([graph.nodeCount, graph.edgeCount]).toEqual([459, 852]);
    expect(largestStronglyConnectedPart(graph).nodeCount).toBe(372);
  });

  it('has 40 units with unique call signs, each based at a place', () => {
    const units = json('chengdu-wuhou/units.json') as DatasetUnit[];
    const places = new Set((json('chengdu-wuhou/places.json') as DatasetPlace[]).map(({ id }) => id));
    expect(new Set(units.map(({ callSign }) => callSign)).size).toBe(40);
    for (const { kind, forceLayer, basePlaceId } of units) {
      expect(UNIT_KINDS).toContain(kind);
      expect(FORCE_LAYERS).toContain(forceLayer);
      expect(places).toContain(basePlaceId);
    }
  });
});

describe('data set chicago', () => {
  const beats = json('chicago/reference-beats.geojson') as FeatureCollection<
    Polygon,
    { beat: string; district: string }
  >;

  it('has 15,022 incidents, each with a category of the dictionary, nearly all inside the boundary', () => {
    const [header, ...rows] = gunzipSync(file('chicago/incidents-2017.csv.gz')).toString().trimEnd().split('\n');
    expect(header).toBe('date,loc_cat,longitude,latitude,district,beat');
    expect(rows).toHaveLength(15_022);
    const names = new Set((json('chicago/categories.json') as DatasetCategory[]).map(({ name }) => name.en));
    const { geometry } = boundaryOf('chicago');
    let outside = 0;
    for (const row of rows) {
      const [date, category, lon, lat] = row.split(',');
      expect(date.startsWith('2017-') && names.has(category)).toBe(true);
      if (!pointInPolygon(Number(lon), Number(lat), geometry)) outside++;
    }
    expect(outside).toBeLessThan(20);
  });

  it('has 277 beats that cover the city without gap or overlap', () => {
    expect(beats.features).toHaveLength(277);
    const city = beats.features.filter(({ properties }) => properties.district !== '31');
    const whole = union(featureCollection(city));
    const parts = city.reduce((sum, beat) => sum + area(beat), 0);
    expect(area(boundaryOf('chicago')) / parts).toBeCloseTo(1, 5);
    expect(whole ? area(whole) / parts : 0).toBeCloseTo(1, 5);
  });
});
