import type { Draft, ErrorBody, Plan, PlanFileFormat, PlanImportReport, PlanSummary } from '@xunfang/geo-data/contract';
import { createLocalPlane } from '@xunfang/geo-data/geometry';
import { strToU8, unzipSync, zipSync } from 'fflate';
import type { Feature, FeatureCollection, MultiPolygon } from 'geojson';
import iconv from 'iconv-lite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BUREAU, type DraftDesk, editOf, get, post, send, startDraftDesk } from '../testing/draft-desk.ts';
import { writeDbf } from './write-dbf.ts';
import { writeShp } from './write-shp.ts';

let desk: DraftDesk;
/** A draft with names that every format has to escape. */
let source: Plan;
let geojson: FeatureCollection<MultiPolygon>;

beforeAll(async () => {
  desk = await startDraftDesk();
  const id = await desk.clone('文件 “测试” <&>');
  const { beats } = await get<Draft>(desk.anna, `/api/drafts/${id}`);
  const after = { name: { zh: '望江“一”巡区 <&>', en: `Wangjiang's 1st, "A&B"` }, number: 907, colour: 5 };
  const { name, number, colour } = beats[1];
  const operations = [{ op: 'set-beat' as const, beat: 1, before: { name, number, colour }, after }];
  await send(desk.anna, id, 0, [editOf({ tool: 'attributes', operations })]);
  source = await get<Plan>(desk.anna, `/api/plans/${id}`);
  geojson = JSON.parse(Buffer.from(await download('geojson')).toString()) as typeof geojson;
});
afterAll(() => desk.close());

const download = async (format: PlanFileFormat, id = source.summary.id): Promise<Uint8Array> => {
  const answer = await desk.anna.inject({ method: 'GET', url: `/api/plans/${id}/file?format=${format}` });
  expect(answer.statusCode, answer.body).toBe(200);
  expect(answer.headers['content-disposition']).toContain(encodeURIComponent('“测试”'));
  return answer.rawPayload;
};
const upload = (step: 'import' | 'import/preview', file: Uint8Array | string, query = '') =>
  desk.anna.inject({
    method: 'POST',
    url: `/api/plans/${step}?bureau=${BUREAU}&fileName=plan.dat${step === 'import' ? '&name=%E6%96%B0' : ''}${query}`,
    headers: { 'content-type': 'application/octet-stream', 'accept-language': 'zh-CN' },
    payload: Buffer.from(file),
  });
async function imported(file: Uint8Array | string, query = '') {
  const answer = await upload('import', file, query);
  expect(answer.statusCode, answer.body).toBe(201);
  const { plan, report } = answer.json<{ plan: PlanSummary; report: PlanImportReport }>();
  return { plan: await get<Plan>(desk.anna, `/api/plans/${plan.id}`), report };
}
const preview = async (file: Uint8Array | string, query = '') =>
  (await upload('import/preview', file, query)).json<PlanImportReport>();
const withoutIds = ({ zones, beats }: Plan) => ({ zones, beats: beats.map((beat) => ({ ...beat, id: 0 })) });
const beatsOfFile = () => geojson.features.filter(({ properties }) => properties?.level === 'beat');
/** As a program that knows nothing of us would write it. */
const foreign = (features: readonly Feature[]) => JSON.stringify({ type: 'FeatureCollection', features });

describe('a plan as a file', () => {
  it.each(['geojson', 'shapefile', 'kml'] as const)('comes back from %s without loss', async (format) => {
    const { plan, report } = await imported(await download(format));
    expect(report).toMatchObject({ format, method: 'atoms', redrawnAtoms: 0, rejected: [], leftOut: [] });
    expect(report.planName).toBe(source.summary.name);
    // Names, numbers, colours, zones, outlines by their labels, and every figure.
    expect(withoutIds(plan)).toEqual(withoutIds(source));
    expect(await desk.assignment(plan.summary.id)).toEqual(await sameKeys());
    const { incidentsFrom, incidentsTo, incidentCount, tolerance } = source.basis;
    expect(plan.basis).toMatchObject({ incidentsFrom, incidentsTo, incidentCount, tolerance });
  });

  it('is taken by its outlines where these were redrawn, and where it carries no atoms', async () => {
    const [first, second, ...others] = beatsOfFile();
    const swapped = [{ ...first, geometry: second.geometry }, { ...second, geometry: first.geometry }, ...others];
    const atomsOf = (number: number, { areas }: PlanImportReport) =>
      areas.find((area) => area.number === number)?.atoms;
    const before = await preview(foreign(beatsOfFile()));
    const redrawn = await preview(foreign(swapped));
    const [a, b] = [first.properties?.number as number, second.properties?.number as number];
    expect(redrawn.method).toBe('outlines');
    expect([atomsOf(a, redrawn), atomsOf(b, redrawn)]).toEqual([atomsOf(b, before), atomsOf(a, before)]);
    expect(redrawn.redrawnAtoms).toBe((atomsOf(a, before) ?? 0) + (atomsOf(b, before) ?? 0));

    const bare = beatsOfFile().map(({ geometry, properties }) => ({
      type: 'Feature' as const,
      geometry,
      properties: { 名称: properties?.name_zh as string, 编号: properties?.number as number, 派出所: '望江所' },
    }));
    const { plan, report } = await imported(foreign(bare), '&resolution=8');
    expect(report).toMatchObject({ method: 'outlines', gaps: { atoms: 0 }, overlaps: [], unnamed: [], zones: 1 });
    expect(plan.beats.map(({ figures }) => figures)).toEqual(source.beats.map(({ figures }) => figures));
    expect(plan.zones.map(({ name }) => name.zh)).toEqual(['望江所']);
  });

  it('reads a Shapefile of others: projected by its .prj, attributes in GBK without a word of it', async () => {
    const plane = createLocalPlane(104.04, 30.64);
    const shapes = beatsOfFile().map(({ geometry }) => ({
      type: 'MultiPolygon' as const,
      coordinates: geometry.coordinates.map((rings) =>
        rings.map((ring) =>
          ring.map(([lon, lat]) => {
            const [x, y] = plane.pointToMeters(lon, lat);
            return [x + 500_000, y];
          }),
        ),
      ),
    }));
    const names = source.beats.map((_, at) => `第${'一二三四五六'[at]}社区`);
    const marks = names.map((_, at) => `########${at}#`.slice(0, 8));
    const dbf = Buffer.from(
      writeDbf(
        [{ name: 'NAME', type: 'text' }],
        marks.map((mark) => [mark]),
        new Date(),
      ),
    );
    for (const [at, name] of names.entries()) iconv.encode(name, 'gbk').copy(dbf, 32 + 32 + 1 + at * 9 + 1);
    const prj =
      'PROJCS["Local",GEOGCS["GCS_WGS_1984",DATUM["D_WGS_1984",SPHEROID["WGS_1984",6378137.0,298.257223563]],' +
      'PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]],PROJECTION["Transverse_Mercator"],' +
      'PARAMETER["False_Easting",500000.0],PARAMETER["False_Northing",0.0],PARAMETER["Central_Meridian",104.04],' +
      'PARAMETER["Scale_Factor",1.0],PARAMETER["Latitude_Of_Origin",30.64],UNIT["Meter",1.0]]';
    const file = zipSync({ '网格/A.shp': writeShp(shapes).shp, '网格/A.dbf': dbf, '网格/A.prj': strToU8(prj) });
    const report = await preview(file, '&resolution=8');
    expect(report).toMatchObject({ coordinates: 'Local', encoding: 'gb18030', gaps: { atoms: 0 }, rejected: [] });
    expect(report.areas.map(({ name }) => name.zh)).toEqual(names);
    expect(report.areas.map(({ atoms }) => atoms)).toEqual(source.beats.map(({ figures }) => figures.atoms));
  });

  it('tells of gaps, overlaps, pieces, and of areas without name or number', async () => {
    const area = (properties: object, ...spans: [west: number, east: number][]) => ({
      type: 'Feature' as const,
      properties,
      geometry: { type: 'MultiPolygon' as const, coordinates: spans.map(([west, east]) => [strip(west, east)]) },
    });
    const report = await preview(
      foreign([
        area({ 名称: '两头', 编号: '1' }, [103.9, 104.01], [104.07, 104.2]),
        area({}, [104, 104.05]),
        { type: 'Feature', properties: { name: '岗亭' }, geometry: { type: 'Point', coordinates: [104, 30.6] } },
        { ...area({ name: '邻区' }), geometry: away },
      ]),
    );
    expect(report.areas).toMatchObject([
      { number: 1, parts: 2, name: { zh: '两头', en: '两头' } },
      { number: 2, parts: 1, name: { zh: '第02巡区', en: 'Beat 2' } },
    ]);
    expect(report).toMatchObject({ unnamed: [2], unnumbered: [2], overlaps: [{ beats: [1, 2] }] });
    expect(report.leftOut.map(({ name, code, row }) => [name, code, row])).toEqual([
      ['岗亭', 'NO_POLYGON', 3],
      ['邻区', 'OUTSIDE', 4],
    ]);
    const landKm2 = report.gaps.areaKm2 + report.areas.reduce((sum, { areaKm2 }) => sum + areaKm2, 0);
    expect(report.gaps.areaKm2 / landKm2).toBeCloseTo(0.2, 1);
    for (const [lon] of report.gaps.places) expect(lon > 104.048 && lon < 104.072).toBe(true);
  });
});

describe('a file that cannot be', () => {
  const crossing = () => {
    const [first, ...others] = beatsOfFile();
    const bow = [
      [104.01, 30.61],
      [104.05, 30.65],
      [104.05, 30.61],
      [104.01, 30.65],
      [104.01, 30.61],
    ];
    return foreign([...others, { ...first, geometry: { type: 'Polygon', coordinates: [bow] } }]);
  };

  it('is refused by the row and the reason, and nothing of it is kept', async () => {
    const plans = async () =>
      (await get<{ plans: PlanSummary[] }>(desk.anna, `/api/plans?bureau=${BUREAU}`)).plans.length;
    const before = await plans();
    const { rejected } = await preview(crossing());
    expect(rejected).toMatchObject([
      { row: 6, code: 'SELF_CROSSING', message: '边界在 104.030000, 30.630000 处自相交。' },
    ]);
    const answer = await upload('import', crossing());
    expect(answer.statusCode).toBe(422);
    expect(answer.json<ErrorBody>().error).toMatchObject({ code: 'PLAN_FILE_REJECTED', row: 6 });
    expect(answer.json<ErrorBody>().error.message).toContain('自相交');
    expect(await plans()).toBe(before);
  });

  it('is refused as what it is', async () => {
    const shapefile = unzipSync(await download('shapefile'));
    const looped = shapefile['beats.shp'].slice();
    new DataView(looped.buffer).setInt32(104, -4);
    const claiming = zipSync({ 'doc.kml': strToU8('<kml/>') });
    const directory = claiming.findIndex(
      (_, at) => claiming[at] === 0x50 && claiming[at + 2] === 1 && claiming[at + 1] === 0x4b,
    );
    new DataView(claiming.buffer, claiming.byteOffset).setUint32(directory + 24, 2_000_000_000, true);
    const vertices = { type: 'Polygon', coordinates: [Array.from({ length: 500_001 }, () => [104, 30])] };
    const files: [string, Uint8Array | string, string?][] = [
      ['PLAN_FILE_UNKNOWN_FORMAT', 'a,b\n1,2\n'],
      ['PLAN_FILE_UNREADABLE', '{"type":"FeatureCollection",'],
      ['PLAN_FILE_UNREADABLE', '<!DOCTYPE kml [<!ENTITY a "aa">]><kml/>'],
      ['PLAN_FILE_UNREADABLE', '<kml><Placemark></kml>'],
      ['PLAN_FILE_UNREADABLE', zipSync({ 'beats.shp': looped })],
      ['PLAN_FILE_ZIP_TOO_LARGE', claiming],
      ['PLAN_FILE_NO_AREAS', foreign([])],
      ['PLAN_FILE_TOO_MANY_VERTICES', foreign([{ type: 'Feature', properties: {}, geometry: vertices } as Feature])],
      ['PLAN_FILE_UNKNOWN_SYSTEM', foreign(beatsOfFile()), '&system=EPSG:999999'],
      ['PLAN_FILE_UNKNOWN_SYSTEM', zipSync({ 'a.shp': shapefile['beats.shp'], 'a.prj': strToU8('LOCAL_CS["x"]') })],
    ];
    for (const [code, file, query] of files)
      expect((await upload('import/preview', file, query)).json<ErrorBody>().error?.code, code).toBe(code);
    const elsewhere = foreign(beatsOfFile().map((beat) => ({ ...beat, geometry: away })));
    expect((await upload('import', elsewhere)).json<ErrorBody>().error.code).toBe('PLAN_FILE_ELSEWHERE');
  });
});

it('renames a draft, and only a draft', async () => {
  const id = await desk.clone('旧名');
  const rename = (plan: number) =>
    desk.anna.inject({ method: 'PUT', url: `/api/plans/${plan}/name`, payload: { name: ' 新名 ' } });
  expect((await rename(id)).json<PlanSummary>().name).toBe('新名');
  await post(desk.anna, `/api/plans/${id}/submission`, { revision: 0 });
  expect((await rename(id)).json<ErrorBody>().error.code).toBe('PLAN_NOT_DRAFT');
});

const strip = (west: number, east: number) => [
  [west, 30.5],
  [east, 30.5],
  [east, 30.8],
  [west, 30.8],
  [west, 30.5],
];

const away: MultiPolygon = {
  type: 'MultiPolygon',
  coordinates: [
    [
      [
        [110, 30],
        [111, 30],
        [111, 31],
        [110, 30],
      ],
    ],
  ],
};

/** Keys follow numbers; the source's own are in the order they were made. */
async function sameKeys(): Promise<number[]> {
  const { beats } = await get<Draft>(desk.anna, `/api/drafts/${source.summary.id}`);
  const numbers = beats.map(({ number }) => number).sort((a, b) => a - b);
  return (await desk.assignment(source.summary.id)).map((key) => numbers.indexOf(beats[key].number));
}
