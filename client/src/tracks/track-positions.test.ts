import { segmentTrack } from '@xunfang/geo-data/units';
import { describe, expect, it } from 'vitest';
import type { UnitTrack } from './track-data.ts';
import { positionAt, rowAt } from './track-positions.ts';

function trackOf(rows: [number, number, number][]): UnitTrack {
  const track = {
    seconds: Uint32Array.from(rows, ([at]) => at),
    lon: Float64Array.from(rows, ([, lon]) => lon),
    lat: Float64Array.from(rows, ([, , lat]) => lat),
  };
  return {
    ...track,
    id: 1,
    callSign: 'E-1',
    simulated: false,
    unit: undefined,
    speedKmh: new Float32Array(rows.length),
    maxGapSeconds: 300,
    segments: segmentTrack(track, 0, 10_000),
  };
}
const track = trackOf([
  [100, 104, 30],
  [110, 104.001, 30],
  [120, 104.001, 30.002],
  [900, 104.5, 30.5],
]);

describe('where a unit was', () => {
  it('lies between the fixes before and after', () => {
    expect(positionAt(track, 105)).toMatchObject({ lon: 104.0005, lat: 30, headingDegrees: 90, ageSeconds: 5 });
    const north = positionAt(track, 115);
    expect(north.lat).toBeCloseTo(30.001, 9);
    expect(north.headingDegrees).toBe(0);
  });

  it('is the last place told, through a silence and after the end', () => {
    expect(positionAt(track, 500)).toEqual({ lon: 104.001, lat: 30.002, headingDegrees: Number.NaN, ageSeconds: 380 });
    expect(positionAt(track, 5000)).toMatchObject({ lon: 104.5, lat: 30.5, ageSeconds: 4100 });
  });

  it('is nowhere before the first fix, and without any', () => {
    expect(positionAt(track, 99).lon).toBeNaN();
    expect(positionAt(trackOf([]), 99).ageSeconds).toBe(Number.POSITIVE_INFINITY);
    expect([rowAt(track.seconds, 99), rowAt(track.seconds, 100), rowAt(track.seconds, 1e6)]).toEqual([-1, 0, 3]);
  });
});
