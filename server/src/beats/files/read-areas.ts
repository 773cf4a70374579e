import { PLAN_FILE_LIMITS } from '@xunfang/geo-data/contract';
import { type CoordinateConverter, selfCrossing } from '@xunfang/geo-data/geometry';
import type { Geometry, MultiPolygon, Position } from 'geojson';
import { CELLS_COLUMN } from './plan-columns.ts';
import { PlanFileError } from './plan-file-error.ts';
import type { SourceFeature, SourceFile } from './source-file.ts';

/** An area of a file, in WGS 84, with what its attributes say; null where they say nothing. */
export interface FileArea {
  layer: string | null;
  row: number;
  level: 'beat' | 'zone';
  number: number | null;
  zh: string | null;
  en: string | null;
  /** Number or name of its zone. */
  zone: string | null;
  colour: number | null;
  outline: MultiPolygon;
  /** H3 cells that the file carries for it. */
  cells: string[] | null;
}
export type FindingCode =
  | 'BAD_COORDINATES'
  | 'RING_TOO_SHORT'
  | 'SELF_CROSSING'
  | 'NO_POLYGON'
  | 'OUTSIDE'
  | 'NO_ATOM'
  | 'ZONE_EMPTY';
export interface Finding {
  layer: string | null;
  row: number;
  name: string;
  code: FindingCode;
  at: [number, number] | null;
}
export interface FileAreas {
  areas: FileArea[];
  rejected: Finding[];
  leftOut: Finding[];
  /** What the plan as a whole says of itself, where it is one of ours. */
  plan: { name: string | null; resolution: number | null; basis: FileBasis | null };
}
export interface FileBasis {
  from: string;
  to: string;
  tolerance: number;
}

/** What others call the attributes, best first; compared without case, spaces and underscores. */
const NAMES_ZH = ['name_zh', '名称', '巡区名称', '网格名称', '社区', 'mc', 'name', 'title', 'label'];
const NAMES_EN = ['name_en', 'name_eng', 'english'];
const NUMBERS = [
  'number',
  '编号',
  '巡区编号',
  '网格编号',
  'beat_num',
  'beat_no',
  'beat',
  'num',
  'no',
  'bh',
  'code',
  'id',
];
const ZONES = ['zone', '防区', '所属防区', '派出所', 'zone_name', 'zone_no', 'sector', 'district'];
const LEVELS = ['level'];

/** The areas among the features, with their coordinates in WGS 84; what is wrong with the others, by row. */
export function readAreas(file: SourceFile, convertOthers: CoordinateConverter): FileAreas {
  if (file.features.length > PLAN_FILE_LIMITS.features)
    throw new PlanFileError('TOO_MANY_FEATURES', { features: file.features.length, most: PLAN_FILE_LIMITS.features });
  const found: FileAreas = { areas: [], rejected: [], leftOut: [], plan: planOf(file.features) };
  const vertices = { left: PLAN_FILE_LIMITS.vertices };
  for (const feature of file.features) {
    const attributes = attributesOf(feature);
    const finding = (code: FindingCode, at: [number, number] | null = null): Finding => ({
      layer: feature.layer,
      row: feature.row,
      name: attributes.zh ?? attributes.en ?? '',
      code,
      at,
    });
    const polygons = polygonsOf(feature.geometry);
    if (polygons === null || polygons.length === 0) {
      found.leftOut.push(finding('NO_POLYGON'));
      continue;
    }
    const outline = convertRings(polygons, feature.convert ?? convertOthers, vertices);
    const wrong = outline === null ? { code: 'BAD_COORDINATES' as const, at: null } : wrongRing(outline);
    if (outline === null || wrong !== null) {
      found.rejected.push(finding(wrong?.code ?? 'BAD_COORDINATES', wrong?.at ?? null));
      continue;
    }
    found.areas.push({ ...attributes, layer: feature.layer, row: feature.row, outline });
  }
  if (found.areas.length + found.rejected.length === 0) throw new PlanFileError('NO_AREAS');
  return found;
}

function polygonsOf(geometry: Geometry | null): Position[][][] | null {
  if (geometry?.type === 'Polygon' && Array.isArray(geometry.coordinates)) return [geometry.coordinates];
  if (geometry?.type === 'MultiPolygon' && Array.isArray(geometry.coordinates)) return geometry.coordinates;
  if (geometry?.type !== 'GeometryCollection' || !Array.isArray(geometry.geometries)) return null;
  const parts = geometry.geometries.map(polygonsOf);
  return parts.every((part) => part !== null) ? parts.flat() : null;
}

/** null: something in it is no place on Earth. */
function convertRings(polygons: Position[][][], convert: CoordinateConverter, vertices: { left: number }) {
  const out = new Float64Array(2);
  const coordinates: Position[][][] = [];
  for (const polygon of polygons) {
    const rings: Position[][] = [];
    for (const ring of Array.isArray(polygon) ? polygon : []) {
      if (!Array.isArray(ring)) return null;
      vertices.left -= ring.length;
      if (vertices.left < 0) throw new PlanFileError('TOO_MANY_VERTICES', { most: PLAN_FILE_LIMITS.vertices });
      const converted: Position[] = [];
      for (const position of ring) {
        if (!Array.isArray(position) || !Number.isFinite(position[0]) || !Number.isFinite(position[1])) return null;
        convert(position[0], position[1], out, 0);
        if (!(Math.abs(out[0]) <= 180 && Math.abs(out[1]) <= 90)) return null;
        converted.push([out[0], out[1]]);
      }
      rings.push(closed(converted));
    }
    coordinates.push(rings);
  }
  return { type: 'MultiPolygon', coordinates } satisfies MultiPolygon;
}

function closed(ring: Position[]): Position[] {
  const [first, last] = [ring[0], ring.at(-1)];
  return first !== undefined && last !== undefined && (first[0] !== last[0] || first[1] !== last[1])
    ? [...ring, first]
    : ring;
}

function wrongRing({ coordinates }: MultiPolygon): { code: FindingCode; at: [number, number] | null } | null {
  for (const rings of coordinates) {
    const short = rings.find((ring) => ring.length < 4);
    if (rings.length === 0 || short !== undefined)
      return { code: 'RING_TOO_SHORT', at: short?.[0] === undefined ? null : [short[0][0], short[0][1]] };
    const at = selfCrossing(rings);
    if (at !== null) return { code: 'SELF_CROSSING', at };
  }
  return null;
}

const plain = (name: string) => name.toLowerCase().replace(/[\s_-]/g, '');

function attributesOf({ layer, properties }: SourceFeature): Omit<FileArea, 'layer' | 'row' | 'outline'> {
  const values = new Map(Object.entries(properties).map(([name, value]) => [plain(name), value]));
  const text = (names: readonly string[]): string | null => {
    for (const name of names) {
      const value = values.get(plain(name));
      const read = typeof value === 'string' || typeof value === 'number' ? String(value).trim() : '';
      if (read !== '' && read !== 'NaN') return read.slice(0, MOST_LETTERS);
    }
    return null;
  };
  const whole = (read: string | null, most: number, least = 1): number | null => {
    const value = Number(read ?? Number.NaN);
    return Number.isInteger(value) && value >= least && value <= most ? value : null;
  };
  const level = text(LEVELS) ?? layer ?? '';
  const cells = text([CELLS_COLUMN]) === null ? null : String(values.get(CELLS_COLUMN)).trim().split(/\s+/);
  return {
    level: /^zones?$|防区/i.test(level) ? 'zone' : 'beat',
    number: whole(text(NUMBERS), MOST_NUMBER),
    zh: text(NAMES_ZH),
    en: text(NAMES_EN),
    zone: text(ZONES),
    colour: whole(text(['colour']), 255, 0),
    cells,
  };
}
/** What a plan's atoms may have. */
const RESOLUTIONS: ReadonlySet<number> = new Set([7, 8, 9, 10, 11]);
const MOST_LETTERS = 80;
const MOST_NUMBER = 9_999;

function planOf(features: readonly SourceFeature[]): FileAreas['plan'] {
  const { properties } = features.find(({ properties: { level } }) => level === 'beat') ?? { properties: {} };
  const text = (name: string) => {
    const value = (properties as Record<string, unknown>)[name];
    return typeof value === 'string' && value.trim() !== '' ? value.trim() : null;
  };
  const number = (name: string) => {
    const value = Number((properties as Record<string, unknown>)[name] ?? Number.NaN);
    return Number.isFinite(value) ? value : null;
  };
  const resolution = number('resolution');
  const [from, to, tolerance] = [text('basis_from'), text('basis_to'), number('tolerance')];
  const sound = from !== null && to !== null && Date.parse(from) < Date.parse(to);
  return {
    name: text('plan')?.slice(0, MOST_LETTERS) ?? null,
    resolution: resolution !== null && RESOLUTIONS.has(resolution) ? resolution : null,
    basis: sound
      ? { from, to, tolerance: tolerance !== null && tolerance > 0 && tolerance <= 1 ? tolerance : 0.1 }
      : null,
  };
}
