import { COORDINATE_SYSTEM_PATTERN, type ImportMapping } from '@xunfang/geo-data/contract';

export type ColumnTarget = keyof ImportMapping['columns'];
/** In the order people think of them, and in which they are asked for. */
export const COLUMN_TARGETS = [
  'occurredAt',
  'time',
  'lon',
  'lat',
  'category',
  'address',
  'sourceId',
  'priority',
] as const satisfies readonly ColumnTarget[];
export const REQUIRED_TARGETS: readonly ColumnTarget[] = ['occurredAt', 'lon', 'lat'];

export type MissingSetting = ColumnTarget | 'coordinateSystem' | 'dateFormat' | 'source';

/** What must still be chosen before the file can be judged. */
export function whatIsMissing(mapping: ImportMapping): MissingSetting[] {
  const missing: MissingSetting[] = REQUIRED_TARGETS.filter((target) => !mapping.columns[target]);
  if (!new RegExp(COORDINATE_SYSTEM_PATTERN).test(mapping.coordinateSystem)) missing.push('coordinateSystem');
  if (mapping.dateFormat.trim() === '') missing.push('dateFormat');
  if (mapping.source.trim() === '') missing.push('source');
  return missing;
}

export function withColumn(mapping: ImportMapping, target: ColumnTarget, column: string): ImportMapping {
  const value = column === '' && !REQUIRED_TARGETS.includes(target) ? null : column;
  return { ...mapping, columns: { ...mapping.columns, [target]: value } };
}

export function withLonLatExchanged(mapping: ImportMapping): ImportMapping {
  const { lon, lat } = mapping.columns;
  return { ...mapping, columns: { ...mapping.columns, lon: lat, lat: lon } };
}

/** Which field reads each column; a template such as `{YEAR}-{MONTH}` reads several. */
export function targetsByColumn(mapping: ImportMapping, columns: readonly string[]): Map<string, ColumnTarget> {
  const targets = new Map<string, ColumnTarget>();
  for (const target of COLUMN_TARGETS) {
    const expression = mapping.columns[target];
    if (!expression) continue;
    if (columns.includes(expression)) targets.set(expression, target);
    else for (const [, part] of expression.matchAll(/\{([^{}]+)\}/g)) targets.set(part, target);
  }
  return targets;
}

/** Names of the columns as the server gives them: of the header, doubles told apart by (2), or `column 1`, `column 2` … */
export function columnNames(firstRow: readonly string[], hasHeader: boolean): string[] {
  const seen = new Map<string, number>();
  return firstRow.map((text, index) => {
    if (!hasHeader || text === '') return `column ${index + 1}`;
    const times = (seen.get(text) ?? 0) + 1;
    seen.set(text, times);
    return times === 1 ? text : `${text} (${times})`;
  });
}

/**
 * The mapping after the file is read in another way, with other names of its columns: a column keeps its field by its name, else
 * by its place, else the field is open again. An empty name in `after` is a column that may not be read.
 */
export function withColumnNames(
  mapping: ImportMapping,
  before: readonly string[],
  after: readonly string[],
): ImportMapping {
  const renamed = (expression: string | null): string | null => {
    if (!expression || after.includes(expression)) return expression;
    const index = before.indexOf(expression);
    if (index >= 0) return after[index] || null;
    let lost = false;
    const template = expression.replaceAll(/\{([^{}]+)\}/g, (_, part: string) => {
      const name = after.includes(part) ? part : after[before.indexOf(part)];
      if (!name) lost = true;
      return `{${name}}`;
    });
    return lost || template === expression ? null : template;
  };
  const { columns } = mapping;
  return {
    ...mapping,
    columns: {
      occurredAt: renamed(columns.occurredAt) ?? '',
      time: renamed(columns.time),
      lon: renamed(columns.lon) ?? '',
      lat: renamed(columns.lat) ?? '',
      category: renamed(columns.category),
      address: renamed(columns.address),
      sourceId: renamed(columns.sourceId),
      priority: renamed(columns.priority),
    },
  };
}
