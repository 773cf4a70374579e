import { haversineDistanceMeters } from '@xunfang/geo-data/geometry';
import { POSITION_LIMITS, UNIT_KINDS } from '@xunfang/geo-data/units';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Fix } from './device-adapter.ts';
import { isImpossibleJump, judgeFix, type LastPlace } from './plausibility-gate.ts';
import { fixAt, NOW_MS, squareRules } from './testing/gate-fixture.ts';

const RULES = squareRules(['car']);
const NEVER: LastPlace = { fixedAtMs: Number.NaN, lon: Number.NaN, lat: Number.NaN, accuracyMeters: Number.NaN };
const CAR_KMH = POSITION_LIMITS.car.maxSpeedKmh;
const METERS_PER_LAT = 111_195;

const judge = (fix: Fix, last = NEVER, maxSpeedKmh = CAR_KMH) => judgeFix(RULES, fix, last, maxSpeedKmh, NOW_MS);
/** A place some metres north of the middle. */
const north = (meters: number) => ({ lat: 30.65 + meters / METERS_PER_LAT });
const lastAt = (secondsAgo: number): LastPlace => ({ ...fixAt(secondsAgo), accuracyMeters: 10 });

describe('plausibility gate', () => {
  it.each<[string, Partial<Fix>, number, string | undefined]>([
    ['a good fix', {}, 0, undefined],
    ['a fix its device does not believe', { valid: false }, 0, 'not_valid'],
    ['0,0', { lon: 0, lat: 0 }, 0, 'null_island'],
    ['almost 0,0', { lon: 0.00005, lat: -0.00005 }, 0, 'null_island'],
    ['Iceland', { lon: -21.9, lat: 64.1 }, 0, 'outside_bureau'],
    ['900 m beyond the border', { lat: 30.7 + 900 / METERS_PER_LAT }, 0, undefined],
    ['1,100 m beyond the border', { lat: 30.7 + 1100 / METERS_PER_LAT }, 0, 'outside_bureau'],
    [
      'within the rectangle of bounds and margin, but beyond its corner',
      { lon: 104.1 + 0.009, lat: 30.7 + 0.0085 },
      0,
      'outside_bureau',
    ],
    ['longitude and latitude exchanged', { lon: 30.65, lat: 104.05 }, 0, 'outside_bureau'],
    ['no number for a place', { lon: Number.NaN }, 0, 'outside_bureau'],
    ['a clock 60 s ahead', {}, -60, undefined],
    ['a clock 61 s ahead', {}, -61, 'in_the_future'],
    ['no number for a time', { fixedAtMs: Number.NaN }, 0, 'in_the_future'],
    ['a time beyond all', { fixedAtMs: Number.POSITIVE_INFINITY }, 0, 'in_the_future'],
    ['31 days ago', {}, 31 * 86_400, undefined],
    ['a second more', {}, 31 * 86_400 + 1, 'too_old'],
    ['GPS week zero', { fixedAtMs: Date.UTC(1980, 0, 6) }, 0, 'too_old'],
    ['an accuracy at the limit', { accuracyMeters: 500 }, 0, undefined],
    ['a place by cell towers', { accuracyMeters: 1500 }, 0, 'inaccurate'],
  ])('%s', (_name, change, secondsAgo, expected) => {
    expect(judge(fixAt(secondsAgo, change))).toBe(expected);
  });

  it.each([
    ['a car on an urgent call', 500, 10, CAR_KMH, undefined],
    ['a car that flew', 2000, 10, CAR_KMH, 'impossible_speed'],
    ['the noise of a receiver that stands', 90, 0, 5, undefined],
    ['an officer who got into a car', 300, 10, POSITION_LIMITS.foot.maxSpeedKmh, undefined],
    ['the same as fast as a car on a motorway', 640, 10, POSITION_LIMITS.foot.maxSpeedKmh, 'impossible_speed'],
  ])('%s: %d m in %d s', (_name, meters, seconds, maxSpeedKmh, expected) => {
    expect(judge(fixAt(0, { ...north(meters), accuracyMeters: 10 }), lastAt(seconds), maxSpeedKmh)).toBe(expected);
  });

  it('measures a late fix against what came after it', () => {
    expect(judge(fixAt(10, { ...north(2000), accuracyMeters: 10 }), lastAt(0))).toBe('impossible_speed');
    expect(judge(fixAt(60, { ...north(2000), accuracyMeters: 10 }), lastAt(0))).toBeUndefined();
  });

  it('lets a place once believed wrongly go by itself: what is far away can be reached in time', () => {
    const across = { lon: 104.1, lat: 30.7 };
    const secondsToBelieve = Array.from({ length: 600 }, (_, seconds) => seconds).find(
      (seconds) => judge(fixAt(0, across), lastAt(seconds)) === undefined,
    );
    expect(secondsToBelieve).toBeLessThan(130);
  });
});

const place = fc.record({
  lon: fc.double({ min: 104, max: 104.1, noNaN: true }),
  lat: fc.double({ min: 30.6, max: 30.7, noNaN: true }),
  fixedAtMs: fc.integer({ min: NOW_MS - 600_000, max: NOW_MS }),
  accuracyMeters: fc.oneof(fc.constant(Number.NaN), fc.double({ min: 0, max: 500, noNaN: true })),
});

describe('invariants', () => {
  it('the verdict on a jump is the same in both directions of time', () => {
    fc.assert(
      fc.property(place, place, fc.constantFrom(...UNIT_KINDS), (a, b, kind) => {
        const { maxSpeedKmh } = POSITION_LIMITS[kind];
        expect(isImpossibleJump(a, b, maxSpeedKmh)).toBe(isImpossibleJump(b, a, maxSpeedKmh));
      }),
    );
  });

  it('what is allowed to the slow is allowed to the fast, and more time never forbids', () => {
    fc.assert(
      fc.property(place, place, fc.integer({ min: 0, max: 600_000 }), (a, b, moreMs) => {
        if (isImpossibleJump(a, b, 50)) return;
        expect(isImpossibleJump(a, b, 220)).toBe(false);
        const earlier = a.fixedAtMs <= b.fixedAtMs ? a : b;
        const later = earlier === a ? b : a;
        expect(isImpossibleJump({ ...earlier, fixedAtMs: earlier.fixedAtMs - moreMs }, later, 50)).toBe(false);
      }),
    );
  });

  it('never believes a fix further off than speed, time and accuracy allow', () => {
    fc.assert(
      fc.property(place, place, (last, next) => {
        if (judge({ ...fixAt(0), ...next }, last) !== undefined) return;
        const seconds = Math.abs(next.fixedAtMs - last.fixedAtMs) / 1000 + 1;
        const slackMeters = 100 + (last.accuracyMeters || 0) + (next.accuracyMeters || 0);
        const meters = haversineDistanceMeters(last.lon, last.lat, next.lon, next.lat);
        expect((meters - slackMeters) / seconds).toBeLessThanOrEqual(CAR_KMH / 3.6 + 1e-9);
      }),
      { numRuns: 1000 },
    );
  });
});
