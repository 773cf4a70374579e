import { unitStatusCode } from '@xunfang/geo-data/units';
import { describe, expect, it } from 'vitest';
import { DeviceMessageError, type Fix } from './device-adapter.ts';
import { type OsmAndMessage, osmAndAdapter } from './osmand.adapter.ts';

const NOW_MS = Date.UTC(2026, 10, 23, 4, 0, 0);

function decode(message: Partial<OsmAndMessage>): Fix[] {
  const fixes: Fix[] = [];
  osmAndAdapter.decode({ query: {}, body: undefined, ...message }, NOW_MS, (fix) => fixes.push({ ...fix }));
  return fixes;
}
const decodeQuery = (text: string): Fix => decode({ query: Object.fromEntries(new URLSearchParams(text)) })[0];

/** As Traccar Client 9 sends it (https://www.traccar.org/osmand/). */
const traccarJson = (change: Record<string, unknown> = {}) => ({
  location: {
    timestamp: '2026-11-23T03:59:58.500Z',
    coords: { latitude: 30.64, longitude: 104.06, accuracy: 4.8, speed: 10, heading: 271.5, altitude: 501 },
    is_moving: true,
    odometer: 14351.9,
    event: 'motionchange',
    battery: { level: 0.89, is_charging: false },
    activity: { type: 'in_vehicle' },
    extras: { status: 'en_route' },
    ...change,
  },
  device_id: '48241179',
});

describe('OsmAnd adapter', () => {
  it('reads the query of Traccar Client up to 8, speed in knots', () => {
    const fix = decodeQuery(
      'id=48241179&timestamp=1795406399&lat=30.64&lon=104.06&speed=5.4&bearing=90.5&altitude=501.2&accuracy=12.5&batt=89.0&charge=true',
    );
    expect(fix).toEqual({
      lon: 104.06,
      lat: 30.64,
      fixedAtMs: 1_795_406_399_000,
      speedKmh: 5.4 * 1.852,
      headingDegrees: 90.5,
      accuracyMeters: 12.5,
      statusCode: -1,
      valid: true,
      sos: false,
    });
  });

  it('hears the emergency button, and no other alarm', () => {
    const place = 'lat=30.64&lon=104.06&timestamp=1795406399';
    expect(decodeQuery(`${place}&alarm=sos`).sos).toBe(true);
    expect(decodeQuery(`${place}&alarm=lowBattery`).sos).toBe(false);
    expect(decodeQuery(place).sos).toBe(false);
    const [pressed] = decode({ body: traccarJson({ extras: { alarm: 'sos' } }) });
    expect(pressed.sos).toBe(true);
    expect(decode({ body: traccarJson({ extras: { alarm: 7 } }) })[0].sos).toBe(false);
  });

  it('reads a form body when the query is empty', () => {
    const [fix] = decode({ body: 'id=1&lat=30.64&lon=104.06&timestamp=1795406399000&status=on_scene' });
    expect(fix.fixedAtMs).toBe(1_795_406_399_000);
    expect(fix.statusCode).toBe(unitStatusCode('on_scene'));
    expect(fix.speedKmh).toBeNaN();
    expect(fix.headingDegrees).toBeNaN();
  });

  it('reads the JSON of Traccar Client 9, speed in metres per second', () => {
    const [fix] = decode({ body: traccarJson() });
    expect(fix).toEqual({
      lon: 104.06,
      lat: 30.64,
      fixedAtMs: Date.UTC(2026, 10, 23, 3, 59, 58, 500),
      speedKmh: 36,
      headingDegrees: 271.5,
      accuracyMeters: 4.8,
      statusCode: unitStatusCode('en_route'),
      valid: true,
      sos: false,
    });
  });

  it('takes the -1 of phones that know no speed or heading as unknown', () => {
    const coords = { latitude: 30.64, longitude: 104.06, accuracy: 30, speed: -1, heading: -1 };
    const [fix] = decode({ body: traccarJson({ coords }) });
    expect(fix.speedKmh).toBeNaN();
    expect(fix.headingDegrees).toBeNaN();
  });

  it('reports every location of a batch, in order', () => {
    const at = (second: number) => ({ ...traccarJson().location, timestamp: `2026-11-23T03:59:0${second}Z` });
    const fixes = decode({ body: { location: [at(1), at(2), at(3)], device_id: 'x' } });
    expect(fixes.map((fix) => new Date(fix.fixedAtMs).getUTCSeconds())).toEqual([1, 2, 3]);
  });

  it.each([
    ['1377177267', Date.UTC(2013, 7, 22, 13, 14, 27)],
    ['1442068686579', 1_442_068_686_579],
    ['2016-01-27T18:55:47Z', Date.UTC(2016, 0, 27, 18, 55, 47)],
    ['2016-01-27T18:55:47+08:00', Date.UTC(2016, 0, 27, 10, 55, 47)],
    ['2014-06-04 09:10:11', Date.UTC(2014, 5, 4, 9, 10, 11)],
    ['', NOW_MS],
  ])('reads the time %s', (timestamp, expected) => {
    expect(decode({ query: { lat: '30', lon: '104', timestamp } })[0].fixedAtMs).toBe(expected);
  });

  it('reads location=lat,lon, heading for bearing, and what is given twice as it is given last', () => {
    const [fix] = decode({ query: { location: '30.5,104.5', heading: '12', speed: ['1', '2'] } });
    expect([fix.lat, fix.lon, fix.headingDegrees, fix.speedKmh]).toEqual([30.5, 104.5, 12, 2 * 1.852]);
  });

  it('believes a device that says its fix is not valid', () => {
    const validOf = (valid: string) => decode({ query: { lat: '30', lon: '104', valid } })[0].valid;
    expect(['true', '1', 'false', '0'].map(validOf)).toEqual([true, true, false, false]);
  });

  it('finds the identifier in every form', () => {
    const identifierOf = (message: Partial<OsmAndMessage>) =>
      osmAndAdapter.identifierOf({ query: {}, body: undefined, ...message });
    expect(identifierOf({ query: { id: 'a', lat: '1' } })).toBe('a');
    expect(identifierOf({ query: { deviceid: 'b', lat: '1' } })).toBe('b');
    expect(identifierOf({ body: 'id=c&lat=1' })).toBe('c');
    expect(identifierOf({ body: traccarJson() })).toBe('48241179');
    expect(identifierOf({ query: { lat: '1' } })).toBeUndefined();
  });

  it.each<[string, Partial<OsmAndMessage>, string]>([
    ['no place', { query: { id: 'a' } }, 'lat is nothing, expected degrees within ±90.'],
    ['a place off the globe', { query: { lat: '30', lon: '190' } }, 'lon is 190, expected degrees within ±180.'],
    ['a place that is no number', { query: { lat: 'north', lon: '1' } }, 'lat is north, expected degrees within ±90.'],
    ['half a location', { query: { location: '30' } }, 'lon is nothing'],
    [
      'a speed that is no number',
      { query: { lat: '30', lon: '1', speed: 'fast' } },
      'speed is fast, expected a number.',
    ],
    ['a time that is none', { query: { lat: '30', lon: '1', timestamp: 'noon' } }, 'timestamp is noon'],
    [
      'a status nobody knows',
      { query: { lat: '30', lon: '1', status: 'asleep' } },
      'status is asleep, expected off_duty |',
    ],
    ['JSON without a location', { body: { device_id: 'a' } }, 'location is nothing, expected an object.'],
    [
      'JSON without coords',
      { body: { location: { timestamp: 1 } } },
      'location.coords is nothing, expected an object.',
    ],
    ['an empty message', {}, 'lat is nothing'],
  ])('refuses %s', (_name, message, text) => {
    expect(() => decode(message)).toThrow(DeviceMessageError);
    expect(() => decode(message)).toThrow(text);
  });
});
