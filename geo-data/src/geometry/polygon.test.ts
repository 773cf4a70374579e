import fc from 'fast-check';
import type { Polygon } from 'geojson';
import { describe, expect, it } from 'vitest';
import { createLocalPlane } from './local-plane.ts';
import { pointInPolygon } from './point-in-polygon.ts';
import { polygonAreaSquareMeters } from './polygon-area.ts';

function box(west: number, south: number, east: number, north: number): number[][] {
  return [
    [west, south],
    [east, south],
    [east, north],
    [west, north],
    [west, south],
  ];
}

describe('polygonAreaSquareMeters', () => {
  it('gives the published area of the whole ellipsoid', () => {
    // WGS 84: 510,065,621.724 km² (H. Moritz, Geodetic Reference System 1980, applied to the WGS 84 axes).
    const world = polygonAreaSquareMeters({ type: 'Polygon', coordinates: [box(-180, -90, 180, 90)] });
    expect(world / 1e6).toBeCloseTo(510_065_621.724, 2);
    const degree = { type: 'Polygon' as const, coordinates: [box(0, 0, 1, 90)] };
    expect(polygonAreaSquareMeters(degree) / 1e6).toBeCloseTo(510_065_621.724 / 720, 4);
  });

  it('agrees with the shoelace on the metric plane, holes and parts included', () => {
    const rings = [box(104, 30.6, 104.06, 30.65), box(104.02, 30.61, 104.03, 30.62)];
    const plane = createLocalPlane(104.03, 30.625);
    const shoelace = (ring: number[][]): number => {
      const points = ring.map(([lon, lat]) => plane.pointToMeters(lon, lat));
      let sum = 0;
      for (let i = 1; i < points.length; i++) {
        sum += points[i - 1][0] * points[i][1] - points[i][0] * points[i - 1][1];
      }
      return Math.abs(sum) / 2;
    };
    const expected = shoelace(rings[0]) - shoelace(rings[1]);
    const area = polygonAreaSquareMeters({ type: 'Polygon', coordinates: rings });
    expect(Math.abs(area / expected - 1)).toBeLessThan(1e-5);
    const reversed = rings.map((ring) => ring.toReversed());
    expect(polygonAreaSquareMeters({ type: 'Polygon', coordinates: reversed })).toBeCloseTo(area, 3);
    const parts = [rings, [box(104.07, 30.6, 104.13, 30.65)]];
    const both = polygonAreaSquareMeters({ type: 'MultiPolygon', coordinates: parts });
    expect(Math.abs(both / (expected + shoelace(rings[0])) - 1)).toBeLessThan(1e-5);
  });
});

describe('pointInPolygon', () => {
  const ring: Polygon = { type: 'Polygon', coordinates: [box(0, 0, 10, 10), box(4, 4, 6, 6)] };

  it('leaves out holes', () => {
    expect(pointInPolygon(2, 2, ring)).toBe(true);
    expect(pointInPolygon(5, 5, ring)).toBe(false);
    expect(pointInPolygon(11, 5, ring)).toBe(false);
  });

  it('gives every point, borders included, to exactly one of the parts of an area', () => {
    const coordinate = fc.oneof(fc.integer({ min: 0, max: 9 }), fc.double({ min: 0, max: 9.99, noNaN: true }));
    fc.assert(
      fc.property(coordinate, coordinate, fc.integer({ min: 1, max: 9 }), (x, y, cut) => {
        const left: Polygon = { type: 'Polygon', coordinates: [box(0, 0, cut, 10)] };
        const right: Polygon = { type: 'Polygon', coordinates: [box(cut, 0, 10, 10)] };
        expect(Number(pointInPolygon(x, y, left)) + Number(pointInPolygon(x, y, right))).toBe(1);
      }),
    );
  });
});
