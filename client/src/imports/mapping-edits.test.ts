import type { ImportMapping } from '@xunfang/geo-data/contract';
import { describe, expect, it } from 'vitest';
import {
  columnNames,
  targetsByColumn,
  whatIsMissing,
  withColumn,
  withColumnNames,
  withLonLatExchanged,
} from './mapping-edits.ts';

const mapping: ImportMapping = {
  encoding: 'utf-8',
  delimiter: ',',
  hasHeader: true,
  source: 'calls',
  columns: {
    occurredAt: 'date',
    time: null,
    lon: 'longitude',
    lat: 'latitude',
    category: 'type',
    address: null,
    sourceId: null,
    priority: null,
  },
  coordinateSystem: 'WGS84',
  dateFormat: 'auto',
  timeZone: 'Asia/Shanghai',
};
const names = ['id', 'date', 'type', 'longitude', 'latitude'];

describe('whatIsMissing', () => {
  it('names required columns, an unfinished EPSG number and empty texts', () => {
    expect(whatIsMissing(mapping)).toEqual([]);
    expect(whatIsMissing(withColumn(mapping, 'lon', ''))).toEqual(['lon']);
    expect(whatIsMissing({ ...mapping, coordinateSystem: 'EPSG:32' })).toEqual(['coordinateSystem']);
    expect(whatIsMissing({ ...mapping, source: ' ', dateFormat: '' })).toEqual(['dateFormat', 'source']);
  });
});

describe('withColumn', () => {
  it('leaves an optional field out, and keeps a required one open', () => {
    expect(withColumn(mapping, 'category', '').columns.category).toBeNull();
    expect(withColumn(mapping, 'lat', '').columns.lat).toBe('');
  });
});

describe('withLonLatExchanged', () => {
  it('is its own inverse', () => {
    expect(withLonLatExchanged(mapping).columns).toMatchObject({ lon: 'latitude', lat: 'longitude' });
    expect(withLonLatExchanged(withLonLatExchanged(mapping))).toEqual(mapping);
  });
});

describe('targetsByColumn', () => {
  it('takes templates apart', () => {
    const composed = withColumn(mapping, 'occurredAt', '{YEAR}-{MONTH}-{DAY}');
    expect([...targetsByColumn(composed, [...names, 'YEAR', 'MONTH', 'DAY'])]).toEqual([
      ['YEAR', 'occurredAt'],
      ['MONTH', 'occurredAt'],
      ['DAY', 'occurredAt'],
      ['longitude', 'lon'],
      ['latitude', 'lat'],
      ['type', 'category'],
    ]);
  });
});

describe('withColumnNames', () => {
  it('follows a switch of the header there and back', () => {
    const numbered = columnNames(names, false);
    const without = withColumnNames(mapping, names, numbered);
    expect(without.columns).toMatchObject({ occurredAt: 'column 2', lon: 'column 4', lat: 'column 5', time: null });
    expect(withColumnNames(without, numbered, names)).toEqual(mapping);
  });

  it('renames the parts of a template', () => {
    const composed = withColumn(mapping, 'occurredAt', '{date} {type}');
    const numbered = withColumnNames(composed, names, columnNames(names, false));
    expect(numbered.columns.occurredAt).toBe('{column 2} {column 3}');
  });

  it('opens the fields of columns that may not be read', () => {
    const { columns } = withColumnNames(mapping, names, ['column 1', 'column 2', '', 'column 4', 'column 5']);
    expect(columns).toMatchObject({ occurredAt: 'column 2', category: null });
  });

  it('opens the fields of columns that are gone', () => {
    const { columns } = withColumnNames(mapping, names, ['id,date,type,longitude,latitude']);
    expect(columns).toMatchObject({ occurredAt: '', lon: '', lat: '', category: null });
  });
});

describe('columnNames', () => {
  it('tells doubles and empty headings apart', () => {
    expect(columnNames(['a', '', 'a', 'b'], true)).toEqual(['a', 'column 2', 'a (2)', 'b']);
  });
});
