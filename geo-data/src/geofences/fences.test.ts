import fc from 'fast-check';
import type { MultiPolygon, Polygon } from 'geojson';
import { describe, expect, it } from 'vitest';
import { pointInPolygon } from '../geometry/index.ts';
import { createFenceIndex } from './create-fence-index.ts';
import { findFenceFault } from './find-fence-fault.ts';
import { anyFence, PLANE, starRing } from './fixtures/star-fence.ts';
import { isActiveAt } from './is-active-at.ts';

const onPlane = (rings: number[][][]): Polygon => ({
  type: 'Polygon',
  coordinates: rings.map((ring) => ring.map(([x, y]) => PLANE.pointFromMeters(x, y))),
});
const box = (west: number, south: number, east: number, north: number): number[][] => [
  [west, south],
  [east, south],
  [east, north],
  [west, north],
  [west, south],
];
const place = fc.record({
  x: fc.double({ min: -1000, max: 1000, noNaN: true }),
  y: fc.double({ min: -1000, max: 1000, noNaN: true }),
});

describe('a fence with faults', () => {
  const faultOf = (geometry: Polygon | MultiPolygon) => findFenceFault(geometry)?.code;

  it('is told from a sound one', () => {
    expect(faultOf(onPlane([box(0, 0, 100, 100)]))).toBeUndefined();
    expect(faultOf(onPlane([box(0, 0, 100, 100), box(10, 10, 20, 20), box(40, 40, 60, 60)]))).toBeUndefined();
    fc.assert(
      fc.property(anyFence, (fence) => {
        expect(findFenceFault(fence)).toBeUndefined();
      }),
    );
  });

  it('says where a ring crosses itself', () => {
    const bow = onPlane([
      [
        [0, 0],
        [100, 100],
        [100, 0],
        [0, 100],
        [0, 0],
      ],
    ]);
    const fault = findFenceFault(bow);
    expect(fault).toMatchObject({ code: 'crosses_itself', ring: 0 });
    const [x, y] = PLANE.pointToMeters(fault?.at?.[0] ?? 0, fault?.at?.[1] ?? 0);
    expect(x).toBeCloseTo(50, 2);
    expect(y).toBeCloseTo(50, 2);
  });

  it.each<[string, number[][][], string]>([
    [
      'a spike',
      [
        [
          [0, 0],
          [100, 0],
          [50, 0],
          [50, 80],
          [0, 0],
        ],
      ],
      'crosses_itself',
    ],
    [
      'a corner twice',
      [
        [
          [0, 0],
          [100, 0],
          [100, 0],
          [50, 80],
          [0, 0],
        ],
      ],
      'crosses_itself',
    ],
    [
      'a ring through its own corner',
      [
        [
          [0, 0],
          [100, 0],
          [50, 50],
          [100, 100],
          [0, 100],
          [50, 50],
          [0, 0],
        ],
      ],
      'crosses_itself',
    ],
    [
      'an open ring',
      [
        [
          [0, 0],
          [100, 0],
          [100, 100],
          [0, 100],
        ],
      ],
      'not_closed',
    ],
    [
      'a line',
      [
        [
          [0, 0],
          [100, 0],
          [0, 0],
        ],
      ],
      'too_few_points',
    ],
    ['a hole across the border', [box(0, 0, 100, 100), box(50, 50, 150, 90)], 'rings_cross'],
    ['a hole that touches the border', [box(0, 0, 100, 100), box(0, 20, 30, 60)], 'rings_cross'],
    ['a hole outside', [box(0, 0, 100, 100), box(200, 0, 220, 20)], 'hole_outside'],
    ['a hole in a hole', [box(0, 0, 100, 100), box(10, 10, 60, 60), box(20, 20, 30, 30)], 'overlaps'],
  ])('refuses %s', (_name, rings, code) => {
    expect(faultOf(onPlane(rings))).toBe(code);
  });

  it('refuses polygons that lie in each other, and takes one in the hole of another', () => {
    const outer = onPlane([box(0, 0, 100, 100)]).coordinates;
    const holed = onPlane([box(0, 0, 100, 100), box(20, 20, 80, 80)]).coordinates;
    const inner = onPlane([box(40, 40, 60, 60)]).coordinates;
    expect(faultOf({ type: 'MultiPolygon', coordinates: [outer, inner] })).toBe('overlaps');
    expect(faultOf({ type: 'MultiPolygon', coordinates: [holed, inner] })).toBeUndefined();
    expect(
      faultOf({
        type: 'MultiPolygon',
        coordinates: [
          [
            [
              [0, 95],
              [1, 95],
              [1, 96],
              [0, 95],
            ],
          ],
        ],
      }),
    ).toBe('not_a_place');
  });
});

describe('the index of fences', () => {
  it('is inside where the polygon is, holes left out', () => {
    fc.assert(
      fc.property(anyFence, place, (fence, { x, y }) => {
        const index = createFenceIndex([fence], PLANE);
        const depth = index.depthMeters(0, x, y);
        // Both draw straight edges, one in degrees, the other in metres: they may differ by millimetres.
        fc.pre(Math.abs(depth) > 0.05);
        const [lon, lat] = PLANE.pointFromMeters(x, y);
        expect(depth > 0).toBe(pointInPolygon(lon, lat, fence));
        expect(depth).toBeLessThanOrEqual(index.deepestMeters[0] + 1);
      }),
    );
  });

  it('measures metres to the nearest border, that of a hole too', () => {
    const fence = onPlane([box(0, 0, 1000, 1000), box(400, 400, 600, 600)]);
    const index = createFenceIndex([fence], PLANE);
    const expected: [number, number, number][] = [
      [500, 30, 30],
      [500, 500, -100],
      [500, 350, 50],
      [-30, -40, -50],
      [1200, 500, -200],
    ];
    for (const [x, y, depth] of expected) expect(index.depthMeters(0, x, y)).toBeCloseTo(depth, 1);
    expect(index.deepestMeters[0]).toBeGreaterThan(230);
  });

  it('never changes by more than one moved', () => {
    fc.assert(
      fc.property(anyFence, place, place, (fence, a, b) => {
        const index = createFenceIndex([fence], PLANE);
        const change = Math.abs(index.depthMeters(0, a.x, a.y) - index.depthMeters(0, b.x, b.y));
        expect(change).toBeLessThanOrEqual(Math.hypot(a.x - b.x, a.y - b.y) + 1e-6);
      }),
    );
  });

  it('leaves out no fence that holds the place', () => {
    const fences = Array.from(
      { length: 40 },
      (_, i): Polygon => ({
        type: 'Polygon',
        coordinates: [starRing(((i * 137) % 900) - 450, ((i * 211) % 900) - 450, [90, 140, 60, 120, 80, 150, 100])],
      }),
    );
    const index = createFenceIndex(fences, PLANE);
    fc.assert(
      fc.property(place, ({ x, y }) => {
        const holding = fences.flatMap((_, fence) => (index.depthMeters(fence, x, y) > 0 ? [fence] : []));
        expect(index.near(x, y)).toEqual(expect.arrayContaining(holding));
      }),
    );
  });

  it('may be empty', () => {
    expect(createFenceIndex([], PLANE).near(0, 0)).toEqual([]);
  });
});

describe('windows of the week', () => {
  const nights = [{ days: [5, 6], fromMinute: 22 * 60, toMinute: 2 * 60 }];
  it.each([
    ['no window: always', [], 3, 100, true],
    ['before it begins', nights, 5, 21 * 60 + 59, false],
    ['as it begins', nights, 5, 22 * 60, true],
    ['after midnight, on the day after', nights, 7, 119, true],
    ['as it ends', nights, 7, 120, false],
    ['on a day it does not begin', nights, 7, 23 * 60, false],
    ['a whole day', [{ days: [1], fromMinute: 480, toMinute: 480 }], 2, 479, true],
    ['Sunday night into Monday', [{ days: [7], fromMinute: 1380, toMinute: 60 }], 1, 30, true],
  ] as const)('%s', (_name, windows, day, minute, active) => {
    expect(isActiveAt(windows, day, minute)).toBe(active);
  });
});
