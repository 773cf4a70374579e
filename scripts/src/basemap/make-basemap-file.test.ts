import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LAYER_NAMES } from './basemap-schema.ts';
import { type Engine, makeBasemapFile } from './make-basemap-file.ts';
import { openArchive, tileAt, valuesOf } from './read-basemap.ts';
import { hasTilemaker } from './run-tilemaker.ts';

const dataset = (path: string): string => fileURLToPath(new URL(`../../../geo-data/datasets/${path}`, import.meta.url));
const CASINO = [7.4277, 43.7395] as const;
const OPEN_SEA = [7.44, 43.725] as const;
const HILLS = [7.4, 43.75] as const;

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'basemap-test-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const engines: Engine[] = ['builtin', 'tilemaker'];
for (const engine of engines) {
  // tilemaker is an optional program; both engines must emit one schema.
  describe.skipIf(engine === 'tilemaker' && !hasTilemaker())(`Monaco by ${engine}`, () => {
    let path: string;
    let report: Awaited<ReturnType<typeof makeBasemapFile>>;
    beforeAll(async () => {
      path = join(folder, `monaco-${engine}.pmtiles`);
      report = await makeBasemapFile({ from: dataset('monaco/monaco.osm.pbf'), out: path, engine });
    }, 60_000);

    it('is made by the engine that was asked for, below 3 MB', () => {
      expect(report.engine).toBe(engine);
      expect(report.bytes).toBeLessThan(3e6);
    });

    it('has streets with names and classes, buildings and green', async () => {
      const tile = await tileAt(openArchive(path), 15, ...CASINO);
      expect(valuesOf(tile, 'road', 'name')).toContain('Avenue de Monte-Carlo');
      expect(valuesOf(tile, 'road', 'class')).toEqual(expect.arrayContaining(['primary', 'residential', 'path']));
      expect(tile?.layers.building.length).toBeGreaterThan(20);
      expect(tile?.layers.green.length).toBeGreaterThan(0);
    });

    it('has sea where the sea is and land where the land is', async () => {
      const archive = openArchive(path);
      const sea = await tileAt(archive, 15, ...OPEN_SEA);
      expect(valuesOf(sea, 'water', 'class')).toEqual(['sea']);
      expect(sea?.layers.land).toBeUndefined();
      const hills = await tileAt(archive, 15, ...HILLS);
      expect(hills?.layers.land.length).toBe(1);
      expect(valuesOf(hills, 'water', 'class')).not.toContain('sea');
    });

    it('shows less at lower zooms: no building at 13, no residential street at 12', async () => {
      const archive = openArchive(path);
      const z13 = await tileAt(archive, 13, ...CASINO);
      expect(z13?.layers.building).toBeUndefined();
      expect(valuesOf(await tileAt(archive, 12, ...CASINO), 'road', 'class')).not.toContain('residential');
      expect(valuesOf(await tileAt(archive, 9, ...CASINO), 'road', 'class')).not.toContain('primary');
    });

    it('has places with rank and borders with level, and no layer the schema lacks', async () => {
      const archive = openArchive(path);
      const tile = await tileAt(archive, 12, ...CASINO);
      expect(valuesOf(tile, 'place', 'rank').length).toBeGreaterThan(0);
      for (const rank of valuesOf(tile, 'place', 'rank')) expect([1, 2, 3, 4]).toContain(rank);
      expect(valuesOf(tile, 'boundary', 'level')).toContain(1);
      for (const layer of Object.keys(tile?.layers ?? {})) expect(LAYER_NAMES).toContain(layer);
      expect(await archive.getMetadata()).toMatchObject({
        name: 'monaco',
        attribution: '© OpenStreetMap contributors',
      });
    });
  });
}

describe('a folder of GeoJSON', () => {
  const write = (name: string, files: Record<string, unknown>): string => {
    const from = join(folder, name);
    mkdirSync(from);
    for (const [file, content] of Object.entries(files)) writeFileSync(join(from, file), JSON.stringify(content));
    return from;
  };
  const collection = (properties: object, geometry: object): object => ({
    type: 'FeatureCollection',
    features: [{ type: 'Feature', properties, geometry }],
  });
  const line = {
    type: 'LineString',
    coordinates: [
      [104, 30],
      [104.01, 30.01],
    ],
  };

  it('becomes tiles, unknown properties left out, polygons of boundary as lines', async () => {
    const from = write('good', {
      'road.geojson': collection({ class: 'primary', name: '人民南路', secret: 1 }, line),
      'boundary.geojson': collection(
        { level: 1 },
        {
          type: 'Polygon',
          coordinates: [
            [
              [104, 30],
              [104.02, 30],
              [104.02, 30.02],
              [104, 30],
            ],
          ],
        },
      ),
      'basemap.json': { name: '测试', attribution: 'test' },
    });
    const out = join(folder, 'good.pmtiles');
    await makeBasemapFile({ from, out });
    const tile = await tileAt(openArchive(out), 14, 104.005, 30.005);
    expect(tile?.layers.road.feature(0).properties).toEqual({ class: 'primary', name: '人民南路' });
    expect(tile?.layers.boundary.feature(0).type).toBe(2);
    expect(await openArchive(out).getMetadata()).toMatchObject({ name: '测试' });
  });

  it('is refused with the reason when a file or a class is unknown', async () => {
    const roads = write('bad-layer', { 'roads.geojson': collection({ class: 'primary' }, line) });
    await expect(makeBasemapFile({ from: roads, out: join(folder, 'x') })).rejects.toThrow(/no layer has that name/);
    const highway = write('bad-class', { 'road.geojson': collection({ class: 'highway' }, line) });
    await expect(makeBasemapFile({ from: highway, out: join(folder, 'x') })).rejects.toThrow(
      /feature 0: road: class is highway, expected one of motorway/,
    );
  });
});

describe('the basemaps of the sample bureaus', () => {
  it('Chengdu has its streets with Chinese names and land around them', async () => {
    const archive = openArchive(dataset('chengdu-wuhou/basemap.pmtiles'));
    expect(valuesOf(await tileAt(archive, 15, 104.0683, 30.6306), 'road', 'name').join()).toMatch(/\p{Script=Han}/u);
    expect((await tileAt(archive, 14, 104.12, 30.7))?.layers.land.length).toBe(1);
  });
  it('Chicago has the lake in the east, land in the west, communities by name', async () => {
    const archive = openArchive(dataset('chicago/basemap.pmtiles'));
    expect(valuesOf(await tileAt(archive, 13, -87.55, 41.9), 'water', 'name')).toEqual(['Lake Michigan']);
    expect((await tileAt(archive, 13, -87.8, 41.85))?.layers.water).toBeUndefined();
    expect(valuesOf(await tileAt(archive, 12, -87.63, 41.88), 'place', 'name')).toContain('Near North Side');
  });
});
