import { describe, expect, it } from 'vitest';
import { isPersonalColumn } from './personal-columns.ts';
import { suggestColumns } from './suggest-columns.ts';

const suggest = (headings: string, ...rows: string[]) =>
  Object.fromEntries(
    Object.entries(suggestColumns({ headings: headings.split(','), rows: rows.map((row) => row.split(',')) })).filter(
      ([, column]) => column !== null,
    ),
  );

describe('suggestColumns', () => {
  it('knows the headings of real files', () => {
    expect(suggest('date,loc_cat,longitude,latitude,district,beat')).toEqual({
      occurredAt: 'date',
      category: 'loc_cat',
      lon: 'longitude',
      lat: 'latitude',
    });
    expect(suggest('lat,lng,desc,zip,title,timeStamp,twp,addr,e')).toEqual({
      lat: 'lat',
      lon: 'lng',
      occurredAt: 'timeStamp',
      category: 'title',
      address: 'addr',
    });
    expect(suggest('TYPE,YEAR,MONTH,DAY,HOUR,MINUTE,HUNDRED_BLOCK,NEIGHBOURHOOD,X,Y,lon,lat')).toEqual({
      occurredAt: '{YEAR}-{MONTH}-{DAY} {HOUR}:{MINUTE}',
      category: 'TYPE',
      address: 'HUNDRED_BLOCK',
      lon: 'lon',
      lat: 'lat',
    });
    expect(
      suggest('警情编号,报警时间,类别,事发地址,经度,纬度,报警人,报警人电话', 'a,b,c,d,e,f,g,h', 'b,,,,,,,'),
    ).toEqual({
      sourceId: '警情编号',
      occurredAt: '报警时间',
      category: '类别',
      address: '事发地址',
      lon: '经度',
      lat: '纬度',
    });
  });

  it('takes date and time from two columns only where they are apart', () => {
    expect(suggest('日期,time,x,y', '2025-01-01,08:00,1,2')).toMatchObject({ occurredAt: '日期', time: 'time' });
    expect(suggest('date,time,x,y', '2025-01-01 08:00,08:00,1,2')).not.toHaveProperty('time');
  });

  it('takes no id that repeats', () => {
    expect(suggest('id,date,x,y', '1,,,', '1,,,')).not.toHaveProperty('sourceId');
  });
});

describe('isPersonalColumn', () => {
  it.each([
    '姓名',
    '报警人姓名',
    '身份证号',
    '手机',
    '联系电话',
    '车牌号',
    'caller_name',
    'CallerName',
    'Phone',
    'licence plate',
    'victim',
    'SSN',
  ])('%s is about a person', (heading) => expect(isPersonalColumn(heading)).toBe(true));
  it.each(['报警时间', '街道', 'street_name', 'category', 'date', 'tower', 'telemetry', 'template', 'agency', 'type'])(
    '%s is not',
    (heading) => expect(isPersonalColumn(heading)).toBe(false),
  );
});
