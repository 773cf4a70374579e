import { STREET_NAMES_EN } from './chengdu-street-names.ts';
import type { Name } from './dataset-files.ts';
import { namedCrossings, pointOnStreet, type Road, streetsByName } from './place-on-streets.ts';

/** A row of `places.json`; `kind` is one of PLACE_KINDS of the contract. */
export interface DatasetPlace {
  id: number;
  kind: string;
  name: Name;
  lon: number;
  lat: number;
  tier: number | null;
}

/** kind, Chinese suffix, English suffix, response tier, metres beside the street, streets with the fraction along each. */
type PlaceRow = readonly [string, string, string, number | null, number, string];

const PLACES: readonly PlaceRow[] = [
  [
    'police_station',
    '派出所',
    'Police Station',
    null,
    16,
    '棕南正街 0.5 玉林街 0.45 芳草东街 0.6 小天竺街 0.5 电信南街 0.35',
  ],
  [
    'outpost',
    '快反前哨',
    'Rapid Response Outpost',
    null,
    10,
    '人民南路三段 0.55 科华北路 0.35 一环路南三段 0.4 二环路南三段 0.3 滨江中路 0.4',
  ],
  [
    'standing_point',
    '驻勤点',
    'Standing Point',
    null,
    4,
    '人民南路四段 0.5 玉林北街 0.5 倪家桥路 0.5 新南路 0.4 浆洗街 0.5 洗面桥街 0.6 领事馆路 0.5 公行道 0.5 林荫街 0.5 金陵路 0.5 锦绣路 0.4 芳草街 0.5 滨江西路 0.5 盛隆街 0.5',
  ],
  ['school', '小学', 'Primary School', 1, 18, '玉林街 0.75 棕南西街 0.4 小天西街 0.5 芳草西二街 0.5'],
  ['school', '中学', 'Middle School', 1, 20, '林荫中街 0.5 电信路 0.4 中学路 0.5'],
  ['hospital', '社区卫生服务中心', 'Community Health Centre', 1, 16, '玉林北路 0.6 黉门街 0.5 洗面桥横街 0.5'],
  ['bank', '银行网点', 'Bank Branch', 2, 12, '人民南路三段 0.3 科华北路 0.6 玉林中路 0.5 一环路南二段 0.4 浆洗街 0.3'],
  ['market', '夜市', 'Night Market', 1, 8, '玉林西路 0.5 小天北街 0.5 致民路 0.5'],
  ['market', '农贸市场', 'Produce Market', 2, 14, '玉林横街 0.5 利民巷 0.5 芳沁街 0.4'],
  ['mall', '购物中心', 'Shopping Mall', 1, 24, '人民南路四段 0.25 新光路 0.5 锦绣街 0.5'],
  [
    'estate',
    '老旧院落',
    'Old Housing Estate',
    2,
    18,
    '玉林三巷 0.5 棕竹街 0.5 胜利村 0.5 小天南街 0.5 白云街 0.5 电信后街 0.5',
  ],
  ['venue', '酒吧街区', 'Bar Street', 1, 10, '玉林南路 0.5 芳草东街 0.2 大学路 0.5'],
  ['venue', '体育场馆', 'Sports Venue', 2, 28, '人民南路四段 0.75'],
  ['government', '政务服务中心', 'Government Service Centre', 1, 18, '武侯祠大街 0.5 旅游村街 0.5'],
  ['water_site', '临水点位', 'Waterside Point', 2, 6, '临江中路 0.5 滨江东路 0.5 临江西路 0.5 滨江西路 0.2'],
  ['park', '街心花园', 'Pocket Park', 3, 16, '锦绣路 0.75 玉洁东街 0.5 蓝天路 0.5'],
  ['metro', '地铁口', 'Metro Entrance', 1, 8, '人民南路三段 0.75 倪家桥路 0.1 人民南路四段 0.4'],
  ['station', '公交场站', 'Bus Terminal', 2, 16, '高新大道永丰路 0.5 桐梓林东路 0.5'],
  [
    'mandatory_point',
    '必巡点',
    'Mandatory Patrol Point',
    null,
    3,
    '玉林西街 0.5 玉林南街 0.5 小天中街 0.5 棕苑巷 0.5 洗面桥东一街 0.5 超洋路 0.5 成科西路 0.5 科院街 0.5 金陵横街 0.5 肖家河沿街 0.5 沙子堰中巷 0.5 芳草西一街 0.5',
  ],
  [
    'school_post',
    '护学岗',
    'School Post',
    null,
    3,
    '玉林街 0.74 棕南西街 0.38 小天西街 0.48 芳草西二街 0.48 林荫中街 0.48 电信路 0.38 中学路 0.48',
  ],
  [
    'checkpoint',
    '综合查缉卡点',
    'Comprehensive Checkpoint',
    null,
    3,
    '高新大道永丰路 0.3 二环路南三段 0.7 新希望路 0.5 红星路四段 0.5',
  ],
  [
    'blocking_point',
    '应急堵控点',
    'Blocking Point',
    null,
    2,
    '一环路南一段 0.5 一环路南四段 0.5 人民南路二段 0.5 科华北路 0.9 二环路南三段 0.1 下南大街 0.5',
  ],
];

const CAMERA_GATES = 28;
const CAMERA_GATE_SPACING_METERS = 260;

export function placesOfChengdu(roads: readonly Road[]): DatasetPlace[] {
  const streets = streetsByName(roads);
  const places: DatasetPlace[] = [];
  const add = (kind: string, name: Name, [lon, lat]: readonly number[], tier: number | null): void => {
    const position = { lon: Number(lon.toFixed(6)), lat: Number(lat.toFixed(6)) };
    places.push({ id: places.length + 1, kind, name, ...position, tier });
  };
  for (const [kind, zh, en, tier, asideMeters, spots] of PLACES) {
    for (const [, street, fraction] of spots.matchAll(/(\S+) ([\d.]+)/g)) {
      const name = { zh: `${street}${zh}(演示)`, en: `${englishStreet(street)} ${en} (demo)` };
      add(kind, name, pointOnStreet(streets, street, Number(fraction), asideMeters), tier);
    }
  }
  const crossings = namedCrossings(
    roads.filter(({ properties }) => properties.name !== null && properties.name in STREET_NAMES_EN),
    CAMERA_GATE_SPACING_METERS,
  );
  for (const { point, names } of crossings.slice(0, CAMERA_GATES)) {
    const [first, second] = names;
    const en = `${englishStreet(first)} / ${englishStreet(second)} Camera Gate (demo)`;
    add('camera_gate', { zh: `${first}${second}口卡口(演示)`, en }, point, null);
  }
  return places;
}

function englishStreet(street: string): string {
  const name = STREET_NAMES_EN[street];
  if (name === undefined) throw new Error(`${street} has no English name.`);
  return name;
}
