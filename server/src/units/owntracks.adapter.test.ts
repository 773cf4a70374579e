import { describe, expect, it } from 'vitest';
import type { Fix } from './device-adapter.ts';
import { ownTracksAdapter, partsOfTopic } from './owntracks.adapter.ts';

/** As the Android app 2.5 sends it (https://owntracks.org/booklet/tech/json/). */
const location = (change: Record<string, unknown> = {}) => ({
  _type: 'location',
  BSSID: '24:5a:4c:aa:bb:cc',
  SSID: 'station',
  _id: '6f4cf8b4',
  acc: 13,
  alt: 501,
  batt: 81,
  bs: 1,
  cog: 271,
  conn: 'w',
  created_at: 1795406400,
  lat: 30.6400001,
  lon: 104.0612345,
  m: 1,
  t: 'u',
  tid: 'p1',
  tst: 1795406399,
  vac: 2,
  vel: 36,
  ...change,
});

function decode(payload: unknown): Fix[] {
  const fixes: Fix[] = [];
  ownTracksAdapter.decode({ payload }, 0, (fix) => fixes.push({ ...fix }));
  return fixes;
}

describe('OwnTracks adapter', () => {
  it('reads a location, speed in kilometres an hour', () => {
    expect(decode(location())).toEqual([
      {
        lon: 104.0612345,
        lat: 30.6400001,
        fixedAtMs: 1_795_406_399_000,
        speedKmh: 36,
        headingDegrees: 271,
        accuracyMeters: 13,
        statusCode: -1,
        valid: true,
        sos: false,
      },
    ]);
  });

  it('leaves open what an iPhone does not know', () => {
    const [fix] = decode(location({ vel: -1, cog: undefined, acc: undefined }));
    expect([fix.speedKmh, fix.headingDegrees, fix.accuracyMeters]).toEqual([Number.NaN, Number.NaN, Number.NaN]);
  });

  it.each([
    { _type: 'transition', event: 'enter', desc: 'station', tst: 1, lat: 30, lon: 104, tid: 'p1', acc: 10, t: 'c' },
    { _type: 'lwt', tst: 1795406399 },
    { _type: 'waypoints', waypoints: [] },
    { _type: 'card', name: 'A', face: 'iVBORw0KGgo=' },
    { _type: 'encrypted', data: 'q83v' },
    { _type: 'something-new' },
  ])('passes over $_type', (payload) => {
    expect(decode(payload)).toEqual([]);
  });

  it.each([
    ['no object', 'hello', 'body is hello, expected a JSON object.'],
    ['a list', [], 'body is [], expected a JSON object.'],
    ['no type', {}, '_type is nothing, expected a text.'],
    ['no time', location({ tst: undefined }), 'tst is nothing'],
    ['no place', location({ lat: null }), 'lat is null, expected degrees within ±90.'],
  ])('refuses %s', (_name, payload, message) => {
    expect(() => decode(payload)).toThrow(message);
  });

  it('finds user and device in a topic, and nothing in any other', () => {
    expect(partsOfTopic('owntracks/liwei/phone-7')).toEqual({ user: 'liwei', device: 'phone-7' });
    for (const topic of ['owntracks/liwei', 'owntracks/liwei/phone/event', 'owntracks//phone', 'other/liwei/phone', ''])
      expect(partsOfTopic(topic)).toBeUndefined();
    expect(ownTracksAdapter.identifierOf({ topic: 'owntracks/liwei/phone-7', payload: {} })).toBe('phone-7');
    expect(ownTracksAdapter.identifierOf({ payload: location() })).toBeUndefined();
  });
});
