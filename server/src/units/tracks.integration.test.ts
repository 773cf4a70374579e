import { unitStatusCode } from '@xunfang/geo-data/units';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createUnitsFixture, LAT, LON, SOON, type UnitsFixture } from './testing/units-fixture.ts';

let fixture: UnitsFixture;
beforeAll(async () => {
  fixture = await createUnitsFixture();
});
afterAll(() => fixture.test.close());

describe('tracks', () => {
  it('stores fixes in the partition of their day, late ones too', async () => {
    const now = Date.now();
    const lateDay = new Date(now - 5 * 86_400_000);
    const lateMs = lateDay.getTime();
    await fixture.report(fixture.keys.e4, {
      lat: LAT,
      lon: LON,
      timestamp: lateMs,
      speed: 10,
      bearing: 359,
      accuracy: 7.5,
      status: 'standby',
    });
    const partition = `track_point_${lateDay.toISOString().slice(0, 10).replaceAll('-', '')}`;
    await expect
      .poll(
        () => fixture.test.database
          .sql`SELECT tableoid::regclass::text AS partition, bureau_id, unit_id, lon, lat, speed_kmh,
          heading_degrees, accuracy_meters, status, (extract(epoch FROM fixed_at) * 1000)::float8 AS fixed_ms
        FROM track_point WHERE unit_id = ${fixture.unitIds[3]} AND fixed_at < now() - interval '1 day'`,
        SOON,
      )
      .toMatchObject([
        {
          partition,
          unit_id: fixture.unitIds[3],
          lon: LON,
          lat: LAT,
          speed_kmh: 18.52,
          heading_degrees: 359,
          accuracy_meters: 7.5,
          status: unitStatusCode('standby'),
          fixed_ms: lateMs,
        },
      ]);
  });

  it('finds tracks and last points by the index', async () => {
    const plan = await fixture.test.database.sql.begin(async (trx) => {
      await trx`SET LOCAL enable_seqscan = off`;
      return trx`EXPLAIN SELECT lon, lat FROM track_point WHERE unit_id = 1 AND fixed_at >= now() - interval '15 minutes' ORDER BY fixed_at`;
    });
    expect(JSON.stringify(plan)).toMatch(/Index Scan|Bitmap Index Scan/);
  });
});
