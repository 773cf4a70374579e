import fc from 'fast-check';
import proj4 from 'proj4';
import { describe, expect, it } from 'vitest';
import { haversineDistanceMeters } from './haversine-distance.ts';
import { createLocalPlane } from './local-plane.ts';

const origin = fc.record({
  lon: fc.double({ min: -180, max: 180, noNaN: true }),
  lat: fc.double({ min: -60, max: 60, noNaN: true }),
});
const nearby = fc.record({
  east: fc.double({ min: -1, max: 1, noNaN: true }),
  north: fc.double({ min: -1, max: 1, noNaN: true }),
});

describe('createLocalPlane', () => {
  it('agrees with proj4 to a millimetre', () => {
    fc.assert(
      fc.property(origin, nearby, (o, d) => {
        fc.pre(Math.abs(o.lon) < 178);
        const projection = proj4(`+proj=tmerc +lat_0=${o.lat} +lon_0=${o.lon} +k=1 +ellps=WGS84 +units=m`);
        const [x, y] = projection.forward([o.lon + d.east, o.lat + d.north]);
        const point = createLocalPlane(o.lon, o.lat).pointToMeters(o.lon + d.east, o.lat + d.north);
        expect(Math.abs(point[0] - x)).toBeLessThan(1e-3);
        expect(Math.abs(point[1] - y)).toBeLessThan(1e-3);
      }),
      { numRuns: 300 },
    );
  });

  it('comes back to the same place, over the date line as well', () => {
    fc.assert(
      fc.property(origin, nearby, (o, d) => {
        const plane = createLocalPlane(o.lon, o.lat);
        let lon = o.lon + d.east;
        if (lon > 180) lon -= 360;
        if (lon < -180) lon += 360;
        const back = plane.pointFromMeters(...plane.pointToMeters(lon, o.lat + d.north));
        expect(haversineDistanceMeters(lon, o.lat + d.north, ...back)).toBeLessThan(1e-3);
      }),
    );
  });

  it('converts columns as it converts points', () => {
    const plane = createLocalPlane(104.04, 30.64);
    const { xMeters, yMeters } = plane.toMeters([104.04, 104.1], [30.64, 30.7]);
    expect([xMeters[0], yMeters[0]]).toEqual([0, 0]);
    expect([xMeters[1], yMeters[1]]).toEqual(plane.pointToMeters(104.1, 30.7));
    const { lon, lat } = plane.fromMeters(xMeters, yMeters);
    expect(lon[1]).toBeCloseTo(104.1, 8);
    expect(lat[1]).toBeCloseTo(30.7, 8);
  });

  it('refuses an origin that is no place', () => {
    expect(() => createLocalPlane(0, 85)).toThrow('got 0, 85');
    expect(() => createLocalPlane(Number.NaN, 0)).toThrow('got NaN, 0');
    expect(() => createLocalPlane(0, 0).toMeters([1], [])).toThrow('Expected 1 values, got 0');
  });
});

describe('haversineDistanceMeters', () => {
  it('is a degree of a great circle, 0 at no distance, and symmetric', () => {
    expect(haversineDistanceMeters(0, 0, 0, 1)).toBeCloseTo(111_195.08, 2);
    expect(haversineDistanceMeters(10, 20, 10, 20)).toBe(0);
    expect(haversineDistanceMeters(0, 0, 180, 0)).toBeCloseTo(Math.PI * 6_371_008.8, 3);
    expect(haversineDistanceMeters(1, 2, 3, 4)).toBe(haversineDistanceMeters(3, 4, 1, 2));
  });
});
