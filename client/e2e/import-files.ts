import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { createCoordinateConverter, pointInPolygon } from '@xunfang/geo-data/geometry';
import type { FeatureCollection, LineString, Polygon } from 'geojson';
import { datasetPath } from './dataset-path.ts';

/** What is wrong with each row added to the Chicago file, and why it must be refused. */
export const BROKEN_ROWS = [
  ['2017-03-01 10:00,street,unknown,41.8800,1,0111', '坐标无法识别'],
  ['2017-03-01 10:05,street,-87.63,north,1,0111', '坐标无法识别'],
  ['2017-03-01 10:10,street,0,0,1,0111', '坐标为 0,0'],
  ['2017-03-01 10:15,street,104.06,30.63,1,0111', '在辖区外'],
  ['2017-03-01 10:20,street,-74.00,40.71,1,0111', '在辖区外'],
  ['2017-03-01 10:25,street,-0.12,51.50,1,0111', '在辖区外'],
  ['2099-03-01 10:30,street,-87.6272,41.8800,1,0111', '时间晚于现在'],
  ['yesterday noon,street,-87.6272,41.8800,1,0111', '时间无法识别'],
] as const;

/** The shipped rows of Chicago with the broken ones among the first: the preview sees them. */
export async function chicagoCsv(): Promise<{ text: string; rows: number }> {
  const packed = await readFile(datasetPath('chicago', 'incidents-2017.csv.gz'));
  const [heading, ...rows] = (await promisify(gunzip)(packed)).toString('utf8').trimEnd().split('\n');
  const broken = BROKEN_ROWS.map(([row]) => row);
  return {
    text: [heading, ...rows.slice(0, 500), ...broken, ...rows.slice(500), ''].join('\n'),
    rows: rows.length,
  };
}

/** Corners of real streets of the demonstration bureau as a map of the country gives them: in GCJ-02, and not saying so. */
export async function shiftedCsv(): Promise<string> {
  const [roads, boundary] = await Promise.all([
    read<FeatureCollection<LineString>>('roads.geojson'),
    read<FeatureCollection<Polygon>>('boundary.geojson'),
  ]);
  const [area] = boundary.features;
  const corners = roads.features
    .flatMap(({ geometry }) => geometry.coordinates.slice(0, 1))
    .filter(([lon, lat]) => pointInPolygon(lon, lat, area.geometry));
  const rows = corners.map(([lon, lat], index) => {
    const [x, y] = toGcj02(lon, lat);
    const minute = String(index % 60).padStart(2, '0');
    return `J-${index},2026-05-01 12:${minute}:00,${x.toFixed(6)},${y.toFixed(6)}`;
  });
  return ['报警编号,发生时间,经度,纬度', ...rows, ''].join('\n');
}

const fromGcj02 = createCoordinateConverter('GCJ02');

/** The library only goes home: the way out is found by going home from a guess and correcting it. */
function toGcj02(lon: number, lat: number): readonly [number, number] {
  const back = new Float64Array(2);
  let x = lon;
  let y = lat;
  for (let round = 0; round < 4; round++) {
    fromGcj02(x, y, back, 0);
    x += lon - back[0];
    y += lat - back[1];
  }
  return [x, y];
}

async function read<Collection>(name: string): Promise<Collection> {
  return JSON.parse(await readFile(datasetPath('chengdu-wuhou', name), 'utf8')) as Collection;
}
