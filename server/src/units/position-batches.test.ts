import { unitStatusCode } from '@xunfang/geo-data/units';
import { describe, expect, it } from 'vitest';
import type { DeviceAdapter, Fix } from './device-adapter.ts';
import { gb28181Adapter } from './gb28181.adapter.ts';
import { jsonPositionAdapter } from './json-position.adapter.ts';
import { itemsOf } from './receive-batch.ts';

function decode(adapter: DeviceAdapter<unknown>, item: unknown): Fix[] {
  const fixes: Fix[] = [];
  adapter.decode(item, 0, (fix) => fixes.push({ ...fix }));
  return fixes;
}

describe('plain JSON', () => {
  const item = { device: 'radio-17', time: '2026-11-23T12:00:00+08:00', lon: 104.06, lat: 30.64 };

  it('reads an item with all it may hold', () => {
    const full = { ...item, speedKmh: 12.5, headingDegrees: 90, accuracyMeters: 8, status: 'on_scene', more: true };
    expect(decode(jsonPositionAdapter, full)).toEqual([
      {
        lon: 104.06,
        lat: 30.64,
        fixedAtMs: Date.UTC(2026, 10, 23, 4),
        speedKmh: 12.5,
        headingDegrees: 90,
        accuracyMeters: 8,
        statusCode: unitStatusCode('on_scene'),
        valid: true,
        sos: false,
      },
    ]);
    expect(jsonPositionAdapter.identifierOf(full)).toBe('radio-17');
  });

  it('reads one with as little as it must', () => {
    const [fix] = decode(jsonPositionAdapter, { ...item, time: 1_795_406_399 });
    expect([fix.fixedAtMs, fix.speedKmh, fix.statusCode]).toEqual([1_795_406_399_000, Number.NaN, -1]);
  });

  it.each([
    [{ ...item, time: undefined }, 'time is nothing'],
    [{ ...item, time: 'noon' }, 'time is noon'],
    [{ ...item, lat: 91 }, 'lat is 91, expected degrees within ±90.'],
    [{ ...item, lon: '' }, 'lon is , expected'],
    [{ ...item, status: 'asleep' }, 'status is asleep'],
    [null, 'item is null, expected an object.'],
  ])('refuses %j', (wrong, message) => {
    expect(() => decode(jsonPositionAdapter, wrong)).toThrow(message);
  });
});

describe('GB/T 28181', () => {
  /** The fields of the standard's Notify, as a gateway makes JSON of them. */
  const notify = {
    CmdType: 'MobilePosition',
    SN: '17430',
    DeviceID: '51010700001320000012',
    Time: '2026-11-23T12:00:00',
    Longitude: '104.061200',
    Latitude: '30.640100',
    Speed: '43.0',
    Direction: '271.5',
    Altitude: '501',
  };

  it('reads texts, with the time of Beijing', () => {
    const [fix] = decode(gb28181Adapter, notify);
    expect(fix).toMatchObject({ lon: 104.0612, lat: 30.6401, speedKmh: 43, headingDegrees: 271.5 });
    expect(fix.fixedAtMs).toBe(Date.UTC(2026, 10, 23, 4));
    expect(gb28181Adapter.identifierOf(notify)).toBe('51010700001320000012');
  });

  it('reads it within Notify, with numbers and an offset of its own', () => {
    const inNumbers = { ...notify, Longitude: 104.0612, Latitude: 30.6401, Time: '2026-11-23T04:00:00Z', Speed: null };
    expect(decode(gb28181Adapter, { Notify: inNumbers })[0]).toMatchObject({
      fixedAtMs: Date.UTC(2026, 10, 23, 4),
      speedKmh: Number.NaN,
    });
    expect(gb28181Adapter.identifierOf({ Notify: inNumbers })).toBe('51010700001320000012');
  });

  it.each([
    [{ ...notify, CmdType: 'Keepalive' }, 'CmdType is Keepalive, expected MobilePosition.'],
    [{ ...notify, Longitude: undefined }, 'Longitude is nothing'],
    [{ ...notify, Time: '' }, 'Time is '],
    ['<Notify/>', 'item is <Notify/>, expected an object.'],
  ])('refuses %j', (wrong, message) => {
    expect(() => decode(gb28181Adapter, wrong)).toThrow(message);
  });
});

describe('a batch', () => {
  it('is a list, or one item alone', () => {
    expect(itemsOf([{}, {}])).toHaveLength(2);
    expect(itemsOf({})).toEqual([{}]);
    expect(() => itemsOf('x')).toThrow('body is x, expected a list of items.');
    expect(() => itemsOf(undefined)).toThrow('body is nothing');
    expect(() => itemsOf([])).toThrow('expected a list of items');
    expect(() => itemsOf(Array.from({ length: 10_001 }, () => ({})))).toThrow('body is 10001, expected at most');
  });
});
