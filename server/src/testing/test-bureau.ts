import type { Db } from '../platform/index.ts';

/** A bureau of one square (0.1° a side unless told otherwise) around a centre; Chengdu unless told otherwise. Returns its id. */
export async function createTestBureau(
  db: Db,
  {
    slug = 'test-bureau',
    lon = 104.04,
    lat = 30.64,
    timeZone = 'Asia/Shanghai',
    demonstration = false,
    halfDegrees = 0.05,
  } = {},
): Promise<number> {
  const [west, south] = [lon - halfDegrees, lat - halfDegrees];
  const [east, north] = [lon + halfDegrees, lat + halfDegrees];
  const ring = [
    [west, south],
    [east, south],
    [east, north],
    [west, north],
    [west, south],
  ];
  const { id } = await db
    .insertInto('bureau')
    .values({
      slug,
      code: slug,
      name_zh: `测试分局 ${slug}`,
      name_en: `Test bureau ${slug}`,
      time_zone: timeZone,
      centre_lon: lon,
      centre_lat: lat,
      west,
      south,
      east,
      north,
      boundary: { type: 'Polygon', coordinates: [ring] },
      demonstration,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}
