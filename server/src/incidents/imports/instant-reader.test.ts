import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileDatePattern } from './date-pattern.ts';
import { guessDateFormat } from './guess-date-format.ts';
import { createInstantReader } from './instant-reader.ts';

const iso = (seconds: number) => (Number.isNaN(seconds) ? 'refused' : new Date(seconds * 1000).toISOString());

describe('createInstantReader', () => {
  it('agrees with Date on every second from 1970 to 2106', () => {
    const read = createInstantReader('auto', 'UTC');
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2 ** 32 - 1 }), (seconds) => {
        const text = new Date(seconds * 1000).toISOString();
        expect(read(text)).toBe(seconds);
        expect(read(text.slice(0, 19).replace('T', ' '))).toBe(seconds);
      }),
    );
  });

  it.each([
    ['2020-06-01 08:30', '2020-06-01T00:30:00.000Z'],
    ['2020/6/1 8:30:05', '2020-06-01T00:30:05.000Z'],
    ['2020年6月1日 8时30分', '2020-06-01T00:30:00.000Z'],
    ['2020年6月1日 8时30分5秒', '2020-06-01T00:30:05.000Z'],
    ['2020年6月1日', '2020-05-31T16:00:00.000Z'],
    ['2020.6.1', '2020-05-31T16:00:00.000Z'],
    ['20200601083000', '2020-06-01T00:30:00.000Z'],
    ['20200601', '2020-05-31T16:00:00.000Z'],
    ['2020-06-01T08:30:00.250Z', '2020-06-01T08:30:00.250Z'],
    ['2020-06-01T08:30:00+05:30', '2020-06-01T03:00:00.000Z'],
    ['2020-06-01 24:00', '2020-06-01T16:00:00.000Z'],
    ['1590971400', '2020-06-01T00:30:00.000Z'],
    ['1590971400123', '2020-06-01T00:30:00.123Z'],
    ['2020-02-30 00:00', 'refused'],
    ['2020-06-01 25:00', 'refused'],
    ['3/4/2020 10:00', 'refused'],
    ['1969-12-31', 'refused'],
    ['yesterday', 'refused'],
    ['', 'refused'],
  ])('reads %s in Shanghai as %s', (text, expected) => {
    expect(iso(createInstantReader('auto', 'Asia/Shanghai')(text))).toBe(expected);
  });

  it('takes the first of a local time that occurs twice and moves one that never occurs forward', () => {
    const read = createInstantReader('auto', 'America/Chicago');
    expect(iso(read('2016-11-06 01:30'))).toBe('2016-11-06T06:30:00.000Z');
    expect(iso(read('2016-11-06 02:30'))).toBe('2016-11-06T08:30:00.000Z');
    expect(iso(read('2016-03-13 01:59'))).toBe('2016-03-13T07:59:00.000Z');
    expect(iso(read('2016-03-13 02:30'))).toBe('2016-03-13T08:30:00.000Z');
    expect(iso(read('2016-07-01 12:00'))).toBe('2016-07-01T17:00:00.000Z');
  });

  it('reads Shanghai’s own summer times of 1986 to 1991', () => {
    expect(iso(createInstantReader('auto', 'Asia/Shanghai')('1988-07-01 12:00'))).toBe('1988-07-01T03:00:00.000Z');
  });

  it('inverts the wall clock of a zone wherever it is unambiguous', () => {
    const read = createInstantReader('auto', 'America/Chicago');
    const format = new Intl.DateTimeFormat('sv-SE', {
      timeZone: 'America/Chicago',
      dateStyle: 'short',
      timeStyle: 'medium',
    });
    fc.assert(
      fc.property(fc.integer({ min: 86_400, max: 2 ** 31 }), (seconds) => {
        const text = format.format(seconds * 1000);
        const back = read(text);
        if (back !== seconds) expect(format.format(back * 1000)).toBe(text);
      }),
    );
  });

  it('refuses an unknown zone', () => {
    expect(() => createInstantReader('auto', 'Asia/Nowhere')).toThrow(RangeError);
  });
});

describe('compileDatePattern', () => {
  it.each([
    ['M/d/yyyy h:mm a', '12/5/2019 12:30 AM', '2019-12-05T00:30:00.000Z'],
    ['M/d/yyyy h:mm a', '12/5/2019 1:30 pm', '2019-12-05T13:30:00.000Z'],
    ['d.M.yyyy HH:mm', '05.12.2019 09:05', '2019-12-05T09:05:00.000Z'],
    ['yyyyMMddHHmm', '201912050905', '2019-12-05T09:05:00.000Z'],
    ['yyyy年M月d日 ah:mm', '2019年12月5日 下午3:07', '2019-12-05T15:07:00.000Z'],
    ['M/d/yyyy', '13/5/2019', 'refused'],
    ['M/d/yyyy', '12/5/2019 10:00', 'refused'],
  ])('%s reads %s', (pattern, text, expected) => {
    expect(iso(compileDatePattern(pattern)(text))).toBe(expected);
  });

  it('refuses letters that mean nothing and patterns without a day', () => {
    expect(() => compileDatePattern('yyyy-MM-dd QQ')).toThrow('QQ');
    expect(() => compileDatePattern('yyyy-MM')).toThrow('no day');
  });
});

describe('guessDateFormat', () => {
  it.each([
    [['2020-01-01 00:05', '2020-01-02 10:00'], 'auto'],
    [['12/31/2019 10:00', '1/2/2020 9:05'], 'M/d/yyyy H:mm'],
    [['1/2/2020 9:05', '31/12/2019 10:00'], 'd/M/yyyy H:mm'],
    [['31.12.2019 10:00'], 'd.M.yyyy H:mm'],
    [['1/2/2020 9:05 PM'], 'M/d/yyyy h:mm a'],
  ])('%j is %s', (samples, expected) => {
    expect(guessDateFormat(samples)).toEqual({ dateFormat: expected, share: 1 });
  });
});
