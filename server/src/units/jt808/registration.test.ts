import { describe, expect, it } from 'vitest';
import { normalisePhone, readPhone } from './bcd.ts';
import { readAuthentication, readRegistration } from './registration.ts';

/** 京A12345 in GBK. */
const PLATE = 'bea9413132333435';
const padded = (text: string, width: number) =>
  Buffer.from(text)
    .toString('hex')
    .padEnd(width * 2, '0');
const body = (...parts: string[]) => Buffer.from(parts.join(''), 'hex');

describe('registration', () => {
  it('is read in the widths of 2013', () => {
    const bytes = body('000b', '0065', padded('XFTEC', 5), padded('P-20', 20), padded('T000007', 7), '01', PLATE);
    expect(readRegistration(bytes, false, '139')).toEqual({
      phone: '139',
      provinceId: 11,
      cityId: 101,
      manufacturer: 'XFTEC',
      model: 'P-20',
      terminalId: 'T000007',
      plateColour: 1,
      plate: '京A12345',
    });
  });

  it('is read in the widths of 2011 when it is too short for 2013', () => {
    const bytes = body('000b', '0065', padded('XFTEC', 5), padded('P-20', 8), padded('T000007', 7), '00');
    expect(readRegistration(bytes, false, '139')).toMatchObject({ model: 'P-20', terminalId: 'T000007', plate: '' });
  });

  it('is read in the widths of 2019', () => {
    const bytes = body('000b', '0065', padded('XFTEC', 11), padded('P-20', 30), padded('T7', 30), '02', PLATE);
    expect(readRegistration(bytes, true, '139')).toMatchObject({
      manufacturer: 'XFTEC',
      terminalId: 'T7',
      plateColour: 2,
      plate: '京A12345',
    });
  });

  it('is refused when too short', () => {
    expect(readRegistration(new Uint8Array(24), false, '1')).toBeUndefined();
    expect(readRegistration(new Uint8Array(75), true, '1')).toBeUndefined();
  });
});

describe('authentication', () => {
  it('is the whole body in 2013, zeros after it cut', () => {
    expect(readAuthentication(Buffer.from('authenticated\0\0'), false)?.code).toBe('authenticated');
  });
  it('has a length, an IMEI and a version in 2019', () => {
    const bytes = body('04', padded('code', 4), padded('866496077582164', 15), padded('V1.2', 20));
    expect(readAuthentication(bytes, true)).toEqual({ code: 'code', imei: '866496077582164', softwareVersion: 'V1.2' });
  });
  it.each([
    ['nothing', '', false],
    ['zeros', '000000', false],
    ['a code longer than the body', '0961', true],
    ['a code of no length', '0061', true],
    ['far too much', '61'.repeat(200), false],
  ])('is refused: %s', (_name, hex, edition2019) => {
    expect(readAuthentication(body(hex), edition2019)).toBeUndefined();
  });
});

describe('phone', () => {
  it('is the same terminal in both editions and as people type it', () => {
    const of = (hex: string) => readPhone(Buffer.from(hex, 'hex'), 0, hex.length / 2);
    expect([of('013912345678'), of('00000000013912345678'), normalisePhone(' 013912345678 ')]).toEqual([
      '13912345678',
      '13912345678',
      '13912345678',
    ]);
    expect(of('4eb6fb4afd9e')).toBe(normalisePhone('4EB6FB4AFD9E'));
  });
});
