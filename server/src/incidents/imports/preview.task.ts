import type { Category, ImportMapping, ImportPreview, RejectionReason } from '@xunfang/geo-data/contract';
import { type Boundary, createBureauArea } from '../bureau-area.ts';
import { createCategoryDictionary } from '../category-dictionary.ts';
import { converterOf } from '../converter-of.ts';
import { adviseCoordinates } from './coordinate-advice.ts';
import { createCsvScanner, fieldText } from './csv-scanner.ts';
import { createInstantReader } from './instant-reader.ts';
import { openSpool } from './open-spool.ts';
import { isPersonalColumn } from './personal-columns.ts';
import { readDecimal } from './read-decimal.ts';
import { columnNames, mappedColumns, resolveColumn, UnknownColumnError } from './row-columns.ts';
import { createRowReader, type RowField } from './row-reader.ts';
import { SniffError, type SniffRefusal, sniffFile } from './sniff-file.ts';
import { suggestMapping } from './suggest-mapping.ts';

const SAMPLE_ROWS = 2000;
const SHOWN_ROWS = 20;
const SHOWN_REJECTIONS = 100;

export interface PreviewRequest {
  path: string;
  fileName: string;
  /** null: as suggested. */
  mapping: ImportMapping | null;
  bureau: ImportBureau;
  categories: Category[];
  nowSeconds: number;
}

export interface ImportBureau {
  boundary: Boundary;
  marginMeters: number;
  timeZone: string;
  bounds: [number, number, number, number];
}

/** The preview without the words, which depend on the reader's language. */
export type PreviewFigures = Omit<ImportPreview, 'rejected'> & {
  rejected: { row: number; reason: RejectionReason; field: RowField }[];
};
export type PreviewAnswer =
  | { ok: true; preview: PreviewFigures }
  | { ok: false; refusal: SniffRefusal }
  | { ok: false; refusal: 'unknown_column' | 'personal_column'; column: string }
  | { ok: false; refusal: 'bad_setting'; message: string };

/** Reads the first rows of a spooled file as the import would, and says what would become of them. */
export async function run(request: PreviewRequest): Promise<PreviewAnswer> {
  try {
    return { ok: true, preview: await preview(request) };
  } catch (error) {
    if (error instanceof SniffError) return { ok: false, refusal: error.reason };
    if (error instanceof PersonalColumnError) return { ok: false, refusal: 'personal_column', column: error.column };
    if (error instanceof UnknownColumnError) return { ok: false, refusal: 'unknown_column', column: error.column };
    // A time zone, date pattern or EPSG number that nobody knows.
    if (error instanceof Error) return { ok: false, refusal: 'bad_setting', message: error.message };
    throw error;
  }
}

async function preview(request: PreviewRequest): Promise<PreviewFigures> {
  const { bureau } = request;
  const sniffed = await sniffFile(request.path);
  const mapping =
    request.mapping ??
    suggestMapping(sniffed, { fileName: request.fileName, timeZone: bureau.timeZone, bounds: bureau.bounds });
  const reader = await openSpool(request.path, mapping.encoding);
  const scanner = createCsvScanner({ delimiter: mapping.delimiter.charCodeAt(0), newline: sniffed.newline });
  const figures: PreviewFigures = {
    columns: [],
    personalColumns: [],
    sampleRows: [],
    mapping,
    sampled: 0,
    accepted: 0,
    rejected: [],
    rejectedByReason: {},
    points: [],
    advice: { shares: [], better: null, swapped: false },
  };
  const x: number[] = [];
  const y: number[] = [];
  let rows: Awaited<ReturnType<typeof rowReader>> | null = null;
  let names: string[] = [];
  let hidden: ReadonlySet<number> = new Set();

  /** Returns whether the sample is complete. */
  async function drain(): Promise<boolean> {
    for (let record = scanner.next(); record !== null; record = scanner.next()) {
      const fields = Array.from({ length: record.fieldCount }, (_, field) => fieldText(record, field));
      if (names.length === 0) {
        if (record.malformed !== null) continue;
        names = columnNames(fields, mapping.hasHeader);
        figures.columns = names;
        figures.personalColumns = mapping.hasHeader ? names.filter(isPersonalColumn) : [];
        hidden = new Set(figures.personalColumns.map((name) => names.indexOf(name)));
        refusePersonal(mapping, names, figures.personalColumns);
        rows = await rowReader(request, mapping, names);
        if (mapping.hasHeader) continue;
      }
      if (figures.sampleRows.length < SHOWN_ROWS)
        figures.sampleRows.push(fields.map((text, index) => (hidden.has(index) ? '' : text)));
      figures.sampled++;
      if (rows === null) continue;
      const lon = readDecimal(record.bytes, record.fieldStart[rows.lonField], record.fieldEnd[rows.lonField]);
      const lat = readDecimal(record.bytes, record.fieldStart[rows.latField], record.fieldEnd[rows.latField]);
      if (record.malformed === null && record.fieldCount > Math.max(rows.lonField, rows.latField) && lon * lat !== 0)
        if (!Number.isNaN(lon * lat)) {
          x.push(lon);
          y.push(lat);
        }
      const refused = rows.reader.read(record);
      if (refused === null) {
        figures.accepted++;
        figures.points.push([rows.reader.values.lon, rows.reader.values.lat]);
      } else {
        figures.rejectedByReason[refused.reason] = (figures.rejectedByReason[refused.reason] ?? 0) + 1;
        if (figures.rejected.length < SHOWN_REJECTIONS) figures.rejected.push({ row: record.row, ...refused });
      }
      if (figures.sampled === SAMPLE_ROWS) return true;
    }
    return false;
  }

  try {
    let complete = false;
    for await (const chunk of reader.chunks) {
      scanner.push(chunk);
      complete = await drain();
      if (complete) break;
    }
    if (!complete) {
      scanner.finish();
      await drain();
    }
  } finally {
    reader.close();
  }
  figures.advice = await adviseCoordinates({
    x,
    y,
    declared: mapping.coordinateSystem,
    area: createBureauArea(bureau.boundary, 0),
    centreLon: (bureau.bounds[0] + bureau.bounds[2]) / 2,
  });
  return figures;
}

class PersonalColumnError extends Error {
  readonly column: string;
  constructor(column: string) {
    super(`The column “${column}” is about persons.`);
    this.column = column;
  }
}

/** A mapping may not bring in by another name what the headings call a person's. */
function refusePersonal(mapping: ImportMapping, names: readonly string[], personal: readonly string[]): void {
  const column = mappedColumns(mapping.columns, names).find((name) => personal.includes(name));
  if (column !== undefined) throw new PersonalColumnError(column);
}

/** null while a suggested mapping still lacks a required column: then there is nothing to judge rows by. */
async function rowReader(request: PreviewRequest, mapping: ImportMapping, names: string[]) {
  const { columns } = mapping;
  if (request.mapping === null && (columns.lon === '' || columns.lat === '' || columns.occurredAt === '')) return null;
  const reader = createRowReader({
    mapping,
    names,
    convert: await converterOf(mapping.coordinateSystem),
    readInstant: createInstantReader(mapping.dateFormat, mapping.timeZone),
    area: createBureauArea(request.bureau.boundary, request.bureau.marginMeters),
    categories: createCategoryDictionary(request.categories),
    nowSeconds: request.nowSeconds,
  });
  return {
    reader,
    lonField: resolveColumn(columns.lon, names).field,
    latField: resolveColumn(columns.lat, names).field,
  };
}
