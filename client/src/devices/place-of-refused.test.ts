import { describe, expect, it } from 'vitest';
import { placeOfRefused } from './place-of-refused.ts';

const REASON = 'outside_bureau';

describe('the place of a refused position', () => {
  it('is where the device said, in WGS 84', () => {
    expect(placeOfRefused({ lon: -21.9, lat: 64.1, reason: REASON }, 'WGS84')).toEqual({ lon: -21.9, lat: 64.1 });
    const shifted = placeOfRefused({ lon: 104.04, lat: 30.64, reason: REASON }, 'GCJ02');
    if (typeof shifted === 'string') throw new Error(shifted);
    // A few hundred metres north-west in Chengdu.
    expect((shifted.lon - 104.04) * 1000).toBeCloseTo(-2.5, 0);
    expect((shifted.lat - 30.64) * 1000).toBeCloseTo(2.4, 0);
  });

  it('is none worth showing for 0,0, for no coordinates, and for what is on no map', () => {
    expect(placeOfRefused({ lon: 0, lat: 0, reason: REASON }, 'WGS84')).toBe('nullIsland');
    expect(placeOfRefused({ lon: 0.00002, lat: 0, reason: 'null_island' }, 'GCJ02')).toBe('nullIsland');
    expect(placeOfRefused({ lon: null, lat: 30, reason: REASON }, 'WGS84')).toBe('noCoordinates');
    expect(placeOfRefused({ lon: 30, lat: 104, reason: REASON }, 'WGS84')).toBe('offTheMap');
    expect(placeOfRefused({ lon: 181, lat: 10, reason: REASON }, 'WGS84')).toBe('offTheMap');
  });
});
