import fc from 'fast-check';
import gcoordModule from 'gcoord';
import { describe, expect, it } from 'vitest';
import {
  type CoordinateSystem,
  createCoordinateConverter,
  createDefinedConverter,
  isCoordinateSystem,
  needsEpsgDefinition,
} from './coordinate-systems.ts';
import { haversineDistanceMeters } from './haversine-distance.ts';
import { loadEpsgDefinition } from './load-epsg-definition.ts';

const gcoord = gcoordModule as unknown as typeof gcoordModule.default;

async function convert(system: CoordinateSystem, x: number, y: number): Promise<[number, number]> {
  const out = new Float64Array(4);
  createCoordinateConverter(system, await loadEpsgDefinition(system))(x, y, out, 2);
  expect([out[0], out[1]]).toEqual([0, 0]);
  return [out[2], out[3]];
}

describe('createCoordinateConverter', () => {
  it('leaves WGS 84 and CGCS2000 as they are', async () => {
    for (const system of ['WGS84', 'CGCS2000', 'EPSG:4326', 'EPSG:4490'] as const) {
      expect(await convert(system, 104.06, 30.67)).toEqual([104.06, 30.67]);
    }
  });

  it('brings GCJ-02 and BD-09 back to within decimetres, over all of China', () => {
    const out = new Float64Array(2);
    for (const [system, crs, limitMeters] of [
      ['GCJ02', gcoord.GCJ02, 0.2],
      ['BD09', gcoord.BD09, 0.35],
    ] as const) {
      const converter = createCoordinateConverter(system);
      fc.assert(
        fc.property(
          fc.double({ min: 75, max: 130, noNaN: true }),
          fc.double({ min: 18, max: 52, noNaN: true }),
          (lon, lat) => {
            const shifted = gcoord.transform([lon, lat], gcoord.WGS84, crs);
            // The shift is a sum of waves: hundreds of metres, tens in the troughs.
            expect(haversineDistanceMeters(lon, lat, shifted[0], shifted[1])).toBeGreaterThan(10);
            converter(shifted[0], shifted[1], out, 0);
            expect(haversineDistanceMeters(lon, lat, out[0], out[1])).toBeLessThan(limitMeters);
          },
        ),
      );
    }
  });

  it('converts any system of the EPSG register, easting first', async () => {
    // 500,000 m east is the central meridian: 105° for CGCS2000 / 3-degree zone 35 (EPSG:4544).
    const [zoneLon, zoneLat] = await convert('EPSG:4544', 500_000, 3_391_000);
    expect(zoneLon).toBeCloseTo(105, 9);
    expect(zoneLat).toBeCloseTo(30.64, 2);
    // Two rows of Vancouver's open crime data of 2020, which gives UTM zone 10 N and degrees beside each other.
    const published = [
      [491_059.4824, 5_459_122.4178, -123.122937, 49.284788],
      [491_068.6829, 5_459_126.1374, -123.12281, 49.284822],
    ];
    for (const [x, y, lon, lat] of published) {
      const converted = await convert('EPSG:32610', x, y);
      expect(haversineDistanceMeters(...converted, lon, lat)).toBeLessThan(0.1);
    }
    // Illinois East counts in US survey feet from 300,000 m west of 88°20' W.
    const [chicagoLon, chicagoLat] = await convert('EPSG:3435', 984_250, 0);
    expect(chicagoLon).toBeCloseTo(-(88 + 20 / 60), 6);
    expect(chicagoLat).toBeCloseTo(36 + 40 / 60, 6);
  });

  it('names a system it does not know', async () => {
    await expect(loadEpsgDefinition('EPSG:99999')).rejects.toThrow('EPSG:99999');
    expect(needsEpsgDefinition('EPSG:4544')).toBe(true);
    expect(() => createCoordinateConverter('EPSG:4544')).toThrow('EPSG:4544: its definition was not loaded');
    expect(() => createCoordinateConverter('MARS' as CoordinateSystem)).toThrow('MARS');
    expect(isCoordinateSystem('EPSG:4544')).toBe(true);
    expect(isCoordinateSystem('EPSG:abc')).toBe(false);
  });
});

describe('createDefinedConverter', () => {
  const geographic = (name: string, datum: string) =>
    `GEOGCS["${name}",DATUM[${datum}],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]]`;
  const at = (definition: string) => {
    const out = new Float64Array(2);
    createDefinedConverter(definition)(104.06, 30.67, out, 0);
    return Array.from(out);
  };

  it('leaves degrees of WGS 84 and CGCS2000 as they are, to the last digit', () => {
    const wgs84 = geographic('GCS_WGS_1984', '"D_WGS_1984",SPHEROID["WGS_1984",6378137.0,298.257223563]');
    const china = geographic(
      'GCS_China_Geodetic_Coordinate_System_2000',
      '"D_China_2000",SPHEROID["CGCS2000",6378137.0,298.257222101]',
    );
    expect([at(wgs84), at(china)]).toEqual([
      [104.06, 30.67],
      [104.06, 30.67],
    ]);
  });

  it('shifts a datum that says how, though it names WGS 84 in doing so', () => {
    const datum = '"Beijing_1954",SPHEROID["Krassowsky_1940",6378245.0,298.3],TOWGS84[15.8,-154.4,-82.3,0,0,0,0]';
    const [lon, lat] = at(geographic('Beijing 1954', datum));
    expect(Math.hypot(lon - 104.06, lat - 30.67)).toBeGreaterThan(1e-4);
  });
});
