import { existsSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createLocalPlane, haversineDistanceMeters } from '../geometry/index.ts';
import { createSeededRandom } from '../numeric/index.ts';
import { findStops, STOP_RULES } from './find-stops.ts';
import type { TrackColumns } from './track-columns.ts';

const plane = createLocalPlane(104.05, 30.65);
const CABS = '/work/shared/data/gps-traces/cabspotting_sf_2cabs.csv.gz';

/** `[seconds, metres east, metres north]` to columns. */
function trackOf(fixes: [number, number, number][]): TrackColumns {
  const { lon, lat } = plane.fromMeters(
    fixes.map(([, x]) => x),
    fixes.map(([, , y]) => y),
  );
  return { seconds: Float64Array.from(fixes, ([at]) => at), lon, lat };
}

const anyTrack = fc
  .array(
    fc.tuple(fc.integer({ min: 0, max: 120 }), fc.integer({ min: -40, max: 40 }), fc.integer({ min: -40, max: 40 })),
    {
      maxLength: 120,
    },
  )
  .map((steps) => {
    let [at, x, y] = [1000, 0, 0];
    return trackOf(
      steps.map(([wait, dx, dy]): [number, number, number] => {
        at += wait;
        x += dx;
        y += dy;
        return [at, x, y];
      }),
    );
  });

/** Drives 800 m, stands, drives 800 m on; a fix every `every` seconds with noise, some lost, some far off. */
function deliveryRound(seed: number, dwellSeconds: number, every: number): TrackColumns {
  const random = createSeededRandom(seed);
  const speed = 10;
  const fixes: [number, number, number][] = [];
  for (let at = 0; at <= 160 + dwellSeconds; at += every) {
    if (random.uniform() < 0.1) continue;
    const driven = at < 80 ? at : at < 80 + dwellSeconds ? 80 : at - dwellSeconds;
    const spike = random.uniform() < 0.02 ? 400 : 0;
    fixes.push([at, driven * speed + random.normal(0, 8) + spike, random.normal(0, 8)]);
  }
  return trackOf(fixes);
}

describe('findStops', () => {
  it('keeps what it says of stops, for any track', () => {
    fc.assert(
      fc.property(anyTrack, (track) => {
        const stops = findStops(track);
        for (let i = 0; i < stops.count; i++) {
          const [first, last] = [stops.firstRow[i], stops.lastRow[i]];
          expect(stops.startSeconds[i]).toBe(track.seconds[first]);
          expect(stops.endSeconds[i]).toBe(track.seconds[last]);
          expect(stops.dwellSeconds[i]).toBe(stops.endSeconds[i] - stops.startSeconds[i]);
          expect(stops.dwellSeconds[i]).toBeGreaterThanOrEqual(STOP_RULES.minDwellSeconds);
          if (i > 0) expect(first).toBeGreaterThan(stops.lastRow[i - 1]);
          let away = first;
          for (let row = first; row <= last; row++) {
            const off = haversineDistanceMeters(stops.lon[i], stops.lat[i], track.lon[row], track.lat[row]);
            if (row === first || row === last) expect(off).toBeLessThanOrEqual(STOP_RULES.radiusMeters);
            if (row > first)
              expect(track.seconds[row] - track.seconds[row - 1]).toBeLessThanOrEqual(STOP_RULES.maxGapSeconds);
            if (off <= 2 * STOP_RULES.radiusMeters) away = row;
            // Twice the radius holds every fix that was near the mean at its time.
            else if (row < last)
              expect(track.seconds[row] - track.seconds[away]).toBeLessThanOrEqual(STOP_RULES.maxExcursionSeconds);
          }
        }
      }),
    );
  });

  it('does not depend on when and where', () => {
    fc.assert(
      fc.property(anyTrack, fc.integer({ min: 0, max: 1e9 }), (track, later) => {
        const moved = { ...track, seconds: track.seconds.map((at) => at + later) };
        const [before, after] = [findStops(track), findStops(moved)];
        expect(after.firstRow).toEqual(before.firstRow);
        expect(after.lastRow).toEqual(before.lastRow);
        expect(after.lon).toEqual(before.lon);
      }),
    );
  });

  it.each([1, 5, 10])('finds the one stop of 300 noisy rounds with a fix every %i s', (every) => {
    const maxExcursionSeconds = Math.max(STOP_RULES.maxExcursionSeconds, 6 * every);
    const errors: number[] = [];
    for (let seed = 1; seed <= 300; seed++) {
      const dwellSeconds = 240 + 5 * seed;
      const stops = findStops(deliveryRound(seed, dwellSeconds, every), { maxExcursionSeconds });
      expect(stops.count).toBe(1);
      const [x, y] = plane.pointToMeters(stops.lon[0], stops.lat[0]);
      expect(Math.hypot(x - 800, y)).toBeLessThan(10);
      expect(stops.radiusMeters[0]).toBeLessThan(30);
      errors.push(Math.abs(stops.startSeconds[0] - 80), Math.abs(stops.endSeconds[0] - 80 - dwellSeconds));
    }
    // Coming and leaving at 10 m/s cross the radius in five seconds; the nearest fixes may be lost or thrown far away.
    errors.sort((a, b) => a - b);
    expect(errors[300]).toBeLessThanOrEqual(Math.max(5, every));
    expect(errors[594]).toBeLessThanOrEqual(maxExcursionSeconds);
  });

  it('takes no walk, no traffic light and no silence for a stop', () => {
    const walk = trackOf(Array.from({ length: 600 }, (_, i) => [i * 5, i * 5, 0]));
    expect(findStops(walk).count).toBe(0);
    const light = trackOf(
      Array.from({ length: 400 }, (_, at) => [at, 12 * (at < 100 ? at : at < 220 ? 100 : at - 120), 0]),
    );
    expect(findStops(light).count).toBe(0);
    const silent = trackOf([
      [0, 0, 0],
      [60, 3, 0],
      [2000, 0, 0],
      [2060, 2, 0],
    ]);
    expect(findStops(silent).count).toBe(0);
  });

  it('refuses what is no track', () => {
    const track = trackOf([
      [10, 0, 0],
      [5, 0, 0],
    ]);
    expect(() => findStops(track)).toThrow('Fix 1 is at 5 s, expected at least 10.');
    expect(() => findStops({ ...track, lon: track.lon.subarray(1) })).toThrow('2 times, 1 longitudes and 2 latitudes');
    expect(() => findStops(trackOf([]), { radiusMeters: 0 })).toThrow('radiusMeters is 0, expected more than 0.');
  });

  it.skipIf(!existsSync(CABS))(`finds where taxis of San Francisco stood (skipped without ${CABS})`, () => {
    const rows = gunzipSync(readFileSync(CABS))
      .toString()
      .trim()
      .split('\n')
      .slice(1)
      .map((line) => line.split(','));
    for (const cab of new Set(rows.map(([name]) => name))) {
      const own = rows.filter(([name]) => name === cab).sort((a, b) => Number(a[1]) - Number(b[1]));
      const track = {
        seconds: Float64Array.from(own, (row) => Number(row[1])),
        lat: Float64Array.from(own, (row) => Number(row[2])),
        lon: Float64Array.from(own, (row) => Number(row[3])),
      };
      // A fix a minute.
      const stops = findStops(track, { maxExcursionSeconds: 130 });
      const days = (track.seconds[track.seconds.length - 1] - track.seconds[0]) / 86_400;
      expect(stops.count / days).toBeGreaterThan(3);
      expect(stops.count / days).toBeLessThan(100);
      expect(stops.dwellSeconds.reduce((sum, dwell) => sum + dwell, 0)).toBeLessThan(days * 86_400);
      expect(Math.max(...stops.radiusMeters)).toBeLessThan(2 * STOP_RULES.radiusMeters);
    }
  });
});
