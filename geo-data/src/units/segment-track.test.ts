import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { STOP_RULES } from './find-stops.ts';
import { NO_STOP, segmentTrack, TRACK_ACTIVITIES } from './segment-track.ts';

const anyTrack = fc
  .array(fc.tuple(fc.integer({ min: 1, max: 500 }), fc.integer({ min: -3, max: 3 })), { maxLength: 80 })
  .map((steps) => {
    let at = 1000;
    let place = 0;
    const rows = steps.map(([wait, step]) => {
      at += wait;
      place += step;
      return [at, place];
    });
    return {
      seconds: Float64Array.from(rows, ([seconds]) => seconds),
      lon: Float64Array.from(rows, ([, step]) => 104 + step * 0.0003),
      lat: new Float64Array(rows.length).fill(30.65),
    };
  });
const names = (activity: Uint8Array) => Array.from(activity, (code) => TRACK_ACTIVITIES[code]);

describe('segmentTrack', () => {
  it('covers any period without holes and overlaps, and agrees with the stops', () => {
    fc.assert(
      fc.property(
        anyTrack,
        fc.integer({ min: 0, max: 20_000 }),
        fc.integer({ min: 1, max: 40_000 }),
        (track, from, length) => {
          const to = from + length;
          const segments = segmentTrack(track, from, to);
          expect(segments.startSeconds[0]).toBe(from);
          expect(segments.endSeconds[segments.count - 1]).toBe(to);
          for (let i = 0; i < segments.count; i++) {
            expect(segments.endSeconds[i]).toBeGreaterThan(segments.startSeconds[i]);
            if (i > 0) expect(segments.startSeconds[i]).toBe(segments.endSeconds[i - 1]);
            const name = TRACK_ACTIVITIES[segments.activity[i]];
            if (i > 0 && name !== 'stopped') expect(segments.activity[i]).not.toBe(segments.activity[i - 1]);
            if (name !== 'stopped') {
              expect(segments.stop[i]).toBe(NO_STOP);
              continue;
            }
            const { stops } = segments;
            expect(segments.startSeconds[i]).toBe(Math.max(from, stops.startSeconds[segments.stop[i]]));
            expect(segments.endSeconds[i]).toBe(Math.min(to, stops.endSeconds[segments.stop[i]]));
          }
          const shown = Array.from(segments.stop).filter((stop) => stop !== NO_STOP);
          const inside = Array.from({ length: segments.stops.count }, (_, stop) => stop).filter(
            (stop) => segments.stops.startSeconds[stop] < to && segments.stops.endSeconds[stop] > from,
          );
          expect(shown).toEqual(inside);
        },
      ),
      { numRuns: 1000 },
    );
  });

  it('tells driving, standing and silence apart', () => {
    const seconds: number[] = [];
    const lon: number[] = [];
    const drive = (from: number, to: number, start: number, speed: number) => {
      for (let at = from; at < to; at += 10) {
        seconds.push(at);
        lon.push(start + (at - from) * speed);
      }
    };
    drive(0, 600, 104, 1e-4);
    drive(600, 1200, 104.06, 0);
    drive(2400, 3000, 104.06, 1e-4);
    const track = {
      seconds: Float64Array.from(seconds),
      lon: Float64Array.from(lon),
      lat: new Float64Array(lon.length).fill(30.6),
    };
    const segments = segmentTrack(track, 0, 4000);
    expect(names(segments.activity)).toEqual(['moving', 'stopped', 'silent', 'moving', 'silent']);
    expect(segments.endSeconds[2] - segments.startSeconds[2]).toBeGreaterThan(STOP_RULES.maxGapSeconds);
    expect(segments.stops.lon[0]).toBeCloseTo(104.06, 4);
    expect(() => segmentTrack(track, 5, 5)).toThrow('from 5 to 5 s, expected an end after its start');
  });

  it('calls an empty track silence', () => {
    const none = { seconds: new Float64Array(0), lon: new Float64Array(0), lat: new Float64Array(0) };
    expect(names(segmentTrack(none, 0, 1000).activity)).toEqual(['silent']);
  });
});
