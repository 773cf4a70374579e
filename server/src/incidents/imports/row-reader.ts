import type { ImportMapping, RejectionReason } from '@xunfang/geo-data/contract';
import type { CoordinateConverter } from '@xunfang/geo-data/geometry';
import type { BureauArea } from '../bureau-area.ts';
import { type CategoryDictionary, UNCATEGORISED_ID } from '../category-dictionary.ts';
import { occursInTheFuture } from '../occurs-in-the-future.ts';
import { type CsvRecord, fieldText } from './csv-scanner.ts';
import type { InstantReader } from './instant-reader.ts';
import { readDecimal } from './read-decimal.ts';
import { type ColumnReader, resolveColumn } from './row-columns.ts';

export type RowField = 'row' | keyof ImportMapping['columns'];

/** The values of the row read last: one object for all rows of a file. */
export interface RowValues {
  occurredAtSeconds: number;
  lon: number;
  lat: number;
  category: number;
  /** 0: the category's own. */
  priority: number;
  /** Empty: derived from the row's content. */
  sourceId: string;
  address: string;
}

export interface RowReader {
  values: RowValues;
  /** Fills `values`, or says why not. The coordinates come out as WGS 84. */
  read(record: CsvRecord): { reason: RejectionReason; field: RowField } | null;
}

export interface RowReaderDeps {
  mapping: ImportMapping;
  names: readonly string[];
  convert: CoordinateConverter;
  readInstant: InstantReader;
  area: BureauArea;
  categories: CategoryDictionary;
  nowSeconds: number;
}

/** Within half a metre of 0,0: what systems write when they know no place. */
const NULL_ISLAND = 5e-6;
const MAX_SOURCE_ID = 128;
const MAX_ADDRESS = 256;

const refusal = (reason: RejectionReason, field: RowField) => ({ reason, field });
const MALFORMED = refusal('malformed_row', 'row');
const NO_LON = refusal('missing_field', 'lon');
const NO_LAT = refusal('missing_field', 'lat');
const NO_TIME = refusal('missing_field', 'occurredAt');
const BAD_LON = refusal('unparsable_coordinates', 'lon');
const BAD_LAT = refusal('unparsable_coordinates', 'lat');
const BAD_TIME = refusal('unparsable_time', 'occurredAt');
const NOWHERE = refusal('null_island', 'lon');
const OUTSIDE = refusal('outside_bureau', 'lon');
const FUTURE = refusal('in_the_future', 'occurredAt');
const NO_ID = refusal('missing_field', 'sourceId');
const LONG_ID = refusal('malformed_row', 'sourceId');

/** One file's rows to incidents. @throws UnknownColumnError when the mapping names a column the file does not have. */
export function createRowReader(deps: RowReaderDeps): RowReader {
  const { columns } = deps.mapping;
  const lonField = resolveColumn(columns.lon, deps.names).field;
  const latField = resolveColumn(columns.lat, deps.names).field;
  const time = timeReader(columns, deps.names);
  const optional = (column: string | null): ColumnReader | null =>
    column === null ? null : resolveColumn(column, deps.names).read;
  const category = optional(columns.category);
  const address = optional(columns.address);
  const priority = optional(columns.priority);
  const sourceId = optional(columns.sourceId);
  const point = new Float64Array(2);
  const values: RowValues = {
    occurredAtSeconds: 0,
    lon: 0,
    lat: 0,
    category: 0,
    priority: 0,
    sourceId: '',
    address: '',
  };
  const categoryIds = new Map<string, number>();

  function categoryOf(text: string): number {
    let id = categoryIds.get(text);
    if (id === undefined) {
      id = deps.categories.idOf(text);
      // A column that is different in every row must not fill the memory.
      if (categoryIds.size < 10_000) categoryIds.set(text, id);
    }
    return id;
  }

  function read(record: CsvRecord): ReturnType<RowReader['read']> {
    if (record.malformed !== null) return MALFORMED;
    const x = decimalOf(record, lonField);
    const y = decimalOf(record, latField);
    if (Number.isNaN(x)) return fieldText(record, lonField) === '' ? NO_LON : BAD_LON;
    if (Number.isNaN(y)) return fieldText(record, latField) === '' ? NO_LAT : BAD_LAT;
    if (Math.abs(x) < NULL_ISLAND && Math.abs(y) < NULL_ISLAND) return NOWHERE;
    const text = time(record);
    if (text === '') return NO_TIME;
    const seconds = deps.readInstant(text);
    if (Number.isNaN(seconds)) return BAD_TIME;
    if (occursInTheFuture(seconds, deps.nowSeconds)) return FUTURE;
    deps.convert(x, y, point, 0);
    if (!Number.isFinite(point[0]) || !Number.isFinite(point[1])) return BAD_LON;
    if (Math.abs(point[1]) > 90) return BAD_LAT;
    if (Math.abs(point[0]) > 180) return BAD_LON;
    if (!deps.area.holds(point[0], point[1])) return OUTSIDE;
    values.occurredAtSeconds = seconds;
    values.lon = point[0];
    values.lat = point[1];
    values.category = category === null ? UNCATEGORISED_ID : categoryOf(category(record));
    values.priority = priority === null ? 0 : priorityOf(priority(record));
    values.address = address === null ? '' : address(record).slice(0, MAX_ADDRESS);
    values.sourceId = sourceId === null ? '' : sourceId(record);
    if (sourceId !== null && values.sourceId === '') return NO_ID;
    if (values.sourceId.length > MAX_SOURCE_ID) return LONG_ID;
    return null;
  }
  return { values, read };
}

/** A number straight from the bytes where the field is plain. */
function decimalOf(record: CsvRecord, field: number): number {
  if (field >= record.fieldCount) return Number.NaN;
  return readDecimal(record.bytes, record.fieldStart[field], record.fieldEnd[field]);
}

function timeReader(columns: ImportMapping['columns'], names: readonly string[]): ColumnReader {
  const date = resolveColumn(columns.occurredAt, names).read;
  if (columns.time === null) return date;
  const time = resolveColumn(columns.time, names).read;
  return (record) => {
    const day = date(record);
    if (day === '') return '';
    // A date column of a spreadsheet often carries an empty time of day.
    return `${day.replace(/[T\s]+0?0:00(:00)?(\.0+)?$/, '')} ${time(record)}`.trim();
  };
}

/** 1 to 4, also as P1, 一级; anything else is left to the category. */
function priorityOf(text: string): number {
  const match = /^(?:p|级别|优先级)?\s*([1-4一二三四])\s*级?$/i.exec(text);
  if (match === null) return 0;
  const chinese = '一二三四'.indexOf(match[1]);
  return chinese >= 0 ? chinese + 1 : Number(match[1]);
}
