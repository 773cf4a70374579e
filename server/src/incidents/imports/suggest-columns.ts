import type { ImportMapping } from '@xunfang/geo-data/contract';
import { isPersonalColumn } from './personal-columns.ts';

type Columns = ImportMapping['columns'];
type Target = keyof Columns;

/** What a heading may be, best first: an exact hit beats a part of a heading, and an earlier pattern a later one. */
const HEADINGS: Record<Target, readonly RegExp[]> = {
  lon: [
    /^(经度|wgs84经度|longitude|lon|lng|long|经度坐标|坐标经度|x坐标|坐标x|zdjd|jd)$/,
    /经度|longitude|(^|[^a-z])(lon|lng)([^a-z]|$)/,
    /^(x|point_x|x_?coord(inate)?)$/,
  ],
  lat: [
    /^(纬度|wgs84纬度|latitude|lat|纬度坐标|坐标纬度|y坐标|坐标y|zdwd|wd)$/,
    /纬度|latitude|(^|[^a-z])lat([^a-z]|$)/,
    /^(y|point_y|y_?coord(inate)?)$/,
  ],
  occurredAt: [
    /^(发生时间|案发时间|发案时间|警情时间|occurred_?\s?at|occurred|date_?time|timestamp|time_?stamp|event_?time|incident_?(date|time|datetime))$/,
    /^(报警时间|接警时间|受理时间|bjsj|call_?time|received_?(at|time)?|reported_?(at|time)?|created_?(at|time)?)$/,
    /^(日期|发生日期|报警日期|date|day|rq)$/,
    /时间|日期|date|timestamp/,
  ],
  time: [/^(时刻|报警时刻|发生时刻|time|time_?of_?day|hour_?minute|sj)$/],
  category: [
    /^(警情类别|类别|案件类别|报警类别|category|incident_?type|call_?type|crime_?type|offense|offence)$/,
    /^(类型|警情类型|细类|报警类型|type|title|nature|description|primary_?type)$/,
    /类别|类型|category|(^|[^a-z])(type|cat)([^a-z]|$)/,
  ],
  address: [
    /^(地址|事发地址|发生地址|警情地址|案发地点|发生地点|事发地点|地点|address|addr|location)$/,
    /地址|地点|address|hundred_?block|(^|[^a-z])(block|street|addr)([^a-z]|$)/,
  ],
  sourceId: [
    /^(警情编号|接警编号|接警单编号|报警编号|警单编号|编号|案件编号|case_?(no|number|id)|incident_?(no|number|id)|event_?(no|number|id)|call_?(no|number|id)|source_?id|object_?id|id|uuid)$/,
  ],
  priority: [/^(优先级|级别|警情级别|警情等级|priority|prio)$/],
};
const ORDER: readonly Target[] = ['lon', 'lat', 'occurredAt', 'time', 'sourceId', 'category', 'address', 'priority'];

export interface ColumnSample {
  headings: readonly string[];
  rows: readonly (readonly string[])[];
}

/**
 * Which column is what, from Chinese and English headings; null where none fits. Columns about persons are never
 * proposed. Where a file has year, month and day apart, the time is composed of them: `{YEAR}-{MONTH}-{DAY} {HOUR}:{MINUTE}`.
 */
export function suggestColumns({ headings, rows }: ColumnSample): Record<Target, string | null> {
  const free = new Set(headings.filter((heading) => !isPersonalColumn(heading)));
  const found: Record<Target, string | null> = {
    lon: null,
    lat: null,
    occurredAt: composedTime(headings),
    time: null,
    category: null,
    address: null,
    sourceId: null,
    priority: null,
  };
  for (const target of ORDER) {
    if (found[target] !== null) continue;
    for (const pattern of HEADINGS[target]) {
      const heading = [...free].find((candidate) => pattern.test(normalise(candidate)));
      if (heading === undefined) continue;
      found[target] = heading;
      free.delete(heading);
      break;
    }
  }
  if (found.time !== null && found.occurredAt !== null && holdsTimeOfDay(found.occurredAt, headings, rows))
    found.time = null;
  // An id that repeats in the sample is the number of something else, such as the case several calls belong to.
  if (found.sourceId !== null && repeats(found.sourceId, headings, rows)) found.sourceId = null;
  return found;
}

const normalise = (heading: string) =>
  heading
    .normalize('NFKC')
    .trim()
    .toLowerCase()
    .replaceAll(/[\s-]+/g, '_');

function composedTime(headings: readonly string[]): string | null {
  const named = (pattern: RegExp) => headings.find((heading) => pattern.test(normalise(heading)));
  const year = named(/^(year|年|年份)$/);
  const month = named(/^(month|月|月份)$/);
  const day = named(/^(day|日)$/);
  if (year === undefined || month === undefined || day === undefined) return null;
  const hour = named(/^(hour|时|小时)$/);
  const minute = named(/^(minute|分|分钟)$/);
  const date = `{${year}}-{${month}}-{${day}}`;
  if (hour === undefined) return date;
  return minute === undefined ? `${date} {${hour}}:00` : `${date} {${hour}}:{${minute}}`;
}

function valuesOf(column: string, headings: readonly string[], rows: ColumnSample['rows']): string[] {
  const index = headings.indexOf(column);
  return index < 0 ? [] : rows.map((row) => row[index] ?? '').filter((value) => value !== '');
}

function holdsTimeOfDay(column: string, headings: readonly string[], rows: ColumnSample['rows']): boolean {
  const values = valuesOf(column, headings, rows);
  return values.length > 0 && values.filter((value) => /\d[:时]/.test(value)).length > values.length / 2;
}

function repeats(column: string, headings: readonly string[], rows: ColumnSample['rows']): boolean {
  const values = valuesOf(column, headings, rows);
  return values.length === 0 || new Set(values).size < values.length * 0.99;
}
