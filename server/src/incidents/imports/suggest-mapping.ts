import type { ImportMapping } from '@xunfang/geo-data/contract';
import { guessDateFormat } from './guess-date-format.ts';
import { columnNames } from './row-columns.ts';
import type { SniffedFile } from './sniff-file.ts';
import { suggestColumns } from './suggest-columns.ts';

export interface MappingHints {
  fileName: string;
  timeZone: string;
  /** West, south, east, north of the bureau: what tells coordinates from other numbers in a file without headings. */
  bounds: readonly [number, number, number, number];
}

/** How the file would be read if nobody corrected it. A required column that was not found is the empty text. */
export function suggestMapping(file: SniffedFile, hints: MappingHints): ImportMapping {
  const names = columnNames(file.rows[0], file.shape.hasHeader);
  const rows = file.shape.hasHeader ? file.rows.slice(1) : file.rows;
  const columns = file.shape.hasHeader
    ? suggestColumns({ headings: names, rows })
    : columnsByContent(names, rows, hints);
  const dates = rows.map((row) => valueOf(row, names, columns.occurredAt, columns.time));
  return {
    ...file.shape,
    source: sourceName(hints.fileName),
    columns: { ...columns, occurredAt: columns.occurredAt ?? '', lon: columns.lon ?? '', lat: columns.lat ?? '' },
    coordinateSystem: 'WGS84',
    dateFormat: guessDateFormat(dates).dateFormat,
    timeZone: hints.timeZone,
  };
}

function valueOf(row: string[], names: string[], date: string | null, time: string | null): string {
  if (date === null) return '';
  const one = (name: string) => {
    const index = names.indexOf(name);
    return index < 0
      ? name.replace(/\{([^{}]+)\}/g, (_, part: string) => row[names.indexOf(part)] ?? '')
      : (row[index] ?? '');
  };
  return time === null ? one(date) : `${one(date).replace(/[T\s]+0?0:00(:00)?(\.0+)?$/, '')} ${one(time)}`;
}

/** The file's name without endings and the numbers of its edition: next month's file is the same source. */
function sourceName(fileName: string): string {
  const stem = fileName
    .replace(/(\.(csv|txt|tsv|gz|zip))+$/i, '')
    .replace(/[\s_-]*\d{4}[-_.]?\d{0,2}[-_.]?\d{0,2}$/, '');
  return (stem || 'csv').slice(0, 64);
}

type Columns = Record<keyof ImportMapping['columns'], string | null>;

/** Without headings: two neighbouring columns whose numbers lie around the bureau, and one that reads as dates. */
function columnsByContent(names: readonly string[], rows: readonly string[][], hints: MappingHints): Columns {
  const [west, south, east, north] = hints.bounds;
  const share = (index: number, holds: (text: string) => boolean) =>
    rows.filter((row) => holds(row[index] ?? '')).length / Math.max(1, rows.length);
  const within = (from: number, to: number) => (text: string) =>
    /\d\.\d/.test(text) && Number(text) > from - 0.5 && Number(text) < to + 0.5;
  const best = (holds: (text: string) => boolean) => {
    const shares = names.map((_, index) => share(index, holds));
    const index = shares.indexOf(Math.max(...shares));
    return shares[index] > 0.5 ? names[index] : null;
  };
  const dateShares = names.map((_, index) => guessDateFormat(rows.map((row) => row[index] ?? '')).share);
  const dateIndex = dateShares.indexOf(Math.max(...dateShares));
  return {
    lon: best(within(west, east)),
    lat: best(within(south, north)),
    occurredAt: dateShares[dateIndex] > 0.5 ? names[dateIndex] : null,
    time: null,
    category: null,
    address: null,
    sourceId: null,
    priority: null,
  };
}
