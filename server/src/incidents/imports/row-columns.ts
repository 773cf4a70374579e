import type { ImportMapping } from '@xunfang/geo-data/contract';
import { type CsvRecord, fieldText } from './csv-scanner.ts';

/** Names of the columns: those of the header, doubles told apart by (2), or `column 1`, `column 2` … */
export function columnNames(firstRow: readonly string[], hasHeader: boolean): string[] {
  if (!hasHeader) return firstRow.map((_, index) => `column ${index + 1}`);
  const seen = new Map<string, number>();
  return firstRow.map((text, index) => {
    const name = text === '' ? `column ${index + 1}` : text;
    const times = (seen.get(name) ?? 0) + 1;
    seen.set(name, times);
    return times === 1 ? name : `${name} (${times})`;
  });
}

/** Reads one value of a record. */
export type ColumnReader = (record: CsvRecord) => string;

/** A mapping names a column that the file does not have. */
export class UnknownColumnError extends Error {
  readonly column: string;
  constructor(column: string) {
    super(`The file has no column “${column}”.`);
    this.column = column;
  }
}

/**
 * The index of a column, or a reader that composes a template such as `{YEAR}-{MONTH}-{DAY}`: braces around names are only
 * read as a template where no column has the whole text as its name.
 */
export function resolveColumn(expression: string, names: readonly string[]): { field: number; read: ColumnReader } {
  const field = names.indexOf(expression);
  if (field >= 0) return { field, read: (record) => fieldText(record, field) };
  const parts = expression.split(/\{([^{}]+)\}/);
  if (parts.length < 3) throw new UnknownColumnError(expression);
  const fields = parts.map((part, index) => (index % 2 === 0 ? -1 : names.indexOf(part)));
  const missing = parts.findIndex((_, index) => index % 2 === 1 && fields[index] < 0);
  if (missing >= 0) throw new UnknownColumnError(parts[missing]);
  return {
    field: -1,
    read: (record) => parts.map((part, index) => (index % 2 === 0 ? part : fieldText(record, fields[index]))).join(''),
  };
}

/** Every column the mapping reads, by name; templates taken apart. */
export function mappedColumns(columns: ImportMapping['columns'], names: readonly string[]): string[] {
  return Object.values(columns).flatMap((expression) => {
    if (expression === null) return [];
    if (names.includes(expression)) return [expression];
    return [...expression.matchAll(/\{([^{}]+)\}/g)].map((match) => match[1]);
  });
}
