import { type CoordinateConverter, createDefinedConverter } from '@xunfang/geo-data/geometry';
import { parseDbf, parseShp } from 'shpjs';
import { ATOM_FIELDS, ATOM_TABLE, CELLS_COLUMN, PLAN_COLUMNS } from './plan-columns.ts';
import { PlanFileError } from './plan-file-error.ts';
import type { SourceFeature, SourceFile } from './source-file.ts';

/** Language driver of a .dbf that says GBK (ESRI and Visual FoxPro: 0x4D). */
const GBK_DRIVER = 0x4d;
const HEADER_BYTES = 100;
const POLYGONS = new Set([5, 15, 25]);

/** Every layer of an unpacked Shapefile archive, polygons only, each with its own projection and encoding. */
export function readShapefile(files: ReadonlyMap<string, Uint8Array>): SourceFile {
  const file: SourceFile = { format: 'shapefile', features: [], coordinates: null, encoding: null };
  const fieldNames = new Map(PLAN_COLUMNS.map(({ name, field }) => [field, name]));
  const cells = atomTable(files);
  for (const [name, shp] of files) {
    if (!name.endsWith('.shp')) continue;
    const layer = name.slice(0, -'.shp'.length);
    const part = (extension: string) => files.get(`${layer}.${extension}`);
    checkShp(shp);
    const shapes = parseShp(viewOf(shp));
    const dbf = part('dbf');
    const encoding = dbf === undefined ? null : encodingOf(dbf, part('cpg'));
    const rows = dbf === undefined || encoding === null ? [] : readDbf(dbf, encoding);
    const projection = projectionOf(part('prj'));
    file.encoding ??= encoding;
    file.coordinates ??= projection?.name ?? null;
    for (const [row, geometry] of shapes.entries()) {
      const properties: Record<string, unknown> = {};
      for (const [field, value] of Object.entries(rows[row] ?? {})) properties[fieldNames.get(field) ?? field] = value;
      if (properties.level === 'beat') properties[CELLS_COLUMN] = cells.get(Number(properties.number));
      const feature: SourceFeature = { layer, row: row + 1, properties, geometry };
      if (projection !== null) feature.convert = projection.convert;
      file.features.push(feature);
    }
  }
  return file;
}

function atomTable(files: ReadonlyMap<string, Uint8Array>): Map<number, string> {
  const table = files.get(`${ATOM_TABLE}.dbf`);
  const cells = new Map<number, string[]>();
  for (const row of table === undefined ? [] : readDbf(table, 'utf-8')) {
    const beat = Number(row[ATOM_FIELDS.beat]);
    const list = cells.get(beat) ?? [];
    cells.set(beat, list);
    list.push(String(row[ATOM_FIELDS.cell]));
  }
  return new Map(Array.from(cells, ([beat, list]) => [beat, list.join(' ')]));
}

const viewOf = (bytes: Uint8Array) => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

/** Lengths that lead back would be read for ever. */
function checkShp(shp: Uint8Array): void {
  const view = viewOf(shp);
  if (shp.byteLength < HEADER_BYTES) throw new PlanFileError('UNREADABLE', { detail: '.shp' });
  if (!POLYGONS.has(view.getInt32(32, true))) throw new PlanFileError('NO_AREAS');
  let at = HEADER_BYTES;
  for (let row = 1; at + 8 <= shp.byteLength; row++) {
    const bytes = view.getInt32(at + 4) * 2;
    if (bytes < 4 || at + 8 + bytes > shp.byteLength) throw new PlanFileError('UNREADABLE', { detail: `.shp ${row}` });
    const isShape = view.getInt32(at + 8, true) !== 0;
    // Parts and points have to be in the record.
    const claimed = isShape ? 44 + 4 * count(view, at + 44) + 16 * count(view, at + 48) : 4;
    if (claimed > bytes) throw new PlanFileError('UNREADABLE', { detail: `.shp ${row}` });
    at += 8 + bytes;
  }
}

function count(view: DataView, at: number): number {
  const value = at + 4 <= view.byteLength ? view.getInt32(at, true) : -1;
  return value < 0 ? Number.POSITIVE_INFINITY : value;
}

function readDbf(dbf: Uint8Array, encoding: string): Record<string, unknown>[] {
  const view = viewOf(dbf);
  const [rows, header, row] = [view.getUint32(4, true), view.getUint16(8, true), view.getUint16(10, true)];
  if (row === 0 || header + rows * row > dbf.byteLength) throw new PlanFileError('UNREADABLE', { detail: '.dbf' });
  return parseDbf(view, encoding);
}

/** What the .cpg says, else the table's own mark, else UTF-8 if it is that, else GB18030, which GBK and GB 2312 are part of. */
function encodingOf(dbf: Uint8Array, cpg: Uint8Array | undefined): string {
  const said = cpg === undefined ? '' : new TextDecoder().decode(cpg).trim().toLowerCase();
  if (/^(utf-?8|65001)$/.test(said)) return 'utf-8';
  if (/^(ansi )?936$|^cp936$|^gb/.test(said) || (said === '' && dbf[29] === GBK_DRIVER)) return 'gb18030';
  if (said !== '') {
    try {
      return new TextDecoder(said).encoding;
    } catch {
      // Unknown names are as good as none.
    }
  }
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(dbf.subarray(viewOf(dbf).getUint16(8, true)));
    return 'utf-8';
  } catch {
    return 'gb18030';
  }
}

function projectionOf(prj: Uint8Array | undefined): { name: string; convert: CoordinateConverter } | null {
  const definition = prj === undefined ? '' : new TextDecoder().decode(prj).trim();
  if (definition === '') return null;
  const name = /"([^"]+)"/.exec(definition)?.[1] ?? definition.slice(0, 60);
  try {
    return { name, convert: createDefinedConverter(definition) };
  } catch {
    throw new PlanFileError('UNKNOWN_SYSTEM', { system: name });
  }
}
