import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countWith, type MapPoints, pointsNear } from './stacks.ts';

const ZOOM = 15;
const RADIUS_PX = 12;
const pointsOf = (places: readonly (readonly [number, number])[]): MapPoints => ({
  count: places.length,
  lon: (index) => places[index][0],
  lat: (index) => places[index][1],
});
/** Near each other: at zoom 15 twelve pixels are some fifty metres. */
const places = fc.array(
  fc.tuple(fc.double({ min: 104, max: 104.005, noNaN: true }), fc.double({ min: 30.6, max: 30.605, noNaN: true })),
  {
    minLength: 1,
    maxLength: 60,
  },
);

describe('stacks', () => {
  it('finds all that stand on one spot, and not what has no place', () => {
    const spot = Array.from({ length: 25 }, (): [number, number] => [104.05, 30.65]);
    const points = pointsOf([...spot, [104.06, 30.65], [Number.NaN, Number.NaN]]);
    expect(pointsNear(points, 104.05, 30.65, ZOOM, RADIUS_PX)).toEqual(Array.from({ length: 25 }, (_, i) => i));
    expect([...countWith([0, 25], points, ZOOM, RADIUS_PX)]).toEqual([[0, 24]]);
  });

  it('counts each point that leads none at most once, and only with a leader near it', () => {
    fc.assert(
      fc.property(places, fc.integer({ min: 1, max: 8 }), (all, leading) => {
        const points = pointsOf(all);
        const leaders = all.map((_, index) => index).slice(0, leading);
        const counts = countWith(leaders, points, ZOOM, RADIUS_PX);
        const near = (index: number) => pointsNear(points, all[index][0], all[index][1], ZOOM, RADIUS_PX);
        const followers = all.map((_, index) => index).slice(leading);
        const led = followers.filter((index) => near(index).some((other) => other < leading));
        expect([...counts.values()].reduce((sum, count) => sum + count, 0)).toBe(led.length);
        // The first leader is asked first: with it stand all that are near it.
        expect(counts.get(0) ?? 0).toBe(near(0).filter((index) => index >= leading).length);
      }),
    );
  });
});
